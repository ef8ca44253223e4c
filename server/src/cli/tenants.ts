import { Command } from 'commander'
import { issuerOf, keyChangesOf, rotationOf } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { ensureKeys } from '../keys/keys.ts'
import { createTenant, listTenants } from '../tenants/tenants.job.ts'
import { tenantSlug } from './chosen-tenant.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, table, withExamples, withJson } from './output.ts'

type CreateOptions = { readonly name?: string; readonly json?: boolean }

const create = (slug: string, { name = slug, json = false }: CreateOptions): Promise<void> =>
  onDatabase(async (base) => {
    const tenantId = await createTenant({ db: base.db, record }, { slug, name: name.slice(0, 200) })
    if (tenantId === undefined) throw new CliError(`There is a tenant "${slug}" already. See: cip tenants list`)
    const own = { ...base, tenantId }
    await ensureKeys(keyChangesOf(own), rotationOf(own))
    const issuer = issuerOf(base.config, slug)
    answer(json, { id: tenantId, slug, name, issuer }, () => [
      `The tenant ${slug} answers at ${issuer}`,
      `Its metadata: ${issuer}/.well-known/openid-configuration`,
      `Next: cip --tenant ${slug} clients create --template web --name "My application" --redirect-uri https://app.example.com/callback`,
    ])
  })

const tenantsCreate = (): Command =>
  withExamples(
    withJson(
      new Command('create')
        .description('make a tenant with an issuer, keys, users and applications of its own')
        .argument('<slug>', 'its short name, as in /t/<slug>', tenantSlug),
    )
      .option('--name <name>', 'what people read')
      .action(create),
    'tenants create acme --name "Acme Ltd"',
  )

const tenantsList = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the tenants with their issuers')).action(({ json = false }: { json?: boolean }) =>
      onDatabase(async ({ db, config }) => {
        const tenants = (await listTenants(db)).map(({ tenant_id: id, slug, name, status }) => ({
          ...{ id, slug, name, status, issuer: issuerOf(config, slug) },
        }))
        answer(json, { tenants }, () =>
          table([['tenant', 'name', 'status', 'issuer'], ...tenants.map(({ slug, name, status, issuer }) => [slug, name, status, issuer])]),
        )
      }),
    ),
    'tenants list',
  )

export const tenantsCommand = (program: Command): void =>
  group(program, { name: 'tenants', description: 'make and list tenants', children: [tenantsCreate(), tenantsList()] })

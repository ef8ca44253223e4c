import { Command } from 'commander'
import { issuerOf, keyChangesOf, rotationOf } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { type EventMaker, makeEvent } from '../events/events.ts'
import { ensureKeys } from '../keys/keys.ts'
import { findTenantId } from '../tenants/lookup.job.ts'
import { changeTenant, createTenant, graceDays, listTenants } from '../tenants/tenants.job.ts'
import { tenantSlug } from './chosen-tenant.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { confirm } from './input.ts'
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

type Verb = 'suspend' | 'resume' | 'delete'

const verbs: Readonly<Record<Verb, { readonly about: string; readonly done: string; readonly unchanged: string }>> = {
  suspend: { about: 'serve nothing of a tenant any more; nothing of it is lost', done: 'was suspended', unchanged: 'is suspended already' },
  resume: { about: 'serve a tenant again; a planned deletion is called off', done: 'is served again', unchanged: 'is served already' },
  delete: {
    about: `suspend a tenant and delete it after ${graceDays} days, until when it can be resumed; asks first`,
    done: `was suspended and will be deleted in ${graceDays} days. To keep it: cip tenants resume`,
    unchanged: 'is to be deleted already',
  },
}

const change = (verb: Verb, slug: string, { json = false, yes = false }: { json?: boolean; yes?: boolean }): Promise<void> =>
  onDatabase(async ({ db }) => {
    const [tenantId, root] = [await findTenantId(slug, db), await findTenantId('default', db)]
    if (tenantId === undefined || root === undefined) throw new CliError(`There is no tenant "${slug}". See: cip tenants list`)
    if (verb === 'delete') await confirm(`Delete the tenant ${slug} with all that belongs to it?`, yes)
    const make: EventMaker['make'] = (input) => makeEvent({ ...input, tenantId: root })
    const outcome = await changeTenant({ db, record }, { tenantId, verb, via: 'cli', make })
    if (outcome.kind === 'root') throw new CliError('The tenant at the root is neither suspended nor deleted.')
    if (outcome.kind === 'too-late') throw new CliError(`It is too late: the deletion of the tenant ${slug} has begun.`)
    if (outcome.kind === 'gone') throw new CliError(`The tenant ${slug} was deleted meanwhile.`)
    const deletionDueAt = outcome.kind === 'done' ? (outcome.tenant.deletion_due_at?.toISOString() ?? null) : null
    const { done, unchanged } = verbs[verb]
    answer(json, { id: tenantId, slug, changed: outcome.kind === 'done', deletionDueAt }, () =>
      outcome.kind === 'done' ? `The tenant ${slug} ${done}.` : `The tenant ${slug} ${unchanged}.`,
    )
  })

const tenantsChange = (verb: Verb): Command => {
  const command = withJson(new Command(verb).description(verbs[verb].about).argument('<slug>', 'its short name', tenantSlug))
  if (verb === 'delete') command.option('--yes', 'do not ask')
  command.action((slug: string, options: { json?: boolean; yes?: boolean }) => change(verb, slug, options))
  return withExamples(command, `tenants ${verb} acme${verb === 'delete' ? ' --yes' : ''}`)
}

export const tenantsCommand = (program: Command): void =>
  group(program, {
    name: 'tenants',
    description: 'make, list, suspend and delete tenants',
    children: [tenantsCreate(), tenantsList(), ...(['suspend', 'resume', 'delete'] as const).map(tenantsChange)],
  })

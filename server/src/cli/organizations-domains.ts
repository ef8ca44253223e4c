import { Command, Option } from 'commander'
import type { DomainOutcome, DomainRow, Joining } from '../organizations/domains.job.ts'
import { challengeRecord, plainMember, readDomain } from '../organizations/organizations.ts'
import { CliError } from './errors.ts'
import { type At, collect, findOrganization, onOrganizations, refused } from './organizations-base.ts'
import { answer, facts, plain, table, withExamples, withJson } from './output.ts'

type Options = { readonly json?: boolean; readonly joining: Joining; readonly role?: readonly string[] }

const stateOf = ({ verified_at: verified, missing_since: missing }: DomainRow): string => {
  if (verified === null) return 'not proved'
  return missing === null ? 'proved' : 'proved; its record is missing'
}

const view = (row: DomainRow) => ({
  ...{ id: row.id, domain: row.domain, joining: row.joining, roles: row.roles },
  ...{ verified_at: row.verified_at, missing_since: row.missing_since, record: challengeRecord(row.domain, row.challenge) },
})

const recordLines = ({ domain, challenge }: DomainRow): string[] => {
  const { type, name, value } = challengeRecord(domain, challenge)
  return facts([
    ['name', name],
    ['type', type],
    ['value', value],
  ])
}

const sentences = {
  'not-proved': 'Its record was not found. A new one can take some minutes to be seen everywhere.',
  'dns-silent': 'The name servers of the domain do not answer. Try again later.',
  'proved-elsewhere': 'Another organization has proved this domain. It has to remove it first.',
  'too-many-domains': 'An organization has at most 50 domains. Remove one first.',
  taken: 'The organization has this domain already.',
} as const

const done = (outcome: DomainOutcome): DomainRow => {
  if (outcome.kind === 'done') return outcome.domain
  if (outcome.kind in sentences) throw new CliError(sentences[outcome.kind as keyof typeof sentences])
  throw refused(outcome as Parameters<typeof refused>[0])
}

/** The domain of an organization that was named. */
const findDomain = async (at: At, organization: string, domain: string) => {
  const { id: organizationId } = await findOrganization(at, organization)
  const found = (await at.domains.list(organizationId)).find((one) => one.domain === domain.toLowerCase())
  if (found === undefined)
    throw new CliError(`The organization has no domain "${plain(domain)}". See: cip organizations domains ${plain(organization)}`)
  return { organizationId, id: found.id }
}

const domains = (): Command =>
  withExamples(
    withJson(new Command('domains').description('list the domains of an organization').argument('<organization>', 'slug or id')).action(
      (text: string, { json = false }: Options) =>
        onOrganizations(async (at) => {
          const rows = await at.domains.list((await findOrganization(at, text)).id)
          const lines = rows.map((row) => [row.domain, stateOf(row), row.joining, row.roles.join(', ')])
          answer(json, { domains: rows.map(view) }, () => table([['domain', 'state', 'joining', 'roles'], ...lines]))
        }),
    ),
    'organizations domains acme',
  )

const addDomain = (): Command =>
  withExamples(
    withJson(new Command('add-domain').description('add a domain to an organization, and show the record that proves it'))
      .argument('<organization>', 'slug or id')
      .argument('<domain>', 'such as acme.example')
      .addOption(
        new Option('--joining <how>', 'what people with a proved address of it meet').choices(['off', 'ask', 'automatic']).default('off'),
      )
      .option('--role <role>', 'a role of whoever joins; again for more; member where none is given', collect)
      .action((text: string, name: string, { joining, role: roles = [plainMember], json = false }: Options) =>
        onOrganizations(async (at) => {
          const { id: organizationId } = await findOrganization(at, text)
          const read = readDomain(name)
          if (read.kind === 'refused') throw new CliError(read.reason)
          const row = done(await at.domains.add(at.acting, { organizationId, domain: read.domain, joining, roles }))
          answer(json, view(row), () => ['Publish this record, then run: cip organizations verify-domain', ...recordLines(row)])
        }),
      ),
    'organizations add-domain acme acme.example --joining automatic',
  )

const verifyDomain = (): Command =>
  withExamples(
    withJson(new Command('verify-domain').description('look for the record of a domain now'))
      .argument('<organization>', 'slug or id')
      .argument('<domain>', 'such as acme.example')
      .action((text: string, name: string, { json = false }: Options) =>
        onOrganizations(async (at) => {
          const row = done(await at.domains.verify(at.acting, await findDomain(at, text, name)))
          answer(json, view(row), () => `The organization has proved ${row.domain}. The record has to stay.`)
        }),
      ),
    'organizations verify-domain acme acme.example',
  )

const removeDomain = (): Command =>
  withExamples(
    withJson(new Command('remove-domain').description('remove a domain from an organization; its members stay'))
      .argument('<organization>', 'slug or id')
      .argument('<domain>', 'such as acme.example')
      .action((text: string, name: string, { json = false }: Options) =>
        onOrganizations(async (at) => {
          const row = done(await at.domains.remove(at.acting, await findDomain(at, text, name)))
          answer(json, { domain: row.domain, removed: true }, () => `The domain ${row.domain} was removed.`)
        }),
      ),
    'organizations remove-domain acme acme.example',
  )

export const organizationsDomains = (): Command[] => [domains(), addDomain(), verifyDomain(), removeDomain()]

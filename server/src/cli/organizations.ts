import { Command, InvalidArgumentError } from 'commander'
import type { OrganizationRow } from '../organizations/organizations.job.ts'
import { plainMember } from '../organizations/organizations.ts'
import { isUuid } from '../platform/ids.ts'
import { fold } from '../users/users.ts'
import { group } from './groups.ts'
import { wholeNumber } from './options.ts'
import { collect, findOrganization, onOrganizations, refused } from './organizations-base.ts'
import { organizationsDomains } from './organizations-domains.ts'
import { organizationsPolicy } from './organizations-policy.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { userAdminOf } from './users-base.ts'

type Options = {
  readonly json?: boolean
  readonly name?: string
  readonly owner?: string
  readonly prefix?: string
  readonly limit: number
  readonly role?: readonly string[]
}

const firstId = '00000000-0000-0000-0000-000000000000'

const slugOf = (text: string): string => {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) && !isUuid(text)) return text
  throw new InvalidArgumentError('Use lower-case letters, digits and hyphens, such as acme.')
}

const view = ({ id, slug, name, status, created_at }: OrganizationRow) => ({ id, slug, name, status, created_at })

const list = (): Command =>
  withExamples(
    withJson(new Command('list').description('list organizations by name'))
      .option('--prefix <text>', 'only those whose name begins so, in any case', '')
      .option('--limit <number>', 'how many, at most 1000', wholeNumber(1, 1000), 50)
      .action(({ prefix = '', limit, json = false }: Options) =>
        onOrganizations(async ({ organizations }) => {
          const found = await organizations.list({ prefix: fold(prefix), after: { name: '', id: firstId }, limit })
          const rows = found.map(({ slug, name, status, id }) => [slug, plain(name), status, id])
          answer(json, { organizations: found.map(view) }, () => table([['slug', 'name', 'status', 'id'], ...rows]))
        }),
      ),
    'organizations list',
    'organizations list --prefix acme --json',
  )

const create = (): Command =>
  withExamples(
    withJson(new Command('create').description('make an organization').argument('<slug>', 'its short name, such as acme', slugOf))
      .option('--name <text>', 'its name; the slug where none is given')
      .option('--owner <user>', 'who owns it: user name, e-mail address, number or UUID')
      .action((slug: string, { name = slug, owner, json = false }: Options) =>
        onOrganizations(async ({ base, organizations, acting }) => {
          const ownerId = owner === undefined ? undefined : (await findUser(userAdminOf(base), owner)).id
          const made = await organizations.create(acting.events, { slug, name, ownerId })
          if (made.kind !== 'done') throw refused(made)
          answer(json, view(made.organization), () => `The organization ${slug} was made.`)
        }),
      ),
    'organizations create acme --name "Acme Corporation" --owner alice',
  )

const members = (): Command =>
  withExamples(
    withJson(new Command('members').description('list the members of an organization').argument('<organization>', 'slug or id'))
      .option('--limit <number>', 'how many, at most 1000', wholeNumber(1, 1000), 50)
      .action((text: string, { limit, json = false }: Options) =>
        onOrganizations(async (at) => {
          const { id: organizationId } = await findOrganization(at, text)
          const found = await at.members.list({ organizationId, after: firstId, limit })
          const shown = found.map(({ user_id: id, number, username, email, roles }) => ({ id, number, username, email, roles }))
          const rows = shown.map((one) => [String(one.number), plain(one.username ?? ''), plain(one.email ?? ''), one.roles.join(', ')])
          answer(json, { members: shown }, () => table([['number', 'user', 'e-mail', 'roles'], ...rows]))
        }),
      ),
    'organizations members acme',
  )

const addMember = (): Command =>
  withExamples(
    withJson(new Command('add-member').description('make a person a member of an organization'))
      .argument('<organization>', 'slug or id')
      .argument('<user>', 'user name, e-mail address, number or UUID')
      .option('--role <role>', 'a role inside it; again for more; member where none is given', collect)
      .action((text: string, user: string, { role: roles = [plainMember], json = false }: Options) =>
        onOrganizations(async (at) => {
          const { id: organizationId, slug } = await findOrganization(at, text)
          const { id: userId } = await findUser(userAdminOf(at.base), user)
          const added = await at.members.add(at.acting, { organizationId, userId, roles })
          if (added.kind !== 'done') throw refused(added)
          answer(json, { organization: organizationId, user: userId, roles }, () => `${plain(user)} is a member of ${slug} now.`)
        }),
      ),
    'organizations add-member acme alice --role administrator',
  )

const removeMember = (): Command =>
  withExamples(
    withJson(new Command('remove-member').description('remove a person from an organization; the account stays'))
      .argument('<organization>', 'slug or id')
      .argument('<user>', 'user name, e-mail address, number or UUID')
      .action((text: string, user: string, { json = false }: Options) =>
        onOrganizations(async (at) => {
          const { id: organizationId, slug } = await findOrganization(at, text)
          const { id: userId } = await findUser(userAdminOf(at.base), user)
          const removed = await at.members.remove(at.acting, { organizationId, userId })
          if (removed.kind !== 'done') throw refused(removed)
          answer(
            json,
            { organization: organizationId, user: userId, removed: true },
            () => `${plain(user)} is no member of ${slug} any more.`,
          )
        }),
      ),
    'organizations remove-member acme alice',
  )

export const organizationsCommand = (program: Command): void =>
  group(program, {
    name: 'organizations',
    description: 'business customers of the tenant and who belongs to them',
    children: [list(), create(), members(), addMember(), removeMember(), ...organizationsDomains(), organizationsPolicy()],
  })

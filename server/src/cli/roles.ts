import { Command, InvalidArgumentError } from 'commander'
import type { ShownRole } from '../access/access.job.ts'
import { permissions } from '../access/access.ts'
import { group } from './groups.ts'
import { answer, facts, table, withExamples, withJson } from './output.ts'
import { onRoles, roleError } from './roles-base.ts'
import { rolesGive, rolesTake } from './roles-hold.ts'

type Options = {
  readonly json?: boolean
  readonly name?: string
  readonly description?: string
  readonly permission?: readonly string[]
}

const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one]

const roleId = (text: string): string => {
  if (/^[a-z][a-z0-9-]{1,62}$/.test(text)) return text
  throw new InvalidArgumentError('Use lower-case letters, digits and hyphens, such as people-team.')
}

const view = ({ id, name, description, permissions: allowed, isBuiltIn }: ShownRole) => ({
  ...{ id, name, description, permissions: allowed, built_in: isBuiltIn },
})

const lines = (role: ShownRole): string[] => [
  ...facts([
    ['id', role.id],
    ['name', role.name],
    ['description', role.description],
    ['built in', role.isBuiltIn ? 'yes' : 'no'],
  ]),
  ...role.permissions.map((one) => `  ${one}`),
]

const list = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the roles, the built-in ones first')).action(({ json = false }: Options) =>
      onRoles(async (admin) => {
        const roles = await admin.roles()
        const rows = roles.map(({ id, name, permissions: { length }, isBuiltIn }) => [id, name, String(length), isBuiltIn ? 'yes' : 'no'])
        answer(json, { roles: roles.map(view) }, () => table([['id', 'name', 'permissions', 'built in'], ...rows]))
      }),
    ),
    'roles list',
  )

const show = (): Command =>
  withExamples(
    withJson(new Command('show').description('show what a role allows').argument('<role>')).action(
      (id: string, { json = false }: Options) =>
        onRoles(async (admin) => {
          const role = await admin.role(id)
          if (role === undefined) throw roleError(id, { kind: 'gone' })
          answer(json, view(role), () => lines(role))
        }),
    ),
    'roles show support',
  )

const listPermissions = (): Command =>
  withExamples(
    withJson(new Command('permissions').description('list everything that a role can allow')).action(({ json = false }: Options) =>
      answer(json, { permissions }, () => table(Object.entries(permissions).map(([id, about]) => [id, about]))),
    ),
    'roles permissions',
  )

const create = (): Command =>
  withExamples(
    withJson(new Command('create').description('make a role').argument('<role>', 'its id, such as people-team', roleId))
      .requiredOption('--permission <name>', 'what it allows; again for more', collect)
      .option('--name <text>', 'its name; the id where none is given')
      .option('--description <text>', 'what it is for')
      .action((id: string, { json = false, name = id, description = '', permission = [] }: Options) =>
        onRoles(async (admin, acting) => {
          const made = await admin.create(acting, { id, name, description, permissions: permission })
          if (made.kind !== 'done') throw roleError(id, made)
          answer(json, view(made.role), () => `The role ${id} was made.`)
        }),
      ),
    'roles create people-team --permission users:read --permission users:support',
  )

const set = (): Command =>
  withExamples(
    withJson(new Command('set').description('change a role that is not built in').argument('<role>'))
      .option('--permission <name>', 'all that it allows from now on; again for more', collect)
      .option('--name <text>')
      .option('--description <text>')
      .action((id: string, { json = false, name, description, permission }: Options) =>
        onRoles(async (admin, acting) => {
          const to = {
            ...(name && { name }),
            ...(description !== undefined && { description }),
            ...(permission && { permissions: permission }),
          }
          const changed = await admin.change(acting, { id, ...to })
          if (changed.kind !== 'done') throw roleError(id, changed)
          answer(json, view(changed.role), () => `The role ${id} was changed.`)
        }),
      ),
    'roles set people-team --permission users:read',
  )

const remove = (): Command =>
  withExamples(
    withJson(new Command('delete').description('delete a role that nobody holds').argument('<role>')).action(
      (id: string, { json = false }: Options) =>
        onRoles(async (admin, acting) => {
          const removed = await admin.remove(acting, { id })
          if (removed.kind !== 'done') throw roleError(id, removed)
          answer(json, { id, changed: true }, () => `The role ${id} was deleted.`)
        }),
    ),
    'roles delete people-team',
  )

export const rolesCommand = (program: Command): void =>
  group(program, {
    name: 'roles',
    description: 'make and change roles, give and take them',
    children: [list(), show(), listPermissions(), create(), set(), remove(), rolesGive(), rolesTake()],
  })

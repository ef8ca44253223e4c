import { Type } from 'typebox'
import { type AccessAdmin, type Acting, createAccessAdmin, type Holder } from './access/access.job.ts'
import { createGroupAdmin, type GroupRow } from './access/groups.job.ts'
import { allPermissions } from './access/permissions.ts'
import { refusalError } from './access/refusals.routes.ts'
import type { ItemOutcome, SectionItems } from './admin/config-run.job.ts'
import type { Item } from './admin/document.ts'
import { done, type Parts, refusing, type SectionOf } from './compose-config-parts.ts'
import { record } from './events/events.store.ts'

const roleName = Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$' })

export const RoleList = Type.Array(roleName, { maxItems: 100, uniqueItems: true, description: 'Ids of roles, built in or your own.' })

const Role = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    permissions: Type.Array(Type.String({ enum: [...allPermissions] }), { maxItems: allPermissions.length, uniqueItems: true }),
  },
  { additionalProperties: false },
)
type RoleItem = { readonly name: string; readonly description?: string; readonly permissions: readonly string[] }

const Group = Type.Object(
  { description: Type.Optional(Type.String({ maxLength: 500 })), roles: Type.Optional(RoleList) },
  { additionalProperties: false },
)
type GroupItem = { readonly description?: string; readonly roles?: readonly string[] }

type ShownRole = Awaited<ReturnType<AccessAdmin['roles']>>[number]

const shownRole = ({ name, description, permissions }: ShownRole): Item => ({ name, description, permissions: [...permissions].sort() })

const roleItems = ({ tenantId }: Parts, ...[tx, acting]: Parameters<SectionOf['items']>): SectionItems => {
  const access = createAccessAdmin({ db: tx, tenantId, record })
  const by: Acting = { permissions: acting.permissions, events: acting }
  return {
    list: async () => new Map((await access.roles()).filter(({ isBuiltIn }) => !isBuiltIn).map((role) => [role.id, shownRole(role)])),
    find: async (id) => {
      const role = await access.role(id)
      return role && shownRole(role)
    },
    save: (id, item, before) =>
      refusing(async () => {
        const { name, description = '', permissions } = item as RoleItem
        const input = { id, name, description, permissions: [...permissions].sort() }
        const saved = before === undefined ? await access.create(by, input) : await access.change(by, input)
        if (saved.kind !== 'done') throw refusalError(saved, 'role')
        return done
      }),
    remove: (id) =>
      refusing(async () => {
        const removed = await access.remove(by, { id })
        if (removed.kind !== 'done') throw refusalError(removed, 'role')
        return done
      }),
  }
}

/** The roles that the tenant has made. */
export const rolesSection = (parts: Parts): SectionOf => ({
  ...{ name: 'roles', isFixed: false, read: 'roles:read', write: 'roles:write', schema: Role },
  about: 'Roles of your own, by id. The built-in ones are the same everywhere.',
  keys: '^[a-z][a-z0-9-]{1,62}$',
  items: (...at) => roleItems(parts, ...at),
})

/** Gives and takes roles until the holder has those that are wanted. */
export const settleRoles = async (
  { access, acting }: { readonly access: AccessAdmin; readonly acting: Parameters<SectionOf['items']>[1] },
  holder: Holder,
  wanted: readonly string[],
): Promise<ItemOutcome> => {
  const by: Acting = { permissions: acting.permissions, events: acting }
  const held = await access.rolesOf(holder)
  const moves = [
    ...wanted.filter((role) => !held.includes(role)).map((role) => ({ role, move: access.give })),
    ...held.filter((role) => !wanted.includes(role)).map((role) => ({ role, move: access.take })),
  ]
  if (moves.length > 0 && !acting.permissions.has('roles:write'))
    return { kind: 'refused', at: ['roles'], sentence: 'Giving and taking roles needs the permission roles:write.', isForbidden: true }
  for (const { role, move } of moves) {
    const outcome = await move(by, { holder, role })
    if (outcome.kind === 'gone') return { kind: 'refused', at: ['roles'], sentence: `There is no role ${role}.` }
    if (outcome.kind !== 'done' && outcome.kind !== 'unchanged') throw refusalError(outcome, 'role')
  }
  return done
}

const rolesByHolder = async (access: AccessAdmin, kind: Holder['kind']): Promise<ReadonlyMap<string, readonly string[]>> =>
  new Map([...Map.groupBy(await access.rolesOfAll(kind), ({ holder }) => holder)].map(([id, rows]) => [id, rows.map(({ role }) => role)]))

export { rolesByHolder }

const pageSize = 500

const groupItems = ({ tenantId }: Parts, ...[tx, acting]: Parameters<SectionOf['items']>): SectionItems => {
  const [groups, access] = [createGroupAdmin({ db: tx, tenantId, record }), createAccessAdmin({ db: tx, tenantId, record })]
  const by: Acting = { permissions: acting.permissions, events: acting }
  const named = async (name: string): Promise<GroupRow | undefined> => await groups.named(name)
  const all = async (): Promise<readonly GroupRow[]> => {
    const rows: GroupRow[] = []
    for (let page = await groups.list({ after: '', limit: pageSize }); page.length > 0; ) {
      rows.push(...page)
      page = page.length < pageSize ? [] : await groups.list({ after: page.at(-1)?.name ?? '', limit: pageSize })
    }
    return rows
  }
  return {
    list: async () => {
      const held = await rolesByHolder(access, 'group')
      return new Map((await all()).map(({ id, name, description }) => [name, { description, roles: held.get(id) ?? [] }]))
    },
    find: async (name) => {
      const group = await named(name)
      return group && { description: group.description, roles: await access.rolesOf({ kind: 'group', id: group.id }) }
    },
    save: (name, item) =>
      refusing(async () => {
        const { description = '', roles = [] } = item as GroupItem
        const before = await named(name)
        const isOther = before === undefined || before.description !== description
        const saved =
          before === undefined
            ? await groups.create(by, { name, description })
            : isOther
              ? await groups.change(by, { id: before.id, description })
              : { kind: 'done' as const, group: before }
        if (saved.kind !== 'done') throw refusalError(saved, 'group')
        return settleRoles({ access, acting }, { kind: 'group', id: saved.group.id }, roles)
      }),
    remove: (name) =>
      refusing(async () => {
        const removed = await groups.remove(by, { id: (await named(name))?.id ?? '' })
        if (removed.kind !== 'done') throw refusalError(removed, 'group')
        return done
      }),
  }
}

/** Groups without their members, who are people and not configuration. */
export const groupsSection = (parts: Parts): SectionOf => ({
  ...{ name: 'groups', isFixed: false, read: 'groups:read', write: 'groups:write', schema: Group },
  about: 'Groups of people by name, without their members.',
  keys: '^[^\\u0000-\\u001f]{1,100}$',
  items: (...at) => groupItems(parts, ...at),
})

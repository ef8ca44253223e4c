import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { isOrganizationPermission } from './organization-permissions.ts'
import {
  deleteOrganizationRole,
  findOrganizationRole,
  insertOrganizationRole,
  isRoleHeld,
  listOrganizationRoles,
  lockOrganizationRole,
  type OrganizationRoleRow,
  updateOrganizationRole,
} from './organization-roles.store.ts'
import { builtInOrganizationRole, builtInOrganizationRoles, type OrganizationRole } from './organization-roles.ts'
import type { Acting, Done, OrganizationDeps } from './organizations.job.ts'
import type { Refusal } from './refusal.ts'

export type ShownRole = OrganizationRole & { readonly version: number; readonly updatedAt: Date | undefined }
type RoleOutcome = (Done & { readonly role: ShownRole }) | Refusal
export type RoleInput = Pick<OrganizationRole, 'id' | 'name' | 'description'> & { readonly permissions: readonly string[] }
export type RoleChange = Partial<Omit<RoleInput, 'id'>> & { readonly id: string; readonly version?: string | undefined }
type Events = Acting['events']
/** Inside a transaction of the caller's, a change belongs to that. */
export type RoleAdminDeps = Omit<OrganizationDeps, 'db'> & { readonly db: Database | Tx }

const shown = ({ permissions, updated_at: updatedAt, ...row }: OrganizationRoleRow): ShownRole => ({
  ...row,
  ...{ updatedAt, isBuiltIn: false },
  permissions: permissions.filter(isOrganizationPermission),
})

const shownBuiltIn = (role: OrganizationRole): ShownRole => ({ ...role, version: 0, updatedAt: undefined })

const unknownIn = (permissions: readonly string[]): Refusal | undefined => {
  const permission = permissions.find((one) => !isOrganizationPermission(one))
  return permission === undefined ? undefined : { kind: 'unknown-permission', permission }
}

const create = ({ db, tenantId, record }: RoleAdminDeps, events: Events, input: RoleInput): Promise<RoleOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    if (builtInOrganizationRole(input.id) !== undefined) return { kind: 'built-in' }
    const refused = unknownIn(input.permissions)
    if (refused !== undefined) return refused
    const row = await insertOrganizationRole(tenantId, tx, input)
    if (row === undefined) return { kind: 'taken' }
    await record(tx, events.make({ type: 'organization_role.created', payload: { role: input.id, permissions: [...input.permissions] } }))
    return { kind: 'done', role: shown(row) }
  })

const change = ({ db, tenantId, record }: RoleAdminDeps, events: Events, { id, version, ...to }: RoleChange): Promise<RoleOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    if (builtInOrganizationRole(id) !== undefined) return { kind: 'built-in' }
    const before = await lockOrganizationRole(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const permissions = to.permissions ?? before.permissions
    const refused = unknownIn(to.permissions ?? [])
    if (refused !== undefined) return refused
    const { name, description } = { ...before, ...to }
    const row = await updateOrganizationRole(tenantId, tx, { id, permissions, name, description })
    if (row === undefined) return { kind: 'gone' }
    await record(tx, events.make({ type: 'organization_role.changed', payload: { role: id, permissions: [...permissions] } }))
    return { kind: 'done', role: shown(row) }
  })

const remove = ({ db, tenantId, record }: RoleAdminDeps, events: Events, { id, version }: Pick<RoleChange, 'id' | 'version'>) =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<Done | Refusal> => {
    if (builtInOrganizationRole(id) !== undefined) return { kind: 'built-in' }
    const before = await lockOrganizationRole(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    if (await isRoleHeld(tenantId, tx, id)) return { kind: 'held' }
    await deleteOrganizationRole(tenantId, tx, id)
    await record(tx, events.make({ type: 'organization_role.deleted', payload: { role: id } }))
    return { kind: 'done' }
  })

/** The roles that members of organizations can have; each change commits with its event. */
export const createOrganizationRoleAdmin = (deps: RoleAdminDeps) => {
  const { db, tenantId } = deps
  return {
    list: async (): Promise<readonly ShownRole[]> => [
      ...builtInOrganizationRoles.map(shownBuiltIn),
      ...(await listOrganizationRoles(tenantId, db)).map(shown),
    ],
    find: async (id: string): Promise<ShownRole | undefined> => {
      const own = builtInOrganizationRole(id)
      if (own !== undefined) return shownBuiltIn(own)
      const row = await findOrganizationRole(tenantId, db, id)
      return row && shown(row)
    },
    create: (events: Events, input: RoleInput) => create(deps, events, input),
    change: (events: Events, input: RoleChange) => change(deps, events, input),
    remove: (events: Events, input: Pick<RoleChange, 'id' | 'version'>) => remove(deps, events, input),
  }
}

export type OrganizationRoleAdmin = ReturnType<typeof createOrganizationRoleAdmin>

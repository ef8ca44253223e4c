import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { lostReference } from '../db/errors.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import { hasOtherOwner, isOwner, lockOwners, rolesHeldBy } from './access.store.ts'
import { lacking } from './lacking.ts'
import { allPermissions, isPermission } from './permissions.ts'
import {
  countHolders,
  deleteRole,
  findRole,
  giveRole,
  type Holder,
  type HolderRow,
  holdersOfRole,
  insertRole,
  listRoles,
  lockRole,
  type RoleInput,
  type RoleRow,
  rolesHeldByAll,
  rolesHeldDirectly,
  takeRole,
  updateRole,
} from './roles.store.ts'
import { builtInRole, builtInRoles, ownerRole, permissionsOf, type Role } from './roles.ts'

export type { Holder } from './roles.store.ts'

/** Whoever changes something, with what that allows. The command line acts with everything. */
export type Acting = { readonly permissions: ReadonlySet<string>; readonly events: Pick<EventMaker, 'make'> }

/** `lacking`: the actor does not hold what would be conferred, or what the person concerned holds. */
export type AccessRefusal =
  | { readonly kind: 'lacking'; readonly permissions: readonly string[] }
  | { readonly kind: 'gone' | 'built-in' | 'taken' | 'held' | 'last-owner' | 'changed' | 'unchanged' | 'owner-for-persons' }
  | { readonly kind: 'unknown-permission'; readonly permission: string }

export type ShownRole = Role & { readonly version: number; readonly updatedAt: Date | undefined }
export type RoleOutcome = { readonly kind: 'done'; readonly role: ShownRole } | AccessRefusal
export type AccessOutcome = { readonly kind: 'done' } | AccessRefusal

export type AccessDeps = {
  /** Inside a transaction of the caller's, a change belongs to that. */
  readonly db: Database | Tx
  readonly tenantId: string
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

export const everything: ReadonlySet<string> = new Set(allPermissions)

const shown = ({ id, name, description, permissions, version, updated_at: updatedAt }: RoleRow): ShownRole => ({
  ...{ id, name, description, version, updatedAt, isBuiltIn: false },
  permissions: permissions.filter(isPermission),
})

const shownBuiltIn = (role: Role): ShownRole => ({ ...role, version: 0, updatedAt: undefined })

const checkPermissions = (acting: Acting, permissions: readonly string[]): AccessRefusal | undefined => {
  const unknown = permissions.find((one) => !isPermission(one))
  if (unknown !== undefined) return { kind: 'unknown-permission', permission: unknown }
  const missing = lacking(acting, permissions)
  return missing.length > 0 ? { kind: 'lacking', permissions: missing } : undefined
}

const create = ({ db, tenantId, record }: AccessDeps, acting: Acting, input: RoleInput): Promise<RoleOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    if (builtInRole(input.id) !== undefined) return { kind: 'built-in' }
    const refused = checkPermissions(acting, input.permissions)
    if (refused !== undefined) return refused
    const row = await insertRole(tenantId, tx, input)
    if (row === undefined) return { kind: 'taken' }
    await record(tx, acting.events.make({ type: 'role.created', payload: { role: input.id, permissions: [...input.permissions] } }))
    return { kind: 'done', role: shown(row) }
  })

export type RoleChange = Partial<Omit<RoleInput, 'id'>> & { readonly version?: string | undefined }

// Whoever changes a role must hold what it allowed before as well as what it will allow: its holders are concerned by both.
const change = ({ db, tenantId, record }: AccessDeps, acting: Acting, { id, ...to }: RoleChange & { id: string }): Promise<RoleOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    if (builtInRole(id) !== undefined) return { kind: 'built-in' }
    const before = await lockRole(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (to.version !== undefined && to.version !== String(before.version)) return { kind: 'changed' }
    const permissions = to.permissions ?? before.permissions
    const refused = checkPermissions(acting, permissions) ?? checkPermissions(acting, before.permissions.filter(isPermission))
    if (refused !== undefined) return refused
    const row = await updateRole(tenantId, tx, {
      ...{ id, permissions },
      name: to.name ?? before.name,
      description: to.description ?? before.description,
    })
    if (row === undefined) return { kind: 'gone' }
    await record(tx, acting.events.make({ type: 'role.changed', payload: { role: id, permissions: [...permissions] } }))
    return { kind: 'done', role: shown(row) }
  })

const remove = ({ db, tenantId, record }: AccessDeps, acting: Acting, { id, version }: { id: string; version?: string | undefined }) =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<AccessOutcome> => {
    if (builtInRole(id) !== undefined) return { kind: 'built-in' }
    const before = await lockRole(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const refused = checkPermissions(acting, before.permissions.filter(isPermission))
    if (refused !== undefined) return refused
    if ((await countHolders(tenantId, tx, id)) > 0) return { kind: 'held' }
    await deleteRole(tenantId, tx, id)
    await record(tx, acting.events.make({ type: 'role.deleted', payload: { role: id } }))
    return { kind: 'done' }
  })

type Giving = { readonly holder: Holder; readonly role: string }

const conferred = async (tenantId: string, tx: Tx, role: string): Promise<readonly string[] | undefined> =>
  builtInRole(role)?.permissions ?? (await lockRole(tenantId, tx, role))?.permissions.filter(isPermission)

const eventOf = ({ events }: Acting, type: 'role.given' | 'role.taken', { holder, role }: Giving): EventRow =>
  events.make({
    type,
    userId: holder.kind === 'user' ? holder.id : undefined,
    clientId: holder.kind === 'client' ? holder.id : undefined,
    payload: { role, to: holder.kind, holder: holder.id },
  })

const give = async ({ db, tenantId, record }: AccessDeps, acting: Acting, giving: Giving): Promise<AccessOutcome> => {
  const { holder, role } = giving
  if (role === ownerRole && holder.kind !== 'user') return { kind: 'owner-for-persons' }
  try {
    return await inTransaction(db, { isIdempotent: false }, async (tx) => {
      const permissions = await conferred(tenantId, tx, role)
      if (permissions === undefined) return { kind: 'gone' }
      const missing = lacking(acting, permissions)
      if (missing.length > 0) return { kind: 'lacking', permissions: missing }
      if (!(await giveRole(tenantId, tx, giving))) return { kind: 'unchanged' }
      await record(tx, eventOf(acting, 'role.given', giving))
      return { kind: 'done' }
    })
  } catch (error) {
    if (lostReference(error)) return { kind: 'gone' }
    throw error
  }
}

const take = ({ db, tenantId, record }: AccessDeps, acting: Acting, giving: Giving): Promise<AccessOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const { holder, role } = giving
    const missing = lacking(acting, (await conferred(tenantId, tx, role)) ?? [])
    if (missing.length > 0) return { kind: 'lacking', permissions: missing }
    if (role === ownerRole) {
      await lockOwners(tenantId, tx)
      if (!(await hasOtherOwner(tenantId, tx, holder.id)) && (await isOwner(tenantId, tx, holder.id))) return { kind: 'last-owner' }
    }
    if (!(await takeRole(tenantId, tx, giving))) return { kind: 'unchanged' }
    await record(tx, eventOf(acting, 'role.taken', giving))
    return { kind: 'done' }
  })

/** Roles and who holds them; each change commits with its event. */
export const createAccessAdmin = (deps: AccessDeps) => {
  const { db, tenantId } = deps
  return {
    roles: async (): Promise<readonly ShownRole[]> => [...builtInRoles.map(shownBuiltIn), ...(await listRoles(tenantId, db)).map(shown)],
    role: async (id: string): Promise<ShownRole | undefined> => {
      const own = builtInRole(id)
      if (own !== undefined) return shownBuiltIn(own)
      const row = await findRole(tenantId, db, id)
      return row && shown(row)
    },
    create: (acting: Acting, input: RoleInput) => create(deps, acting, input),
    change: (acting: Acting, input: RoleChange & { id: string }) => change(deps, acting, input),
    remove: (acting: Acting, input: { id: string; version?: string | undefined }) => remove(deps, acting, input),
    /** Undefined where there is no such role. */
    holders: async (role: string, limit: number): Promise<readonly HolderRow[] | undefined> =>
      builtInRole(role) === undefined && (await findRole(tenantId, db, role)) === undefined
        ? undefined
        : holdersOfRole(tenantId, db, { role, limit }),
    rolesOf: (holder: Holder) => rolesHeldDirectly(tenantId, db, holder),
    rolesOfAll: (kind: Holder['kind']) => rolesHeldByAll(tenantId, db, kind),
    give: (acting: Acting, giving: Giving) => give(deps, acting, giving),
    take: (acting: Acting, giving: Giving) => take(deps, acting, giving),
  }
}

export type AccessAdmin = ReturnType<typeof createAccessAdmin>

/**
 * Guards a change of an account, inside its transaction: nobody changes somebody who may do more than themselves, and where the change would shut the last
 * owner out it is refused.
 */
export const guardAccount = async (
  tenantId: string,
  tx: Tx,
  { userId, permissions, shutsOut }: { userId: string; permissions: ReadonlySet<string>; shutsOut: boolean },
): Promise<AccessRefusal | undefined> => {
  const missing = lacking({ permissions }, permissionsOf(await rolesHeldBy(tenantId, tx, userId)))
  if (missing.length > 0) return { kind: 'lacking', permissions: missing }
  if (!shutsOut) return undefined
  await lockOwners(tenantId, tx)
  return (await isOwner(tenantId, tx, userId)) && !(await hasOtherOwner(tenantId, tx, userId)) ? { kind: 'last-owner' } : undefined
}

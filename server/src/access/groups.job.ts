import { inTransaction, type Sql } from '../db/database.ts'
import { lostReference, violatedUnique } from '../db/errors.ts'
import { newId } from '../platform/ids.ts'
import type { AccessDeps, AccessOutcome, AccessRefusal, Acting } from './access.job.ts'
import {
  deleteGroup,
  deleteMember,
  findGroup,
  findGroupByName,
  type GroupRow,
  insertGroup,
  insertMember,
  listGroups,
  listMembers,
  lockGroup,
  rolesOfGroup,
  updateGroup,
} from './groups.store.ts'
import { lacking } from './lacking.ts'
import { permissionsOf } from './roles.ts'

export type { GroupRow, MemberRow } from './groups.store.ts'
export type GroupOutcome = { readonly kind: 'done'; readonly group: GroupRow } | AccessRefusal

const takenOr = (error: unknown): AccessRefusal => {
  if (violatedUnique(error) === undefined) throw error
  return { kind: 'taken' }
}

const done = (group: GroupRow | undefined): GroupOutcome => (group === undefined ? { kind: 'gone' } : { kind: 'done', group })

const create = (
  { db, tenantId, record }: AccessDeps,
  { events }: Acting,
  input: { name: string; description: string },
): Promise<GroupOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const group = await insertGroup(tenantId, tx, { id: newId(), ...input })
    if (group !== undefined) await record(tx, events.make({ type: 'group.created', payload: { group: group.id } }))
    return done(group)
  }).catch(takenOr)

export type GroupChange = {
  readonly id: string
  readonly name?: string
  readonly description?: string
  readonly version?: string | undefined
}

const change = ({ db, tenantId, record }: AccessDeps, { events }: Acting, { id, version, ...to }: GroupChange): Promise<GroupOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<GroupOutcome> => {
    const before = await lockGroup(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const group = await updateGroup(tenantId, tx, { id, name: to.name ?? before.name, description: to.description ?? before.description })
    await record(tx, events.make({ type: 'group.changed', payload: { group: id } }))
    return done(group)
  }).catch(takenOr)

// A group gives its roles to its members: who joins or leaves it is a matter of these roles, and so is its end.
const lackingFor = async (tenantId: string, tx: Sql, { acting, id }: { acting: Acting; id: string }): Promise<readonly string[]> =>
  lacking(acting, permissionsOf(await rolesOfGroup(tenantId, tx, id)))

const remove = (
  { db, tenantId, record }: AccessDeps,
  acting: Acting,
  { id, version }: Pick<GroupChange, 'id' | 'version'>,
): Promise<AccessOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const before = await lockGroup(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const missing = await lackingFor(tenantId, tx, { acting, id })
    if (missing.length > 0) return { kind: 'lacking', permissions: missing }
    await deleteGroup(tenantId, tx, id)
    await record(tx, acting.events.make({ type: 'group.deleted', payload: { group: id } }))
    return { kind: 'done' }
  })

type Membership = { readonly groupId: string; readonly userId: string }

const move = async (
  deps: AccessDeps,
  acting: Acting,
  { joins, ...membership }: Membership & { joins: boolean },
): Promise<AccessOutcome> => {
  const { db, tenantId, record } = deps
  try {
    return await inTransaction(db, { isIdempotent: false }, async (tx) => {
      if ((await lockGroup(tenantId, tx, membership.groupId)) === undefined) return { kind: 'gone' }
      const missing = await lackingFor(tenantId, tx, { acting, id: membership.groupId })
      if (missing.length > 0) return { kind: 'lacking', permissions: missing }
      const isMoved = await (joins ? insertMember : deleteMember)(tenantId, tx, membership)
      if (!isMoved) return { kind: 'unchanged' }
      const { userId, groupId: group } = membership
      await record(tx, acting.events.make({ type: joins ? 'group.joined' : 'group.left', userId, payload: { group } }))
      return { kind: 'done' }
    })
  } catch (error) {
    if (lostReference(error)) return { kind: 'gone' }
    throw error
  }
}

/** Groups of people; each change commits with its event. */
export const createGroupAdmin = (deps: AccessDeps) => {
  const { db, tenantId } = deps
  return {
    list: (page: { after: string; limit: number }) => listGroups(tenantId, db, page),
    find: (id: string) => findGroup(tenantId, db, id),
    named: (name: string) => findGroupByName(tenantId, db, name),
    members: (page: { groupId: string; after: string; limit: number }) => listMembers(tenantId, db, page),
    create: (acting: Acting, input: { name: string; description: string }) => create(deps, acting, input),
    change: (acting: Acting, input: GroupChange) => change(deps, acting, input),
    remove: (acting: Acting, input: Pick<GroupChange, 'id' | 'version'>) => remove(deps, acting, input),
    join: (acting: Acting, membership: Membership) => move(deps, acting, { ...membership, joins: true }),
    leave: (acting: Acting, membership: Membership) => move(deps, acting, { ...membership, joins: false }),
  }
}

export type GroupAdmin = ReturnType<typeof createGroupAdmin>

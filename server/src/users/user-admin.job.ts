import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { lostReference } from '../db/errors.ts'
import { type EventMaker, type EventRow, makeEvent } from '../events/events.ts'
import type { OwnedOrganization } from './owned-alone.ts'
import {
  type AccountRow,
  type AccountSearch,
  changeStatus,
  clearFailures,
  deleteAccount,
  deletePassword,
  findAccounts,
  listAccounts,
  moveGeneration,
  putOffDeletion,
  replacePassword,
  type UserReference,
} from './user-admin.store.ts'

export { ownedAloneSentence } from './owned-alone.ts'
export { registrationStore } from './registration.store.ts'
export type { AccountRow, AccountSearch, UserReference } from './user-admin.store.ts'

/** Who changes accounts: the command line where nothing is said. `guard` throws where somebody may not change this account. */
export type Operator = {
  readonly via: 'cli' | 'admin' | 'account'
  readonly make: EventMaker['make']
  readonly guard: (tx: Tx, input: { userId: string; shutsOut: boolean }) => Promise<void>
}

export type UserAdminDeps = {
  /** An open transaction, where the changes belong to it. */
  readonly db: Database | Tx
  readonly tenantId: string
  readonly operator?: Operator | undefined
  /** The organizations that would be left without an owner who can sign in; they get no other owners before the transaction ends. */
  readonly ownedAlone: (tx: Tx, userId: string) => Promise<readonly OwnedOrganization[]>
  /** Ends every session of the user and revokes its grants; returns the sessions' ids. */
  readonly endSessions: (tx: Tx, input: { userId: string; reason: string }) => Promise<readonly string[]>
  /** Tells every node to forget the sessions in its memory. */
  readonly forgetSessions: (tx: Tx) => Promise<void>
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
  /** Makes the personal data in the events of the user unreadable. */
  readonly erasePersonalData: (tx: Tx, userId: string) => Promise<void>
}

/** `held`: organizations would be left without an owner. */
export type Change =
  | { readonly kind: 'done'; readonly sessionsEnded: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'held'; readonly organizations: readonly OwnedOrganization[] }

export type UserAdmin = {
  readonly find: (reference: UserReference) => Promise<AccountRow[]>
  readonly list: (search: AccountSearch) => Promise<AccountRow[]>
  readonly disable: (userId: string) => Promise<Change>
  readonly enable: (userId: string) => Promise<Change>
  readonly setPassword: (userId: string, encoded: string) => Promise<Change>
  readonly removePassword: (userId: string) => Promise<Change>
  /** Ends the locks of wrong passwords and codes. */
  readonly unlock: (userId: string) => Promise<Change>
  readonly remove: (user: Pick<AccountRow, 'id' | 'number'>) => Promise<Change>
  /** Puts off by a day the deletion that is due and held. */
  readonly postponeDeletion: (userId: string) => Promise<void>
}

const operatorOf = ({ tenantId, operator }: UserAdminDeps): Operator =>
  operator ?? { via: 'cli', make: (input) => makeEvent({ ...input, tenantId }), guard: async () => undefined }

type Ending = { readonly userId: string; readonly reason: 'user-disabled' | 'password-set' | 'password-removed'; readonly event: EventRow }

/** Ends the sessions and writes what happened; the caller's statement before has stopped new ones. */
const endWith = async (deps: UserAdminDeps, tx: Tx, { userId, reason, event }: Ending): Promise<Change> => {
  const { endSessions, record } = deps
  const { make } = operatorOf(deps)
  const ended = await endSessions(tx, { userId, reason })
  const endings = ended.map((sessionId) => make({ type: 'session.ended', userId, sessionId, payload: { reason } }))
  await record(tx, event, ...endings)
  return { kind: 'done', sessionsEnded: ended.length }
}

const disable = (deps: UserAdminDeps, userId: string): Promise<Change> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId } = deps
    const { via, make, guard } = operatorOf(deps)
    await guard(tx, { userId, shutsOut: true })
    const organizations = await deps.ownedAlone(tx, userId)
    if (organizations.length > 0) return { kind: 'held', organizations }
    if (!(await moveGeneration(tenantId, tx, { userId, clearsFailures: false }))) return { kind: 'gone' }
    if (!(await changeStatus(tenantId, tx, { userId, status: 'disabled' }))) return { kind: 'unchanged' }
    const event = make({ type: 'user.disabled', userId, payload: { via } })
    return endWith(deps, tx, { userId, reason: 'user-disabled', event })
  })

const enable = (deps: UserAdminDeps, userId: string): Promise<Change> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, record } = deps
    const { via, make, guard } = operatorOf(deps)
    await guard(tx, { userId, shutsOut: false })
    if (!(await changeStatus(tenantId, tx, { userId, status: 'active' }))) return { kind: 'unchanged' }
    await record(tx, make({ type: 'user.enabled', userId, payload: { via } }))
    return { kind: 'done', sessionsEnded: 0 }
  })

const setPassword = (deps: UserAdminDeps, userId: string, encoded: string): Promise<Change> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId } = deps
    if (!(await moveGeneration(tenantId, tx, { userId, clearsFailures: true }))) return { kind: 'gone' }
    await replacePassword(tenantId, tx, { userId, encoded })
    const event = makeEvent({ tenantId, type: 'password.set', userId, payload: { via: 'cli' } })
    return endWith(deps, tx, { userId, reason: 'password-set', event })
  })

const removePassword = (deps: UserAdminDeps, userId: string): Promise<Change> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId } = deps
    const { make, guard } = operatorOf(deps)
    await guard(tx, { userId, shutsOut: false })
    if (!(await moveGeneration(tenantId, tx, { userId, clearsFailures: true }))) return { kind: 'gone' }
    if (!(await deletePassword(tenantId, tx, userId))) return { kind: 'unchanged' }
    const event = make({ type: 'password.removed', userId, payload: { via: 'admin' } })
    return endWith(deps, tx, { userId, reason: 'password-removed', event })
  })

const unlock = (deps: UserAdminDeps, userId: string): Promise<Change> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, record } = deps
    const { make, guard } = operatorOf(deps)
    await guard(tx, { userId, shutsOut: false })
    if (!(await clearFailures(tenantId, tx, userId))) return { kind: 'unchanged' }
    await record(tx, make({ type: 'user.unlocked', userId, payload: { via: 'admin' } }))
    return { kind: 'done', sessionsEnded: 0 }
  })

// Sessions end in a commit of their own first: nodes learn of an ended session by its row, and the deletion takes the rows away.
const remove = async (deps: UserAdminDeps, { id, number }: Pick<AccountRow, 'id' | 'number'>): Promise<Change> => {
  const { db, tenantId, endSessions, forgetSessions, erasePersonalData, record, ownedAlone } = deps
  const { via, make, guard } = operatorOf(deps)
  const ended = await inTransaction(db, { isIdempotent: true }, async (tx) => {
    await guard(tx, { userId: id, shutsOut: true })
    const organizations = await ownedAlone(tx, id)
    if (organizations.length > 0) return { kind: 'held', organizations } as const
    await moveGeneration(tenantId, tx, { userId: id, clearsFailures: false })
    const sessions = await endSessions(tx, { userId: id, reason: 'user-deleted' })
    const event = (sessionId: string) => make({ type: 'session.ended', userId: id, sessionId, payload: { reason: 'user-deleted' } })
    await record(tx, ...sessions.map(event))
    return sessions
  }).catch((error) => (lostReference(error) ? undefined : Promise.reject(error)))
  // Somebody else has deleted it meanwhile.
  if (ended === undefined) return { kind: 'gone' }
  if ('kind' in ended) return ended
  return inTransaction(db, { isIdempotent: true }, async (tx) => {
    await guard(tx, { userId: id, shutsOut: true })
    // Asked again: the other owner may have gone between the two transactions.
    const organizations = await ownedAlone(tx, id)
    if (organizations.length > 0) return { kind: 'held', organizations }
    if (!(await deleteAccount(tenantId, tx, id))) return { kind: 'gone' }
    await forgetSessions(tx)
    await record(tx, make({ type: 'user.deleted', userId: id, payload: { via, number } }))
    await erasePersonalData(tx, id)
    return { kind: 'done', sessionsEnded: ended.length }
  })
}

const postponeDeletion = (deps: UserAdminDeps, userId: string): Promise<void> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, record } = deps
    if (!(await putOffDeletion(tenantId, tx, { userId, days: 1 }))) return
    await record(tx, operatorOf(deps).make({ type: 'deletion.planned', userId, payload: { days: 1 } }))
  })

/** What an operator does with accounts: each change commits together with its events, and stops sign-ins under way before it ends sessions. */
export const createUserAdmin = (deps: UserAdminDeps): UserAdmin => ({
  find: (reference) => findAccounts(deps.tenantId, deps.db, reference),
  list: (search) => listAccounts(deps.tenantId, deps.db, search),
  disable: (userId) => disable(deps, userId),
  enable: (userId) => enable(deps, userId),
  setPassword: (userId, encoded) => setPassword(deps, userId, encoded),
  removePassword: (userId) => removePassword(deps, userId),
  unlock: (userId) => unlock(deps, userId),
  remove: (user) => remove(deps, user),
  postponeDeletion: (userId) => postponeDeletion(deps, userId),
})

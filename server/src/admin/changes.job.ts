import { type Database, inTransaction, type Tx } from '../db/database.ts'
import type { EventRow } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { newId } from '../platform/ids.ts'
import {
  approveChange,
  type ChangePage,
  dropOldChanges,
  endChange,
  findChange,
  insertChange,
  listChanges,
  waitingMax,
} from './changes.store.ts'
import type { Applied, ConfigActing, ConfigAdmin, ConfigInput, Refused } from './config.job.ts'

export type { ChangeState, PendingChange } from './changes.store.ts'

export const changesUpkeep: Upkeep = { task: 'changes.removal', everySeconds: 24 * 3600, run: dropOldChanges }

export type ChangeDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
  readonly config: () => ConfigAdmin
}

/** Whoever asks for a change or decides over it; `userId` where a person stands behind it. */
export type Deciding = ConfigActing & { readonly actor: string; readonly userId: string | undefined }

export type Proposal = ConfigInput & { readonly title: string; readonly hash?: string | undefined }
export type ProposeOutcome =
  | { readonly kind: 'proposed'; readonly id: string }
  | Refused
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'too-many'; readonly max: number }

export type ApproveOutcome = Applied | Refused | { readonly kind: 'gone' | 'own' | 'decided' | 'stale' }
export type RejectOutcome = 'done' | 'gone' | 'decided'

const propose = async (deps: ChangeDeps, acting: Deciding, { title, hash, ...input }: Proposal): Promise<ProposeOutcome> => {
  const { db, tenantId, record } = deps
  const planned = await deps.config().plan(acting, input)
  if (planned.kind === 'refused') return planned
  if (planned.changes.length === 0) return { kind: 'unchanged' }
  if (hash !== undefined && hash !== planned.hash) return { kind: 'stale' }
  const { actor, userId } = acting
  const change = { id: newId(), title, ...input, hash: planned.hash, changes: planned.changes, proposed_by: actor, proposed_user: userId }
  return inTransaction(db, { isIdempotent: false }, async (tx): Promise<ProposeOutcome> => {
    if (!(await insertChange(tenantId, tx, change))) return { kind: 'too-many', max: waitingMax }
    await record(tx, acting.make({ type: 'change.proposed', payload: { change: change.id } }))
    return { kind: 'proposed', id: change.id }
  })
}

type End = { readonly id: string; readonly to: 'rejected' | 'withdrawn' | 'stale' }

const end = ({ db, tenantId, record }: ChangeDeps, { actor, make }: Deciding, { id, to }: End): Promise<boolean> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    const isEnded = await endChange(tenantId, tx, { id, by: actor, to })
    if (isEnded) await record(tx, make({ type: 'change.rejected', payload: { change: id, reason: to } }))
    return isEnded
  })

const approve = async (deps: ChangeDeps, acting: Deciding & { readonly userId: string }, id: string): Promise<ApproveOutcome> => {
  const { db, tenantId, record } = deps
  const change = await findChange(tenantId, db, id)
  if (change === undefined) return { kind: 'gone' }
  if (change.proposed_user === acting.userId) return { kind: 'own' }
  if (change.state !== 'pending') return { kind: 'decided' }
  const spend = async (tx: Tx): Promise<boolean> => {
    if (!(await approveChange(tenantId, tx, { id, by: acting.actor, userId: acting.userId }))) return false
    await record(tx, acting.make({ type: 'change.approved', payload: { change: id } }))
    return true
  }
  const { document, prune, hash } = change
  const outcome = await deps.config().apply({ ...acting, approval: id }, { document, prune, hash, spend })
  if (outcome.kind === 'applied') return outcome
  if (outcome.kind === 'spent') return { kind: 'decided' }
  // Who may not make the change may not approve it; another can.
  if (outcome.kind === 'refused' && outcome.problems.some(({ isForbidden }) => isForbidden)) return outcome
  await end(deps, acting, { id, to: 'stale' })
  return outcome.kind === 'refused' ? outcome : { kind: 'stale' }
}

const reject = async (deps: ChangeDeps, acting: Deciding, id: string): Promise<RejectOutcome> => {
  const change = await findChange(deps.tenantId, deps.db, id)
  if (change === undefined) return 'gone'
  const isOwn = acting.userId === undefined ? change.proposed_by === acting.actor : change.proposed_user === acting.userId
  return (await end(deps, acting, { id, to: isOwn ? 'withdrawn' : 'rejected' })) ? 'done' : 'decided'
}

/** Changes that wait for a second person; each decision commits with its event. */
export const createChanges = (deps: ChangeDeps) => {
  const { db, tenantId } = deps
  return {
    propose: (acting: Deciding, proposal: Proposal) => propose(deps, acting, proposal),
    list: (page: ChangePage) => listChanges(tenantId, db, page),
    find: (id: string) => findChange(tenantId, db, id),
    approve: (acting: Deciding & { readonly userId: string }, id: string) => approve(deps, acting, id),
    reject: (acting: Deciding, id: string) => reject(deps, acting, id),
  }
}

export type Changes = ReturnType<typeof createChanges>

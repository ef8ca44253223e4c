import type { Sql } from '../../db/database.ts'
import { type ChainRow, type CheckpointRow, expirySaid, lastCheckpoint, readChain, readCheckpoints, strayEvents } from './chain.store.ts'
import { type CheckpointKey, readCheckpoint, type TreeHead } from './checkpoint.ts'
import { type ChainedEvent, eventLeaf, leafForm } from './event-leaf.ts'
import { append, emptyFrontier, type Frontier, rootOf } from './merkle-tree.ts'

/** What was found, and where. `position` counts the events of the tree from zero. */
export type Finding =
  | { readonly kind: 'changed' | 'removed'; readonly position: number; readonly event: string; readonly at: string }
  | { readonly kind: 'leaf-missing'; readonly position: number }
  | { readonly kind: 'wrong-root' | 'wrong-signature'; readonly size: number }
  | { readonly kind: 'truncated'; readonly size: number; readonly expected: number }
  | { readonly kind: 'not-in-tree'; readonly event: string; readonly at: string; readonly type: string }
  | { readonly kind: 'other-history'; readonly size: number }
  | { readonly kind: 'unproved-expiry'; readonly before: string }

export type Verification = {
  readonly size: number
  readonly checkpoints: number
  /** Events of months that were dropped when their time was up. */
  readonly expired: number
  readonly findings: readonly Finding[]
  /** Whether there is more than is listed. */
  readonly isCut: boolean
}

type VerifyDeps = {
  readonly sql: Sql
  readonly key: Pick<CheckpointKey, 'publicBytes'>
  /** Checkpoints that were kept elsewhere: the tree must have had these heads. */
  readonly kept: readonly TreeHead[]
  readonly onProgress?: (size: number) => void
}

const batch = 2_000
const findingsMax = 100

type State = {
  tree: Frontier
  /** False from the first leaf that is missing on: heads cannot be computed any more. */
  isWhole: boolean
  expired: number
  /** When the newest of the expired events was written. */
  expiredUntil: string
  checkpoints: number
  /** Until when events may be gone, as an event says that the tree vouches for. */
  vouchedBefore: string
  /** The same as the events say, whoever wrote them. */
  saidBefore: string
  readonly findings: Finding[]
}

const vouch = (state: State, event: ChainedEvent): void => {
  if (event.type !== 'events.expired') return
  const { before = '' } = JSON.parse(event.payload) as { before?: string }
  if (before > state.vouchedBefore) state.vouchedBefore = before
}

const expire = (state: State, at: string): void => {
  state.expired += 1
  if (at > state.expiredUntil) state.expiredUntil = at
}

const checkRow = (state: State, { position, event, event_id: id, event_at: at, leaf, form }: ChainRow): void => {
  if (position !== state.tree.size) {
    state.findings.push({ kind: 'leaf-missing', position: state.tree.size })
    state.isWhole = false
  }
  if (event !== null && leafForm(event) === form && eventLeaf(event).equals(leaf)) vouch(state, event)
  else if (event !== null) state.findings.push({ kind: 'changed', position, event: id, at })
  else if (at >= state.saidBefore) state.findings.push({ kind: 'removed', position, event: id, at })
  else expire(state, at)
  state.tree = state.isWhole ? append(state.tree, leaf) : { size: position + 1, roots: [] }
}

const checkHead = ({ tree, isWhole, findings }: State, { size, root, note }: CheckpointRow, key: VerifyDeps['key']): void => {
  const signed = readCheckpoint(note, key)
  if (signed === undefined || signed.size !== size || !root.equals(Buffer.from(signed.root)))
    findings.push({ kind: 'wrong-signature', size })
  if (isWhole && !rootOf(tree).equals(signed === undefined ? root : Buffer.from(signed.root))) findings.push({ kind: 'wrong-root', size })
}

const checkKept = ({ tree, isWhole, findings }: State, kept: readonly TreeHead[]): void => {
  for (const { size, root } of kept.filter((one) => one.size === tree.size))
    if (isWhole && !rootOf(tree).equals(Buffer.from(root))) findings.push({ kind: 'other-history', size })
}

/** Goes through the chain leaf by leaf and compares every signed head on the way. */
const walk = async (tenantId: string, { sql, key, kept, onProgress }: VerifyDeps, state: State): Promise<void> => {
  let heads = await readCheckpoints(tenantId, sql, { after: 0, limit: batch })
  for (;;) {
    const rows = await readChain(tenantId, sql, { from: state.tree.size, limit: batch })
    // Events may expire while they are looked through: that is said before the first of them goes.
    if (rows.some(({ event, event_at: at }) => event === null && at >= state.saidBefore)) state.saidBefore = await expirySaid(tenantId, sql)
    for (const row of rows) {
      checkRow(state, row)
      checkKept(state, kept)
      while (heads[0] !== undefined && heads[0].size <= state.tree.size) {
        const [head] = heads
        if (head.size === state.tree.size) checkHead(state, head, key)
        else state.findings.push({ kind: 'wrong-root', size: head.size })
        state.checkpoints += 1
        heads = heads.length > 1 ? heads.slice(1) : await readCheckpoints(tenantId, sql, { after: head.size, limit: batch })
      }
    }
    onProgress?.(state.tree.size)
    if (rows.length < batch || state.findings.length > findingsMax) return
  }
}

const checkEnd = async (
  tenantId: string,
  { sql, kept }: VerifyDeps,
  { tree, findings, saidBefore, vouchedBefore, expiredUntil }: State,
): Promise<void> => {
  const last = await lastCheckpoint(tenantId, sql)
  const expected = Math.max(last?.size ?? 0, ...kept.map(({ size }) => size))
  if (tree.size < expected) findings.push({ kind: 'truncated', size: tree.size, expected })
  if (last !== undefined && last.size < tree.size) findings.push({ kind: 'truncated', size: last.size, expected: tree.size })
  if (expiredUntil >= vouchedBefore && expiredUntil !== '') findings.push({ kind: 'unproved-expiry', before: saidBefore })
  for (const { id: event, at, type } of await strayEvents(tenantId, sql, findingsMax))
    findings.push({ kind: 'not-in-tree', event, at, type })
}

/** Finds every change, removal, insertion and truncation of the audit events of a tenant since its tree began, and says where. */
export const verifyChain = async (tenantId: string, deps: VerifyDeps): Promise<Verification> => {
  const saidBefore = await expirySaid(tenantId, deps.sql)
  const state: State = {
    ...{ tree: emptyFrontier, isWhole: true, expired: 0, expiredUntil: '', checkpoints: 0, vouchedBefore: '', saidBefore },
    findings: [],
  }
  await walk(tenantId, deps, state)
  await checkEnd(tenantId, deps, state)
  const { tree, checkpoints, expired, findings } = state
  return { size: tree.size, checkpoints, expired, findings: findings.slice(0, findingsMax), isCut: findings.length > findingsMax }
}

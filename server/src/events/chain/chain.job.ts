import { type Database, inTransaction } from '../../db/database.ts'
import type { Upkeep } from '../../jobs/jobs.ts'
import { addToHours, dropOldHours } from '../event-hours.store.ts'
import { countByHour } from '../event-hours.ts'
import { insertCheckpoint, insertLeaves, lastCheckpoint, lockChain, waitingEvents } from './chain.store.ts'
import { type CheckpointKey, printCheckpoint } from './checkpoint.ts'
import { eventLeaf, leafForm } from './event-leaf.ts'
import { append, emptyFrontier, type Frontier, rootOf } from './merkle-tree.ts'

export { checkpointKey, readCheckpoint, type TreeHead, verifierKey } from './checkpoint.ts'

const batch = 2_000
// A year, and a month to compare with the one before it.
const hourDays = 400

export type ChainDeps = { readonly db: Database; readonly key: CheckpointKey; readonly origin: string }

/**
 * Takes the next events of a tenant into its tree, counts them by the hour and signs the new head, in one transaction: all of it is there or nothing.
 * Returns how many it took.
 */
const extendOnce = ({ db, key, origin }: ChainDeps, tenantId: string): Promise<number> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    await lockChain(tenantId, tx)
    const before = await lastCheckpoint(tenantId, tx)
    const events = await waitingEvents(tenantId, tx, { seenAt: before?.seen_at, limit: batch })
    const newest = events.at(-1)
    if (newest === undefined) return 0
    let tree: Frontier = before === undefined ? emptyFrontier : { size: before.size, roots: before.frontier }
    const leaves = events.map((event) => ({ at: event.at, id: event.id, leaf: eventLeaf(event), form: leafForm(event) }))
    const placed = leaves.map((leaf) => {
      const position = tree.size
      tree = append(tree, leaf.leaf)
      return { ...leaf, position }
    })
    await insertLeaves(tenantId, tx, placed)
    await addToHours(tenantId, tx, countByHour(events))
    const root = rootOf(tree)
    await insertCheckpoint(tenantId, tx, { tree, root, seenAt: newest.at, note: printCheckpoint({ origin, size: tree.size, root }, key) })
    return events.length
  })

/** Takes every event of a tenant that waits into its tree. */
export const extendChain = async (deps: ChainDeps, tenantId: string): Promise<number> => {
  let taken = 0
  for (;;) {
    const more = await extendOnce(deps, tenantId)
    taken += more
    if (more < batch) return taken
  }
}

/** The newest signed head. */
export const latestCheckpoint = (tenantId: string, db: Database) => lastCheckpoint(tenantId, db)

/** Once a minute, for every tenant. `originOf` names the tree in its checkpoints. */
export const chainUpkeep = (db: Database, key: CheckpointKey, originOf: (slug: string) => string): Upkeep => ({
  task: 'events.chain',
  everySeconds: 60,
  run: async (sql) => {
    const tenants = await sql.text<{ tenant_id: string; slug: string }>('select tenant_id, slug from tenants order by tenant_id')
    for (const { tenant_id: tenantId, slug } of tenants) await extendChain({ db, key, origin: originOf(slug) }, tenantId)
    await dropOldHours(sql, hourDays)
  },
})

import { type Database, inTransaction, type Tx } from '../db/database.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { dropPartitionsBefore, ensurePartitions, record } from './events.store.ts'
import { makeEvent } from './events.ts'

export { erasePersonalData } from './event-keys.store.ts'
export { record } from './events.store.ts'

/** Runs work of the role that owns the tables. */
type AsOwner = (work: (owner: Database) => Promise<void>) => Promise<void>

// What a dropped month took along is told by an event of every tenant, which the audit tree vouches for.
const dropExpired = async (tx: Tx, before: Date): Promise<void> => {
  const dropped = await dropPartitionsBefore(tx, before)
  if (dropped.length === 0) return
  const month = `${before.toISOString().slice(0, 7)}-01T00:00:00.000000Z`
  const tenants = await tx.text<{ tenant_id: string }>('select tenant_id from tenants')
  const payload = { before: month, months: dropped.length }
  await record(tx, ...tenants.map(({ tenant_id: tenantId }) => makeEvent({ tenantId, type: 'events.expired', payload })))
}

/** Makes the months ahead and drops those past `retentionSeconds`. Also called once at the start, before anything is written. */
export const tendEventPartitions = async (db: Database, retentionSeconds: number): Promise<void> => {
  const now = Date.now()
  await inTransaction(db, { isIdempotent: true }, (tx) => ensurePartitions(tx, new Date(now)))
  await inTransaction(db, { isIdempotent: true }, (tx) => dropExpired(tx, new Date(now - retentionSeconds * 1000)))
}

export const eventUpkeep = (asOwner: AsOwner, retentionSeconds: number): Upkeep => ({
  task: 'events.partitions',
  everySeconds: 6 * 3600,
  run: () => asOwner((owner) => tendEventPartitions(owner, retentionSeconds)),
})

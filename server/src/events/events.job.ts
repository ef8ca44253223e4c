import { type Database, inTransaction } from '../db/database.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { dropPartitionsBefore, ensurePartitions } from './events.store.ts'

export { record } from './events.store.ts'

/** Makes the months ahead and drops those past `retentionSeconds`. Also called once at the start, before anything is written. */
export const tendEventPartitions = async (db: Database, retentionSeconds: number): Promise<void> => {
  const now = Date.now()
  await inTransaction(db, { isIdempotent: true }, (tx) => ensurePartitions(tx, new Date(now)))
  await inTransaction(db, { isIdempotent: true }, (tx) => dropPartitionsBefore(tx, new Date(now - retentionSeconds * 1000)))
}

export const eventUpkeep = (db: Database, retentionSeconds: number): Upkeep => ({
  task: 'events.partitions',
  everySeconds: 6 * 3600,
  run: () => tendEventPartitions(db, retentionSeconds),
})

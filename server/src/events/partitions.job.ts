import type { Tx } from '../db/database.ts'
import { ensurePartitions } from './events.store.ts'

/** Moves rows that the default partition holds into partitions of their months: after a load of old events. */
export const spreadEvents = async (tx: Tx, now: Date): Promise<void> => {
  await ensurePartitions(tx, now)
  const months = await tx.text<{ month: Date }>(
    `select distinct date_trunc('month', at, 'UTC') as month from events_default where at < $1 order by month desc`,
    [now],
  )
  for (const { month } of months) await ensurePartitions(tx, month)
}

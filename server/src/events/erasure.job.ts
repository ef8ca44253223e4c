import type { Sql } from '../db/database.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { firstIdAt } from '../platform/ids.ts'
import { type Deletion, dropKeysBefore, erasePersonalData, recentDeletions } from './event-keys.store.ts'

const task = 'events.erasure'
const batch = 500
/** Longer than any process seals with one key, with time for runs that fail. */
const lookBackHours = 24

/**
 * Finishes the deletion of persons: another process may have held a key of the person in memory, and sealed an event with it that was committed after the
 * deletion had looked.
 */
const sweep = async (sql: Sql): Promise<void> => {
  let last: Deletion | undefined
  for (;;) {
    const found = await recentDeletions(sql, { task, hours: lookBackHours, after: last, limit: batch })
    for (const one of found) await erasePersonalData(one.tenant_id, sql, { userId: one.user_id, since: one.since })
    last = found.at(-1)
    if (found.length < batch) return
  }
}

const [dropBatch, dropsMax] = [20_000, 50]
/** Events go by whole months, and a key waits for a day at most before it is used. */
const spareSeconds = 60 * 86_400

const dropOldKeys = async (sql: Sql, keptSeconds: number): Promise<void> => {
  const before = firstIdAt(Date.now() - (keptSeconds + spareSeconds) * 1000)
  for (let left = dropsMax; left > 0; left -= 1) if ((await dropKeysBefore(sql, { before, limit: dropBatch })) < dropBatch) return
}

/** `longestSeconds`: how long events are kept that are kept longest. */
export const erasureUpkeep = (longestSeconds: (sql: Sql) => Promise<number>): Upkeep => ({
  task,
  everySeconds: 600,
  run: async (sql) => {
    await sweep(sql)
    await dropOldKeys(sql, await longestSeconds(sql))
  },
})

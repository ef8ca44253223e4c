import type { Sql } from '../db/database.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { dropOldIdempotencyKeys } from './idempotency.store.ts'
import { deleteOldWindows, exchangeLimits } from './limits.store.ts'
import type { Limiter } from './limits.ts'

/** Once a second, tells the other nodes what this one counted and learns the sums; nothing is sent while there is nothing to tell. */
export const startLimitExchange = (tenantId: string, sql: Sql, limiter: Limiter): { readonly stop: () => void } => {
  let isRunning = false
  const tick = async (): Promise<void> => {
    if (isRunning) return
    const reports = limiter.report()
    if (reports.length === 0) return
    isRunning = true
    try {
      for (const { key, start, total } of await exchangeLimits(tenantId, sql, reports)) limiter.learn(key, start.getTime(), total)
    } finally {
      isRunning = false
    }
  }
  // A count that could not be told is lost to the others; the node's own limit still holds.
  const timer = setInterval(() => void tick().catch(() => undefined), 1000)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

export const windowUpkeep: Upkeep = { task: 'windows.removal', everySeconds: 60, run: deleteOldWindows }

export const keptAnswerUpkeep: Upkeep = { task: 'kept-answers.removal', everySeconds: 600, run: dropOldIdempotencyKeys }

import type { Database } from '../db/database.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { systemClock } from '../platform/clock.ts'
import { createChangeFeed } from './change-feed.ts'
import { createSessionCache, type SessionCache } from './session-cache.ts'
import { deleteExpiredSessions, readFeed, viewSession } from './sessions.store.ts'

const batch = 2000

/** Removes sessions long past their end, with their grants. */
export const sessionUpkeep: Upkeep = {
  task: 'sessions.removal',
  everySeconds: 600,
  run: async (sql) => {
    while ((await deleteExpiredSessions(sql, batch)) === batch);
  },
}

export type WatchOptions = {
  readonly db: Database
  readonly tenantId: string
  /** Called for every kind of thing in memory whose version another node moved; sessions look after themselves. */
  readonly onChanged: (kind: string) => Promise<void> | void
  readonly onError: (error: unknown) => void
}

/** Live sessions in memory, kept true by a look each second at what other nodes ended. */
export const watchSessions = async ({
  db,
  tenantId,
  onChanged,
  onError,
}: WatchOptions): Promise<{ readonly sessions: SessionCache; readonly stop: () => void }> => {
  const feed = createChangeFeed({
    read: (seconds) => readFeed(tenantId, db, seconds),
    onSessionEnded: (id) => sessions.end(tenantId, id),
    onVersion: (kind) => (kind === 'sessions' ? sessions.clear() : onChanged(kind)),
    now: () => performance.now(),
    onError,
  })
  const sessions = createSessionCache({ load: (tenant, id) => viewSession(tenant, db, id), now: systemClock, isInformed: feed.isInformed })
  await feed.poll()
  return { sessions, stop: feed.stop }
}

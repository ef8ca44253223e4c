import { sql } from 'kysely'
import { build } from '../db/build.ts'
import type { Sql } from '../db/database.ts'

export type StoredEvent = {
  id: string
  /** RFC 3339 in UTC with microseconds. */
  at: string
  type: string
  user_id: string | null
  session_id: string | null
  client_id: string | null
  ip: string | null
  user_agent: string | null
  request_id: string | null
  payload: Record<string, unknown>
}

export type EventSearch = {
  readonly type?: string | undefined
  readonly userId?: string | undefined
  readonly since?: Date | undefined
  readonly until?: Date | undefined
  readonly after?: { readonly at: string; readonly id: string } | undefined
  readonly limit: number
  readonly order: 'newest' | 'oldest'
}

const instant = sql<string>`to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
const address = sql<string | null>`host(ip)`

/** Events that fit, by keyset: pass the last row's `at` and `id` as `after` for the next page. */
export const searchEvents = (tenantId: string, on: Sql, search: EventSearch): Promise<StoredEvent[]> => {
  const { type, userId, since, until, after } = search
  const direction = search.order === 'newest' ? 'desc' : 'asc'
  let query = build
    .selectFrom('events')
    .select(['id', instant.as('at'), 'type', 'user_id', 'session_id', 'client_id', address.as('ip'), 'user_agent', 'request_id', 'payload'])
    .where('tenant_id', '=', tenantId)
  if (type !== undefined) query = query.where('type', '=', type)
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  if (since !== undefined) query = query.where('events.at', '>=', since)
  if (until !== undefined) query = query.where('events.at', '<', until)
  if (after !== undefined) {
    const compare = search.order === 'newest' ? '<' : '>'
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('events.at', 'events.id'), compare, tuple(sql<Date>`${after.at}`, after.id)),
    )
  }
  const ordered = query.orderBy('events.at', direction).orderBy('events.id', direction)
  return on.execute(ordered.limit(Math.min(Math.max(search.limit, 1), 1000)).compile()) as Promise<StoredEvent[]>
}

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
  /** Who did it, where that is not the person the event is about. */
  actor: string | null
  payload: Record<string, unknown>
}

export type EventSearch = {
  readonly type?: string | undefined
  readonly userId?: string | undefined
  readonly clientId?: string | undefined
  readonly sessionId?: string | undefined
  /** `user {id}`, `token {id}` or `client {id}`. */
  readonly actor?: string | undefined
  readonly ip?: string | undefined
  readonly requestId?: string | undefined
  /** Which organization the payload names. */
  readonly organizationId?: string | undefined
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
  const { since, until, after } = search
  const direction = search.order === 'newest' ? 'desc' : 'asc'
  let query = build
    .selectFrom('events')
    .select([
      'id',
      instant.as('at'),
      'type',
      'user_id',
      'session_id',
      'client_id',
      address.as('ip'),
      'user_agent',
      'request_id',
      'actor',
      'payload',
    ])
    .where('tenant_id', '=', tenantId)
  const { ip, ...named } = { type: search.type, user_id: search.userId, client_id: search.clientId, ip: search.ip }
  const equal = { ...named, session_id: search.sessionId, actor: search.actor, request_id: search.requestId }
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) query = query.where(column as keyof typeof equal, '=', value)
  if (ip !== undefined) query = query.where('events.ip', '=', sql<string>`${ip}::inet`)
  if (search.organizationId !== undefined) query = query.where(sql<string>`payload ->> 'organization'`, '=', search.organizationId)
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

import { sql } from 'kysely'
import { build } from '../db/build.ts'
import type { Sql } from '../db/database.ts'
import { canonicalAddress } from '../platform/network.ts'
import { addressBucket, type EventSecrets, openRows, type PersonalDataState } from './sealing.ts'

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
  personal_data: PersonalDataState
  request_id: string | null
  /** Who did it, where that is not the person the event is about. */
  actor: string | null
  payload: Record<string, unknown>
}

type Place = { readonly at: string; readonly id: string }

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
  readonly after?: Place | undefined
  readonly limit: number
  readonly order: 'newest' | 'oldest'
}

/** Where events are, and what their personal data is unsealed with. */
export type EventSource = { readonly sql: Sql; readonly secrets: EventSecrets }

/** Events from one address are looked for by it where it is not sealed, and by its bucket where it is. */
type Address = { readonly column: 'ip'; readonly value: string } | { readonly column: 'ip_bucket'; readonly value: number }

const instant = sql<string>`to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
const plainAddress = sql<string | null>`host(e.ip)`

const selection = (tenantId: string, search: EventSearch) => {
  const { type, userId, sessionId, clientId, actor, requestId, organizationId, since, until } = search
  let query = build
    .selectFrom('events as e')
    .leftJoin('event_keys as k', 'k.id', 'e.key_id')
    .select(['e.id', instant.as('at'), 'e.type', 'e.user_id', 'e.session_id', 'e.client_id', plainAddress.as('ip'), 'e.user_agent'])
    .select(['e.key_id', 'e.sealed', 'k.sealed as key_sealed', 'e.request_id', 'e.actor', 'e.payload'])
    .where('e.tenant_id', '=', tenantId)
  const equal = { type, user_id: userId, client_id: clientId, session_id: sessionId, actor, request_id: requestId }
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) query = query.where(`e.${column as keyof typeof equal}`, '=', value)
  if (organizationId !== undefined) query = query.where(sql<string>`e.payload ->> 'organization'`, '=', organizationId)
  if (since !== undefined) query = query.where('e.at', '>=', since)
  if (until !== undefined) query = query.where('e.at', '<', until)
  return query
}

const readPage = async (tenantId: string, { sql: on, secrets }: EventSource, search: EventSearch & { readonly address?: Address }) => {
  const { address, after, order, limit } = search
  const direction = order === 'newest' ? 'desc' : 'asc'
  let query = selection(tenantId, search)
  if (address?.column === 'ip') query = query.where('e.ip', '=', sql<string>`${address.value}::inet`)
  if (address?.column === 'ip_bucket') query = query.where('e.ip_bucket', '=', address.value)
  if (after !== undefined) {
    const compare = order === 'newest' ? '<' : '>'
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('e.at', 'e.id'), compare, tuple(sql<Date>`${after.at}`, after.id)))
  }
  const rows = await on.execute(query.orderBy('e.at', direction).orderBy('e.id', direction).limit(limit).compile())
  return openRows(secrets, tenantId, rows) as StoredEvent[]
}

/** `stopped`: others share the bucket of the address, and reading ended there before the page was full; what comes behind it was not looked at. */
export type EventPage = { readonly events: readonly StoredEvent[]; readonly stopped?: Place | undefined }

type AddressSearch = EventSearch & { readonly ip: string }

// A page of an address takes so many rows of its bucket at most, however busy another address in it is.
const bucketRowsMax = 2000

const readSealed = async (tenantId: string, source: EventSource, search: AddressSearch): Promise<EventPage> => {
  const address = { column: 'ip_bucket', value: addressBucket(source.secrets, tenantId, search.ip) } as const
  const events: StoredEvent[] = []
  let { after } = search
  // Hardly any address has neighbours: the first reading is enough then.
  let [rows, taken] = [search.limit, 0]
  while (taken < bucketRowsMax) {
    const limit = Math.min(rows, bucketRowsMax - taken)
    const page = await readPage(tenantId, source, { ...search, address, after, limit })
    events.push(...page.filter(({ ip }) => ip === search.ip))
    if (page.length < limit || events.length >= search.limit) return { events }
    after = page.at(-1)
    taken += page.length
    rows *= 4
  }
  return { events, stopped: after }
}

const readAddress = async (tenantId: string, source: EventSource, search: AddressSearch): Promise<EventPage> => {
  const { order, limit, ip } = search
  const plain = await readPage(tenantId, source, { ...search, address: { column: 'ip', value: ip } })
  const { events: sealed, stopped } = await readSealed(tenantId, source, search)
  const sign = order === 'newest' ? -1 : 1
  const placeOf = ({ at, id }: Place): string => `${at} ${id}`
  const compare = (one: Place, other: Place): number => (placeOf(one) < placeOf(other) ? -sign : sign)
  const known = stopped === undefined ? plain : plain.filter((one) => compare(one, stopped) < 0)
  return { events: [...known, ...sealed].toSorted(compare).slice(0, limit), stopped }
}

/** One page of the events that fit, by keyset, in bounded time: go on after its last one, or after where it stopped. */
export const searchEventPage = async (tenantId: string, source: EventSource, search: EventSearch): Promise<EventPage> => {
  const limit = Math.min(Math.max(search.limit, 1), 1000)
  if (search.ip === undefined) return { events: await readPage(tenantId, source, { ...search, limit }) }
  return readAddress(tenantId, source, { ...search, limit, ip: canonicalAddress(search.ip) })
}

/** Events that fit, by keyset: pass the last row's `at` and `id` as `after` for the next page. Fewer than `limit` are all that there are. */
export const searchEvents = async (tenantId: string, source: EventSource, search: EventSearch): Promise<StoredEvent[]> => {
  const limit = Math.min(Math.max(search.limit, 1), 1000)
  const found: StoredEvent[] = []
  let { after } = search
  for (;;) {
    const { events, stopped } = await searchEventPage(tenantId, source, { ...search, after, limit: limit - found.length })
    found.push(...events)
    if (stopped === undefined || found.length >= limit) return found
    after = stopped
  }
}

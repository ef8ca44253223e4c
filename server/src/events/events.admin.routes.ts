import { isIP } from 'node:net'
import { type Static, Type } from 'typebox'
import { invalid, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { catalogue } from './catalogue.ts'
import { Event, eventView } from './event-view.ts'
import type { EventPage, EventSearch, StoredEvent } from './search.store.ts'

export type EventRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly search: (search: EventSearch) => Promise<readonly StoredEvent[]>
  /** The same in bounded time: fewer than asked for are not all that there are where it stopped. */
  readonly searchPage: (search: EventSearch) => Promise<EventPage>
  readonly userExists: (userId: string) => Promise<boolean>
}

const shared = { tag: 'events', method: 'GET', cors: 'never', failure: 'problem', isCredential: true } as const
const readsOnly = { none: 'reads only' } as const
const perActor = ({ limit }: EventRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const id = (description: string) => Type.Optional(Type.String({ format: 'uuid', description }))
const instant = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }))

/** By what events are looked for; everything that is given has to fit. */
export const eventFilters = {
  type: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'One of /admin/v1/events/types.' })),
  user: id('Whom the event is about.'),
  session: id('In which session.'),
  client: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: 'By which application.' })),
  actor: Type.Optional(
    Type.String({ pattern: '^(user|token|client) .{1,512}$', description: 'Who administered: user, token or client, and the id.' }),
  ),
  organization_id: id('Which organization it names.'),
  ip: Type.Optional(Type.String({ minLength: 2, maxLength: 45 })),
  request_id: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  since: instant('Not before.'),
  until: instant('Before.'),
}

const SearchQuery = Type.Object({ ...pageQuery, ...eventFilters }, { additionalProperties: false })
const Filters = Type.Object(eventFilters)
const Page = Type.Object({ events: Type.Array(Event), ...nextMember })

const momentOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))

const badQuery = (name: string, msg: string) => invalid([{ type: 'value_error', loc: ['query', name], msg, input: null }])

/** The search that a query asks for. Throws the 422 where a value cannot be one. */
export const searchOf = ({
  user,
  session,
  client,
  request_id: requestId,
  organization_id: organizationId,
  since,
  until,
  ip,
  ...same
}: Static<typeof Filters>) => {
  if (ip !== undefined && isIP(ip) === 0) throw badQuery('ip', 'Should be an IP address')
  for (const [name, value] of Object.entries({ type: same.type, client, actor: same.actor, request_id: requestId }))
    if (value?.includes('\u0000')) throw badQuery(name, 'Should be text')
  const { type, actor } = same
  return {
    ...{ type, actor, ip, requestId, organizationId, userId: user, sessionId: session, clientId: client },
    ...{ since: momentOf(since), until: momentOf(until) },
  } satisfies Omit<EventSearch, 'limit' | 'order'>
}

/** Where a page ends. */
export const placeOfEvent = ({ at, id: event }: Pick<StoredEvent, 'at' | 'id'>): readonly string[] => [at, event]
export const afterOf = (place: readonly (string | number)[] | undefined): EventSearch['after'] =>
  place && { at: String(place[0]), id: String(place[1]) }

type Paged = {
  readonly tenantId: string
  readonly query: { cursor?: string; limit?: number }
  readonly search: ReturnType<typeof searchOf>
}

const pageOf = async ({ cursorKey: key, searchPage }: EventRoutesDeps, { tenantId, query, search }: Paged) => {
  const { rows, next } = await readPage<StoredEvent>(query, {
    ...{ key, scope: { tenantId, list: JSON.stringify(['events', search]) }, placeOf: placeOfEvent },
    read: async (after, limit) => {
      const { events, stopped } = await searchPage({ ...search, after: afterOf(after), limit, order: 'newest' })
      return { rows: events, stopped: stopped && placeOfEvent(stopped) }
    },
  })
  return { events: rows.map(eventView), next }
}

const list = (deps: EventRoutesDeps): AnyRoute =>
  route({
    ...shared,
    path: '/admin/v1/events',
    summary: 'Audit events that fit, the newest first',
    description: 'A page of a search by address can hold fewer than asked for, or none, and still have a next one.',
    auth: permission('events:read'),
    limit: perActor(deps),
    audit: readsOnly,
    request: { query: SearchQuery },
    responses: { 200: Page },
    handle: async ({ tenantId, query }) => ({ status: 200, body: await pageOf(deps, { tenantId, query, search: searchOf(query) }) }),
  })

const ofUser = (deps: EventRoutesDeps): AnyRoute =>
  route({
    ...shared,
    path: '/admin/v1/users/:id/events',
    summary: 'What happened with an account, the newest first',
    auth: permission('events:read'),
    limit: perActor(deps),
    audit: readsOnly,
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Page },
    handle: async ({ tenantId, params, query }) => {
      const user = params['id'] ?? ''
      if (!isUuid(user) || !(await deps.userExists(user))) throw notFoundError('user')
      return { status: 200, body: await pageOf(deps, { tenantId, query, search: searchOf({ user }) }) }
    },
  })

const types = Object.entries(catalogue).map(([type, { help: sentence, example }]) => ({ type, sentence, example: { ...example } }))

const listTypes = (deps: EventRoutesDeps): AnyRoute =>
  route({
    ...shared,
    path: '/admin/v1/events/types',
    summary: 'Every type of event, with a sentence and an example of its payload',
    auth: permission('events:read'),
    limit: perActor(deps),
    audit: readsOnly,
    responses: {
      200: Type.Object({
        types: Type.Array(
          Type.Object({ type: Type.String(), sentence: Type.String(), example: Type.Record(Type.String(), Type.Unknown()) }),
        ),
      }),
    },
    handle: () => ({ status: 200, body: { types } }),
  })

const requestMax = 200

const ofRequest = (deps: EventRoutesDeps): AnyRoute =>
  route({
    ...shared,
    path: '/admin/v1/requests/:request',
    summary: 'What a request did: its events in their order',
    description: `By the id that the answer had as X-Request-Id and that pages of errors show. At most ${requestMax} events.`,
    auth: permission('events:read'),
    limit: perActor(deps),
    audit: readsOnly,
    responses: { 200: Type.Object({ request_id: Type.String(), events: Type.Array(Event) }) },
    handle: async ({ params }) => {
      const requestId = params['request'] ?? ''
      const isOne = requestId !== '' && requestId.length <= 128 && !requestId.includes('\u0000')
      const found = isOne ? await deps.search({ requestId, order: 'oldest', limit: requestMax }) : []
      if (found.length === 0) throw notFoundError('request that wrote an event')
      return { status: 200, body: { request_id: requestId, events: found.map(eventView) } }
    },
  })

/** The audit events, below `/admin/v1/events` and where they belong to something. */
export const eventsAdminRoutes = (deps: EventRoutesDeps): readonly AnyRoute[] =>
  [list, ofUser, listTypes, ofRequest].map((make) => make(deps))

import { Type } from 'typebox'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { id } from './schemas.ts'
import type { Side } from './side.routes.ts'

/** An event as far as it is told here. `at` in RFC 3339 with microseconds. */
type Happened = {
  readonly id: string
  readonly at: string
  readonly type: string
  readonly user_id: string | null
  readonly actor: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

type Place = { readonly at: string; readonly id: string }

export type EventRoutesDeps = {
  readonly cursorKey: Uint8Array
  /** Events that name the organization, the newest first. */
  readonly search: (search: { organizationId: string; after: Place | undefined; limit: number }) => Promise<readonly Happened[]>
  /** What a type of event tells, in English. */
  readonly sentenceOf: (type: string) => string
  /** The names by which the list of members shows these people, where they are members. */
  readonly namesOf: (input: { organizationId: string; userIds: readonly string[] }) => Promise<ReadonlyMap<string, string>>
}

const Person = Type.Union([
  Type.Object({ id, name: Type.Union([Type.String(), Type.Null()], { description: 'Null for somebody who is no member now.' }) }),
  Type.Null(),
])

const Event = Type.Object({
  id,
  at: Type.String({ format: 'date-time', description: 'With microseconds.' }),
  type: Type.String(),
  sentence: Type.String({ description: 'In English.' }),
  user: Person,
  actor: Type.Unsafe<{ id: string; name: string | null } | null>({
    ...Person,
    description: 'Who did it; null where it was the person themself, the operator of this service, or nobody.',
  }),
  details: Type.Record(Type.String(), Type.Unknown(), { description: 'Which roles, which domain and the like.' }),
})

/** What of a payload is told: nothing that this list does not name. */
const told = ['roles', 'before', 'via', 'domain', 'joining', 'second_factor', 'session_seconds', 'methods', 'parts', 'slug'] as const

const detailsOf = (payload: Happened['payload']): Record<string, unknown> =>
  Object.fromEntries(told.flatMap((name) => (payload[name] === undefined ? [] : [[name, payload[name]]])))

const actorOf = ({ actor }: Happened): string | undefined => {
  const person = actor?.startsWith('user ') ? actor.slice('user '.length) : undefined
  return person !== undefined && isUuid(person) ? person : undefined
}

type Named = { readonly names: ReadonlyMap<string, string>; readonly sentenceOf: EventRoutesDeps['sentenceOf'] }

const viewOf =
  ({ names, sentenceOf }: Named) =>
  (event: Happened) => {
    const person = (userId: string | null | undefined) => (userId ? { id: userId, name: names.get(userId) ?? null } : null)
    const by = actorOf(event)
    const { id: own, at, type, user_id: user, payload } = event
    // The people of the operator are none of the organization's: only members are named as who did something.
    const actor = by !== undefined && names.has(by) ? person(by) : null
    return { id: own, at, type, sentence: sentenceOf(type), user: person(user), actor, details: detailsOf(payload) }
  }

/** What happened in an organization, for its own people: without addresses, browsers and requests of anybody. */
export const eventRoutes = (side: Side, { cursorKey: key, search, sentenceOf, namesOf }: EventRoutesDeps): readonly AnyRoute[] => [
  route({
    ...side.shared,
    method: 'GET',
    path: `${side.path}/:id/events`,
    summary: 'What happened in an organization, the newest first',
    description: 'What happened, who did it, and when.',
    auth: side.auth('events:read'),
    limit: side.perActor,
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ events: Type.Array(Event), ...nextMember }) },
    handle: async (context) => {
      const { organizationId } = await side.enter(context, 'events:read')
      const { rows, next } = await readPage<Happened>(context.query, {
        key,
        scope: { tenantId: context.tenantId, list: `events of organization ${organizationId}` },
        read: (after, limit) => search({ organizationId, after: after && { at: String(after[0]), id: String(after[1]) }, limit }),
        placeOf: ({ at, id: event }) => [at, event],
      })
      const userIds = [...new Set(rows.flatMap((one) => [one.user_id ?? [], actorOf(one) ?? []].flat()))]
      const names = await namesOf({ organizationId, userIds })
      return { status: 200, body: { events: rows.map(viewOf({ names, sentenceOf })), next } }
    },
  }),
]

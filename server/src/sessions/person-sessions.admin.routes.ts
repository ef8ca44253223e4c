import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { PersonSession } from './person-sessions.store.ts'

type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

export type PersonSessionRoutesDeps = {
  readonly limit: number
  readonly exists: (userId: string) => Promise<boolean>
  readonly list: (userId: string) => Promise<readonly PersonSession[]>
  /** Ends one session of the person, or all, here and on every node; how many. Throws where these permissions do not allow it. */
  readonly end: (acting: Acting, input: { userId: string; only?: string }) => Promise<number>
  readonly deviceOf: (userAgent: string) => string
  readonly findPlace: (address: string | null, language: string) => string | undefined
}

const path = '/admin/v1/users/:id/sessions'
const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: PersonSessionRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const instant = Type.String({ format: 'date-time' })
const orNull = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()])

const Sessions = Type.Object({
  sessions: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      kind: Type.String({ enum: ['browser', 'api'] }),
      created_at: instant,
      last_used_at: orNull(instant),
      expires_at: instant,
      ip: orNull(Type.String()),
      place: orNull(Type.String({ description: 'Roughly where the address is; null where it is not known.' })),
      device: Type.String(),
      amr: Type.Array(Type.String()),
      applications: Type.Array(Type.String()),
    }),
    { maxItems: 200, description: 'Those that live, the newest first.' },
  ),
})

const userOf = async ({ exists }: PersonSessionRoutesDeps, params: Readonly<Record<string, string>>): Promise<string> => {
  const id = params['id'] ?? ''
  if (!isUuid(id) || !(await exists(id))) throw notFoundError('user')
  return id
}

const list = (deps: PersonSessionRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Where a person is signed in',
    auth: permission('users:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Sessions },
    handle: async ({ params }) => {
      const sessions = (await deps.list(await userOf(deps, params))).map((one) => ({
        ...{ id: one.id, kind: one.kind, ip: one.ip, amr: one.amr, applications: one.applications },
        place: deps.findPlace(one.ip, 'en') ?? null,
        device: deps.deviceOf(one.user_agent ?? ''),
        created_at: one.created_at.toISOString(),
        last_used_at: one.last_used_at?.toISOString() ?? null,
        expires_at: one.expires_at.toISOString(),
      }))
      return { status: 200, body: { sessions } }
    },
  })

const written = { none: 'session.ended is written for each session, by the statement that ends it' } as const

const endAll = (deps: PersonSessionRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path,
    summary: 'End every session of a person, with what they gave to applications',
    auth: permission('users:support'),
    limit: perActor(deps),
    audit: written,
    responses: { 200: Type.Object({ ended: Type.Integer() }) },
    handle: async ({ actor, params, events }) => {
      const userId = await userOf(deps, params)
      return { status: 200, body: { ended: await deps.end({ permissions: actor.permissions, events }, { userId }) } }
    },
  })

const endOne = (deps: PersonSessionRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:session`,
    summary: 'End a session of a person, with what it gave to applications',
    auth: permission('users:support'),
    limit: perActor(deps),
    audit: written,
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const userId = await userOf(deps, params)
      const { session: only = '' } = params
      const acting = { permissions: actor.permissions, events }
      if (!isUuid(only) || (await deps.end(acting, { userId, only })) === 0) throw notFoundError('session')
      return { status: 204, body: undefined }
    },
  })

/** Where people are signed in, below `/admin/v1/users/{id}/sessions`. */
export const personSessionsAdminRoutes = (deps: PersonSessionRoutesDeps): readonly AnyRoute[] =>
  [list, endAll, endOne].map((make) => make(deps))

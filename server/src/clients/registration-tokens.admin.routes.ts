import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { InitialAccessTokenRow, RegistrationAdmin } from './registration.job.ts'

export type RegistrationTokenRoutesDeps = {
  readonly limit: number
  readonly registrationBy: (events: Pick<EventMaker, 'make'>) => RegistrationAdmin
  readonly tokens: Pick<RegistrationAdmin, 'listTokens'>
}

const path = '/admin/v1/registration-tokens'
const shared = { tag: 'clients', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: RegistrationTokenRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const
const year = 366 * 86_400

const orNull = <S extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(schema: S) => Type.Union([schema, Type.Null()])
const instant = Type.String({ format: 'date-time' })

const TokenBody = Type.Object({
  id: Type.String({ format: 'uuid' }),
  note: orNull(Type.String()),
  uses_left: orNull(Type.Integer()),
  created_at: instant,
  expires_at: orNull(instant),
  works: Type.Boolean(),
})

const NewToken = Type.Object(
  {
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' })),
    uses: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'How many clients it may register; without end otherwise.' }),
    ),
    life_seconds: Type.Optional(Type.Integer({ minimum: 60, maximum: year, description: 'Without end otherwise.' })),
  },
  { additionalProperties: false, examples: [{ note: 'partner portal', uses: 1, life_seconds: 604_800 }] },
)

const view = ({ id, note, uses_left, created_at, expires_at, is_live: works }: InitialAccessTokenRow) => ({
  ...{ id, note, uses_left, works },
  created_at: created_at.toISOString(),
  expires_at: expires_at?.toISOString() ?? null,
})

const list = (deps: RegistrationTokenRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Initial access tokens, never their text, a thousand at most',
    auth: permission('clients:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ tokens: Type.Array(TokenBody) }) },
    handle: async () => ({ status: 200, body: { tokens: (await deps.tokens.listTokens()).map(view) } }),
  })

const create = (deps: RegistrationTokenRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make an initial access token, by which applications register themselves',
    description: 'It is in this answer and never again (RFC 7591 section 3).',
    auth: permission('clients:write'),
    limit: perActor(deps),
    audit: { event: 'initial_access_token.created' },
    isIdempotent: true,
    request: { body: NewToken },
    responses: { 201: Type.Object({ id: Type.String({ format: 'uuid' }), initial_access_token: Type.String() }) },
    handle: async ({ body, events }) => {
      const { note, uses, life_seconds: lifeSeconds } = body
      const { id, token } = await deps.registrationBy(events).createToken({ note, uses, lifeSeconds })
      return { status: 201, body: { id, initial_access_token: token } }
    },
  })

const remove = (deps: RegistrationTokenRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Delete an initial access token: nobody registers with it from now on',
    auth: permission('clients:write'),
    limit: perActor(deps),
    audit: { event: 'initial_access_token.deleted' },
    responses: { 204: empty },
    handle: async ({ params, events }) => {
      const id = params['id'] ?? ''
      if (!isUuid(id) || !(await deps.registrationBy(events).deleteToken(id))) throw notFoundError('token')
      return { status: 204, body: undefined }
    },
  })

/** Initial access tokens, below `/admin/v1/registration-tokens`. */
export const registrationTokensAdminRoutes = (deps: RegistrationTokenRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  create(deps),
  remove(deps),
]

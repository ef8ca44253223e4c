import { Type } from 'typebox'
import type { EventRow } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { AppError, conflict, notFoundError } from '../http/errors.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { lacking } from './lacking.ts'
import { allPermissions } from './permissions.ts'
import { makePersonalToken } from './personal-token.ts'
import type { NewToken, TokenRow } from './personal-tokens.store.ts'
import { refusalError } from './refusals.routes.ts'

export type TokenRoutesDeps = {
  readonly tokens: {
    readonly list: (tenantId: string, userId: string) => Promise<readonly TokenRow[]>
    readonly insert: (tenantId: string, token: NewToken & { event: EventRow }) => Promise<TokenRow | undefined>
    readonly remove: (tenantId: string, input: { userId: string; id: string; event: EventRow }) => Promise<boolean>
  }
  readonly limit: number
}

const path = '/admin/v1/tokens'
const shared = { tag: 'access', cors: 'never', failure: 'problem', isCredential: true } as const

const TokenBody = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  permissions: Type.Array(Type.String()),
  created_at: Type.String({ format: 'date-time' }),
  expires_at: Type.String({ format: 'date-time' }),
  last_used_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
})

const NewTokenBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    permissions: Type.Array(Type.String({ enum: [...allPermissions] }), {
      minItems: 1,
      uniqueItems: true,
      maxItems: allPermissions.length,
    }),
    expires_in_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 30 })),
  },
  { additionalProperties: false, examples: [{ name: 'nightly export', permissions: ['users:read'], expires_in_days: 90 }] },
)

const view = ({ id, name, permissions, created_at, expires_at, last_used_at }: TokenRow) => ({
  ...{ id, name, permissions },
  created_at: created_at.toISOString(),
  expires_at: expires_at.toISOString(),
  last_used_at: last_used_at?.toISOString() ?? null,
})

// A token that makes tokens would outlive whoever took it away, and an application has nobody to make one for (attack case S-03).
const personOf = ({ kind, userId }: { kind: string; userId: string | undefined }): string => {
  if (kind === 'user' && userId !== undefined) return userId
  throw new AppError({
    status: 403,
    code: 'person-needed',
    detail: 'Tokens are made and removed by a person who is signed in to the console.',
  })
}

const list = ({ tokens, limit }: TokenRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Own personal access tokens',
    auth: permission('tokens:write'),
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ tokens: Type.Array(TokenBody) }) },
    handle: async ({ tenantId, actor }) => ({
      status: 200,
      body: { tokens: (await tokens.list(tenantId, personOf(actor))).map(view) },
    }),
  })

const create = ({ tokens, limit }: TokenRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make a personal access token',
    description: 'The token is in this answer and never again. It allows what is listed, and less where its owner may do less.',
    auth: freshPermission('tokens:write'),
    limit: { by: 'actor', max: Math.min(limit, 30), seconds: 60 },
    audit: { event: 'token.made' },
    isIdempotent: true,
    request: { body: NewTokenBody },
    responses: { 201: Type.Object({ ...TokenBody.properties, token: Type.String() }) },
    handle: async ({ tenantId, actor, body, events }) => {
      const userId = personOf(actor)
      const missing = lacking(actor, body.permissions)
      if (missing.length > 0) throw refusalError({ kind: 'lacking', permissions: missing }, 'token')
      const { name, permissions, expires_in_days: days = 30 } = body
      const { id, hash, text } = makePersonalToken()
      const event = events.make({ type: 'token.made', userId, payload: { token: id, permissions, days } })
      const made = await tokens.insert(tenantId, { id, userId, name, hash, permissions, days, event })
      if (made === undefined) throw conflict('too-many-tokens', 'This person has as many tokens as may be. Remove one first.')
      return { status: 201, body: { ...view(made), token: text } }
    },
  })

const remove = ({ tokens, limit }: TokenRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Remove an own personal access token; it ends at once',
    auth: permission('tokens:write'),
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { event: 'token.removed' },
    responses: { 204: empty },
    handle: async ({ tenantId, actor, params, events }) => {
      const userId = personOf(actor)
      const id = params['id'] ?? ''
      const event = events.make({ type: 'token.removed', userId, payload: { token: id.slice(0, 64) } })
      if (!isUuid(id) || !(await tokens.remove(tenantId, { userId, id, event }))) throw notFoundError('token')
      return { status: 204, body: undefined }
    },
  })

/** Personal access tokens of whoever asks, and of nobody else. */
export const tokensAdminRoutes = (deps: TokenRoutesDeps): readonly AnyRoute[] => [list(deps), create(deps), remove(deps)]

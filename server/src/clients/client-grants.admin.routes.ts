import { Type } from 'typebox'
import { notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import type { ClientGrant } from './client-grants.store.ts'
import { type ClientRoutesDeps, clientIdOf, path, perActor, shared } from './client-view.admin.routes.ts'

const instant = Type.String({ format: 'date-time' })
const textOrNull = Type.Union([Type.String(), Type.Null()])

const Grant = Type.Object({
  id: Type.String({ format: 'uuid' }),
  user_id: Type.String({ format: 'uuid' }),
  username: textOrNull,
  email: textOrNull,
  scopes: Type.Array(Type.String()),
  offline: Type.Boolean({ description: 'Whether it outlives the session of the person.' }),
  granted_at: instant,
  last_used_at: Type.Union([instant, Type.Null()]),
})

const view = (one: ClientGrant) => ({
  ...{ id: one.id, user_id: one.user_id, username: one.username, email: one.email, scopes: [...one.scopes], offline: one.is_offline },
  granted_at: one.granted_at.toISOString(),
  last_used_at: one.last_used_at?.toISOString() ?? null,
})

/** Who has let an application in. */
export const clientGrantsRoute = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id/grants`,
    summary: 'What people have given to an application and what lives, the newest first',
    description: 'Each sign-in of a person gives one. It is taken back at the person: DELETE /admin/v1/users/{id}/grants/{client}.',
    auth: permission('users:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ grants: Type.Array(Grant), ...nextMember }) },
    handle: async ({ tenantId, params, query }) => {
      const clientId = clientIdOf(params)
      if ((await deps.find(clientId)) === undefined) throw notFoundError('application')
      const { rows, next } = await readPage<ClientGrant>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: `grants ${clientId}` },
        read: (after, limit) => deps.grants({ clientId, after, limit }),
        placeOf: ({ place, id }) => [place, id],
      })
      return { status: 200, body: { grants: rows.map(view), next } }
    },
  })

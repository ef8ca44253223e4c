import { type Static, Type } from 'typebox'
import { empty } from '../http/content.ts'
import { invalid } from '../http/errors.ts'
import { etagOf } from '../http/etag.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { fold } from './identifiers.ts'
import { userChangesAdminRoutes } from './user-changes.admin.routes.ts'
import { idOf, loaded, path, perActor, settled, shared, type UserRoutesDeps } from './user-replies.admin.routes.ts'
import { placeOfUser, type UserRow, type UserSearch } from './user-search.store.ts'
import { Detail, detailView, Listed, listedView, status } from './user-views.ts'
import { usersBulkAdminRoutes } from './users-bulk.admin.routes.ts'

export type { UserRoutesDeps } from './user-replies.admin.routes.ts'

const SearchQuery = Type.Object(
  {
    ...pageQuery,
    prefix: Type.Optional(
      Type.String({ minLength: 1, maxLength: 320, description: 'How a user name, e-mail address or phone number begins, in any case.' }),
    ),
    attribute: Type.Optional(
      Type.String({
        pattern: '^[^:]{1,128}:.{1,512}$',
        description: 'An attribute and its value, as name:value. Not together with prefix.',
      }),
    ),
    status: Type.Optional(status),
    order: Type.Optional(Type.String({ enum: ['newest', 'oldest'], default: 'newest', description: 'Where no name is looked for.' })),
  },
  { additionalProperties: false },
)

const badQuery = (name: string, msg: string) => invalid([{ type: 'value_error', loc: ['query', name], msg, input: null }])

const attributeOf = (written: string): UserSearch['attribute'] => {
  const [name = '', value = ''] = [written.slice(0, written.indexOf(':')), written.slice(written.indexOf(':') + 1)]
  if (value === 'true' || value === 'false') return { name, value: value === 'true' }
  return { name, value: /^-?(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value }
}

const searchOf = ({ prefix, attribute, status: wanted, order }: Static<typeof SearchQuery>): Omit<UserSearch, 'after' | 'limit'> => {
  if (prefix !== undefined && attribute !== undefined) throw badQuery('attribute', 'Look for a name or for an attribute, not for both')
  return {
    prefix: prefix === undefined ? undefined : fold(prefix),
    attribute: attribute === undefined ? undefined : attributeOf(attribute),
    status: wanted,
    order: order === 'oldest' ? 'oldest' : 'newest',
  }
}

const list = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Accounts by name, by attribute, or the newest first',
    auth: permission('users:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: SearchQuery },
    responses: { 200: Type.Object({ users: Type.Array(Listed), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const search = searchOf(query)
      const { rows, next } = await readPage<UserRow>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: JSON.stringify(['users', search]) },
        read: (after, limit) => deps.search({ ...search, after, limit }),
        placeOf: placeOfUser(search),
      })
      return { status: 200, body: { users: rows.map(listedView), next } }
    },
  })

const one = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One account with its factors, sessions, roles and groups',
    auth: permission('users:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Detail },
    handle: async ({ params }) => {
      const user = await loaded(deps, idOf(params))
      return { status: 200, body: detailView(user), headers: { etag: etagOf(user.version) } }
    },
  })

const disable = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/disable`,
    summary: 'Shut an account: its sessions end and nobody signs in to it',
    auth: permission('users:write'),
    limit: perActor(deps),
    audit: { none: 'user.disabled is written where the account was open' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      settled(await deps.adminBy({ permissions: actor.permissions, events }).disable(idOf(params)))
      return { status: 204, body: undefined }
    },
  })

const enable = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/enable`,
    summary: 'Open an account that is disabled or frozen',
    auth: permission('users:write'),
    limit: perActor(deps),
    audit: { none: 'user.enabled is written where the account was shut' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const { id } = await loaded(deps, idOf(params))
      settled(await deps.adminBy({ permissions: actor.permissions, events }).enable(id))
      return { status: 204, body: undefined }
    },
  })

const remove = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Delete an account with all that belongs to it',
    description: 'It cannot be taken back. What was written in events about the person stays without the account.',
    auth: freshPermission('users:delete'),
    limit: perActor(deps),
    audit: { event: 'user.deleted' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const { id, number } = await loaded(deps, idOf(params))
      settled(await deps.adminBy({ permissions: actor.permissions, events }).remove({ id, number }))
      return { status: 204, body: undefined }
    },
  })

const unlock = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/unlock`,
    summary: 'End the locks that wrong passwords and codes have put on an account',
    auth: permission('users:support'),
    limit: perActor(deps),
    audit: { none: 'user.unlocked is written where there was something to end' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const { id } = await loaded(deps, idOf(params))
      settled(await deps.adminBy({ permissions: actor.permissions, events }).unlock(id))
      return { status: 204, body: undefined }
    },
  })

/** Accounts, below `/admin/v1/users`. */
export const usersAdminRoutes = (deps: UserRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  disable(deps),
  enable(deps),
  remove(deps),
  unlock(deps),
  ...userChangesAdminRoutes(deps),
  ...usersBulkAdminRoutes(deps),
]

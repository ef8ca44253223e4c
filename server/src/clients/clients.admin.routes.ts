import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { invalid, notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { clientChangeRoutes } from './client-changes.admin.routes.ts'
import { clientGrantsRoute } from './client-grants.admin.routes.ts'
import { type FoundClient, placeOfClient } from './client-search.store.ts'
import {
  ClientBody,
  type ClientRoutesDeps,
  changeable,
  clientIdOf,
  clientView,
  path,
  perActor,
  SavedClient,
  savedClient,
  shared,
} from './client-view.admin.routes.ts'
import { unknownMembers } from './metadata.ts'
import { templates } from './templates.ts'

const Metadata = Type.Record(Type.String({ minLength: 1, maxLength: 128 }), Type.Unknown(), {
  description: 'Client metadata as OpenID Connect Dynamic Registration 1.0 section 2 and RFC 7591 section 2 name them, and our own.',
})

const NewClient = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._~:/-]{1,128}$', description: 'A new one where it is left out.' })),
    template: Type.Optional(Type.String({ enum: Object.keys(templates), description: 'Where to begin from; what metadata say wins.' })),
    first_party: Type.Optional(Type.Boolean({ description: 'An application of your own: people are not asked for consent.' })),
    metadata: Metadata,
  },
  {
    additionalProperties: false,
    examples: [{ template: 'web', metadata: { client_name: 'Shop', redirect_uris: ['https://shop.example/callback'] } }],
  },
)

const ClientChange = Type.Object(
  { first_party: Type.Optional(Type.Boolean()), metadata: Type.Optional(Metadata) },
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'Members of metadata replace the present ones; null takes one away.',
    examples: [{ metadata: { client_name: 'Shop', policy_uri: null } }],
  },
)

const assertKnown = (metadata: Readonly<Record<string, unknown>>): void => {
  const unknown = unknownMembers(metadata)
  if (unknown.length === 0) return
  throw invalid(
    unknown.slice(0, 20).map((member) => ({
      ...{ type: 'extra_forbidden', loc: ['body', 'metadata', member.slice(0, 128)], input: null },
      msg: 'No client metadata have this name. Remove it',
    })),
  )
}

const SearchQuery = Type.Object(
  {
    ...pageQuery,
    prefix: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$', description: 'How the name begins, in any case.' }),
    ),
    status: Type.Optional(Type.Unsafe<'active' | 'disabled'>({ type: 'string', enum: ['active', 'disabled'] })),
  },
  { additionalProperties: false },
)

const list = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Applications by id, or those whose name begins so',
    auth: permission('clients:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: SearchQuery },
    responses: { 200: Type.Object({ clients: Type.Array(ClientBody), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const { prefix, status } = query
      const { rows, next } = await readPage<FoundClient>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: JSON.stringify(['clients', prefix ?? null, status ?? null]) },
        read: (after, limit) => deps.search({ prefix, status, after, limit }),
        placeOf: placeOfClient,
      })
      return { status: 200, body: { clients: rows.map(clientView), next } }
    },
  })

const one = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One application with its metadata, never with a secret',
    auth: permission('clients:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: ClientBody },
    handle: async ({ params }) => {
      const client = await deps.find(clientIdOf(params))
      if (client === undefined) throw notFoundError('application')
      return { status: 200, body: clientView(client), headers: { etag: etagOf(client.version) } }
    },
  })

const create = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Register an application',
    description: 'Its secret is in this answer and never again. Who asks for the scope admin or account needs roles:write besides.',
    auth: permission('clients:write'),
    limit: perActor(deps),
    audit: { event: 'client.created' },
    isIdempotent: true,
    request: { body: NewClient },
    responses: { 201: SavedClient },
    handle: async ({ actor, events, body }) => {
      assertKnown(body.metadata)
      const base = body.template === undefined ? {} : templates[body.template as keyof typeof templates]
      const metadata = { ...base, ...body.metadata }
      const admin = deps.adminBy({ permissions: actor.permissions, events })
      const { body: made, client } = savedClient(await admin.create({ id: body.id, isFirstParty: body.first_party ?? false, metadata }))
      deps.forget()
      const location = `${path}/${encodeURIComponent(client.id)}`
      return { status: 201, body: made, headers: { etag: etagOf(client.version), location } }
    },
  })

const change = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:id`,
    summary: 'Change an application',
    description: 'A change of how it authenticates ends its secrets; where it needs one the new one is in this answer alone.',
    auth: permission('clients:write'),
    limit: perActor(deps),
    audit: { event: 'client.updated' },
    request: { body: ClientChange },
    responses: { 200: SavedClient },
    handle: async ({ actor, events, body, params, headers }) => {
      const id = changeable(params)
      const { first_party: isFirstParty, metadata = {} } = body
      assertKnown(metadata)
      const admin = deps.adminBy({ permissions: actor.permissions, events })
      const { body: saved, client } = savedClient(await admin.update({ id, isFirstParty, metadata, version: demandedVersion(headers) }))
      deps.forget()
      return { status: 200, body: saved, headers: { etag: etagOf(client.version) } }
    },
  })

const remove = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Delete an application with everything that was granted to it',
    auth: freshPermission('clients:write'),
    limit: perActor(deps),
    audit: { event: 'client.deleted' },
    responses: { 204: empty },
    handle: async ({ actor, events, params }) => {
      const id = changeable(params)
      if (!(await deps.adminBy({ permissions: actor.permissions, events }).remove(id))) throw notFoundError('application')
      deps.forget()
      return { status: 204, body: undefined }
    },
  })

/** Applications, below `/admin/v1/clients`. */
export const clientsAdminRoutes = (deps: ClientRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  create(deps),
  change(deps),
  remove(deps),
  ...clientChangeRoutes(deps),
  clientGrantsRoute(deps),
]

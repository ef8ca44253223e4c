import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { AppError, changedMeanwhile, conflict, notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { type Algorithm, algorithms } from '../keys/keys.ts'
import { type AccessClaimName, type ApiResource, accessClaimNames } from './client.ts'
import { usualResource } from './resource.ts'
import type { ResourceAdmin, SavedResource } from './resources.job.ts'

export type ResourceRoutesDeps = {
  readonly limit: number
  readonly resourcesBy: (events: Pick<EventMaker, 'make'>) => ResourceAdmin
  readonly resources: Pick<ResourceAdmin, 'find' | 'list' | 'version'>
  /** Lets this process see at once what was changed. */
  readonly forget: () => void
}

const path = '/admin/v1/resources'
const onePath = `${path}/:identifier`
const shared = { tag: 'resources', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: ResourceRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const identifier = Type.String({ minLength: 1, maxLength: 512, description: 'An absolute URI: the audience of its tokens.' })
const name = Type.String({ minLength: 1, maxLength: 200 })
const scopes = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100, uniqueItems: true })
const ttl = Type.Union([Type.Integer({ minimum: 60, maximum: 86_400 }), Type.Null()], {
  description: 'Seconds; null is as long as all access tokens live.',
})
const algorithm = Type.Unsafe<Algorithm>({ type: 'string', enum: [...algorithms] })
const accessClaims = Type.Array(Type.Unsafe<AccessClaimName>({ type: 'string', enum: [...accessClaimNames] }), {
  uniqueItems: true,
  maxItems: accessClaimNames.length,
  description: 'What its access tokens say of who may do what: ids of roles, names of groups, permissions.',
})
const format = Type.Unsafe<ApiResource['tokenFormat']>({ type: 'string', enum: ['jwt', 'opaque'] })

const ResourceBody = Type.Object({
  ...{ identifier, name, scopes, access_token_ttl_seconds: ttl },
  signing_algorithm: algorithm,
  token_format: format,
  access_claims: accessClaims,
})
const settable = {
  name: Type.Optional(name),
  scopes: Type.Optional(scopes),
  access_token_ttl_seconds: Type.Optional(ttl),
  signing_algorithm: Type.Optional(algorithm),
  token_format: Type.Optional(format),
  access_claims: Type.Optional(accessClaims),
}
const NewResource = Type.Object(
  { identifier, ...settable },
  {
    additionalProperties: false,
    examples: [{ identifier: 'https://api.example.com', name: 'Orders', scopes: ['orders:read', 'orders:write'] }],
  },
)
const ResourceChange = Type.Object(settable, { additionalProperties: false, minProperties: 1 })
/** What of an API is set beside its identifier. */
export const ResourceSettable = Type.Object(settable, { additionalProperties: false })

type Given = {
  readonly name?: string
  readonly scopes?: string[]
  readonly access_token_ttl_seconds?: number | null
  readonly signing_algorithm?: Algorithm
  readonly token_format?: ApiResource['tokenFormat']
  readonly access_claims?: AccessClaimName[]
}

export const changesOf = (given: Given): Partial<ApiResource> => ({
  ...(given.name === undefined ? {} : { name: given.name }),
  ...(given.scopes === undefined ? {} : { scopes: given.scopes }),
  ...(given.access_token_ttl_seconds === undefined ? {} : { accessTokenTtlSeconds: given.access_token_ttl_seconds ?? undefined }),
  ...(given.signing_algorithm === undefined ? {} : { signingAlgorithm: given.signing_algorithm }),
  ...(given.token_format === undefined ? {} : { tokenFormat: given.token_format }),
  ...(given.access_claims === undefined ? {} : { accessClaims: given.access_claims }),
})

export const resourceView = (one: ApiResource) => ({
  ...{ identifier: one.identifier, name: one.name, scopes: [...one.scopes] },
  access_token_ttl_seconds: one.accessTokenTtlSeconds ?? null,
  signing_algorithm: one.signingAlgorithm,
  token_format: one.tokenFormat,
  access_claims: [...one.accessClaims],
})

const identifierOf = (params: Readonly<Record<string, string>>): string => {
  const given = params['identifier'] ?? ''
  if (given.length > 512 || given.includes('\0')) throw notFoundError('API')
  return given
}

/** An API as it is where nothing more was said. */
export const resourceOf = (identifier: string): ApiResource => ({
  ...usualResource,
  ...{ identifier, name: identifier.slice(0, 200), accessTokenTtlSeconds: undefined },
})

/** What was saved, or the refusal. */
export const savedResource = (outcome: SavedResource): ApiResource => {
  if (outcome.kind === 'saved') return outcome.resource
  if (outcome.kind === 'invalid') throw new AppError({ status: 422, code: 'invalid-resource', detail: outcome.problem })
  if (outcome.kind === 'taken') throw conflict('taken', 'There is an API with this identifier already. Change that one.')
  throw outcome.kind === 'gone' ? notFoundError('API') : changedMeanwhile()
}

const tagOf = async ({ resources }: ResourceRoutesDeps, id: string) => ({ etag: etagOf((await resources.version(id)) ?? 'none') })

const list = (deps: ResourceRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'APIs that take access tokens, by identifier, a thousand at most',
    auth: permission('resources:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ resources: Type.Array(ResourceBody) }) },
    handle: async () => ({ status: 200, body: { resources: (await deps.resources.list()).map(resourceView) } }),
  })

const one = (deps: ResourceRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: onePath,
    summary: 'One API; its identifier stands percent-encoded in the path',
    auth: permission('resources:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: ResourceBody },
    handle: async ({ params }) => {
      const found = await deps.resources.find(identifierOf(params))
      if (found === undefined) throw notFoundError('API')
      return { status: 200, body: resourceView(found), headers: await tagOf(deps, found.identifier) }
    },
  })

const create = (deps: ResourceRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Register an API that takes access tokens',
    auth: permission('resources:write'),
    limit: perActor(deps),
    audit: { event: 'resource.saved' },
    isIdempotent: true,
    request: { body: NewResource },
    responses: { 201: ResourceBody },
    handle: async ({ body, events }) => {
      const { identifier: id } = body
      const made = savedResource(await deps.resourcesBy(events).create({ ...resourceOf(id), ...changesOf(body) }))
      deps.forget()
      const location = `${path}/${encodeURIComponent(id)}`
      return { status: 201, body: resourceView(made), headers: { ...(await tagOf(deps, id)), location } }
    },
  })

const change = (deps: ResourceRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: onePath,
    summary: 'Change an API; the scopes that are named replace the present ones',
    auth: permission('resources:write'),
    limit: perActor(deps),
    audit: { event: 'resource.saved' },
    request: { body: ResourceChange },
    responses: { 200: ResourceBody },
    handle: async ({ body, params, headers, events }) => {
      const at = { identifier: identifierOf(params), version: demandedVersion(headers) }
      const changed = savedResource(await deps.resourcesBy(events).update(at, changesOf(body)))
      deps.forget()
      return { status: 200, body: resourceView(changed), headers: await tagOf(deps, at.identifier) }
    },
  })

const remove = (deps: ResourceRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: onePath,
    summary: 'Delete an API: no application gets tokens for it any more',
    auth: freshPermission('resources:write'),
    limit: perActor(deps),
    audit: { event: 'resource.deleted' },
    responses: { 204: empty },
    handle: async ({ params, events }) => {
      if (!(await deps.resourcesBy(events).remove(identifierOf(params)))) throw notFoundError('API')
      deps.forget()
      return { status: 204, body: undefined }
    },
  })

/** APIs that take access tokens, below `/admin/v1/resources`. */
export const resourcesAdminRoutes = (deps: ResourceRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  create(deps),
  change(deps),
  remove(deps),
]

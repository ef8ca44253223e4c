import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type EventMaker, type EventType, makeEvent, type Origin } from '../events/events.ts'
import { budgetNetwork } from '../platform/network.ts'
import type { RawBody } from './body.ts'
import { anyJson, imageBytes, rawRequest, readBody } from './body.ts'
import { mediaTypeOf } from './content.ts'
import { anyOrigin, type Cors, hideFromOrigins, preflight } from './cors.ts'
import { AppError, insufficientAuthentication, lacksPermission, type StepUp, tooMany, unavailableNow } from './errors.ts'
import { type Idempotency, idempotently } from './idempotency.ts'
import type { Limiter } from './limits.ts'
import type { HttpMetrics } from './metrics.ts'
import { queryReader } from './query.ts'
import type { Actor, Administrator, AnyReply, AnyRoute } from './route.ts'
import { tenantSlugOf } from './tenant-path.ts'
import { bodyValidator, type Validator } from './validation.ts'

/** One tenant as its requests meet it. `routeOf` is its own form of a route; undefined where it has none. */
export type TenantEdge = {
  readonly tenantId: string
  readonly authenticate: (authorization: string | undefined) => Promise<Actor>
  /** Who administers, by the same header; throws the 401 for anybody else. */
  readonly administrator: (authorization: string | undefined) => Promise<Administrator>
  /** What a sensitive request of this person misses; undefined where nothing. */
  readonly missing: (actor: Pick<Actor, 'tenantId' | 'userId' | 'sessionId'>) => Promise<StepUp | undefined>
  /** Keeps the answers to requests that may be repeated. */
  readonly idempotency: Idempotency
  readonly routeOf: (route: AnyRoute) => AnyRoute | undefined
}

/** What `mount` needs of the rest: everything that a policy of a route refers to. */
export type MountDeps = {
  /** The tenant that answers at the root. */
  readonly root: TenantEdge
  readonly findTenant: (slug: string) => Promise<TenantEdge | undefined>
  readonly limiter: Limiter
  readonly metrics: HttpMetrics
  readonly cors: Cors
  readonly address: (socket: string | undefined, forwarded: string | readonly string[] | undefined) => string
  readonly isShedding: () => boolean
}

type State = { ip: string; actor: Actor | Administrator | undefined; edge: TenantEdge }
const states = new WeakMap<FastifyRequest, State>()

const spend = (deps: MountDeps, route: AnyRoute, subject: string): void => {
  if (route.limit.by === 'nobody') return
  const wait = deps.limiter.take(`${route.method} ${route.path} ${subject}`, route.limit.max, route.limit.seconds)
  if (wait > 0) throw tooMany(wait)
}

const notFound = (): AppError => new AppError({ status: 404, code: 'not-found', detail: 'Not Found' })

const edgeOf = async (deps: MountDeps, slug: string): Promise<TenantEdge> => {
  const edge = await deps.findTenant(slug)
  if (edge === undefined) throw notFound()
  return edge
}

type Credentials = { readonly ip: string; readonly authorization: string | undefined; readonly edge: TenantEdge }

// Where a user has a budget, credentials that nobody stands behind are counted against the network they come from.
const authenticate = async (
  deps: MountDeps,
  route: AnyRoute,
  { ip, authorization, edge }: Credentials,
): Promise<Actor | Administrator | undefined> => {
  try {
    if (route.auth.kind === 'permission' || route.auth.kind === 'administrator') return await edge.administrator(authorization)
    return route.auth.kind === 'signed-in' ? await edge.authenticate(authorization) : undefined
  } catch (error) {
    if (route.limit.by === 'actor') spend(deps, route, budgetNetwork(ip))
    throw error
  }
}

const isAdministrator = (actor: Actor | Administrator): actor is Administrator => 'permissions' in actor
/** Who acts in the name of the person, as events know them. */
const actingIn = ({ actor }: State): string | undefined =>
  actor === undefined || isAdministrator(actor) || actor.acting === undefined ? undefined : `user ${actor.acting.id}`
/** What a budget, an event and a kept answer know an actor by. */
const nameOf = (actor: Actor | Administrator): string => (isAdministrator(actor) ? `${actor.kind} ${actor.id}` : actor.userId)

// The one place where a permission is asked for.
const assertPermitted = (route: AnyRoute, { actor }: State): void => {
  if (route.auth.kind !== 'permission') return
  if (actor === undefined || !isAdministrator(actor) || !actor.permissions.has(route.auth.permission))
    throw lacksPermission(route.auth.permission)
}

// The one place where a fresh sign-in is asked for. Who misses it has spent the budget of the route: asking costs a statement.
const assertFresh = async (route: AnyRoute, { actor, edge }: State): Promise<void> => {
  if ((route.auth.kind !== 'signed-in' && route.auth.kind !== 'permission') || route.auth.isFresh !== true || actor === undefined) return
  // A token or an application cannot sign in anew: what it may do was decided by somebody who had.
  const { tenantId, userId, sessionId } = actor
  if (userId === undefined || sessionId === undefined) return
  const missing = await edge.missing({ tenantId, userId, sessionId })
  if (missing !== undefined) throw insufficientAuthentication(missing)
}

// The order is the policy: shed, address limit, authenticate, actor limit, permission, fresh sign-in. The body has not been read yet.
const admit = (deps: MountDeps, route: AnyRoute) => {
  const isExempt = route.limit.by === 'nobody'
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const ip = deps.address(request.socket.remoteAddress, request.headers['x-forwarded-for'])
    // A client that hung up has no address any more; nothing is done for nobody.
    if (ip === '') throw new AppError({ status: 400, code: 'client-gone', detail: 'Bad Request' })
    const state: State = { ip, actor: undefined, edge: deps.root }
    states.set(request, state)
    if (route.cors === 'any') reply.headers(anyOrigin)
    if (route.cors === 'never') hideFromOrigins((name) => reply.removeHeader(name))
    if (route.isCredential) reply.header('cache-control', 'no-store')
    if (!isExempt && deps.isShedding()) throw unavailableNow('overloaded')
    if (route.limit.by === 'address') spend(deps, route, budgetNetwork(ip))
    const slug = tenantSlugOf(request.raw)
    if (slug !== undefined) state.edge = await edgeOf(deps, slug)
    const { edge } = state
    state.actor = await authenticate(deps, route, { ip, authorization: request.headers.authorization, edge })
    if (route.limit.by === 'actor' && state.actor) spend(deps, route, nameOf(state.actor))
    assertPermitted(route, state)
    await assertFresh(route, state)
  }
}

const expectedEvents = (route: AnyRoute): readonly EventType[] => ('event' in route.audit ? [route.audit.event].flat() : [])

const send = (route: AnyRoute, reply: FastifyReply, answer: AnyReply): FastifyReply => {
  const schema = route.responses[answer.status]
  if (schema === undefined) throw new Error(`${route.method} ${route.path} answered ${answer.status}, which it does not declare.`)
  reply.code(answer.status)
  if (answer.headers) reply.headers(answer.headers as Record<string, string>)
  const mediaType = mediaTypeOf(schema)
  if (mediaType === 'none') return reply.send()
  if (mediaType === 'negotiated') return reply.send(answer.body)
  if (mediaType !== 'application/json') return reply.type(mediaType).send(answer.body)
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer.body))
}

type Making = { readonly metrics: HttpMetrics; readonly tenantId: string; readonly origin: Origin }

const eventMaker = ({ metrics, tenantId, origin }: Making, made: Set<EventType>): EventMaker => ({
  make: (input) => {
    made.add(input.type)
    metrics.countEvent(input.type)
    return makeEvent({ ...input, tenantId, origin })
  },
  makeConditional: (input) => makeEvent({ ...input, tenantId, origin }),
  count: metrics.countEvent,
})

type BodyKind = 'json' | 'form' | 'raw' | 'any-json' | 'bytes' | undefined

const bodyOf = (kind: BodyKind, request: FastifyRequest): unknown => {
  const raw = request.body as RawBody | undefined
  if (kind === 'raw') return rawRequest(request.url, request.headers['content-type'], raw)
  if (kind === 'any-json') return anyJson(raw)
  if (kind === 'bytes') return imageBytes(raw)
  return kind === undefined ? undefined : readBody(kind, raw)
}

type Handler = {
  readonly deps: MountDeps
  readonly route: AnyRoute
  readonly kind: BodyKind
  readonly validate: Validator | undefined
  readonly readQuery: ((query: string) => Record<string, unknown>) | undefined
}

const handler = ({ deps, route, kind, validate, readQuery }: Handler) => {
  const expected = expectedEvents(route)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const state = states.get(request) ?? { ip: '', actor: undefined, edge: deps.root }
    const { tenantId, routeOf } = state.edge
    const own = routeOf(route)
    if (own === undefined) throw notFound()
    const body = bodyOf(kind, request)
    validate?.(body)
    const query = readQuery?.(queryOf(request.url))
    const actor = state.actor !== undefined && isAdministrator(state.actor) ? nameOf(state.actor) : undefined
    const origin = { ip: state.ip, userAgent: request.headers['user-agent'], requestId: request.id, actor: actor ?? actingIn(state) }
    const made = new Set<EventType>()
    const events = eventMaker({ metrics: deps.metrics, tenantId, origin }, made)
    const context = {
      tenantId,
      actor: state.actor as undefined,
      body: body as undefined,
      query: query as undefined,
      headers: request.headers,
      method: request.method,
      params: request.params as Record<string, string>,
      origin,
      events,
    }
    const key = route.isIdempotent === true && actor !== undefined ? request.headers['idempotency-key'] : undefined
    const asked = { actor: actor ?? '', method: route.method, path: request.url, body }
    const { answer, isRepeated } = await idempotently(state.edge.idempotency, { key, asked }, () => own.handle(context))
    if (isRepeated) return send(route, reply, answer)
    if (expected.length > 0 && answer.status < 300 && !expected.some((type) => made.has(type)))
      throw new Error(`${route.method} ${route.path} succeeded without one of the events ${expected.join(', ')}.`)
    return send(route, reply, answer)
  }
}

const queryOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')

const mountRoute = (app: FastifyInstance, deps: MountDeps, route: AnyRoute): void => {
  const { request: q } = route
  const kind = q?.body ? 'json' : q?.form ? 'form' : q?.raw ? 'raw' : q?.json ? 'any-json' : q?.bytes ? 'bytes' : undefined
  const schema = route.request?.body ?? route.request?.form
  app.route({
    method: route.method,
    url: route.path,
    config: { failure: route.failure },
    ...(route.bodyBytesMax === undefined ? {} : { bodyLimit: route.bodyBytesMax }),
    onRequest: admit(deps, route),
    handler: handler({ deps, route, kind, validate: schema && bodyValidator(schema), readQuery: q?.query && queryReader(q.query) }),
  })
}

// Every other method of a known path is refused before its body is read, and OPTIONS says what there is.
const mountRefusals = (app: FastifyInstance, path: string, routes: readonly AnyRoute[]): void => {
  const methods = routes.map(({ method }) => method as string)
  const cors = routes[0]?.cors
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort()
  const allow = allowed.join(', ')
  app.route({
    method: 'OPTIONS',
    url: path,
    handler: (request, reply) => {
      if (cors === 'any') reply.headers(anyOrigin)
      if (cors === 'never') hideFromOrigins((name) => reply.removeHeader(name))
      else if (request.headers['access-control-request-method'] !== undefined) reply.headers(preflight(allow))
      return reply.code(204).header('allow', allow).send()
    },
  })
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method)),
    url: path,
    onRequest: async () => {
      throw new AppError({ status: 405, code: 'method-not-allowed', detail: 'Method Not Allowed', headers: { allow } })
    },
    handler: (_, reply) => reply.send(),
  })
}

/** Registers every endpoint; the only caller of Fastify's `route`. */
export const mount = (app: FastifyInstance, deps: MountDeps, routes: readonly AnyRoute[]): void => {
  app.addHook('onRequest', async (request, reply) => {
    const headers = deps.cors(request.headers.origin)
    for (const name in headers) reply.header(name, headers[name])
  })
  for (const route of routes) mountRoute(app, deps, route)
  for (const [path, same] of Map.groupBy(routes, ({ path }) => path)) mountRefusals(app, path, same)
}

import { type Static, Type } from 'typebox'
import { empty } from '../http/content.ts'
import { changedMeanwhile, conflict, invalid, notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { DeliveryRow, WebhookAdmin, WebhookOutcome, WebhookRow } from './webhooks.job.ts'

export type WebhookRoutesDeps = {
  readonly webhooks: WebhookAdmin
  readonly cursorKey: Uint8Array
  readonly limit: number
  /** What is wrong with an address that events shall be sent to; undefined where nothing. */
  readonly checkUrl: (url: string) => string | undefined
  /** Every type of event, and the groups of them as `user.*`. */
  readonly eventTypes: readonly string[]
}

const path = '/admin/v1/webhooks'
const shared = { tag: 'webhooks', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: WebhookRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const
const instant = Type.String({ format: 'date-time' })
const orNull = <S extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(schema: S) => Type.Union([schema, Type.Null()])

const members = {
  id: Type.String({ format: 'uuid' }),
  url: Type.String(),
  description: Type.String(),
  event_types: Type.Array(Type.String()),
  enabled: Type.Boolean(),
  disabled_reason: orNull(Type.String()),
  failing_since: orNull(instant),
  created_at: instant,
  updated_at: instant,
}
const Webhook = Type.Object(members)
const WebhookWithSecret = Type.Object({
  ...members,
  secret: Type.String({ description: 'Signs every delivery (Standard Webhooks). Shown once.' }),
})

const url = Type.String({ minLength: 1, maxLength: 2000 })
const description = Type.String({ maxLength: 200 })
const types = Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100, uniqueItems: true })
const NewWebhook = Type.Object(
  { url, description: Type.Optional(description), event_types: types, enabled: Type.Optional(Type.Boolean()) },
  { additionalProperties: false, examples: [{ url: 'https://hooks.example.com/identity', event_types: ['user.*', 'sign_in.refused'] }] },
)
const WebhookChange = Type.Object(
  {
    url: Type.Optional(url),
    description: Type.Optional(description),
    event_types: Type.Optional(types),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
)
const Rotation = Type.Object(
  { overlap_seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 604_800, default: 86_400 })) },
  { additionalProperties: false },
)
const Delivery = Type.Object({
  id: Type.String({ format: 'uuid', description: 'The webhook-id that the receiver sees.' }),
  event_id: Type.String({ format: 'uuid' }),
  event_type: Type.String(),
  event_at: instant,
  state: Type.String({ enum: ['waiting', 'delivered', 'dead'] }),
  attempts: Type.Integer(),
  next_try_at: orNull(instant),
  created_at: instant,
  finished_at: orNull(instant),
  status: orNull(Type.Integer()),
  error: orNull(Type.String()),
  milliseconds: orNull(Type.Integer()),
})
const DeliveryQuery = Type.Object(
  { ...pageQuery, state: Type.Optional(Type.String({ enum: ['waiting', 'delivered', 'dead'] })) },
  { additionalProperties: false },
)

const view = (row: WebhookRow): Static<typeof Webhook> => ({
  ...{ id: row.id, url: row.url, description: row.description, event_types: row.event_types, enabled: row.is_enabled },
  disabled_reason: row.disabled_reason,
  failing_since: row.failing_since?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
})

const deliveryView = (row: DeliveryRow): Static<typeof Delivery> => ({
  ...{ id: row.id, event_id: row.event_id, event_type: row.event_type, event_at: row.event_at, state: row.state, attempts: row.attempts },
  next_try_at: row.state === 'waiting' ? row.due_at.toISOString() : null,
  created_at: row.created_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
  ...{ status: row.last_status, error: row.last_error, milliseconds: row.last_milliseconds },
})

type Params = Readonly<Record<string, string>>
const idOf = (params: Params, member = 'id'): string => {
  const id = params[member] ?? ''
  if (!isUuid(id)) throw notFoundError(member === 'id' ? 'webhook' : 'delivery')
  return id
}

const done = (outcome: WebhookOutcome): Extract<WebhookOutcome, { kind: 'done' }> => {
  if (outcome.kind === 'done') return outcome
  if (outcome.kind === 'changed') throw changedMeanwhile()
  if (outcome.kind === 'too-many') throw conflict('too-many-webhooks', 'The tenant has as many webhooks as may be. Delete one first.')
  throw notFoundError('webhook')
}

const check = ({ checkUrl, eventTypes }: WebhookRoutesDeps, { url: at, event_types: wanted = [] }: Static<typeof WebhookChange>): void => {
  const problem = at === undefined ? undefined : checkUrl(at)
  const unknown = wanted.filter((one) => one !== '*' && !eventTypes.includes(one))
  const found = [
    ...(problem === undefined ? [] : [{ type: 'value_error', loc: ['body', 'url'], msg: problem, input: null }]),
    ...unknown.map((one) => ({ type: 'value_error', loc: ['body', 'event_types'], msg: 'There is no such event', input: one })),
  ]
  if (found.length > 0) throw invalid(found.slice(0, 20))
}

const settingsOf = ({ enabled, ...rest }: Static<typeof WebhookChange>) => ({
  ...rest,
  ...(enabled === undefined ? {} : { is_enabled: enabled }),
})

const list = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Webhooks with their health',
    auth: permission('webhooks:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ webhooks: Type.Array(Webhook) }) },
    handle: async () => ({ status: 200, body: { webhooks: (await deps.webhooks.list()).map(view) } }),
  })

const one = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One webhook',
    auth: permission('webhooks:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Webhook },
    handle: async ({ params }) => {
      const webhook = await deps.webhooks.find(idOf(params))
      if (webhook === undefined) throw notFoundError('webhook')
      return { status: 200, body: view(webhook), headers: { etag: etagOf(webhook.version) } }
    },
  })

const create = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make a webhook',
    description:
      'Events from then on are sent to it, signed by the secret of this answer. Addresses inside the network need CIP_OUTBOUND_ALLOW.',
    auth: permission('webhooks:write'),
    limit: perActor(deps),
    audit: { event: 'webhook.created' },
    isIdempotent: true,
    request: { body: NewWebhook },
    responses: { 201: WebhookWithSecret },
    handle: async ({ body, events }) => {
      check(deps, body)
      const { enabled: is_enabled = true, description: about = '', ...rest } = body
      const { webhook, secret = '' } = done(await deps.webhooks.create(events, { ...rest, description: about, is_enabled }))
      const headers = { etag: etagOf(webhook.version), location: `${path}/${webhook.id}` }
      return { status: 201, body: { ...view(webhook), secret }, headers }
    },
  })

const change = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:id`,
    summary: 'Change a webhook, open or shut it',
    auth: permission('webhooks:write'),
    limit: perActor(deps),
    audit: { event: 'webhook.changed' },
    request: { body: WebhookChange },
    responses: { 200: Webhook },
    handle: async ({ body, params, headers, events }) => {
      check(deps, body)
      const input = { id: idOf(params), version: demandedVersion(headers), to: settingsOf(body) }
      const { webhook } = done(await deps.webhooks.change(events, input))
      return { status: 200, body: view(webhook), headers: { etag: etagOf(webhook.version) } }
    },
  })

const remove = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Delete a webhook with its deliveries',
    auth: permission('webhooks:write'),
    limit: perActor(deps),
    audit: { event: 'webhook.deleted' },
    responses: { 204: empty },
    handle: async ({ params, headers, events }) => {
      const kind = await deps.webhooks.remove(events, { id: idOf(params), version: demandedVersion(headers) })
      if (kind === 'changed') throw changedMeanwhile()
      if (kind === 'gone') throw notFoundError('webhook')
      return { status: 204, body: undefined }
    },
  })

const rotate = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/rotate-secret`,
    summary: 'Give a webhook a new secret; both sign until the overlap is over',
    auth: permission('webhooks:write'),
    limit: perActor(deps),
    audit: { event: 'webhook.secret_rotated' },
    isIdempotent: true,
    request: { body: Rotation },
    responses: { 200: WebhookWithSecret },
    handle: async ({ body, params, events }) => {
      const input = { id: idOf(params), overlapSeconds: body.overlap_seconds ?? 86_400 }
      const { webhook, secret = '' } = done(await deps.webhooks.rotate(events, input))
      return { status: 200, body: { ...view(webhook), secret }, headers: { etag: etagOf(webhook.version) } }
    },
  })

const sendTest = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/test`,
    summary: 'Write the event webhook.tested, which is sent to every webhook that asks for it',
    auth: permission('webhooks:write'),
    limit: perActor(deps),
    audit: { event: 'webhook.tested' },
    responses: { 202: empty },
    handle: async ({ params, events }) => {
      if (!(await deps.webhooks.test(events, idOf(params)))) throw notFoundError('webhook')
      return { status: 202, body: undefined }
    },
  })

const deliveries = (deps: WebhookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id/deliveries`,
    summary: 'What was sent to a webhook, and what became of it, for a month',
    auth: permission('webhooks:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: DeliveryQuery },
    responses: { 200: Type.Object({ deliveries: Type.Array(Delivery), ...nextMember }) },
    handle: async ({ tenantId, params, query }) => {
      const webhookId = idOf(params)
      if ((await deps.webhooks.find(webhookId)) === undefined) throw notFoundError('webhook')
      const { rows, next } = await readPage<DeliveryRow>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: JSON.stringify(['deliveries', webhookId, query.state]) },
        read: (after, limit) => deps.webhooks.deliveries({ webhookId, state: query.state, after, limit }),
        placeOf: (row) => [row.created_text, row.id],
      })
      return { status: 200, body: { deliveries: rows.map(deliveryView), next } }
    },
  })

const replay = (deps: WebhookRoutesDeps, isOne: boolean): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: isOne ? `${path}/:id/deliveries/:delivery/replay` : `${path}/:id/replay`,
    summary: isOne ? 'Send a delivery again' : 'Send again everything that was given up',
    description: 'With the same webhook-id, so that a receiver knows what it has had already.',
    auth: permission('webhooks:write'),
    limit: perActor(deps),
    audit: { none: 'webhook.replayed is written where there is something to send' },
    responses: { 200: Type.Object({ deliveries: Type.Integer() }) },
    handle: async ({ params, events }) => {
      const input = { webhookId: idOf(params), id: isOne ? idOf(params, 'delivery') : undefined }
      const count = await deps.webhooks.replay(events, input)
      if (count === undefined) throw notFoundError(isOne ? 'delivery of this webhook that has ended' : 'webhook')
      return { status: 200, body: { deliveries: count } }
    },
  })

/** Webhooks, below `/admin/v1/webhooks`. */
export const webhooksAdminRoutes = (deps: WebhookRoutesDeps): readonly AnyRoute[] => [
  ...[list(deps), one(deps), create(deps), change(deps), remove(deps), rotate(deps), sendTest(deps)],
  ...[deliveries(deps), replay(deps, true), replay(deps, false)],
]

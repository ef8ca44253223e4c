import { Type } from 'typebox'
import { type HourCount, sentenceOf } from '../events/events.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import type { AuditState, EndingSecret, LatestEvent, WebhookHealth } from './overview.store.ts'
import { hoursOf, reasonsOf, spanOf, totalsOf } from './sign-in-figures.ts'

type Depth = { readonly waiting: number; readonly late: number }
type HashQueue = { readonly queued: number; readonly running: number; readonly shed: number }

export type OverviewDeps = {
  readonly limit: number
  readonly countMax: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly hours: (span: { readonly from: Date; readonly to: Date }) => Promise<readonly HourCount[]>
  /** What no hour has yet, since then. */
  readonly uncounted: (from: Date) => Promise<readonly HourCount[]>
  readonly sessions: () => Promise<number>
  readonly latest: () => Promise<readonly LatestEvent[]>
  readonly audit: () => Promise<AuditState>
  readonly failedMessages: () => Promise<number>
  readonly webhooks: () => Promise<WebhookHealth>
  readonly secrets: () => Promise<readonly EndingSecret[]>
  /** When the next signing key is due to get a successor; undefined where keys are not rotated by themselves. */
  readonly nextRotation: () => Promise<Date | undefined>
  /** Of the installation: at the root alone. */
  readonly hashQueue: (() => HashQueue) | undefined
  readonly mailDepth: (() => Promise<Depth>) | undefined
}

const instant = Type.String({ format: 'date-time' })
const count = Type.Integer({ minimum: 0 })
const orNull = <S extends ReturnType<typeof Type.Object> | typeof instant>(schema: S) => Type.Union([schema, Type.Null()])
const Totals = Type.Object({ succeeded: count, refused: count })

const textOrNull = Type.Union([Type.String(), Type.Null()])

const Latest = Type.Object({
  id: Type.String({ format: 'uuid' }),
  at: instant,
  type: Type.String(),
  sentence: Type.String(),
  user_id: textOrNull,
  user_name: Type.Union([Type.String(), Type.Null()], { description: 'Of whom it tells, where the account is there still.' }),
  client_id: textOrNull,
  client_name: textOrNull,
  actor: textOrNull,
  request_id: textOrNull,
})

const Overview = Type.Object({
  sign_ins: Type.Object({
    hours: Type.Array(
      Type.Object({
        at: instant,
        succeeded: Type.Record(Type.String(), count, {
          description: 'By method: passkey, password, password-and-second-factor, code, other.',
        }),
        refused: count,
      }),
    ),
    total: Totals,
    week_before: Type.Object({ succeeded: count, refused: count }, { description: 'The same hours a week before.' }),
    refused_by_reason: Type.Array(Type.Object({ reason: Type.String(), count })),
  }),
  live_sessions: Type.Object({ count, more: Type.Boolean({ description: 'Counting stopped there.' }) }),
  latest_events: Type.Array(Latest),
  audit: Type.Object({
    size: count,
    signed_at: orNull(instant),
    waiting_since: Type.Union([instant, Type.Null()], { description: 'Since when an event waits to be taken into the tree.' }),
  }),
  mail: orNull(Type.Object({ failed: count, waiting: Type.Union([count, Type.Null()]), late: Type.Union([count, Type.Null()]) })),
  webhooks: orNull(Type.Object({ enabled: count, failing: count, shut: count })),
  next_key_rotation_at: orNull(instant),
  ending_secrets: Type.Union([
    Type.Array(
      Type.Object({
        client_id: Type.String(),
        name: Type.Union([Type.String(), Type.Null()]),
        expires_at: instant,
        only: Type.Boolean({ description: 'No other secret of the application lasts longer.' }),
      }),
    ),
    Type.Null(),
  ]),
  hash_queue: orNull(Type.Object({ waiting: count, running: count, refused: count })),
})

const Query = Type.Object(
  { hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168, default: 24, description: 'How many hours to look back.' })) },
  { additionalProperties: false },
)

const weekMs = 7 * 86_400_000
const before = (at: Date): Date => new Date(at.getTime() - weekMs)

const signIns = async (deps: OverviewDeps, hours: number) => {
  const span = spanOf(deps.now(), hours)
  const [counted, uncounted, earlier] = await Promise.all([
    deps.hours(span),
    deps.uncounted(span.from),
    deps.hours({ from: before(span.from), to: before(span.to) }),
  ])
  const counts = [...counted, ...uncounted]
  return {
    hours: hoursOf(counts, span).map(({ at, succeeded, refused }) => ({ at, succeeded: { ...succeeded }, refused })),
    total: totalsOf(counts),
    week_before: totalsOf(earlier),
    refused_by_reason: [...reasonsOf(counts)],
  }
}

const auditView = ({ size, signed_at: signed, waiting_since: waiting }: AuditState) => ({
  size,
  signed_at: signed?.toISOString() ?? null,
  waiting_since: waiting?.toISOString() ?? null,
})

const secretView = ({ client_id, name, expires_at: ends, is_only: only }: EndingSecret) => ({
  ...{ client_id, name, only },
  expires_at: ends.toISOString(),
})

const mailOf = async ({ failedMessages, mailDepth }: OverviewDeps) => {
  const [failed, depth] = await Promise.all([failedMessages(), mailDepth?.()])
  return { failed, waiting: depth?.waiting ?? null, late: depth?.late ?? null }
}

const queueOf = ({ hashQueue }: OverviewDeps) => {
  const queue = hashQueue?.()
  return queue === undefined ? null : { waiting: queue.queued, running: queue.running, refused: queue.shed }
}

/** What stands on the first page of a console: how sign-ins go, what happened, and what needs somebody. */
export const overviewAdminRoutes = (deps: OverviewDeps): readonly AnyRoute[] => [
  route({
    ...{ tag: 'overview', cors: 'never', failure: 'problem', isCredential: true },
    method: 'GET',
    path: '/admin/v1/overview',
    summary: 'How sign-ins go, what happened last, and what needs somebody',
    description: 'What the asker has no permission to read is null. The hash queue is that of the process that answers.',
    auth: permission('events:read'),
    limit: { by: 'actor', max: deps.limit, seconds: 60 },
    audit: { none: 'reads only' },
    request: { query: Query },
    responses: { 200: Overview },
    handle: async ({ actor, query }) => {
      const ifMay = <T>(name: string, read: () => Promise<T>): Promise<T | null> =>
        actor.permissions.has(name) ? read() : Promise.resolve(null)
      const [figures, sessions, latest, audit, mail, webhooks, secrets, rotation] = await Promise.all([
        signIns(deps, query.hours ?? 24),
        deps.sessions(),
        deps.latest(),
        deps.audit(),
        ifMay('mail:read', () => mailOf(deps)),
        ifMay('webhooks:read', deps.webhooks),
        ifMay('clients:read', deps.secrets),
        ifMay('keys:read', deps.nextRotation),
      ])
      const body = {
        sign_ins: figures,
        live_sessions: { count: sessions, more: sessions >= deps.countMax },
        latest_events: latest.map(({ at, ...event }) => ({ ...event, at: at.toISOString(), sentence: sentenceOf(event.type) })),
        audit: auditView(audit),
        mail,
        webhooks,
        next_key_rotation_at: rotation?.toISOString() ?? null,
        ending_secrets: secrets?.map(secretView) ?? null,
        hash_queue: queueOf(deps),
      }
      return { status: 200, body }
    },
  }),
]

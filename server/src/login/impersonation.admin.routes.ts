import { type Static, Type } from 'typebox'
import type { Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { AppError, conflict, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { ImpersonationRow, Impersonations } from './impersonation.job.ts'

type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

export type ImpersonationRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly impersonations: Impersonations
  /** Where the ticket is brought, as a form of the browser. */
  readonly action: string
  readonly guardBy: (acting: Acting) => (tx: Tx, input: { userId: string; shutsOut: boolean }) => Promise<void>
}

const path = '/admin/v1/impersonations'
const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const
const minutesMax = 60

const uuid = Type.String({ format: 'uuid' })
const instant = Type.String({ format: 'date-time' })

const Ask = Type.Object(
  {
    reason: Type.String({
      minLength: 10,
      maxLength: 500,
      pattern: '\\S',
      description: 'Why, such as the number of a ticket. The person can read it.',
    }),
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: minutesMax, default: 15 })),
  },
  { additionalProperties: false, examples: [{ reason: 'Ticket 4711: the order page stays empty', minutes: 15 }] },
)

const Ticket = Type.Object({
  id: uuid,
  ticket: Type.String({
    description: 'Good for once and for a minute. Post it as the field "ticket" of a form to action, in the browser that is to act.',
  }),
  action: Type.String(),
  expires_in: Type.Integer({ description: 'Seconds.' }),
})

const Impersonation = Type.Object({
  id: uuid,
  user_id: uuid,
  actor_id: uuid,
  reason: Type.String(),
  state: Type.String({ enum: ['waiting', 'live', 'over'] }),
  created_at: instant,
  expires_at: instant,
})

const viewOf = ({ created_at: created, expires_at: expires, ...row }: ImpersonationRow): Static<typeof Impersonation> => ({
  ...{ id: row.id, user_id: row.user_id, actor_id: row.actor_id, reason: row.reason, state: row.state },
  ...{ created_at: created.toISOString(), expires_at: expires.toISOString() },
})

const personNeeded = (): AppError =>
  new AppError({ status: 403, code: 'person-needed', detail: 'Only a person who is signed in to the console can act as somebody else.' })

const ask = (deps: ImpersonationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: '/admin/v1/users/:id/impersonation',
    summary: 'Act as a person: a ticket for a short session in their name',
    description:
      'The session says who acts, in every token as the claim act (RFC 8693 section 4.1). It changes nothing that guards the account, allows no application anything, and ends by itself.',
    auth: freshPermission('users:impersonate'),
    limit: { by: 'actor', max: Math.min(deps.limit, 20), seconds: 3600 },
    audit: { event: 'impersonation.asked' },
    request: { body: Ask },
    responses: { 201: Ticket },
    handle: async ({ actor, params, body, events }) => {
      const userId = params['id'] ?? ''
      if (!isUuid(userId)) throw notFoundError('user')
      const { userId: actorId, sessionId } = actor
      if (actorId === undefined || sessionId === undefined) throw personNeeded()
      if (actorId === userId) throw conflict('own-account', 'This is your own account. Sign in as you do always.')
      const guard = deps.guardBy({ permissions: actor.permissions, events })
      const asked = await deps.impersonations.ask({
        ...{ userId, actorId, reason: body.reason.trim(), minutes: body.minutes ?? 15, events },
        guard: (tx) => guard(tx, { userId, shutsOut: false }),
      })
      if (asked.kind === 'busy') throw conflict('impersonation-under-way', 'You act as somebody already. End that first.')
      if (asked.kind !== 'asked') throw notFoundError('active user')
      const { id, ticket, ticketSeconds } = asked
      return { status: 201, body: { id, ticket, action: deps.action, expires_in: ticketSeconds } }
    },
  })

const list = (deps: ImpersonationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Who acted as whom and why, the newest first',
    description: 'They are kept for 90 days; the events longer.',
    auth: permission('users:impersonate'),
    limit: { by: 'actor', max: deps.limit, seconds: 60 },
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ impersonations: Type.Array(Impersonation), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const { rows, next } = await readPage<ImpersonationRow>(query, {
        ...{ key: deps.cursorKey, scope: { tenantId, list: 'impersonations' }, placeOf: ({ id }) => [id] },
        read: (after, limit) => deps.impersonations.page({ limit, before: after && String(after[0]) }),
      })
      return { status: 200, body: { impersonations: rows.map(viewOf), next } }
    },
  })

const end = (deps: ImpersonationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'End it at once, with all that was issued in its session',
    auth: permission('users:impersonate'),
    limit: { by: 'actor', max: deps.limit, seconds: 60 },
    audit: { event: 'impersonation.ended' },
    responses: { 204: empty },
    handle: async ({ params, events }) => {
      const id = params['id'] ?? ''
      if (!isUuid(id) || !(await deps.impersonations.end({ id, events }))) throw notFoundError('impersonation that goes on')
      return { status: 204, body: undefined }
    },
  })

/** Acting as other people, below `/admin/v1`. */
export const impersonationAdminRoutes = (deps: ImpersonationRoutesDeps): readonly AnyRoute[] => [ask(deps), list(deps), end(deps)]

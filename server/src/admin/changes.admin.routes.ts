import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { AppError, conflict, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type Administrator, type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { ApproveOutcome, ChangeState, Changes, Deciding, PendingChange, ProposeOutcome } from './changes.job.ts'
import { type Change as ConfigChange, type ConfigProblem, countsOf } from './document.ts'

export type ChangeRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly changes: Changes
  /** The sections that these permissions let somebody see. */
  readonly visible: (permissions: ReadonlySet<string>) => ReadonlySet<string>
}

const path = '/admin/v1/changes'
export const shared = { tag: 'config', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: ChangeRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const
const instant = Type.String({ format: 'date-time' })
const orNull = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()])

export const Change = Type.Object({
  section: Type.String(),
  key: Type.String(),
  kind: Type.String({ enum: ['create', 'change', 'delete'] }),
  differences: Type.Array(Type.Object({ at: Type.String(), before: Type.Optional(Type.Unknown()), after: Type.Optional(Type.Unknown()) }), {
    description: 'Each member that differs; without before or after it was or is not there.',
  }),
})

export const changeView = ({ section, key, kind, differences }: ConfigChange) => ({
  ...{ section, key, kind },
  differences: differences.map(({ at, before, after }) => ({
    at,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  })),
})

/** What is answered where a second person has to approve. */
export const Waiting = Type.Object({ change: Type.String({ format: 'uuid', description: 'See /admin/v1/changes.' }) })
export const waiting = (change: string) => ({ status: 202 as const, body: { change }, headers: { location: `${path}/${change}` } })

export const Counted = Type.Object({ created: Type.Integer(), changed: Type.Integer(), deleted: Type.Integer() })

const states = ['pending', 'approved', 'rejected', 'withdrawn', 'stale', 'expired'] as const
const One = Type.Object({
  id: Type.String({ format: 'uuid' }),
  title: Type.String(),
  state: Type.String({ enum: [...states] }),
  proposed_by: Type.String({ description: 'As in the events, such as "user {id}".' }),
  created_at: instant,
  expires_at: instant,
  decided_by: orNull(Type.String()),
  decided_at: orNull(instant),
  ...Counted.properties,
})
const Whole = Type.Object({ ...One.properties, changes: Type.Array(Change, { description: 'Of the parts that one may see.' }) })

/** Who asks for a change, by the admin API. */
export const proposerOf = (actor: Administrator, { make }: Pick<EventMaker, 'make'>): Deciding => ({
  ...{ via: 'admin', make, permissions: actor.permissions, approval: undefined, userId: actor.userId },
  actor: `${actor.kind} ${actor.id}`,
})

/** The 422 of a document, or the 403 where somebody may not make what it asks for. */
export const refusedConfig = (problems: readonly ConfigProblem[]): AppError => {
  const isForbidden = problems.some((one) => one.isForbidden)
  const told = problems.slice(0, 50).map(({ at, sentence }) => ({ at, message: sentence }))
  return new AppError({
    status: isForbidden ? 403 : 422,
    code: isForbidden ? 'more-than-held' : 'invalid-configuration',
    detail: told.map(({ at, message }) => (at.length === 0 ? message : `${at.join('.')}: ${message}`)).join(' '),
    members: { problems: told },
  })
}

/** The error for a change that cannot wait. */
export const refusalOfProposal = (outcome: Exclude<ProposeOutcome, { kind: 'proposed' }>): AppError => {
  if (outcome.kind === 'refused') return refusedConfig(outcome.problems)
  if (outcome.kind === 'unchanged') return conflict('nothing-to-change', 'It is like this already. There is nothing to approve.')
  if (outcome.kind === 'stale') return conflict('plan-stale', 'Something was changed since that plan was made. Look at a new plan.')
  const { max } = outcome
  return conflict('too-many-changes', `There are ${max} changes that wait. Approve or reject some first.`)
}

const view = ({ id, title, state, changes, proposed_by, created_at, expires_at, decided_by, decided_at }: PendingChange) => ({
  ...{ id, title, state, proposed_by, decided_by },
  created_at: created_at.toISOString(),
  expires_at: expires_at.toISOString(),
  decided_at: decided_at?.toISOString() ?? null,
  ...countsOf(changes),
})

const idOf = ({ id = '' }: Readonly<Record<string, string>>): string => {
  if (!isUuid(id)) throw notFoundError('change')
  return id
}

const decided = () => conflict('change-decided', 'This change waits no more: it was decided over, or its time was up.')

const Query = Type.Object({ ...pageQuery, state: Type.Optional(Type.String({ enum: [...states] })) }, { additionalProperties: false })

const list = (deps: ChangeRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Changes that wait for a second person, and those that waited, the newest first',
    auth: permission('changes:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Query },
    responses: { 200: Type.Object({ changes: Type.Array(One), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const state = query.state as ChangeState | undefined
      const { rows, next } = await readPage<PendingChange>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: `changes ${state ?? ''}` },
        read: (after, limit) => deps.changes.list({ state, before: after?.[0] as string | undefined, limit }),
        placeOf: ({ id }) => [id],
      })
      return { status: 200, body: { changes: rows.map(view), next } }
    },
  })

const one = (deps: ChangeRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One change, with what it would change',
    auth: permission('changes:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Whole },
    handle: async ({ params, actor }) => {
      const found = await deps.changes.find(idOf(params))
      if (found === undefined) throw notFoundError('change')
      const visible = deps.visible(actor.permissions)
      const changes = found.changes.filter(({ section }) => visible.has(section)).map(changeView)
      return { status: 200, body: { ...view(found), changes } }
    },
  })

const Made = Type.Object({
  version: Type.Integer({ description: 'Of the configuration.' }),
  secrets: Type.Array(Type.Object({ section: Type.String(), key: Type.String(), secret: Type.String() }), {
    description: 'Of what was made. Shown once.',
  }),
})

const approved = (outcome: ApproveOutcome) => {
  switch (outcome.kind) {
    case 'applied':
      return { version: outcome.version, secrets: [...outcome.secrets] }
    case 'refused':
      throw refusedConfig(outcome.problems)
    case 'own':
      throw new AppError({ status: 403, code: 'own-change', detail: 'Nobody approves what they asked for. Let another person do it.' })
    case 'stale':
      throw conflict('change-stale', 'Something was changed since this was asked for, and it would do something else now. Ask for it anew.')
    case 'decided':
      throw decided()
    default:
      throw notFoundError('change')
  }
}

const approve = (deps: ChangeRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/approve`,
    summary: 'Approve a change of somebody else; it is made at once',
    description: 'By a person who could make the change themselves, signed in a short while ago.',
    auth: freshPermission('changes:write'),
    limit: perActor(deps),
    audit: { event: 'change.approved' },
    responses: { 200: Made },
    handle: async ({ params, actor, events }) => {
      const id = idOf(params)
      const { userId } = actor
      if (actor.kind !== 'user' || userId === undefined)
        throw new AppError({
          status: 403,
          code: 'person-needed',
          detail: 'A change is approved by a person who is signed in to the console.',
        })
      return { status: 200, body: approved(await deps.changes.approve({ ...proposerOf(actor, events), userId }, id)) }
    },
  })

const reject = (deps: ChangeRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/reject`,
    summary: 'Reject a change, or withdraw one’s own',
    auth: permission('changes:write'),
    limit: perActor(deps),
    audit: { event: 'change.rejected' },
    responses: { 204: empty },
    handle: async ({ params, actor, events }) => {
      const outcome = await deps.changes.reject(proposerOf(actor, events), idOf(params))
      if (outcome === 'gone') throw notFoundError('change')
      if (outcome === 'decided') throw decided()
      return { status: 204, body: undefined }
    },
  })

/** Changes that wait for a second person, below `/admin/v1/changes`. */
export const changesAdminRoutes = (deps: ChangeRoutesDeps): readonly AnyRoute[] => [list(deps), one(deps), approve(deps), reject(deps)]

import { Type } from 'typebox'
import { AppError, lacksPermission } from '../http/errors.ts'
import { type AnyRoute, freshPermission, route } from '../http/route.ts'
import type { Change } from './user-admin.job.ts'
import { type Acting, path, perActor, settled, shared, type UserRoutesDeps } from './user-replies.admin.routes.ts'

const idsMax = 100
const actions = ['disable', 'enable', 'end-sessions', 'delete'] as const
type Action = (typeof actions)[number]

const Bulk = Type.Object(
  {
    action: Type.Unsafe<Action>({ type: 'string', enum: actions, description: 'To delete needs users:delete besides.' }),
    ids: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: idsMax, uniqueItems: true }),
  },
  { additionalProperties: false, examples: [{ action: 'disable', ids: ['019a0000-0000-7000-8000-000000000000'] }] },
)

const Outcomes = Type.Object({
  outcomes: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      outcome: Type.String({ enum: ['done', 'unchanged', 'not-found', 'refused'] }),
      code: Type.Optional(Type.String({ description: 'Of a refusal, as the same change of one account would answer it.' })),
      detail: Type.Optional(Type.String()),
    }),
  ),
})

const outcomeOf = (change: Change): 'done' | 'unchanged' | 'not-found' => {
  if (change.kind === 'gone') return 'not-found'
  settled(change)
  return change.kind === 'done' ? 'done' : 'unchanged'
}

const apply = async (deps: UserRoutesDeps, acting: Acting, { action, id }: { action: Action; id: string }) => {
  const user = await deps.find(id)
  if (user === undefined) return 'not-found' as const
  const admin = deps.adminBy(acting)
  if (action === 'disable') return outcomeOf(await admin.disable(id))
  if (action === 'enable') return outcomeOf(await admin.enable(id))
  if (action === 'delete') return outcomeOf(await admin.remove(user))
  return (await deps.endSessions(acting, id)) > 0 ? ('done' as const) : ('unchanged' as const)
}

// What is refused for one account says nothing of the others.
const outcomeFor = async (deps: UserRoutesDeps, acting: Acting, input: { action: Action; id: string }) => {
  const { id } = input
  try {
    return { id, outcome: await apply(deps, acting, input) }
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    return { id, outcome: 'refused' as const, code: error.code, detail: String(error.detail) }
  }
}

/** The same change of many accounts, each in a transaction of its own with its own events. */
export const usersBulkAdminRoutes = (deps: UserRoutesDeps): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'POST',
    path: `${path}/bulk`,
    summary: 'Disable, enable, sign out or delete up to a hundred accounts',
    description:
      'One after the other, in the order given; the answer tells of each what came of it. A second call with the same ids does no harm.',
    auth: freshPermission('users:write'),
    limit: { ...perActor(deps), max: Math.min(deps.limit, 20) },
    audit: { none: 'each account that is changed gets its own events, in the transaction of its change' },
    request: { body: Bulk },
    responses: { 200: Outcomes },
    handle: async ({ actor, body, events }) => {
      const { action, ids } = body
      if (action === 'delete' && !actor.permissions.has('users:delete')) throw lacksPermission('users:delete')
      const acting = { permissions: actor.permissions, events }
      const outcomes = []
      for (const id of ids) outcomes.push(await outcomeFor(deps, acting, { action, id }))
      return { status: 200, body: { outcomes } }
    },
  }),
]

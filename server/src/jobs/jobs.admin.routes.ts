import { Type } from 'typebox'
import { type AnyRoute, permission, route } from '../http/route.ts'
import type { TaskRow } from './jobs.store.ts'

/** What waits in an outbox, counted up to a bound. */
export type OutboxDepth = { readonly name: string; readonly waiting: number; readonly late: number }

export type JobRoutesDeps = {
  readonly limit: number
  readonly tasks: () => Promise<readonly TaskRow[]>
  readonly outboxes: () => Promise<readonly OutboxDepth[]>
}

const instant = Type.Union([Type.String({ format: 'date-time' }), Type.Null()])

/** Regular work and outboxes of the installation; for the tenant at the root alone. */
export const jobsAdminRoutes = (deps: JobRoutesDeps): readonly AnyRoute[] => [
  route({
    ...{ tag: 'jobs', cors: 'never', failure: 'problem', isCredential: true },
    method: 'GET',
    path: '/admin/v1/jobs',
    summary: 'Regular work of the installation with its last outcome, and what waits to be sent',
    auth: permission('jobs:read'),
    limit: { by: 'actor', max: deps.limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: {
      200: Type.Object({
        tasks: Type.Array(
          Type.Object({
            task: Type.String(),
            outcome: Type.String({ enum: ['never', 'done', 'failed'] }),
            last_run_at: instant,
            next_run_at: instant,
            error: Type.Union([Type.String(), Type.Null()]),
          }),
        ),
        outboxes: Type.Array(
          Type.Object({
            name: Type.String(),
            waiting: Type.Integer({ description: 'At most 10000 are counted.' }),
            late: Type.Integer({ description: 'Of these, how many should have gone a minute ago.' }),
          }),
        ),
      }),
    },
    handle: async () => {
      const [tasks, outboxes] = await Promise.all([deps.tasks(), deps.outboxes()])
      const shown = tasks.map((one) => ({
        task: one.task,
        outcome: one.last_run_at === null ? 'never' : one.last_error === null ? 'done' : 'failed',
        last_run_at: one.last_run_at?.toISOString() ?? null,
        next_run_at: one.due_at.toISOString(),
        error: one.last_error,
      }))
      return { status: 200, body: { tasks: shown, outboxes: [...outboxes] } }
    },
  }),
]

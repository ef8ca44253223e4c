import { Type } from 'typebox'
import type { EventRow } from '../events/events.ts'
import { notFoundError } from '../http/errors.ts'
import { type AnyRoute, freshPermission, route } from '../http/route.ts'
import type { HookCalls } from './hook-calls.job.ts'
import { type HookPoint, hookPoints } from './hooks.ts'

export type HookRoutesDeps = {
  readonly limit: number
  readonly calls: Pick<HookCalls, 'secret' | 'test'>
  readonly note: (event: EventRow) => Promise<void>
}

const path = '/admin/v1/hooks/:hook'
const shared = { tag: 'webhooks', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: HookRoutesDeps) => ({ by: 'actor', max: Math.min(limit, 30), seconds: 60 }) as const

const pointOf = ({ hook = '' }: Readonly<Record<string, string>>): HookPoint => {
  const point = hookPoints.find((one) => one === hook)
  if (point === undefined) throw notFoundError('hook')
  return point
}

const secret = (deps: HookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/secret`,
    summary: 'Show the secret that signs what a hook is asked (Standard Webhooks)',
    auth: freshPermission('settings:write'),
    limit: perActor(deps),
    audit: { event: 'hook.secret_shown' },
    responses: { 200: Type.Object({ secret: Type.String() }) },
    handle: async ({ tenantId, params, events }) => {
      const hook = pointOf(params)
      const text = await deps.calls.secret(tenantId, hook)
      if (text === undefined) throw notFoundError('hook')
      await deps.note(events.make({ type: 'hook.secret_shown', payload: { hook } }))
      return { status: 200, body: { secret: text } }
    },
  })

const test = (deps: HookRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/test`,
    summary: 'Ask a hook with a sample ({"test": true}) and tell what came of it',
    auth: freshPermission('settings:write'),
    limit: perActor(deps),
    audit: { none: 'changes nothing' },
    responses: {
      200: Type.Object({
        outcome: Type.String({ enum: ['allowed', 'refused', 'failed'] }),
        reason: Type.Union([Type.String(), Type.Null()], { description: 'The sentence of a refusal, or why it failed.' }),
      }),
    },
    handle: async ({ tenantId, params }) => {
      const answered = await deps.calls.test(tenantId, pointOf(params))
      if (answered === undefined) throw notFoundError('hook')
      if (answered.kind === 'failed') return { status: 200, body: { outcome: 'failed', reason: answered.reason } }
      const { verdict } = answered
      return {
        status: 200,
        body: verdict.kind === 'refused' ? { outcome: 'refused', reason: verdict.sentence } : { outcome: 'allowed', reason: null },
      }
    },
  })

/** Secrets and tests of hooks; what they are stands among the settings. */
export const hooksAdminRoutes = (deps: HookRoutesDeps): readonly AnyRoute[] => [secret(deps), test(deps)]

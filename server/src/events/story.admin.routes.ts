import { Type } from 'typebox'
import { notFoundError } from '../http/errors.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { Event, eventView } from './event-view.ts'
import type { EventRoutesDeps } from './events.admin.routes.ts'
import { relatedTo, storyLimit, storyOf } from './story.ts'

const requestMax = 200
const textOrNull = Type.Union([Type.String(), Type.Null()])
const verdict = Type.String({ enum: ['passed', 'refused', 'noted'] })

const Story = Type.Object({
  request_id: Type.String(),
  outcome: verdict,
  steps: Type.Array(
    Type.Object({
      event: Event,
      of_request: Type.Boolean({ description: 'Whether it is of this request, or of another one of the same sign-in.' }),
      verdict,
      says: Type.String({ description: 'What was decided, and why.' }),
      remedy: Type.Union([Type.String(), Type.Null()], { description: 'What can be done where somebody wants it otherwise.' }),
      place: Type.Union([Type.String({ enum: ['user', 'client', 'sign-in-policy', 'hooks', 'mail'] }), Type.Null()]),
      reason: textOrNull,
    }),
  ),
})

const reasonOf = (payload: Readonly<Record<string, unknown>>): string | null =>
  typeof payload['reason'] === 'string' ? payload['reason'] : null

/** The sign-in that a request belongs to, explained. */
export const storyRoute = (deps: Pick<EventRoutesDeps, 'limit' | 'search'>): AnyRoute =>
  route({
    ...{ tag: 'events', cors: 'never', failure: 'problem', isCredential: true },
    method: 'GET',
    path: '/admin/v1/requests/:request/story',
    summary: 'Explain a sign-in: what each step decided, why, and what can be done',
    description: `By the id of one of its requests. Events of its sessions and of the same person within half an hour before and an hour after belong to it, at most ${storyLimit} of each.`,
    auth: permission('events:read'),
    limit: { by: 'actor', max: deps.limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: { 200: Story },
    handle: async ({ params }) => {
      const requestId = params['request'] ?? ''
      const isOne = requestId !== '' && requestId.length <= 128 && !requestId.includes('\u0000')
      const own = isOne ? await deps.search({ requestId, order: 'oldest', limit: requestMax }) : []
      if (own.length === 0) throw notFoundError('request that wrote an event')
      const related = (await Promise.all(relatedTo(own).map((one) => deps.search(one)))).flat()
      const { steps, outcome } = storyOf(own, related)
      const shown = steps.map(({ event, explanation, isOfRequest }) => {
        const view = eventView(event)
        return {
          ...{ event: view, of_request: isOfRequest, verdict: explanation?.verdict ?? 'noted', says: explanation?.says ?? view.sentence },
          ...{ remedy: explanation?.remedy ?? null, place: explanation?.place ?? null, reason: reasonOf(event.payload) },
        }
      })
      return { status: 200, body: { request_id: requestId, outcome, steps: shown } }
    },
  })

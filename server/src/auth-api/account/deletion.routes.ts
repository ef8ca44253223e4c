import { Type } from 'typebox'
import { empty } from '../../http/content.ts'
import { AppError } from '../../http/errors.ts'
import { type AnyRoute, freshlySignedIn, route, signedIn } from '../../http/route.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { fewPerActor, notFound, shared } from './replies.routes.ts'

const path = '/account/v1/deletion'
const days = 14
const seconds = days * 86_400
const namedMax = 10

/** Asked when the deletion is, and again when it is due. */
const ownerIsNeeded = (organizations: Awaited<ReturnType<AccountDeps['ownedAlone']>>): AppError => {
  const names = organizations.slice(0, namedMax).map(({ name }) => name)
  const more = organizations.length > namedMax ? ` and ${organizations.length - namedMax} more` : ''
  const detail = `You are the only owner who can sign in of ${names.join(', ')}${more}. Make somebody else an owner there first`
  return new AppError({ status: 409, code: 'last-owner-of-organization', detail, members: { organizations } })
}

const plan = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: `Delete the account in ${days} days`,
    description:
      'A mail tells of it, with a link that keeps the account. The only owner of an organization makes another one first: the 409 says in `organizations` of which.',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'deletion.planned' },
    responses: { 202: Type.Object({ due_at: Type.String({ format: 'date-time' }) }), 409: Detail },
    handle: async ({ tenantId, actor, events }) => {
      const { deletion, deletionNotice } = deps.doors
      const { userId } = actor
      const organizations = await deps.ownedAlone(tenantId, userId)
      if (organizations.length > 0) throw ownerIsNeeded(organizations)
      const event = events.make({ type: 'deletion.planned', userId, payload: { days } })
      const due = await deletion.plan(tenantId, { userId, seconds, event, notice: deletionNotice(tenantId, { userId, seconds }) })
      if (due === undefined) return { status: 409, body: { detail: 'The deletion is planned already' } }
      return { status: 202, body: { due_at: due.toISOString() } }
    },
  })

const keep = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path,
    summary: 'Keep the account',
    auth: signedIn,
    limit: fewPerActor(deps),
    audit: { event: 'deletion.cancelled' },
    responses: { 204: empty, 404: Detail },
    handle: async ({ tenantId, actor, events }) => {
      const { userId } = actor
      const event = events.make({ type: 'deletion.cancelled', userId, payload: { via: 'account' } })
      if (!(await deps.doors.deletion.keep(tenantId, { userId, event }))) throw notFound()
      return { status: 204, body: undefined }
    },
  })

export const deletionRoutes = (deps: AccountDeps): readonly AnyRoute[] => [plan(deps), keep(deps)]

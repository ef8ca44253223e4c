import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, permission, route, signedIn } from '../http/route.ts'
import type { MemberAdmin, Standing } from './members.job.ts'
import { permissionsInside } from './organization-roles.ts'
import { refusalError } from './refusals.routes.ts'
import { id, instant } from './schemas.ts'
import { uuidIn } from './side.routes.ts'

export type MembershipRoutesDeps = {
  readonly members: MemberAdmin
  readonly userExists: (userId: string) => Promise<boolean>
  readonly cursorKey: Uint8Array
  readonly limit: number
}

const path = '/account/v1/organizations'
const shared = { tag: 'self-service', isCredential: true } as const
const perActor = ({ limit }: MembershipRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const
const firstId = '00000000-0000-0000-0000-000000000000'

const MembershipBody = Type.Object({
  id,
  slug: Type.String(),
  name: Type.String(),
  status: Type.String({ enum: ['active', 'suspended'] }),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String(), { description: 'What the person may do in it; nothing while it is suspended.' }),
  joined_at: instant,
})

const view = (standing: Standing) => ({
  ...{ id: standing.id, slug: standing.slug, name: standing.name, status: standing.status },
  roles: [...standing.roles],
  permissions: standing.status === 'active' ? [...permissionsInside(standing)].sort() : [],
  joined_at: standing.joined_at.toISOString(),
})

const Page = Type.Object({ organizations: Type.Array(MembershipBody), ...nextMember })

type Asked = { readonly tenantId: string; readonly userId: string; readonly query: { cursor?: string; limit?: number } }

const pageOf = async ({ cursorKey: key, members }: MembershipRoutesDeps, { tenantId, userId, query }: Asked) => {
  const { rows, next } = await readPage<Standing>(query, {
    key,
    scope: { tenantId, list: `organizations of ${userId}` },
    read: (after, limit) => members.standings({ userId, after: String(after?.[0] ?? firstId), limit }),
    placeOf: (one) => [one.id],
  })
  return { organizations: rows.map(view), next }
}

const list = (deps: MembershipRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Organizations that the person belongs to',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Page },
    handle: async ({ tenantId, actor: { userId }, query }) => ({ status: 200, body: await pageOf(deps, { tenantId, userId, query }) }),
  })

const listOf = (deps: MembershipRoutesDeps): AnyRoute =>
  route({
    ...{ tag: 'organizations', cors: 'never', failure: 'problem', isCredential: true },
    method: 'GET',
    path: '/admin/v1/users/:id/organizations',
    summary: 'Organizations that a person belongs to',
    auth: permission('organizations:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Page },
    handle: async ({ tenantId, params, query }) => {
      const userId = uuidIn(params, 'id', 'user')
      if (!(await deps.userExists(userId))) throw notFoundError('user')
      return { status: 200, body: await pageOf(deps, { tenantId, userId, query }) }
    },
  })

const leave = (deps: MembershipRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Leave an organization',
    description: 'The last owner cannot.',
    auth: signedIn,
    limit: perActor(deps),
    audit: { event: 'organization_member.left' },
    responses: { 204: empty },
    handle: async ({ actor: { userId }, params, events }) => {
      const outcome = await deps.members.leave({ events }, { userId, organizationId: uuidIn(params, 'id', 'organization') })
      if (outcome.kind === 'no-member') throw refusalError({ kind: 'gone' }, 'organization')
      if (outcome.kind !== 'done') throw refusalError(outcome, 'organization')
      return { status: 204, body: undefined }
    },
  })

/** The organizations of whoever is signed in, and of anybody for administrators. */
export const membershipRoutes = (deps: MembershipRoutesDeps): readonly AnyRoute[] => [list(deps), listOf(deps), leave(deps)]

import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, route } from '../http/route.ts'
import type { MemberAdmin, MemberRow } from './members.job.ts'
import { refusalError } from './refusals.routes.ts'
import { chosenRoles, id, instant, orNull } from './schemas.ts'
import { type Side, uuidIn } from './side.routes.ts'

export type MemberRoutesDeps = { readonly members: MemberAdmin; readonly cursorKey: Uint8Array }

const firstId = '00000000-0000-0000-0000-000000000000'

const Member = Type.Object({
  id,
  number: Type.Integer({ description: 'The id of the account API.' }),
  username: orNull(Type.String()),
  email: orNull(Type.String()),
  roles: Type.Array(Type.String()),
  joined_at: instant,
})

const view = ({ user_id: user, number, username, email, roles, created_at: joined }: MemberRow) => ({
  ...{ id: user, number, username, email },
  roles: [...roles],
  joined_at: joined.toISOString(),
})

const list = (side: Side, { members, cursorKey: key }: MemberRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'GET',
    path: `${side.path}/:id/members`,
    summary: 'Members of an organization with their roles',
    auth: side.auth('members:read'),
    limit: side.perActor,
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ members: Type.Array(Member), ...nextMember }) },
    handle: async (context) => {
      const { organizationId } = await side.enter(context, 'members:read')
      const { rows, next } = await readPage<MemberRow>(context.query, {
        key,
        scope: { tenantId: context.tenantId, list: `members of organization ${organizationId}` },
        read: (after, limit) => members.list({ organizationId, after: String(after?.[0] ?? firstId), limit }),
        placeOf: (member) => [member.user_id],
      })
      return { status: 200, body: { members: rows.map(view), next } }
    },
  })

const shownMember = async ({ members }: MemberRoutesDeps, membership: { organizationId: string; userId: string }) => {
  const member = await members.find(membership)
  if (member === undefined) throw refusalError({ kind: 'no-member' }, 'member')
  return view(member)
}

const setRoles = (side: Side, deps: MemberRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'PUT',
    path: `${side.path}/:id/members/:userId/roles`,
    summary: 'Give a member of an organization these roles there in place of those before',
    description: 'Nobody gives or takes what they do not hold themselves, and the last owner stays one.',
    auth: side.auth('roles:write', 'fresh'),
    limit: side.perActor,
    audit: { event: 'organization_member.roles_changed' },
    request: { body: Type.Object({ roles: chosenRoles }, { additionalProperties: false, examples: [{ roles: ['administrator'] }] }) },
    responses: { 200: Member },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'roles:write')
      const membership = { organizationId, userId: uuidIn(context.params, 'userId', 'member') }
      const outcome = await deps.members.setRoles(acting, { ...membership, roles: context.body.roles })
      if (outcome.kind !== 'done') throw refusalError(outcome, 'organization')
      return { status: 200, body: await shownMember(deps, membership) }
    },
  })

const remove = (side: Side, { members }: MemberRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'DELETE',
    path: `${side.path}/:id/members/:userId`,
    summary: 'Remove a member from an organization; the account stays',
    auth: side.auth('members:write'),
    limit: side.perActor,
    audit: { event: 'organization_member.removed' },
    responses: { 204: empty },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'members:write')
      const outcome = await members.remove(acting, { organizationId, userId: uuidIn(context.params, 'userId', 'member') })
      if (outcome.kind !== 'done') throw refusalError(outcome, 'organization')
      return { status: 204, body: undefined }
    },
  })

// An organization's own people reach accounts by invitation alone: to add one is for the tenant.
const add = (side: Side, deps: MemberRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'POST',
    path: `${side.path}/:id/members`,
    summary: 'Make a person a member of an organization without an invitation',
    auth: side.auth('members:write'),
    limit: side.perActor,
    audit: { event: 'organization_member.added' },
    isIdempotent: true,
    request: {
      body: Type.Object(
        { user_id: id, roles: Type.Optional(chosenRoles) },
        { additionalProperties: false, examples: [{ user_id: '019a0000-0000-7000-8000-000000000000', roles: ['owner'] }] },
      ),
    },
    responses: { 201: Member },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'members:write')
      const membership = { organizationId, userId: context.body.user_id }
      const outcome = await deps.members.add(acting, { ...membership, roles: context.body.roles ?? ['member'] })
      if (outcome.kind !== 'done') throw refusalError(outcome, 'organization')
      return { status: 201, body: await shownMember(deps, membership) }
    },
  })

/** Members of an organization. */
export const memberRoutes = (side: Side, deps: MemberRoutesDeps): readonly AnyRoute[] => [
  list(side, deps),
  ...(side.kind === 'tenant' ? [add(side, deps)] : []),
  setRoles(side, deps),
  remove(side, deps),
]

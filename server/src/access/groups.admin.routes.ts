import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { GroupAdmin, GroupRow, MemberRow } from './groups.job.ts'
import { refusalError } from './refusals.routes.ts'

export type GroupRoutesDeps = { readonly groups: GroupAdmin; readonly cursorKey: Uint8Array; readonly limit: number }

const path = '/admin/v1/groups'
const shared = { tag: 'access', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: GroupRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const GroupBody = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  description: Type.String(),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
})
const name = Type.String({ minLength: 1, maxLength: 100 })
const description = Type.String({ maxLength: 500 })
const NewGroup = Type.Object(
  { name, description: Type.Optional(description) },
  { additionalProperties: false, examples: [{ name: 'Night shift', description: 'Answers at night' }] },
)
const GroupChange = Type.Object(
  { name: Type.Optional(name), description: Type.Optional(description) },
  { additionalProperties: false, minProperties: 1 },
)
const Member = Type.Object({
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer(),
  username: Type.Union([Type.String(), Type.Null()]),
  email: Type.Union([Type.String(), Type.Null()]),
  joined_at: Type.String({ format: 'date-time' }),
})

const view = ({ id, name: title, description: about, created_at, updated_at }: GroupRow) => ({
  ...{ id, name: title, description: about },
  created_at: created_at.toISOString(),
  updated_at: updated_at.toISOString(),
})

const memberView = ({ user_id: id, number, username, email, created_at }: MemberRow) => ({
  ...{ id, number, username, email },
  joined_at: created_at.toISOString(),
})

type Params = Readonly<Record<string, string>>
const uuidIn = (params: Params, member: string, what: string): string => {
  const id = params[member] ?? ''
  if (!isUuid(id)) throw notFoundError(what)
  return id
}
const groupOf = (params: Params): string => uuidIn(params, 'id', 'group')

const list = (deps: GroupRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Groups by name',
    auth: permission('groups:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ groups: Type.Array(GroupBody), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const { rows, next } = await readPage<GroupRow>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: 'groups' },
        read: (after, limit) => deps.groups.list({ after: String(after?.[0] ?? ''), limit }),
        placeOf: (group) => [group.name],
      })
      return { status: 200, body: { groups: rows.map(view), next } }
    },
  })

const one = (deps: GroupRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One group',
    auth: permission('groups:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: GroupBody },
    handle: async ({ params }) => {
      const group = await deps.groups.find(groupOf(params))
      if (group === undefined) throw notFoundError('group')
      return { status: 200, body: view(group), headers: { etag: etagOf(group.version) } }
    },
  })

const members = (deps: GroupRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id/members`,
    summary: 'Members of a group',
    auth: permission('groups:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ members: Type.Array(Member), ...nextMember }) },
    handle: async ({ tenantId, params, query }) => {
      const groupId = groupOf(params)
      if ((await deps.groups.find(groupId)) === undefined) throw notFoundError('group')
      const { rows, next } = await readPage<MemberRow>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: `members of ${groupId}` },
        read: (after, limit) =>
          deps.groups.members({ groupId, after: String(after?.[0] ?? '00000000-0000-0000-0000-000000000000'), limit }),
        placeOf: (member) => [member.user_id],
      })
      return { status: 200, body: { members: rows.map(memberView), next } }
    },
  })

const readGroups = (deps: GroupRoutesDeps): readonly AnyRoute[] => [list(deps), one(deps), members(deps)]

const create = (deps: GroupRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make a group',
    auth: permission('groups:write'),
    limit: perActor(deps),
    audit: { event: 'group.created' },
    isIdempotent: true,
    request: { body: NewGroup },
    responses: { 201: GroupBody },
    handle: async ({ actor, body, events }) => {
      const made = await deps.groups.create({ permissions: actor.permissions, events }, { description: '', ...body })
      if (made.kind !== 'done') throw refusalError(made, 'group')
      const { id, version } = made.group
      return { status: 201, body: view(made.group), headers: { etag: etagOf(version), location: `${path}/${id}` } }
    },
  })

const change = (deps: GroupRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:id`,
    summary: 'Change the name or description of a group',
    auth: permission('groups:write'),
    limit: perActor(deps),
    audit: { event: 'group.changed' },
    request: { body: GroupChange },
    responses: { 200: GroupBody },
    handle: async ({ actor, body, params, headers, events }) => {
      const acting = { permissions: actor.permissions, events }
      const changed = await deps.groups.change(acting, { id: groupOf(params), version: demandedVersion(headers), ...body })
      if (changed.kind !== 'done') throw refusalError(changed, 'group')
      return { status: 200, body: view(changed.group), headers: { etag: etagOf(changed.group.version) } }
    },
  })

const remove = (deps: GroupRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Delete a group; its members lose the roles that it gave',
    auth: permission('groups:write'),
    limit: perActor(deps),
    audit: { event: 'group.deleted' },
    responses: { 204: empty },
    handle: async ({ actor, params, headers, events }) => {
      const acting = { permissions: actor.permissions, events }
      const removed = await deps.groups.remove(acting, { id: groupOf(params), version: demandedVersion(headers) })
      if (removed.kind !== 'done') throw refusalError(removed, 'group')
      return { status: 204, body: undefined }
    },
  })

const writeGroups = (deps: GroupRoutesDeps): readonly AnyRoute[] => [create(deps), change(deps), remove(deps)]

const moveMembers = (deps: GroupRoutesDeps): readonly AnyRoute[] =>
  (['PUT', 'DELETE'] as const).map((method) =>
    route({
      ...shared,
      method,
      path: `${path}/:id/members/:userId`,
      summary: method === 'PUT' ? 'Let a person join a group and get its roles' : 'Take a person out of a group',
      description: 'Only of a group whose roles allow nothing beyond what whoever does it may do themselves.',
      auth: permission('groups:write'),
      limit: perActor(deps),
      audit: { none: 'group.joined or group.left is written where something changes' },
      responses: { 204: empty },
      handle: async ({ actor, params, events }) => {
        const membership = { groupId: groupOf(params), userId: uuidIn(params, 'userId', 'user') }
        const acting = { permissions: actor.permissions, events }
        const moved = await (method === 'PUT' ? deps.groups.join(acting, membership) : deps.groups.leave(acting, membership))
        if (moved.kind !== 'done' && moved.kind !== 'unchanged') throw refusalError(moved, 'group or user')
        return { status: 204, body: undefined }
      },
    }),
  )

/** Groups of people, which give their roles to their members. */
export const groupsAdminRoutes = (deps: GroupRoutesDeps): readonly AnyRoute[] => [
  ...readGroups(deps),
  ...writeGroups(deps),
  ...moveMembers(deps),
]

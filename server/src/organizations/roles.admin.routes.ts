import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { allOrganizationPermissions, organizationPermissions } from './organization-permissions.ts'
import { refusalError } from './refusals.routes.ts'
import type { OrganizationRoleAdmin, ShownRole } from './roles.job.ts'
import { instant, orNull, roleId } from './schemas.ts'
import type { Side } from './side.routes.ts'

export type RoleRoutesDeps = { readonly roles: OrganizationRoleAdmin; readonly limit: number }

const path = '/admin/v1/organization-roles'
const shared = { tag: 'organizations', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: RoleRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const RoleBody = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  permissions: Type.Array(Type.String()),
  built_in: Type.Boolean({ description: 'Built-in roles are the same in every organization and are not changed.' }),
  updated_at: orNull(instant),
})
const name = Type.String({ minLength: 1, maxLength: 100 })
const description = Type.String({ maxLength: 500 })
const chosen = Type.Array(Type.String({ enum: [...allOrganizationPermissions] }), {
  maxItems: allOrganizationPermissions.length,
  uniqueItems: true,
})
const NewRole = Type.Object(
  { id: roleId, name, description: Type.Optional(description), permissions: chosen },
  { additionalProperties: false, examples: [{ id: 'people-team', name: 'People team', permissions: ['members:read', 'members:write'] }] },
)
const RoleChange = Type.Object(
  { name: Type.Optional(name), description: Type.Optional(description), permissions: Type.Optional(chosen) },
  { additionalProperties: false, minProperties: 1 },
)

const view = ({ id, name: title, description: about, permissions, isBuiltIn, updatedAt }: ShownRole) => ({
  ...{ id, name: title, description: about, permissions: [...permissions], built_in: isBuiltIn },
  updated_at: updatedAt?.toISOString() ?? null,
})
const answer = (role: ShownRole) => ({ body: view(role), headers: { etag: etagOf(role.version) } })
const idOf = ({ role = '' }: Readonly<Record<string, string>>): string => {
  if (!/^[a-z0-9-]{1,63}$/.test(role)) throw notFoundError('role')
  return role
}

const Listed = Type.Object({
  roles: Type.Array(RoleBody),
  permissions: Type.Array(Type.Object({ id: Type.String(), description: Type.String() })),
})

const listed = async ({ roles }: Pick<RoleRoutesDeps, 'roles'>) => ({
  roles: (await roles.list()).map(view),
  permissions: Object.entries(organizationPermissions).map(([id, about]) => ({ id, description: about })),
})

const list = (deps: RoleRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Roles that members of organizations can have, and everything that such a role can allow',
    auth: permission('organizations:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Listed },
    handle: async () => ({ status: 200, body: await listed(deps) }),
  })

// Roles are the tenant's, and the same in each of its organizations; its own people choose among them.
const listOwn = (side: Side, deps: RoleRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'GET',
    path: `${side.path}/:id/roles`,
    summary: 'Roles that members of the organization can have, and everything that such a role can allow',
    auth: side.auth('members:read'),
    limit: side.perActor,
    audit: { none: 'reads only' },
    responses: { 200: Listed },
    handle: async (context) => {
      await side.enter(context, 'members:read')
      return { status: 200, body: await listed(deps) }
    },
  })

const one = (deps: RoleRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:role`,
    summary: 'One role for organizations',
    auth: permission('organizations:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: RoleBody },
    handle: async ({ params }) => {
      const role = await deps.roles.find(idOf(params))
      if (role === undefined) throw notFoundError('role')
      return { status: 200, ...answer(role) }
    },
  })

const create = (deps: RoleRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make a role for organizations',
    auth: permission('organizations:write'),
    limit: perActor(deps),
    audit: { event: 'organization_role.created' },
    isIdempotent: true,
    request: { body: NewRole },
    responses: { 201: RoleBody },
    handle: async ({ body, events }) => {
      const made = await deps.roles.create(events, { description: '', ...body })
      if (made.kind !== 'done') throw refusalError(made, 'role')
      const { headers, ...rest } = answer(made.role)
      return { status: 201, ...rest, headers: { ...headers, location: `${path}/${body.id}` } }
    },
  })

const change = (deps: RoleRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:role`,
    summary: 'Change a role for organizations',
    description: 'It counts for every member who holds it, in all organizations of the tenant, from the next request on.',
    auth: permission('organizations:write'),
    limit: perActor(deps),
    audit: { event: 'organization_role.changed' },
    request: { body: RoleChange },
    responses: { 200: RoleBody },
    handle: async ({ body, params, headers, events }) => {
      const changed = await deps.roles.change(events, { id: idOf(params), version: demandedVersion(headers), ...body })
      if (changed.kind !== 'done') throw refusalError(changed, 'role')
      return { status: 200, ...answer(changed.role) }
    },
  })

const remove = (deps: RoleRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:role`,
    summary: 'Delete a role for organizations that nobody holds',
    auth: permission('organizations:write'),
    limit: perActor(deps),
    audit: { event: 'organization_role.deleted' },
    responses: { 204: empty },
    handle: async ({ params, headers, events }) => {
      const removed = await deps.roles.remove(events, { id: idOf(params), version: demandedVersion(headers) })
      if (removed.kind !== 'done') throw refusalError(removed, 'role')
      return { status: 204, body: undefined }
    },
  })

/** Roles inside organizations, below `/admin/v1/organization-roles`. */
export const organizationRoleRoutes = (deps: RoleRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  create(deps),
  change(deps),
  remove(deps),
]

/** The same roles as the own people of an organization see them. */
export const ownRoleRoutes = (side: Side, deps: RoleRoutesDeps): readonly AnyRoute[] => [listOwn(side, deps)]

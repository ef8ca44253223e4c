import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import type { AccessAdmin, Holder, ShownRole } from './access.job.ts'
import { allPermissions, permissions } from './permissions.ts'
import { refusalError } from './refusals.routes.ts'

export type AccessRoutesDeps = { readonly access: AccessAdmin; readonly limit: number }

const RoleBody = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  permissions: Type.Array(Type.String()),
  built_in: Type.Boolean({ description: 'Built-in roles are the same in every tenant and are not changed.' }),
  updated_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
})

const roleId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,62}$', description: 'Lower-case letters, digits and hyphens.' })
const name = Type.String({ minLength: 1, maxLength: 100 })
const description = Type.String({ maxLength: 500 })
const chosen = Type.Array(Type.String({ enum: [...allPermissions] }), { maxItems: allPermissions.length, uniqueItems: true })

const NewRole = Type.Object(
  { id: roleId, name, description: Type.Optional(description), permissions: chosen },
  {
    additionalProperties: false,
    examples: [{ id: 'people-team', name: 'People team', permissions: ['users:read', 'users:support'] }],
  },
)
const RoleChange = Type.Object(
  { name: Type.Optional(name), description: Type.Optional(description), permissions: Type.Optional(chosen) },
  { additionalProperties: false, minProperties: 1 },
)

const view = ({ id, name: title, description: about, permissions: allowed, isBuiltIn, updatedAt }: ShownRole) => ({
  ...{ id, name: title, description: about, permissions: [...allowed], built_in: isBuiltIn },
  updated_at: updatedAt?.toISOString() ?? null,
})

const shared = { tag: 'access', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: AccessRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const
// What cannot be an id is not looked for: PostgreSQL takes no U+0000.
const idOf = ({ role = '' }: Readonly<Record<string, string>>): string => {
  if (!/^[a-z0-9-]{1,63}$/.test(role)) throw notFoundError('role')
  return role
}

const listPermissions = (deps: AccessRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/admin/v1/permissions',
    summary: 'Everything that a role can allow',
    auth: permission('roles:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ permissions: Type.Array(Type.Object({ id: Type.String(), description: Type.String() })) }) },
    handle: () => ({
      status: 200,
      body: { permissions: Object.entries(permissions).map(([id, about]) => ({ id, description: about })) },
    }),
  })

const list = (deps: AccessRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/admin/v1/roles',
    summary: 'Roles, the built-in ones first',
    auth: permission('roles:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ roles: Type.Array(RoleBody) }) },
    handle: async () => ({ status: 200, body: { roles: (await deps.access.roles()).map(view) } }),
  })

const one = (deps: AccessRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/admin/v1/roles/:role',
    summary: 'One role',
    auth: permission('roles:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: RoleBody },
    handle: async ({ params }) => {
      const role = await deps.access.role(idOf(params))
      if (role === undefined) throw notFoundError('role')
      return { status: 200, body: view(role), headers: { etag: etagOf(role.version) } }
    },
  })

const holdersMax = 500
const HolderBody = Type.Object({
  kind: Type.Unsafe<Holder['kind']>({ type: 'string', enum: ['client', 'group', 'user'] }),
  id: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
})

const listHolders = (deps: AccessRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/admin/v1/roles/:role/holders',
    summary: `To whom a role was given, ${holdersMax} at most`,
    description: 'People, groups and applications. Members of a group hold its roles without being listed.',
    auth: permission('roles:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ holders: Type.Array(HolderBody), more: Type.Boolean({ description: 'Whether there are others.' }) }) },
    handle: async ({ params }) => {
      const found = await deps.access.holders(idOf(params), holdersMax + 1)
      if (found === undefined) throw notFoundError('role')
      return { status: 200, body: { holders: found.slice(0, holdersMax), more: found.length > holdersMax } }
    },
  })

const readRoles = (deps: AccessRoutesDeps): readonly AnyRoute[] => [listPermissions(deps), list(deps), one(deps), listHolders(deps)]

const create = (deps: AccessRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: '/admin/v1/roles',
    summary: 'Make a role',
    description: 'It can allow what whoever makes it holds, and nothing more.',
    auth: permission('roles:write'),
    limit: perActor(deps),
    audit: { event: 'role.created' },
    isIdempotent: true,
    request: { body: NewRole },
    responses: { 201: RoleBody },
    handle: async ({ actor, body, events }) => {
      const made = await deps.access.create({ permissions: actor.permissions, events }, { description: '', ...body })
      if (made.kind !== 'done') throw refusalError(made, 'role')
      return { status: 201, body: view(made.role), headers: { etag: etagOf(made.role.version), location: `/admin/v1/roles/${body.id}` } }
    },
  })

const change = (deps: AccessRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: '/admin/v1/roles/:role',
    summary: 'Change a role',
    description: 'Whoever holds it may do more or less from the next request on.',
    auth: permission('roles:write'),
    limit: perActor(deps),
    audit: { event: 'role.changed' },
    request: { body: RoleChange },
    responses: { 200: RoleBody },
    handle: async ({ actor, body, params, headers, events }) => {
      const acting = { permissions: actor.permissions, events }
      const changed = await deps.access.change(acting, { id: idOf(params), version: demandedVersion(headers), ...body })
      if (changed.kind !== 'done') throw refusalError(changed, 'role')
      return { status: 200, body: view(changed.role), headers: { etag: etagOf(changed.role.version) } }
    },
  })

const remove = (deps: AccessRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: '/admin/v1/roles/:role',
    summary: 'Delete a role that nobody holds',
    auth: permission('roles:write'),
    limit: perActor(deps),
    audit: { event: 'role.deleted' },
    responses: { 204: empty },
    handle: async ({ actor, params, headers, events }) => {
      const acting = { permissions: actor.permissions, events }
      const removed = await deps.access.remove(acting, { id: idOf(params), version: demandedVersion(headers) })
      if (removed.kind !== 'done') throw refusalError(removed, 'role')
      return { status: 204, body: undefined }
    },
  })

const writeRoles = (deps: AccessRoutesDeps): readonly AnyRoute[] => [create(deps), change(deps), remove(deps)]

const holders: readonly { readonly kind: Holder['kind']; readonly path: string; readonly what: string; readonly id: RegExp }[] = [
  { kind: 'user', path: '/admin/v1/users/:id/roles', what: 'user', id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
  { kind: 'group', path: '/admin/v1/groups/:id/roles', what: 'group', id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
  { kind: 'client', path: '/admin/v1/clients/:id/roles', what: 'application', id: /^[\x21-\x7e]{1,255}$/ },
]

type Held = (typeof holders)[number]

const holderOf = ({ kind, what, id: form }: Held, params: Readonly<Record<string, string>>): Holder => {
  const id = params['id'] ?? ''
  if (!form.test(id)) throw notFoundError(what)
  return { kind, id }
}

const listHeld = (deps: AccessRoutesDeps, held: Held): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: held.path,
    summary: `Roles that were given to this ${held.what}`,
    auth: permission('roles:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ roles: Type.Array(Type.String()) }) },
    handle: async ({ params }) => ({ status: 200, body: { roles: await deps.access.rolesOf(holderOf(held, params)) } }),
  })

const give = (deps: AccessRoutesDeps, held: Held): AnyRoute =>
  route({
    ...shared,
    method: 'PUT',
    path: `${held.path}/:role`,
    summary: `Give this ${held.what} a role`,
    description: 'Only a role that allows nothing beyond what whoever gives it may do themselves.',
    auth: permission('roles:write'),
    limit: perActor(deps),
    audit: { none: 'role.given is written where something changes; a role that is held already stays as it is' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const giving = { holder: holderOf(held, params), role: idOf(params) }
      const given = await deps.access.give({ permissions: actor.permissions, events }, giving)
      if (given.kind !== 'done' && given.kind !== 'unchanged') throw refusalError(given, `${held.what} or role`)
      return { status: 204, body: undefined }
    },
  })

const take = (deps: AccessRoutesDeps, held: Held): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${held.path}/:role`,
    summary: `Take a role from this ${held.what}`,
    auth: permission('roles:write'),
    limit: perActor(deps),
    audit: { event: 'role.taken' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const taking = { holder: holderOf(held, params), role: idOf(params) }
      const taken = await deps.access.take({ permissions: actor.permissions, events }, taking)
      if (taken.kind !== 'done') throw refusalError(taken, `role of this ${held.what}`)
      return { status: 204, body: undefined }
    },
  })

/** Roles, permissions and who holds them, below `/admin/v1`. */
export const rolesAdminRoutes = (deps: AccessRoutesDeps): readonly AnyRoute[] => [
  ...readRoles(deps),
  ...writeRoles(deps),
  ...holders.flatMap((held) => [listHeld(deps, held), give(deps, held), take(deps, held)]),
]

import { allPermissions, isPermission, type Permission } from './permissions.ts'

export type Role = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly permissions: readonly Permission[]
  readonly isBuiltIn: boolean
}

const reading = allPermissions.filter((one) => one.endsWith(':read'))
const ofOwnersAlone: readonly Permission[] = ['owners:write', 'tenants:write', 'tenants:read']

const builtIn = (id: string, name: string, about: { description: string; permissions: readonly Permission[] }): Role => ({
  ...{ id, name, isBuiltIn: true },
  ...about,
})

/** The roles that every tenant has. Nobody changes or removes them. */
export const builtInRoles: readonly Role[] = [
  builtIn('owner', 'Owner', { description: 'Everything, and who else is an owner. There is always one.', permissions: allPermissions }),
  builtIn('administrator', 'Administrator', {
    description: 'Everything but owners and tenants.',
    permissions: allPermissions.filter((one) => !ofOwnersAlone.includes(one)),
  }),
  builtIn('support', 'Support', {
    description: 'Helps people to get in; changes nothing that others rely on.',
    permissions: [
      'users:read',
      'users:support',
      'groups:read',
      'organizations:read',
      'clients:read',
      'events:read',
      'mail:read',
      'tokens:write',
    ],
  }),
  builtIn('auditor', 'Auditor', {
    description: 'Sees everything of the tenant, changes nothing.',
    permissions: reading.filter((one) => one !== 'tenants:read'),
  }),
  builtIn('developer', 'Developer', {
    description: 'Applications, APIs and webhooks, and the events that explain them.',
    permissions: [
      ...(['clients:read', 'clients:write', 'resources:read', 'resources:write', 'webhooks:read', 'webhooks:write'] as const),
      ...(['events:read', 'jobs:read', 'keys:read', 'settings:read', 'tokens:write'] as const),
    ],
  }),
]

export const ownerRole = 'owner'

/** The built-in role of this id. */
export const builtInRole = (id: string): Role | undefined => builtInRoles.find((one) => one.id === id)

/** A role that somebody holds: of the tenant's own ones with what it allows, of the built-in ones just the name. */
export type HeldRole = { readonly role: string; readonly permissions: readonly string[] | null }

/** What the roles allow together. One that is not known allows nothing, nor does a permission that this release does not know. */
export const permissionsOf = (held: readonly HeldRole[]): ReadonlySet<Permission> =>
  new Set(held.flatMap(({ role, permissions }) => builtInRole(role)?.permissions ?? permissions?.filter(isPermission) ?? []))

import { allOrganizationPermissions, isOrganizationPermission, type OrganizationPermission } from './organization-permissions.ts'

export type OrganizationRole = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly permissions: readonly OrganizationPermission[]
  readonly isBuiltIn: boolean
}

const builtIn = (
  id: string,
  name: string,
  about: { readonly description: string; readonly permissions: readonly OrganizationPermission[] },
): OrganizationRole => ({ ...{ id, name, isBuiltIn: true }, ...about })

/** The roles that every organization has. Nobody changes or removes them. */
export const builtInOrganizationRoles: readonly OrganizationRole[] = [
  builtIn('owner', 'Owner', {
    description: 'Everything in the organization, and who else is an owner. The last one stays.',
    permissions: allOrganizationPermissions,
  }),
  builtIn('administrator', 'Administrator', {
    description: 'Everything in the organization but its owners.',
    permissions: allOrganizationPermissions.filter((one) => one !== 'owners:write'),
  }),
  builtIn('member', 'Member', { description: 'Belongs to the organization, and administers nothing.', permissions: [] }),
]

export const ownerOfOrganization = 'owner'
export const plainMember = 'member'

export const builtInOrganizationRole = (id: string): OrganizationRole | undefined => builtInOrganizationRoles.find((one) => one.id === id)

/** The roles of a member, and what those allow that the tenant has made. */
export type HeldInside = { readonly roles: readonly string[]; readonly custom: Readonly<Record<string, readonly string[]>> | null }

/** What the roles allow together. One that is not known allows nothing, nor does a permission that this release does not know. */
export const permissionsInside = ({ roles, custom }: HeldInside): ReadonlySet<OrganizationPermission> =>
  new Set(roles.flatMap((id) => builtInOrganizationRole(id)?.permissions ?? (custom?.[id] ?? []).filter(isOrganizationPermission)))

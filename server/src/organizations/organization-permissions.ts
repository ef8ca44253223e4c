/**
 * Everything that a role inside an organization lets somebody do there, with a sentence for whoever makes a role of it. This list is apart from the
 * permissions of the tenant: none of these counts for the admin API, nor in another organization (attack case T-04).
 */
export const organizationPermissions = {
  'members:read': 'See members and invitations of the organization',
  'members:write': 'Invite people to the organization, and remove members',
  'roles:write': 'Give members the roles that one holds oneself',
  'domains:write': 'Prove and remove domains of the organization',
  'policy:write': 'Change how members of the organization sign in, and how its pages look',
  'events:read': 'See what happened in the organization',
  'owners:write': 'Make and unmake owners of the organization',
} as const

export type OrganizationPermission = keyof typeof organizationPermissions

export const allOrganizationPermissions = Object.keys(organizationPermissions) as readonly OrganizationPermission[]

export const isOrganizationPermission = (text: string): text is OrganizationPermission => Object.hasOwn(organizationPermissions, text)

/** Whoever acts from outside, for the tenant or at the command line, is not bound by what a role in the organization allows. */
export const everythingInside: ReadonlySet<string> = new Set(allOrganizationPermissions)

import type { AnyRoute } from '../http/route.ts'
import { createLookAdmin } from './branding.job.ts'
import { type LookRoutesDeps, lookRoutes } from './branding.routes.ts'
import { createDomainAdmin, type DomainDeps } from './domains.job.ts'
import { domainRoutes, offerRoutes } from './domains.routes.ts'
import { type EventRoutesDeps, eventRoutes } from './events.routes.ts'
import { createOrganizationInvitations, type InvitationDeps } from './invitations.job.ts'
import { type InvitationRoutesDeps, invitationRoutes } from './invitations.routes.ts'
import { createMemberAdmin } from './members.job.ts'
import { memberRoutes } from './members.routes.ts'
import { type MembershipRoutesDeps, membershipRoutes } from './memberships.routes.ts'
import { organizationAdminRoutes } from './organizations.admin.routes.ts'
import { createOrganizationAdmin } from './organizations.job.ts'
import { createPolicyAdmin, type PolicyDeps } from './policy.job.ts'
import { policyRoutes } from './policy.routes.ts'
import { receivedInvitationRoutes } from './received-invitations.routes.ts'
import { organizationRoleRoutes, ownRoleRoutes } from './roles.admin.routes.ts'
import { createOrganizationRoleAdmin, type RoleAdminDeps } from './roles.job.ts'
import { ownSide, tenantSide } from './side.routes.ts'

type Edge = Pick<InvitationRoutesDeps, 'cursorKey' | 'drawQrCode'> &
  Pick<LookRoutesDeps, 'checkLogo' | 'basePath'> &
  Pick<EventRoutesDeps, 'search' | 'sentenceOf' | 'namesOf'> &
  Pick<MembershipRoutesDeps, 'userExists'> & { readonly limit: number }

/** The routes of the roles that a tenant makes for its organizations; inside a transaction of the caller's they belong to it. */
export const rolesOfOrganizationsRoutes = (deps: RoleAdminDeps, limit: number): readonly AnyRoute[] =>
  organizationRoleRoutes({ roles: createOrganizationRoleAdmin(deps), limit })

/** The other routes of organizations: for the tenant, for their own administrators, and for whoever belongs to one. */
export const organizationRoutes = (deps: InvitationDeps & DomainDeps & PolicyDeps, edge: Edge): readonly AnyRoute[] => {
  const { cursorKey, limit, drawQrCode, checkLogo, basePath, search, sentenceOf, namesOf, userExists } = edge
  const { checkPolicy, now } = deps
  const organizations = createOrganizationAdmin(deps)
  const members = createMemberAdmin(deps)
  const invitations = createOrganizationInvitations(deps)
  const domains = createDomainAdmin(deps)
  const [policies, looks] = [createPolicyAdmin(deps), createLookAdmin(deps)]
  const [tenant, own] = [tenantSide({ limit, organizations }), ownSide({ limit, organizations, members, checkPolicy, now })]
  const roles = { roles: createOrganizationRoleAdmin(deps), limit }
  return [
    ...organizationAdminRoutes({ organizations, cursorKey, limit }),
    ...[tenant, own].flatMap((side) => [
      ...memberRoutes(side, { members, cursorKey }),
      ...invitationRoutes(side, { invitations, cursorKey, drawQrCode }),
      ...domainRoutes(side, { domains }),
      ...policyRoutes(side, { policies }),
      ...lookRoutes(side, { looks, checkLogo, basePath }),
    ]),
    ...ownRoleRoutes(own, roles),
    ...eventRoutes(own, { cursorKey, search, sentenceOf, namesOf }),
    ...membershipRoutes({ members, userExists, cursorKey, limit }),
    ...receivedInvitationRoutes({ invitations, limit }),
    ...offerRoutes({ domains, limit }),
  ]
}

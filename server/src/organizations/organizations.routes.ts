import type { AnyRoute } from '../http/route.ts'
import { createDomainAdmin, type DomainDeps } from './domains.job.ts'
import { domainRoutes, offerRoutes } from './domains.routes.ts'
import { createOrganizationInvitations, type InvitationDeps } from './invitations.job.ts'
import { type InvitationRoutesDeps, invitationRoutes } from './invitations.routes.ts'
import { createMemberAdmin } from './members.job.ts'
import { memberRoutes } from './members.routes.ts'
import { membershipRoutes } from './memberships.routes.ts'
import { organizationAdminRoutes } from './organizations.admin.routes.ts'
import { createOrganizationAdmin } from './organizations.job.ts'
import { receivedInvitationRoutes } from './received-invitations.routes.ts'
import { organizationRoleRoutes } from './roles.admin.routes.ts'
import { createOrganizationRoleAdmin, type RoleAdminDeps } from './roles.job.ts'
import { ownSide, tenantSide } from './side.routes.ts'

type Edge = Pick<InvitationRoutesDeps, 'cursorKey' | 'drawQrCode'> & { readonly limit: number }

/** The routes of the roles that a tenant makes for its organizations; inside a transaction of the caller's they belong to it. */
export const rolesOfOrganizationsRoutes = (deps: RoleAdminDeps, limit: number): readonly AnyRoute[] =>
  organizationRoleRoutes({ roles: createOrganizationRoleAdmin(deps), limit })

/** The other routes of organizations: for the tenant, for their own administrators, and for whoever belongs to one. */
export const organizationRoutes = (deps: InvitationDeps & DomainDeps, { cursorKey, limit, drawQrCode }: Edge): readonly AnyRoute[] => {
  const organizations = createOrganizationAdmin(deps)
  const members = createMemberAdmin(deps)
  const invitations = createOrganizationInvitations(deps)
  const domains = createDomainAdmin(deps)
  const at = { limit, organizations, members }
  return [
    ...organizationAdminRoutes({ organizations, cursorKey, limit }),
    ...[tenantSide(at), ownSide(at)].flatMap((side) => [
      ...memberRoutes(side, { members, cursorKey }),
      ...invitationRoutes(side, { invitations, cursorKey, drawQrCode }),
      ...domainRoutes(side, { domains }),
    ]),
    ...membershipRoutes({ members, cursorKey, limit }),
    ...receivedInvitationRoutes({ invitations, limit }),
    ...offerRoutes({ domains, limit }),
  ]
}

import type {
  BoundMembership,
  OrganizationRules,
  PolicyCheck,
  Shortfall,
  SignedInBy,
  TokenMemberships,
} from '../organizations/organizations.ts'
import type { AuthorizationRequest } from './core/authorize/authorization-request.ts'
import type { Decision } from './core/authorize/decide.ts'
import { organizationOf, organizationScope, scopeOfOrganization } from './core/organization-scope.ts'
import type { GrantFacts } from './core/ports.ts'
import type { Flow } from './flow.ts'

/** What requests and tokens for an organization are measured by. */
export type Organizations = {
  readonly memberships: TokenMemberships
  readonly checkPolicy: PolicyCheck
  /** What its pages go by, from memory. */
  readonly rules: (tenantId: string, named: string) => Promise<OrganizationRules | undefined>
}

const nameForm = /^[0-9a-z-]{1,63}$/

/** The request with the organization that it names in its scope, whether there is one of this name or not. */
export const withOrganization = async (
  { memberships }: Pick<Organizations, 'memberships'>,
  tenantId: string,
  request: AuthorizationRequest,
): Promise<AuthorizationRequest> => {
  const { organization, scope } = request
  if (organization === undefined) return request
  const id = nameForm.test(organization) ? await memberships.idOf(tenantId, organization) : undefined
  return { ...request, scope: scopeOfOrganization(scope, id) }
}

/** The organization that the request of a flow names; undefined where it is for none. */
export const organizationNamed = ({ parameters }: Pick<Flow, 'parameters'>): string | undefined => {
  const given = new Map(parameters)
  return given.get('scope')?.split(' ').includes(organizationScope) === true ? given.get('organization') : undefined
}

/** How somebody stands to the organization of a scope: `weak` where the sign-in lacks something of what it demands. */
export type Admission =
  | { readonly kind: 'unbound' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'member'; readonly membership: BoundMembership }
  | { readonly kind: 'weak'; readonly membership: BoundMembership; readonly shortfall: Shortfall }

export type Asked = { readonly tenantId: string; readonly scope: readonly string[]; readonly now: number }

/**
 * Membership and policy are read each time, so that what ended or was demanded a moment ago counts at every door: code, refresh, user info, introspection.
 * `authTime` and `now` in milliseconds since 1970.
 */
export const admit = async (
  { memberships, checkPolicy }: Pick<Organizations, 'memberships' | 'checkPolicy'>,
  { tenantId, scope, now }: Asked,
  { userId, ...session }: SignedInBy & { readonly userId: string },
): Promise<Admission> => {
  const organizationId = organizationOf(scope)
  if (organizationId === undefined) return { kind: 'unbound' }
  const membership = await memberships.find(tenantId, { organizationId, userId })
  // A foreign organization and one that does not exist look alike.
  if (membership === undefined) return { kind: 'foreign' }
  const shortfall = checkPolicy(membership.policy, session, now)
  return shortfall === undefined ? { kind: 'member', membership } : { kind: 'weak', membership, shortfall }
}

type Granted = Pick<GrantFacts, 'userId' | 'methods' | 'amr' | 'authTime'>

/** The sign-in behind a grant, whose time is in seconds. */
export const signInOf = ({ userId, methods, amr, authTime }: Granted): SignedInBy & { readonly userId: string } => ({
  ...{ userId, methods, amr },
  authTime: authTime * 1000,
})

/** Whether a token with this scope is worth something for whoever it was made for. */
export const isAdmitted = ({ kind }: Admission): boolean => kind === 'unbound' || kind === 'member'

const foreign: Decision = {
  kind: 'refused',
  error: 'access_denied',
  description: 'The person is no member of this organization, or it is suspended.',
}
const beyondImpersonation: Decision = {
  kind: 'refused',
  error: 'access_denied',
  description: 'The organization demands more of a sign-in than an administrator who acts for the person can give.',
}

/** What is refused because of the organization: nobody is to allow, or to prove, what will be refused. */
export const refusedBy = (
  admission: Admission,
  decision: Decision,
  { impersonatorId }: { readonly impersonatorId: string | null },
): Decision => {
  const isOver = decision.kind === 'granted' || decision.kind === 'consent'
  if (admission.kind === 'foreign' && isOver) return foreign
  return admission.kind === 'weak' && impersonatorId !== null && decision.kind !== 'refused' ? beyondImpersonation : decision
}

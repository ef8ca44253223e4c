import type { TokenMemberships } from '../organizations/organizations.ts'
import type { AuthorizationRequest } from './core/authorize/authorization-request.ts'
import type { Decision } from './core/authorize/decide.ts'
import { organizationOf, scopeOfOrganization } from './core/organization-scope.ts'

const nameForm = /^[0-9a-z-]{1,63}$/

/** The request with the organization that it names in its scope, whether there is one of this name or not. */
export const withOrganization = async (
  memberships: TokenMemberships,
  tenantId: string,
  request: AuthorizationRequest,
): Promise<AuthorizationRequest> => {
  const { organization, scope } = request
  if (organization === undefined) return request
  const id = nameForm.test(organization) ? await memberships.idOf(tenantId, organization) : undefined
  return { ...request, scope: scopeOfOrganization(scope, id) }
}

export const foreign: Decision = {
  kind: 'refused',
  error: 'access_denied',
  description: 'The person is no member of this organization, or it is suspended.',
}

type Asked = { readonly tenantId: string; readonly request: Pick<AuthorizationRequest, 'scope'> }

/** Asked before the person is: nobody is to allow what will be refused. A foreign organization and one that does not exist look alike. */
export const isForeign = async (
  memberships: TokenMemberships,
  { tenantId, request }: Asked,
  { userId }: { readonly userId: string },
): Promise<boolean> => {
  const organizationId = organizationOf(request.scope)
  return organizationId !== undefined && (await memberships.find(tenantId, { organizationId, userId })) === undefined
}

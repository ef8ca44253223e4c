import type { MethodName } from '../../credentials/method.ts'
import { type Doors, isMethodName, type SignInPolicy, within } from '../../login/login.ts'
import type { OrganizationRules } from '../../organizations/organizations.ts'
import type { Flow } from '../flow.ts'
import { organizationNamed } from '../organization-request.ts'
import type { Provider } from '../provider.ts'

type Here = { readonly tenantId: string; readonly flow: Flow }

/** What the organization of the request demands and looks like; undefined where the request is for none, or it is not there. */
export const rulesAt = async (provider: Provider, { tenantId, flow }: Here): Promise<OrganizationRules | undefined> => {
  const named = organizationNamed(flow)
  return named === undefined ? undefined : provider.authorization.organizations.rules(tenantId, named)
}

/** The methods that count in this request; undefined where all do that the tenant has. */
export const allowedMethods = async (provider: Provider, here: Here): Promise<readonly MethodName[] | undefined> =>
  (await rulesAt(provider, here))?.policy.methods?.filter(isMethodName)

/** How the tenant lets people in, as far as the organization of the request takes it. */
export const policyAt = async (provider: Provider, here: Here, { progression }: Pick<Doors, 'progression'>): Promise<SignInPolicy> =>
  within(await progression.policyOf(here.tenantId), await allowedMethods(provider, here))

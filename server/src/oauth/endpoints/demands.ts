import type { MethodName } from '../../credentials/method.ts'
import { type Demand, isMethodName } from '../../login/login.ts'
import { essentialAcr } from '../core/authorize/decide.ts'
import { isForClient } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { isRead, type Journey, reread } from './advance.ts'
import { rulesAt } from './organization-rules.ts'

/** What the application demands of the sign-in: a second factor, one where the person has one, or nothing beyond the policy. */
const demandOfApplication = async (provider: Provider, journey: Journey): Promise<Demand> => {
  if (!isForClient(journey.flow)) return 'nothing'
  const read = await reread(provider, journey)
  if (!isRead(read)) return 'nothing'
  const essential = essentialAcr(read.request)
  if (essential !== undefined && !essential.includes('aal1') && essential.includes('aal2')) return 'second-factor'
  if (essential === undefined && (await provider.authorization.demandsSecondFactor(journey.tenantId, read.client.id)))
    return 'second-factor'
  return read.request.acrValues[0] === 'aal2' ? 'second-factor-where-enrolled' : 'nothing'
}

export type Demands = { readonly demands: Demand; readonly allowed: readonly MethodName[] | undefined }

/**
 * What application and organization demand together. At the first factor an organization asks for the second one of those who have one: whether somebody is a
 * member, who has to set one up, is looked at after it.
 */
export const demandsOf = async (provider: Provider, journey: Journey, at: 'first-factor' | 'second-factor'): Promise<Demands> => {
  const [rules, demand] = [await rulesAt(provider, journey), await demandOfApplication(provider, journey)]
  const allowed = rules?.policy.methods?.filter(isMethodName)
  if (rules?.policy.secondFactor !== 'required' || demand === 'second-factor') return { demands: demand, allowed }
  return { demands: at === 'first-factor' ? 'second-factor-where-enrolled' : 'second-factor', allowed }
}

import type { BrowserSession } from '../sessions/sessions.ts'
import type { Decision } from './core/authorize/decide.ts'

type Acted = Pick<BrowserSession, 'impersonatorId'>

/** Sessions that a request can be answered for: nobody administers in the name of somebody else. */
export const eligible = <S extends Acted>(sessions: readonly S[], scope: readonly string[]): readonly S[] =>
  scope.includes('admin') ? sessions.filter(({ impersonatorId }) => impersonatorId === null) : sessions

/** What is decided where an administrator acts: what the person alone can do is refused instead of asked for. */
export const withinImpersonation = (decision: Decision, { impersonatorId }: Acted): Decision => {
  if (impersonatorId === null || (decision.kind !== 'consent' && decision.kind !== 'step-up')) return decision
  const description = 'An administrator who acts for the person cannot allow an application anything, and cannot prove more than they have.'
  return { kind: 'refused', error: 'access_denied', description }
}

/** The scope that is granted: nothing outlives the session of an administrator who acts for somebody. */
export const withinSession = (scope: readonly string[], { impersonatorId }: Acted): readonly string[] =>
  impersonatorId === null ? scope : scope.filter((one) => one !== 'offline_access')

/** Who acts in the session, as events know them: the administrator, where one acts for the person. */
export const actingIn = ({ impersonatorId }: Acted): { readonly actor?: string } =>
  impersonatorId === null ? {} : { actor: `user ${impersonatorId}` }

import type { AccessTokenClaims } from '../access-tokens.ts'
import { organizationOf } from '../core/organization-scope.ts'
import type { GrantView } from '../grant-views.ts'
import type { Provider } from '../provider.ts'

export type LiveToken = { readonly claims: AccessTokenClaims; readonly view: GrantView | undefined }

/** An access token of ours that has not been revoked, whose grant (where it has one) and whose client still live. */
export const liveToken = async (provider: Provider, tenantId: string, token: string): Promise<LiveToken | undefined> => {
  const claims = provider.reader.read(token)
  if (claims === undefined || provider.views.isRevokedToken(claims.jti)) return undefined
  const client = await provider.findClient(tenantId, claims.client_id)
  if (client?.isEnabled !== true) return undefined
  if (claims.grant_id === undefined) return { claims, view: undefined }
  const view = await provider.views.get(tenantId, claims.grant_id)
  if (view?.facts.clientId !== claims.client_id) return undefined
  const organizationId = organizationOf(claims.scope.split(' '))
  if (organizationId === undefined) return { claims, view }
  // Kept in no memory: a membership that ended, or an organization that was suspended, ends its tokens at the next request.
  const { userId } = view.facts
  return (await provider.authorization.memberships.find(tenantId, { organizationId, userId })) && { claims, view }
}

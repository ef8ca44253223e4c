import type { AccessTokenClaims } from '../access-tokens.ts'
import type { GrantView } from '../grant-views.ts'
import { admit, isAdmitted, signInOf } from '../organization-request.ts'
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
  // Kept in no memory: a membership that ended, an organization that was suspended, or one that demands more now, ends its tokens at the next request.
  const asked = { tenantId, scope: claims.scope.split(' '), now: provider.now() }
  return isAdmitted(await admit(provider.authorization.organizations, asked, signInOf(view.facts))) ? { claims, view } : undefined
}

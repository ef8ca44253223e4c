import { OAuthError } from '../errors.ts'
import type { Grant } from './grant.ts'
import { askedScope, narrowResources, narrowScope } from './narrowing.ts'
import { isRefreshable } from './refreshable.ts'

const lengthMax = 512

const refusal = (rule: string): OAuthError => new OAuthError('invalid_grant', 'The refresh token is invalid, expired or revoked.', rule)

/** RFC 6749 section 6, with rotation and reuse detection (RFC 9700 section 4.14.2). */
export const refreshToken: Grant = async (request, ports) => {
  const { client, parameters } = request
  const presented = parameters.get('refresh_token')
  if (presented === undefined) throw new OAuthError('invalid_request', 'refresh_token is missing.')
  if (presented.length > lengthMax) throw refusal('refresh_token is longer than any token of this server.')
  const { resources } = request
  const outcome = await ports.rotateRefreshToken({
    refreshToken: presented,
    clientId: client.id,
    scope: askedScope(request) ?? [],
    resources,
  })
  if (outcome.kind === 'reused') throw refusal('A refresh token that had been spent came again: its whole family is revoked.')
  if (outcome.kind !== 'rotated' && outcome.kind !== 'exceeded')
    throw refusal('The refresh token is unknown, of another client, expired or revoked, or its user or session is gone.')
  const { grant } = outcome
  // The scope of the client may have been withdrawn since.
  if (!isRefreshable(client, grant.scope) || (grant.isOffline && client.scope?.includes('offline_access') === false)) {
    await ports.killGrant({ grant, reason: 'scope-withdrawn' })
    throw refusal('The client may no longer hold refresh tokens: offline_access or the grant type was withdrawn.')
  }
  const narrowed = { scope: narrowScope(request, grant.scope), resources: narrowResources(request, grant.resources) }
  if (outcome.kind === 'exceeded') throw refusal('The request asks for more than was granted.')
  return {
    grant,
    ...narrowed,
    nonce: undefined,
    hasIdToken: narrowed.scope.includes('openid'),
    refreshToken: outcome.refreshToken,
  }
}

import { OAuthError, type OAuthErrorCode } from '../errors.ts'
import type { Grant } from './grant.ts'
import { narrowResources } from './narrowing.ts'
import { isRefreshable } from './refreshable.ts'

type Unready = 'pending' | 'too-fast' | 'denied' | 'expired' | 'unknown'

const answers: Readonly<Record<Unready, readonly [OAuthErrorCode, string]>> = {
  pending: ['authorization_pending', 'The person has not decided yet. Ask again after the interval.'],
  'too-fast': ['slow_down', 'Asked again too soon. The interval has grown by 5 seconds.'],
  denied: ['access_denied', 'The person refused the request.'],
  expired: ['expired_token', 'The device code has expired. Ask for a new one.'],
  unknown: ['invalid_grant', 'The device code is unknown or spent.'],
}

/** RFC 8628 sections 3.4 and 3.5. */
export const deviceCode: Grant = async (request, ports) => {
  const { client, parameters } = request
  const code = parameters.get('device_code')
  if (code === undefined) throw new OAuthError('invalid_request', 'device_code is missing.')
  const outcome = code.length > 256 ? { kind: 'unknown' as const } : await ports.pollDeviceCode({ deviceCode: code, clientId: client.id })
  if (outcome.kind !== 'approved') throw new OAuthError(...answers[outcome.kind])
  const { grant } = outcome
  return {
    grant,
    scope: grant.scope,
    resources: narrowResources(request, grant.resources),
    nonce: undefined,
    hasIdToken: grant.scope.includes('openid'),
    refreshToken: isRefreshable(client, grant.scope) ? ports.firstRefreshToken(grant.grantId) : undefined,
  }
}

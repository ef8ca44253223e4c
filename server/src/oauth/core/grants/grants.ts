import { OAuthError } from '../errors.ts'
import type { GrantPorts } from '../ports.ts'
import { authorizationCode } from './authorization-code.ts'
import { clientCredentials } from './client-credentials.ts'
import { deviceCode } from './device-code.ts'
import type { Grant, Issue, TokenRequest } from './grant.ts'
import { refreshToken } from './refresh-token.ts'

/** Every grant type of the token endpoint. `password` is none: it stays in the account API. */
const grants: Readonly<Record<string, Grant>> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
  'urn:ietf:params:oauth:grant-type:device_code': deviceCode,
}

export const grantTypes: readonly string[] = Object.keys(grants)

/** Runs the grant that the request names, where the client is registered for it (RFC 6749 section 5.2). */
export const runGrant = async (request: TokenRequest, ports: GrantPorts): Promise<Issue> => {
  const type = request.parameters.get('grant_type')
  if (type === undefined) throw new OAuthError('invalid_request', 'grant_type is missing.')
  const grant = Object.hasOwn(grants, type) ? grants[type] : undefined
  if (grant === undefined)
    throw new OAuthError('unsupported_grant_type', `This grant_type is not supported. Known: ${grantTypes.join(', ')}.`)
  if (!request.client.grantTypes.includes(type))
    throw new OAuthError(
      'unauthorized_client',
      'This client is not registered for this grant_type. Add it to the grant_types of the client.',
    )
  return grant(request, ports)
}

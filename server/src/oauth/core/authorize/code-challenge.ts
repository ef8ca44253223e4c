import { OAuthError } from '../errors.ts'
import { isCodeChallenge } from '../pkce.ts'
import type { CheckInput } from './check.ts'

/** The S256 challenge (RFC 7636 section 4.3). Absent only where a confidential client was registered with require_pkce: false. */
export const readCodeChallenge = ({ parameters, client }: CheckInput, responseType: string): string | undefined => {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (challenge === undefined) {
    if (method !== undefined) throw new OAuthError('invalid_request', 'code_challenge_method came without code_challenge.')
    if (responseType !== 'code' || (!client.requirePkce && client.tokenEndpointAuthMethod !== 'none')) return undefined
    throw new OAuthError(
      'invalid_request',
      'code_challenge is missing. Send code_challenge with code_challenge_method=S256 (RFC 7636), or register a confidential client with require_pkce: false.',
    )
  }
  if (method !== 'S256') throw new OAuthError('invalid_request', 'code_challenge_method must be S256.')
  if (!isCodeChallenge(challenge))
    throw new OAuthError('invalid_request', 'code_challenge must be the base64url SHA-256 of the verifier: 43 characters without padding.')
  return challenge
}

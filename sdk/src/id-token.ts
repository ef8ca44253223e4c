import { fromBase64url } from './base64url.ts'
import { SignInError } from './errors.ts'

export type IdTokenClaims = { readonly iss: string; readonly sub: string; readonly exp: number } & Readonly<Record<string, unknown>>
type Expected = { readonly issuer: string; readonly clientId: string; readonly nonce: string | undefined; readonly nowSeconds: number }

const skewSeconds = 60

const problemOf = (claims: Readonly<Record<string, unknown>>, { issuer, clientId, nonce, nowSeconds }: Expected): string | undefined => {
  const audience = [claims['aud']].flat()
  if (claims['iss'] !== issuer) return 'it comes from another issuer'
  if (!audience.includes(clientId)) return 'it is for another application'
  if (audience.length > 1 && claims['azp'] !== clientId) return 'it was asked for by another application'
  if (nonce !== undefined && claims['nonce'] !== nonce) return 'its nonce is not the one that was sent'
  if (typeof claims['sub'] !== 'string' || claims['sub'] === '') return 'it names nobody'
  if (typeof claims['exp'] !== 'number' || claims['exp'] + skewSeconds <= nowSeconds) return 'it has expired'
  return undefined
}

/**
 * The claims of an ID token that came straight from the token endpoint, so that TLS vouches for it instead of its signature
 * (OpenID Connect Core section 3.1.3.7, step 6).
 */
export const readIdToken = (token: string, expected: Expected): IdTokenClaims => {
  const refuse = (why: string): SignInError =>
    new SignInError('local_id_token', `The answer of the server is not for this sign-in: ${why}.`)
  let claims: Readonly<Record<string, unknown>>
  try {
    claims = JSON.parse(new TextDecoder().decode(fromBase64url(token.split('.')[1] ?? '')))
  } catch {
    throw refuse('its ID token cannot be read')
  }
  const problem = problemOf(claims, expected)
  if (problem !== undefined) throw refuse(problem)
  return claims as IdTokenClaims
}

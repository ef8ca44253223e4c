import { isSignedBy, type KeyRing, splitJwt } from '../keys/keys.ts'

export type HintedIdToken = { readonly sub: string; readonly clientId: string; readonly sid: string | undefined }

/** An ID token of ours as a hint: signed by us for a client; it may have expired (OpenID Connect RP-Initiated Logout 1.0 section 4). */
export const readIdTokenHint = (ring: KeyRing, issuer: string, token: string): HintedIdToken | undefined => {
  const jwt = splitJwt(token)
  if (jwt === undefined || jwt.header['typ'] !== 'JWT' || 'crit' in jwt.header) return undefined
  const key = ring.verifier(jwt.header['kid'])
  if (key === undefined || !isSignedBy(key, jwt)) return undefined
  const { iss, sub, aud, sid, auth_time } = jwt.claims
  const isOurs = iss === issuer && typeof sub === 'string' && typeof aud === 'string' && typeof auth_time === 'number'
  return isOurs ? { sub, clientId: aud, sid: typeof sid === 'string' ? sid : undefined } : undefined
}

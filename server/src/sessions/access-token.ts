import { isSignedBy, type KeyRing, signJwt, splitJwt } from '../keys/keys.ts'
import { isUuid, newId } from '../platform/ids.ts'

/** Claims of a JWT access token (RFC 9068 section 2.2). Times in seconds since 1970. */
export type AccessTokenClaims = {
  readonly iss: string
  readonly sub: string
  readonly aud: string
  readonly exp: number
  readonly iat: number
  readonly jti: string
  readonly client_id: string
  readonly scope: string
  readonly sid: string
  /** The grant that an application holds the token by; absent in tokens of the account API. */
  readonly grant_id?: unknown
}

export type AccessTokenSubject = {
  readonly userId: string
  readonly sessionId: string
  readonly clientId: string
  readonly scope: string
  readonly claims?: Readonly<Record<string, unknown>>
}
export type AccessTokenOptions = {
  readonly ring: KeyRing
  readonly issuer: string
  readonly ttlSeconds: number
  readonly nowSeconds: () => number
}

const typ = 'at+jwt'
const skewSeconds = 10

export const issueAccessToken = ({ ring, issuer, ttlSeconds, nowSeconds }: AccessTokenOptions, subject: AccessTokenSubject): string => {
  const iat = nowSeconds()
  const claims: AccessTokenClaims = {
    iss: issuer,
    sub: subject.userId,
    aud: issuer,
    exp: iat + ttlSeconds,
    iat,
    jti: newId(),
    client_id: subject.clientId,
    scope: subject.scope,
    sid: subject.sessionId,
  }
  // What a hook adds never replaces what is ours.
  return signJwt(ring.signer('ES256'), { typ }, { ...subject.claims, ...claims })
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isSeconds = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

const readClaims = (claims: Record<string, unknown>): AccessTokenClaims | undefined => {
  const { iss, sub, aud, exp, iat, jti, client_id, scope, sid } = claims
  const texts = [iss, sub, aud, jti, client_id, scope, sid]
  if (!texts.every(isText) || !isSeconds(exp) || !isSeconds(iat)) return undefined
  return isUuid(sub as string) && isUuid(sid as string) ? (claims as AccessTokenClaims) : undefined
}

/** The claims of a token that this issuer signed for itself, that has begun and has not expired (RFC 9068 section 4); otherwise undefined. */
export const verifyAccessToken = (
  { ring, issuer, nowSeconds }: Omit<AccessTokenOptions, 'ttlSeconds'>,
  token: string,
): AccessTokenClaims | undefined => {
  const jwt = splitJwt(token)
  if (jwt === undefined || jwt.header['typ'] !== typ || 'crit' in jwt.header) return undefined
  const key = ring.verifier(jwt.header['kid'])
  if (key === undefined || !isSignedBy(key, jwt)) return undefined
  const claims = readClaims(jwt.claims)
  if (claims === undefined || claims.iss !== issuer || claims.aud !== issuer) return undefined
  const now = nowSeconds()
  if (
    claims.exp <= now ||
    claims.iat > now + skewSeconds ||
    ('nbf' in claims && !(isSeconds(claims.nbf) && claims.nbf <= now + skewSeconds))
  )
    return undefined
  return claims
}

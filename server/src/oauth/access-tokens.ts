import { LRUCache } from 'lru-cache'
import { isSignedBy, type KeyRing, splitJwt } from '../keys/keys.ts'
import { sha256Text } from '../platform/digest.ts'
import { growing } from '../platform/growing.ts'
import { seal, unseal } from '../platform/seal.ts'

/** What an access token of ours says, JWT and opaque alike (RFC 9068 section 2.2). Times in seconds. */
export type AccessTokenClaims = {
  readonly iss: string
  readonly sub: string
  readonly aud: string | readonly string[]
  readonly exp: number
  readonly iat: number
  readonly jti: string
  readonly client_id: string
  readonly scope: string
  readonly sid?: string
  readonly grant_id?: string
}

const opaquePrefix = 'cip_at_'
const opaqueContext = (issuer: string): string => `access-token ${issuer}`

/** An access token that only we can read: its claims under AES-256-GCM. */
export const printOpaqueToken = (key: Uint8Array, issuer: string, claims: object): string =>
  opaquePrefix + seal(key, Buffer.from(JSON.stringify(claims)), opaqueContext(issuer)).toString('base64url')

export type AccessTokenReader = {
  /** The claims of a token that is ours and has neither expired nor begun in the future. Whether it was revoked is another question. */
  readonly read: (token: string) => AccessTokenClaims | undefined
}

export type ReaderDeps = {
  readonly ring: KeyRing
  readonly keyVersion: () => number
  readonly opaqueKey: Uint8Array
  readonly issuer: string
  readonly nowSeconds: () => number
}

const skewSeconds = 10
const tokenCharactersMax = 8192

const isText = (value: unknown): value is string => typeof value === 'string'
const isSeconds = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
const isAudience = (value: unknown): boolean => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))

const shaped = (claims: Record<string, unknown>): AccessTokenClaims | undefined => {
  const { iss, sub, aud, exp, iat, jti, client_id, scope, sid, grant_id } = claims
  const isFine =
    [iss, sub, jti, client_id, scope].every(isText) &&
    [sid, grant_id].every((one) => one === undefined || isText(one)) &&
    isAudience(aud) &&
    isSeconds(exp) &&
    isSeconds(iat)
  return isFine ? (claims as unknown as AccessTokenClaims) : undefined
}

const fromJwt = ({ ring }: ReaderDeps, token: string): AccessTokenClaims | undefined => {
  const jwt = splitJwt(token)
  if (jwt === undefined || jwt.header['typ'] !== 'at+jwt' || 'crit' in jwt.header) return undefined
  const key = ring.verifier(jwt.header['kid'])
  return key !== undefined && isSignedBy(key, jwt) ? shaped(jwt.claims) : undefined
}

const fromOpaque = ({ opaqueKey, issuer }: ReaderDeps, token: string): AccessTokenClaims | undefined => {
  const encoded = token.slice(opaquePrefix.length)
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.toString('base64url') !== encoded) return undefined
  const plain = unseal(opaqueKey, bytes, opaqueContext(issuer))
  return plain === undefined ? undefined : shaped(JSON.parse(plain.toString('utf8')))
}

/** Reads access tokens; a signature is checked once per token and key set, remembered by the SHA-256 of the whole token. */
export const createAccessTokenReader = (deps: ReaderDeps): AccessTokenReader => {
  const known = new LRUCache<string, { readonly claims: AccessTokenClaims; readonly keyVersion: number }>({
    ...growing(20_000),
    ttl: 60_000,
  })
  const verify = (token: string): AccessTokenClaims | undefined => {
    const name = sha256Text(token)
    const cached = known.get(name)
    if (cached?.keyVersion === deps.keyVersion()) return cached.claims
    const claims = token.startsWith(opaquePrefix) ? fromOpaque(deps, token) : fromJwt(deps, token)
    if (claims !== undefined) known.set(name, { claims, keyVersion: deps.keyVersion() })
    return claims
  }
  return {
    read: (token) => {
      if (token.length > tokenCharactersMax) return undefined
      const claims = verify(token)
      const now = deps.nowSeconds()
      return claims !== undefined && claims.iss === deps.issuer && claims.exp > now && claims.iat <= now + skewSeconds ? claims : undefined
    },
  }
}

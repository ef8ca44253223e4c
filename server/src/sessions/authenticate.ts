import { LRUCache } from 'lru-cache'
import { sha256Text } from '../platform/digest.ts'
import { growing } from '../platform/growing.ts'
import { type AccessTokenClaims, type AccessTokenOptions, verifyAccessToken } from './access-token.ts'
import type { SessionCache } from './session-cache.ts'

/** Who is behind an access token, and the scope it carries. */
export type Authenticated = {
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
  readonly clientId: string
  readonly scope: string
  /** The administrator who acts, and until when the session lasts in milliseconds since 1970. */
  readonly acting?: { readonly id: string; readonly name: string | null; readonly until: number } | undefined
}
export type Authenticator = (token: string) => Promise<Authenticated | undefined>

export type AuthenticatorDeps = {
  readonly tenantId: string
  readonly tokens: Omit<AccessTokenOptions, 'ttlSeconds'>
  readonly sessions: Pick<SessionCache, 'get'>
  /** Whether a token that an application holds, its grant and the application still live. */
  readonly isLive: (tenantId: string, token: string) => Promise<boolean>
  /** The scope that the token must carry. */
  readonly scope: 'account' | 'admin'
  /** Moves when keys change, so that a revoked key's tokens leave memory with it. */
  readonly keyVersion: () => number
}

type Verified = { readonly claims: AccessTokenClaims; readonly keyVersion: number }

/** Checks a bearer token's signature once per token (remembered by its SHA-256) and its session each time. */
export const createAuthenticator = ({ tenantId, tokens, sessions, isLive, scope, keyVersion }: AuthenticatorDeps): Authenticator => {
  const verified = new LRUCache<string, Verified>({ ...growing(20_000), ttl: 60_000 })

  const claimsOf = (token: string): AccessTokenClaims | undefined => {
    const key = sha256Text(token)
    const known = verified.get(key)
    if (known !== undefined && known.keyVersion === keyVersion()) return known.claims.exp > tokens.nowSeconds() ? known.claims : undefined
    const claims = verifyAccessToken(tokens, token)
    if (claims !== undefined) verified.set(key, { claims, keyVersion: keyVersion() })
    return claims
  }

  return async (token) => {
    const claims = claimsOf(token)
    // A token that an application got for its own purposes is none for the account, and one for the account none for the admin API: RFC 9700 section 2.3.
    if (claims === undefined || !claims.scope.split(' ').includes(scope)) return undefined
    const session = await sessions.get(tenantId, claims.sid)
    if (session?.userId !== claims.sub) return undefined
    if (claims.grant_id !== undefined && !(await isLive(tenantId, token))) return undefined
    const { impersonator, expiresAt: until } = session
    const acting = impersonator && { ...impersonator, until }
    return { tenantId, userId: claims.sub, sessionId: claims.sid, clientId: claims.client_id, scope: claims.scope, acting }
  }
}

import type { Jwk } from './jwt/jwk.ts'

/** A secret of a client: `hash` is the SHA-256 of its text, `sealed` makes it readable where a MAC needs it. `expiresAt` in seconds since 1970. */
export type ClientSecret = {
  readonly hash: Uint8Array
  readonly sealed?: Uint8Array | undefined
  readonly expiresAt: number | null
}

/** What client authentication needs to know of a client (RFC 7591 section 2). */
export type AuthenticatingClient = {
  readonly id: string
  readonly isEnabled: boolean
  readonly tokenEndpointAuthMethod: string
  readonly tokenEndpointAuthSigningAlg?: string | undefined
  readonly secrets: readonly ClientSecret[]
}

/** The same with the keys that verify what the client signs. */
export type OAuthClient = AuthenticatingClient & {
  readonly jwks?: { readonly keys: readonly Jwk[] } | undefined
  readonly jwksUri?: string | undefined
}

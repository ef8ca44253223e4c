import type { Algorithm } from '../keys/keys.ts'
import type { ClientBranding } from '../pages/brand/branding.ts'

export type TokenEndpointAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt'

/** A live secret of a client. `sealed` holds it readable where a MAC is computed with it; `expiresAt` in milliseconds since 1970. */
export type ClientSecret = {
  readonly id: string
  readonly hash: Uint8Array
  readonly sealed?: Uint8Array | undefined
  readonly expiresAt: number | null
}

/** What a client says of itself, in one language. */
export type ClientWords = {
  readonly name?: string
  readonly clientUri?: string
  readonly logoUri?: string
  readonly policyUri?: string
  readonly tosUri?: string
}

/** A registered OAuth client with its live secrets (OpenID Connect Dynamic Registration 1.0 section 2, RFC 7591 section 2). */
export type Client = {
  readonly tenantId: string
  readonly id: string
  readonly name?: string | undefined
  readonly isFirstParty: boolean
  readonly isEnabled: boolean
  /** True where nobody here vouched for it: it registered itself (RFC 7591). */
  readonly isDynamic: boolean
  readonly applicationType: 'web' | 'native'
  readonly redirectUris: readonly string[]
  /** Each with its words sorted, such as `id_token token`. */
  readonly responseTypes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly responseModes: readonly string[]
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod
  readonly tokenEndpointAuthSigningAlg?: string | undefined
  readonly secrets: readonly ClientSecret[]
  readonly jwks?: { readonly keys: readonly object[] } | undefined
  readonly jwksUri?: string | undefined
  /** What it may ask for; undefined is every standard scope. */
  readonly scope?: readonly string[] | undefined
  readonly requirePkce: boolean
  readonly requirePushedAuthorizationRequests: boolean
  readonly requireSignedRequestObject: boolean
  readonly requestObjectSigningAlg?: string | undefined
  readonly requestUris: readonly string[]
  readonly subjectType: 'public' | 'pairwise'
  /** The host by which pairwise subjects are computed (OpenID Connect Core 1.0 section 8.1). */
  readonly sectorIdentifier?: string | undefined
  readonly idTokenSignedResponseAlg: Algorithm
  readonly userinfoSignedResponseAlg?: Algorithm | undefined
  readonly defaultMaxAge?: number | undefined
  readonly requireAuthTime: boolean
  readonly defaultAcrValues: readonly string[]
  readonly initiateLoginUri?: string | undefined
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri?: string | undefined
  readonly backchannelLogoutSessionRequired: boolean
  readonly frontchannelLogoutUri?: string | undefined
  readonly frontchannelLogoutSessionRequired: boolean
  readonly clientUri?: string | undefined
  readonly logoUri?: string | undefined
  readonly policyUri?: string | undefined
  readonly tosUri?: string | undefined
  /** The same in further languages, by their tags in small letters. */
  readonly translations?: Readonly<Record<string, ClientWords>> | undefined
  readonly contacts: readonly string[]
  /** How its pages look, where an operator has decided. */
  readonly branding?: ClientBranding | undefined
  /** Refresh tokens also without the scope offline_access. */
  readonly refreshWithoutOfflineAccess: boolean
  /** API audiences that it may ask for; undefined is all. */
  readonly resources?: readonly string[] | undefined
}

export const accessClaimNames = ['roles', 'groups', 'entitlements'] as const
export type AccessClaimName = (typeof accessClaimNames)[number]

/** An API that accepts our access tokens: `identifier` is its audience and resource indicator (RFC 8707). */
export type ApiResource = {
  readonly identifier: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly accessTokenTtlSeconds?: number | undefined
  readonly signingAlgorithm: Algorithm
  readonly tokenFormat: 'jwt' | 'opaque'
  /** What its access tokens say of who may do what (RFC 9068 section 2.2.3.1). */
  readonly accessClaims: readonly AccessClaimName[]
}

import type { ClaimsRequest } from './authorize/claims-parameter.ts'

/** What a person granted a client, as the tokens tell it. `authTime` in seconds since 1970. */
export type GrantFacts = {
  readonly grantId: string
  readonly userId: string
  readonly clientId: string
  readonly sessionId: string | undefined
  readonly isOffline: boolean
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  readonly claims: ClaimsRequest | undefined
  readonly authTime: number
  readonly acr: string | undefined
  readonly amr: readonly string[]
  /** By which methods the person signed in; null where a release that kept none wrote the grant. */
  readonly methods: readonly string[] | null
  /** The administrator who acts in the session of the grant (RFC 8693 section 4.1). */
  readonly impersonatorId?: string | undefined
}

/** What the code was bound to when it was made. */
export type CodeBinding = {
  readonly redirectUri: string
  readonly nonce?: string | undefined
  readonly codeChallenge?: string | undefined
}

/** Spends a code for its client: one winner. A code that was spent before kills its grant, and that commits (RFC 6749 section 4.1.2). */
export type RedeemCode = (input: {
  readonly code: string
  readonly clientId: string
}) => Promise<
  { readonly kind: 'redeemed'; readonly grant: GrantFacts; readonly binding: CodeBinding } | { readonly kind: 'replayed' | 'unknown' }
>

/** Ends a grant with everything that was issued from it. */
export type KillGrant = (input: { readonly grant: GrantFacts; readonly reason: string }) => Promise<void>

/** Spends a refresh token for its client; `refreshToken` is the successor. One that asks for more than was granted spends nothing. */
export type RotateRefreshToken = (input: {
  readonly refreshToken: string
  readonly clientId: string
  readonly scope: readonly string[]
  readonly resources: readonly string[]
}) => Promise<
  | { readonly kind: 'rotated'; readonly grant: GrantFacts; readonly refreshToken: string }
  | { readonly kind: 'exceeded'; readonly grant: GrantFacts }
  | { readonly kind: 'reused' | 'refused' }
>

/** Asks for the decision on a device code and, where it was approved, spends it (RFC 8628 section 3.5). */
export type PollDeviceCode = (input: {
  readonly deviceCode: string
  readonly clientId: string
}) => Promise<
  { readonly kind: 'approved'; readonly grant: GrantFacts } | { readonly kind: 'pending' | 'too-fast' | 'denied' | 'expired' | 'unknown' }
>

/** The first refresh token of a grant. */
export type FirstRefreshToken = (grantId: string) => string

export type GrantPorts = {
  readonly redeemCode: RedeemCode
  readonly killGrant: KillGrant
  readonly rotateRefreshToken: RotateRefreshToken
  readonly pollDeviceCode: PollDeviceCode
  readonly firstRefreshToken: FirstRefreshToken
  readonly sha256Text: (text: string) => string
  readonly isResource: (identifier: string) => boolean
  readonly scopesOf: (resources: readonly string[]) => readonly string[]
}

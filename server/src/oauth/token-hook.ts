import { claimsOfScope, reservedClaims } from './core/tokens/claims.ts'

/** What a token is asked for with, in the words of a hook. */
export type TokenAsked = {
  readonly client_id: string
  readonly user_id: string | null
  readonly session_id: string | null
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  readonly acr: string | null
  readonly amr: readonly string[]
}

type Claims = Readonly<Record<string, unknown>>
export type TokenVerdict =
  | { readonly kind: 'go'; readonly claims: Claims; readonly idTokenClaims: Claims }
  | { readonly kind: 'stop'; readonly sentence: string }

/** Asked before tokens are made; claims of it never replace those of ours. */
export type TokenHook = {
  /** Whether the tenant has one: where it has none, nothing is read for it. */
  readonly isSet: (tenantId: string) => Promise<boolean>
  readonly ask: (tenantId: string, asked: TokenAsked) => Promise<TokenVerdict>
}

/** What no hook may write: claims of the protocol and of the standard scopes, and those by which others decide what somebody may do. */
export const hookReservedClaims: readonly string[] = [
  ...reservedClaims,
  ...Object.values(claimsOfScope).flat(),
  ...['roles', 'groups', 'permissions', 'entitlements', 'authorization_details', 'username', 'htm', 'htu', 'ath'],
]

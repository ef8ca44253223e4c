/** Who may register clients (RFC 7591 section 3): the tenant setting `client-registration`. */
export type RegistrationPolicy = {
  readonly mode: 'open' | 'token' | 'off'
  readonly allowImplicit: boolean
  /** Whose software statements are believed (RFC 7591 section 2.3); a statement of anybody else is refused. */
  readonly softwareStatementIssuers: readonly { readonly issuer: string; readonly jwks: { readonly keys: readonly object[] } }[]
}

export const defaultRegistrationPolicy: RegistrationPolicy = { mode: 'open', allowImplicit: true, softwareStatementIssuers: [] }

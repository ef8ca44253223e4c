export type Operation =
  | 'bare'
  | 'jwks'
  | 'refresh'
  | 'me-new'
  | 'me-read'
  | 'me-warm'
  | 'login'
  | 'register'
  | 'unknown'
  | 'discovery'
  | 'client-credentials'
  | 'code-es256'
  | 'code-rs256'
  | 'oauth-refresh'
  | 'introspection'
  | 'userinfo'
  | 'sign-in-page'

/** Clients of the provider with what they present: `es` gets ES256 ID tokens, `rs` RS256. */
export type OAuthKnowledge = {
  readonly redirectUri: string
  readonly basic: Readonly<Record<'es' | 'rs', string>>
  readonly codes: Readonly<Record<'es' | 'rs', readonly string[]>>
  readonly refreshTokens: readonly string[]
  /** The sign-in page of an authorization request. */
  readonly signInPath: string
}

/** How many tokens `me-warm` uses in turn. */
export const warmTokens = 500

/**
 * Closed loop: `connections` with the next request after each answer, for `amount` requests or `seconds`.
 * Open loop: `perSecond` connections that each begin at most one request a second, spread over the second.
 */
export type LoadRun = {
  readonly kind: 'run'
  readonly operation: Operation
  readonly url: string
  readonly connections: number
  readonly amount?: number
  readonly seconds?: number
  readonly perSecond?: number
}

/** What the requests are made of. `users` is how many names there are. */
export type Knowledge = {
  readonly users: number
  readonly password: string
  readonly refreshTokens: readonly string[]
  readonly accessTokens: readonly string[]
  readonly oauth?: OAuthKnowledge | undefined
}

export type LoadCommand = LoadRun | ({ readonly kind: 'know' } & Knowledge) | { readonly kind: 'tell' }

/** Times in milliseconds. `faults` are lost connections and answers that did not come in time. */
export type LoadResult = {
  readonly requests: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  readonly statuses: Readonly<Record<string, number>>
  readonly faults: number
  readonly refusalsWithRetryAfter: number
}

export type LoadReply =
  | { readonly kind: 'result'; readonly result: LoadResult }
  | { readonly kind: 'done'; readonly accessTokens: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string }

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
  | 'sign-in'
  | 'sign-in-session'
  | AdminOperation

/** What the console and scripts ask of the admin API. */
export type AdminOperation =
  | 'admin-users'
  | 'admin-search'
  | 'admin-attribute'
  | 'admin-user'
  | 'admin-user-events'
  | 'admin-events'
  | 'admin-events-filtered'
  | 'admin-events-address'
  | 'admin-request'
  | 'admin-overview'

/** An administrator's token, ids of accounts, and how many events and departments were loaded. */
export type AdminKnowledge = {
  readonly token: string
  readonly users: readonly string[]
  readonly events: number
  readonly departments: number
}

/** Clients of the provider with what they present: `es` gets ES256 ID tokens, `rs` RS256. */
export type OAuthKnowledge = {
  readonly redirectUri: string
  readonly basic: Readonly<Record<'es' | 'rs', string>>
  readonly codes: Readonly<Record<'es' | 'rs', readonly string[]>>
  readonly refreshTokens: readonly string[]
  /** The sign-in page of an authorization request. */
  readonly signInPath: string
  /** A first-party client, whose sign-ins need no consent. */
  readonly ownClient: { readonly id: string; readonly basic: string }
}

/** How many tokens `me-warm` uses in turn. */
export const warmTokens = 500

/** How many requests one operation takes; one where it is not named. */
export const stepsOf = (operation: Operation): number => ({ 'sign-in': 4, 'sign-in-session': 2 })[operation as string] ?? 1

/** One request whose time is taken. */
export type TimedRequest = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Requests that are sent one after the other on one connection, each timed. */
export type TimeRun = { readonly kind: 'time'; readonly url: string; readonly requests: readonly TimedRequest[] }

/** The answer to one of them; `milliseconds` until its last byte. */
export type Timed = { readonly status: number; readonly milliseconds: number }

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
  readonly administration?: AdminKnowledge | undefined
}

export type LoadCommand = LoadRun | TimeRun | ({ readonly kind: 'know' } & Knowledge) | { readonly kind: 'tell' }

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
  | { readonly kind: 'timed'; readonly timed: readonly Timed[] }
  | { readonly kind: 'done'; readonly accessTokens: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string }

import { type Operation, warmTokens } from './load-protocol.ts'

/**
 * What is measured, in the order of a round. `budget`: CPU microseconds of server and PostgreSQL per operation.
 * `isFresh`: sessions leave the server's memory before, and each access token is used once. `warmUp`: requests beforehand that are not counted.
 */
export type Measured = {
  readonly operation: Operation
  readonly title: string
  readonly connections: number
  readonly budget?: number
  readonly isFresh?: boolean
  readonly warmUp?: number
  /** Most requests of a round: there are only so many codes. */
  readonly amountMax?: number
  /** Most milliseconds that 99 of 100 answers may take. */
  readonly p99Max?: number
}

export const operations: readonly Measured[] = [
  { operation: 'bare', title: 'bare node:http', connections: 10 },
  { operation: 'jwks', title: 'JWKS', connections: 10, budget: 25 },
  { operation: 'refresh', title: 'refresh', connections: 10, budget: 400 },
  { operation: 'me-new', title: '/auth/me, new token', connections: 10, isFresh: true },
  { operation: 'me-read', title: '/auth/me, one read', connections: 10, budget: 120, isFresh: true },
  { operation: 'me-warm', title: '/auth/me, warm', connections: 10, budget: 60, warmUp: warmTokens },
  { operation: 'login', title: 'login', connections: 4, budget: 16_000 },
  { operation: 'register', title: 'register', connections: 4 },
  { operation: 'discovery', title: 'discovery', connections: 10, budget: 25 },
  { operation: 'client-credentials', title: 'client credentials', connections: 10, budget: 100 },
  { operation: 'code-es256', title: 'code exchange, ES256', connections: 10, budget: 600, amountMax: 3000 },
  { operation: 'code-rs256', title: 'code exchange, RS256', connections: 10, budget: 900, amountMax: 3000 },
  { operation: 'oauth-refresh', title: 'OAuth refresh', connections: 10, budget: 400, amountMax: 9000 },
  { operation: 'introspection', title: 'introspection, warm', connections: 10, budget: 100, warmUp: warmTokens },
  { operation: 'userinfo', title: 'user info, warm', connections: 10, budget: 60, warmUp: warmTokens },
  { operation: 'sign-in-page', title: 'sign-in page', connections: 10 },
  { operation: 'sign-in', title: 'authorize to tokens, password', connections: 4 },
  { operation: 'sign-in-session', title: 'authorize to tokens, session', connections: 10 },
]

const administered = { connections: 2, p99Max: 50 } as const

/** The admin API at many accounts and events. */
export const adminOperations: readonly Measured[] = [
  { operation: 'admin-users', title: 'users, page by page', ...administered },
  { operation: 'admin-search', title: 'users by a prefix', ...administered },
  { operation: 'admin-attribute', title: 'users by an attribute', ...administered },
  { operation: 'admin-user', title: 'one user', ...administered },
  { operation: 'admin-user-events', title: 'events of a user', ...administered },
  { operation: 'admin-events', title: 'events, page by page', ...administered },
  { operation: 'admin-events-filtered', title: 'events by filters', ...administered },
  { operation: 'admin-events-address', title: 'events from an address', ...administered },
  { operation: 'admin-request', title: 'events of a request', ...administered },
  { operation: 'admin-overview', title: 'overview of the console', ...administered },
]

export const operationNames: readonly string[] = [...operations, ...adminOperations].map(({ operation }) => operation)

const needed: Partial<Record<Operation, readonly Operation[]>> = {
  'me-new': ['refresh'],
  'me-read': ['refresh', 'me-new'],
  'me-warm': ['refresh'],
  introspection: ['oauth-refresh'],
  userinfo: ['oauth-refresh'],
  'sign-in-session': ['sign-in'],
}

/** Whether something is to be measured that needs the rows of administration. */
export const asksAdministration = (only: readonly string[]): boolean => adminOperations.some(({ operation }) => only.includes(operation))

/** Those that are named, the bare server, and what they rest on: access tokens come from refreshes, and one read wants tokens seen before. */
export const chosenOperations = (only: readonly string[], withAdministration: boolean): readonly Measured[] => {
  if (only.length === 0) return withAdministration ? [...operations, ...adminOperations] : operations
  const wanted = new Set(['bare', ...only, ...only.flatMap((name) => needed[name as Operation] ?? [])])
  return [...operations, ...adminOperations].filter(({ operation }) => wanted.has(operation))
}

import { randomBytes, randomInt } from 'node:crypto'
import type autocannon from 'autocannon'
import { adminRequestOf } from './admin-requests.ts'
import { type Knowledge, type Operation, warmTokens } from './load-protocol.ts'
import { userName } from './names.ts'
import { createOAuthState, type OAuthState } from './oauth-requests.ts'

export type LoadState = {
  readonly oauth: OAuthState
  readonly administration: (operation: Operation) => autocannon.Request | undefined
  readonly know: (knowledge: Knowledge) => void
  readonly begin: (operation: Operation) => void
  readonly accessTokens: () => readonly string[]
  readonly retryAfters: () => number
  readonly user: () => string
  readonly password: () => string
  readonly newName: () => string
  readonly nextAccessToken: () => string
  readonly takeRefreshToken: () => string
  readonly keepPair: (body: string) => void
  readonly noteRetryAfter: () => void
}

/** Tokens and names of this load generator: each refresh token is used once, and each refresh leaves the access token for `/auth/me`. */
export const createLoadState = (): LoadState => {
  const run = randomBytes(4).toString('hex')
  let known: Knowledge = { users: 1, password: '', refreshTokens: [], accessTokens: [] }
  let refreshTokens: string[] = []
  let accessTokens: string[] = []
  let names = 0
  let turn = 0
  let inUse = 0
  let refusals = 0
  const oauth = createOAuthState()
  return {
    oauth,
    administration: (operation) => adminRequestOf(operation, known.administration, known.users),
    know: (knowledge) => {
      known = knowledge
      refreshTokens = [...knowledge.refreshTokens]
      accessTokens = [...knowledge.accessTokens]
      if (knowledge.oauth !== undefined) oauth.know(knowledge.oauth)
    },
    begin: (operation) => {
      turn = 0
      inUse = operation === 'me-warm' ? Math.min(warmTokens, accessTokens.length) : accessTokens.length
      refusals = 0
      if (operation === 'refresh') accessTokens = []
    },
    accessTokens: () => accessTokens,
    retryAfters: () => refusals,
    user: () => userName(randomInt(1, known.users + 1)),
    password: () => known.password,
    newName: () => `new${run}${(names++).toString(36)}`,
    nextAccessToken: () => accessTokens[turn++ % inUse] ?? '',
    takeRefreshToken: () => refreshTokens.shift() ?? '',
    keepPair: (body) => {
      const pair: { access_token: string; refresh_token: string } = JSON.parse(body)
      accessTokens.push(pair.access_token)
      refreshTokens.push(pair.refresh_token)
    },
    noteRetryAfter: () => {
      refusals += 1
    },
  }
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

const each = (make: () => Partial<autocannon.Request>): autocannon.Request['setupRequest'] => {
  return (request) => Object.assign(request, make())
}

const signIn = (state: LoadState, name: () => string): autocannon.Request => ({
  method: 'POST',
  path: '/auth/token',
  headers: form,
  setupRequest: each(() => ({ body: new URLSearchParams({ username: name(), password: state.password() }).toString() })),
  onResponse: (...[status, , , headers]) => {
    if (status === 503 && Object.keys(headers ?? {}).some((header) => header.toLowerCase() === 'retry-after')) state.noteRetryAfter()
  },
})

const me = (state: LoadState): autocannon.Request => ({
  path: '/auth/me',
  setupRequest: each(() => ({ headers: { authorization: `Bearer ${state.nextAccessToken()}` } })),
})

const refresh = (state: LoadState): autocannon.Request => ({
  method: 'POST',
  path: '/auth/token/refresh',
  headers: form,
  setupRequest: each(() => ({ body: `refresh_token=${state.takeRefreshToken()}` })),
  onResponse: (status, body) => {
    if (status === 200) state.keepPair(body)
  },
})

const register = (state: LoadState): autocannon.Request => ({
  method: 'POST',
  path: '/auth/register',
  headers: { 'content-type': 'application/json' },
  setupRequest: each(() => {
    const username = state.newName()
    return { body: JSON.stringify({ username, email: `${username}@example.com`, password: state.password() }) }
  }),
})

const requestOf = (operation: Operation, state: LoadState): autocannon.Request => {
  if (operation === 'bare') return { path: '/' }
  if (operation === 'jwks') return { path: '/.well-known/jwks.json' }
  if (operation === 'refresh') return refresh(state)
  if (operation === 'register') return register(state)
  if (operation === 'login') return signIn(state, state.user)
  if (operation === 'unknown') return signIn(state, state.newName)
  return state.oauth.requestOf(operation) ?? state.administration(operation) ?? me(state)
}

/** What autocannon sends for an operation, step by step, each time new where the operation wants it so. */
export const requestsOf = (operation: Operation, state: LoadState): autocannon.Request[] =>
  state.oauth.stepsOf(operation, state) ?? [requestOf(operation, state)]

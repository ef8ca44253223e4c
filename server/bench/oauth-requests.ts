import type autocannon from 'autocannon'
import { type OAuthKnowledge, type Operation, warmTokens } from './load-protocol.ts'
import { createSignInRequests, type SignInRequests, type SignInSource } from './sign-in-requests.ts'

const form = 'application/x-www-form-urlencoded'

export type OAuthState = {
  readonly know: (knowledge: OAuthKnowledge) => void
  readonly requestOf: (operation: Operation) => autocannon.Request | undefined
  /** The requests of an operation that takes several. */
  readonly stepsOf: (operation: Operation, source: SignInSource) => autocannon.Request[] | undefined
}

const pages: Partial<Record<Operation, (knowledge: OAuthKnowledge) => autocannon.Request>> = {
  discovery: () => ({ path: '/.well-known/openid-configuration' }),
  'sign-in-page': ({ signInPath }) => ({ path: signInPath }),
}

const signInSteps = (
  signIns: SignInRequests,
  known: OAuthKnowledge,
  { operation, source }: { operation: Operation; source: SignInSource },
): autocannon.Request[] | undefined => {
  if (operation === 'sign-in') return signIns.withPassword(known, source)
  return operation === 'sign-in-session' ? signIns.withSession(known) : undefined
}

/** Requests to the provider: each code and each refresh token is used once, and each refresh leaves an access token for user info and introspection. */
export const createOAuthState = (): OAuthState => {
  let known: OAuthKnowledge | undefined
  let refreshTokens: string[] = []
  const codes: Record<'es' | 'rs', string[]> = { es: [], rs: [] }
  let accessTokens: string[] = []
  let turn = 0
  const signIns = createSignInRequests()
  const nextToken = () => accessTokens[turn++ % Math.min(warmTokens, Math.max(1, accessTokens.length))] ?? ''
  const post = (path: string, basic: string, body: () => string): autocannon.Request => ({
    method: 'POST',
    path,
    headers: { 'content-type': form, authorization: basic },
    setupRequest: (request) => Object.assign(request, { body: body() }),
  })
  const exchange = ({ basic, redirectUri }: OAuthKnowledge, kind: 'es' | 'rs'): autocannon.Request =>
    post('/oauth2/token', basic[kind], () =>
      new URLSearchParams({ grant_type: 'authorization_code', code: codes[kind].shift() ?? '', redirect_uri: redirectUri }).toString(),
    )
  const keep: autocannon.Request['onResponse'] = (status, body) => {
    if (status !== 200) return
    const pair: { access_token: string; refresh_token: string } = JSON.parse(body)
    refreshTokens.push(pair.refresh_token)
    if (accessTokens.length < warmTokens) accessTokens.push(pair.access_token)
  }
  const makers: Partial<Record<Operation, (knowledge: OAuthKnowledge) => autocannon.Request>> = {
    ...pages,
    'client-credentials': ({ basic }) => post('/oauth2/token', basic.es, () => 'grant_type=client_credentials'),
    'code-es256': (knowledge) => exchange(knowledge, 'es'),
    'code-rs256': (knowledge) => exchange(knowledge, 'rs'),
    'oauth-refresh': ({ basic }) => ({
      ...post('/oauth2/token', basic.es, () => `grant_type=refresh_token&refresh_token=${refreshTokens.shift() ?? ''}`),
      onResponse: keep,
    }),
    introspection: ({ basic }) => post('/oauth2/introspect', basic.es, () => `token=${nextToken()}`),
    userinfo: () => ({
      path: '/oauth2/userinfo',
      setupRequest: (request) => Object.assign(request, { headers: { authorization: `Bearer ${nextToken()}` } }),
    }),
  }
  return {
    know: (knowledge) => {
      known = knowledge
      refreshTokens = [...knowledge.refreshTokens]
      Object.assign(codes, { es: [...knowledge.codes.es], rs: [...knowledge.codes.rs] })
      accessTokens = []
    },
    requestOf: (operation) => (known === undefined ? undefined : makers[operation]?.(known)),
    stepsOf: (operation, source) => (known === undefined ? undefined : signInSteps(signIns, known, { operation, source })),
  }
}

import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import * as client from 'openid-client'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, PORT = '3000' } = process.env
const home = `http://127.0.0.1:${PORT}`

// Plain http is for a server on your own machine: leave allowInsecureRequests out where ISSUER is https.
const options = ISSUER.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}
const config = await client.discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, client.ClientSecretBasic(), options)

// Sessions of this process; a real application keeps them in its database.
const sessions = new Map()
const sessionOf = ({ headers }) => sessions.get(/(?:^|; )session=([^;]+)/.exec(headers.cookie ?? '')?.[1])
const begin = (session) => {
  const id = randomUUID()
  sessions.set(id, session)
  return `session=${id}; Path=/; HttpOnly; SameSite=Lax`
}
const redirect = (response, location, headers = {}) => response.writeHead(303, { location: String(location), ...headers }).end()

const pages = {
  async '/login'(_request, response) {
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
    }
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: `${home}/callback`,
      scope: 'openid profile email offline_access',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    redirect(response, url, { 'set-cookie': begin({ checks }) })
  },

  async '/callback'(request, response) {
    const { checks } = sessionOf(request) ?? {}
    if (!checks) return redirect(response, '/login')
    const tokens = await client.authorizationCodeGrant(config, new URL(request.url, home), { ...checks, idTokenExpected: true })
    // A session of its own for whoever signed in: the one from before could be known to somebody else.
    redirect(response, '/', { 'set-cookie': begin({ tokens, sub: tokens.claims().sub, idToken: tokens.id_token }) })
  },

  async '/refresh'(request, response) {
    const session = sessionOf(request)
    if (!session?.tokens) return redirect(response, '/login')
    session.tokens = await client.refreshTokenGrant(config, session.tokens.refresh_token)
    redirect(response, '/')
  },

  async '/logout'(request, response) {
    const session = sessionOf(request)
    for (const [id, one] of sessions) if (one === session) sessions.delete(id)
    const url = client.buildEndSessionUrl(config, { post_logout_redirect_uri: `${home}/`, id_token_hint: session?.idToken ?? '' })
    redirect(response, url)
  },

  async '/'(request, response) {
    const { tokens, sub } = sessionOf(request) ?? {}
    const user = tokens ? await client.fetchUserInfo(config, tokens.access_token, sub) : null
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ user }))
  },
}

createServer((request, response) => {
  const page = pages[new URL(request.url, home).pathname]
  if (!page) return response.writeHead(404).end()
  page(request, response).catch((error) => {
    console.error(error)
    response.writeHead(502).end('The sign-in failed. Start again at /login\n')
  })
}).listen(Number(PORT), '127.0.0.1', () => console.log(`The application is at ${home}`))

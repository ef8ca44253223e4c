// A small application that signs people in. Starts the server beside it where none answers.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as client from 'openid-client'

const { ISSUER = 'http://127.0.0.1:8000', DEMO_PORT = '8001', DATA_DIR } = process.env
const home = `http://127.0.0.1:${DEMO_PORT}`
const memory = join(DATA_DIR ?? join(tmpdir(), 'custom-identity-platform-demo'), 'demo-client.json')
const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

const isReady = () =>
  fetch(`${ISSUER}/readyz`)
    .then(({ ok }) => ok)
    .catch(() => false)

const startServer = () => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'))
  child.on('exit', (code) => process.exit(code ?? 0))
}

if (!(await isReady())) {
  console.log('Starting the server ...')
  startServer()
  for (let tries = 0; !(await isReady()); tries += 1) {
    if (tries === 300) throw new Error(`No server answers at ${ISSUER}. Start it with: npm start`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const options = ISSUER.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}
const method = client.ClientSecretPost()

const register = async () => {
  const metadata = {
    client_name: 'Demo',
    redirect_uris: [`${home}/callback`],
    post_logout_redirect_uris: [`${home}/`],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
    application_type: 'native',
  }
  const config = await client.dynamicClientRegistration(new URL(ISSUER), metadata, method, options)
  const { client_id: id, client_secret: secret, registration_access_token: token, registration_client_uri: uri } = config.clientMetadata()
  await mkdir(dirname(memory), { recursive: true })
  await writeFile(memory, JSON.stringify({ issuer: ISSUER, home, id, secret, token, uri }), { mode: 0o600 })
  return config
}

/** The client of the last time, where the server still knows it. */
const remembered = async () => {
  const text = await readFile(memory, 'utf8').catch(() => '{}')
  const { issuer, home: at, id, secret, token, uri } = JSON.parse(text)
  if (issuer !== ISSUER || at !== home) return undefined
  const answer = await fetch(uri, { headers: { authorization: `Bearer ${token}` } })
  return answer.ok ? client.discovery(new URL(ISSUER), id, secret, method, options) : undefined
}

const config = (await remembered()) ?? (await register())
const sessions = new Map()
const sessionOf = ({ headers }) => sessions.get(/(?:^|; )demo=([^;]+)/.exec(headers.cookie ?? '')?.[1])
const begin = (session) => {
  const id = randomUUID()
  sessions.set(id, session)
  return `demo=${id}; Path=/; HttpOnly; SameSite=Lax`
}
const redirect = (response, location, headers = {}) => response.writeHead(303, { location: String(location), ...headers }).end()
const escaped = (text) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:34rem;margin:12vh auto;padding:0 1.25rem}
h1{margin:0 0 .25rem}a{display:inline-block;margin:.5rem .5rem .5rem 0;padding:.55rem 1rem;border-radius:.6rem;border:1px solid #8886;color:inherit;text-decoration:none}
a.primary{background:#0b6b5b;border-color:#0b6b5b;color:#fff}pre{overflow:auto;padding:1rem;border-radius:.6rem;background:#8882;font-size:.85rem}`
const link = (path, words, look = '') => `<a href="${path}"${look}>${words}</a>`

const document = ({ user, tokens, refreshed = 0 }) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Demo</title><link rel="icon" href="data:,"><style>${style}</style>
<h1>${user ? `Hello ${escaped(user.preferred_username ?? user.sub)}` : 'Demo'}</h1>
${
  user
    ? `<p>Signed in at ${escaped(ISSUER)}; tokens renewed ${refreshed} times; the access token ends in ${tokens.expiresIn()} s.</p>
${link('/refresh', 'Renew the tokens', ' class="primary"')}${link('/logout', 'Sign out')}<pre>${escaped(JSON.stringify(user, null, 2))}</pre>`
    : `<p>Nobody is signed in.</p>${link('/login', 'Sign in', ' class="primary"')}${link('/login?new', 'Create an account')}`
}</html>`

const pages = {
  async '/login'(request, response) {
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
      ...(request.url.endsWith('?new') ? { prompt: 'create' } : {}),
    })
    redirect(response, url, { 'set-cookie': begin({ checks }) })
  },
  async '/callback'(request, response) {
    const { checks } = sessionOf(request) ?? {}
    if (!checks) return redirect(response, '/')
    const tokens = await client.authorizationCodeGrant(config, new URL(request.url, home), { ...checks, idTokenExpected: true })
    redirect(response, '/', { 'set-cookie': begin({ tokens, sub: tokens.claims().sub, idToken: tokens.id_token }) })
  },
  async '/refresh'(request, response) {
    const session = sessionOf(request)
    if (!session?.tokens) return redirect(response, '/')
    session.tokens = await client.refreshTokenGrant(config, session.tokens.refresh_token)
    session.refreshed = (session.refreshed ?? 0) + 1
    redirect(response, '/')
  },
  async '/logout'(request, response) {
    const session = sessionOf(request)
    for (const [id, one] of sessions) if (one === session) sessions.delete(id)
    const hint = session?.idToken ? { id_token_hint: session.idToken } : {}
    redirect(response, client.buildEndSessionUrl(config, { post_logout_redirect_uri: `${home}/`, ...hint }))
  },
  async '/'(request, response) {
    const session = sessionOf(request) ?? {}
    const user = session.tokens ? await client.fetchUserInfo(config, session.tokens.access_token, session.sub) : undefined
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(document({ ...session, user }))
  },
}

createServer((request, response) => {
  const page = pages[new URL(request.url, home).pathname]
  if (!page) return response.writeHead(404).end()
  page(request, response).catch((error) => {
    console.error(error.message)
    response.writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'demo=; Path=/; Max-Age=0' })
    response.end(`<!doctype html><title>Demo</title><style>${style}</style><h1>That did not work</h1>${link('/', 'Start again')}`)
  })
}).listen(Number(DEMO_PORT), '127.0.0.1', () =>
  console.log(`\nOpen ${home}\nThe server is at ${ISSUER}. Ctrl-C stops what was started here.\n`),
)

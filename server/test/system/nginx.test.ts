import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { request as sendByTls } from 'node:https'
import { join } from 'node:path'
import { test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { atEnd, endWithUs } from '../harness/closing.ts'
import { startTestDatabase } from '../harness/database.ts'
import { makeFolder } from '../harness/folder.ts'
import { freePort } from '../harness/free-port.ts'
import { type Answer, form, type HttpRequest } from '../harness/http.ts'
import { authorizeUrl, basic, claimsOf, parametersOf, passPages, registerClient, type Tokens } from '../harness/oauth.ts'
import { personalDataOf } from '../harness/personal-data.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { until } from '../harness/until.ts'

const nginx = '/usr/sbin/nginx'
assert.ok(existsSync(nginx), 'This test needs nginx. On Debian: apt-get install nginx')

const host = 'id.example.test'
const folder = await makeFolder()
const [outside, inside] = [await freePort(), await freePort()]
const origin = `https://${host}:${outside}`

execFileSync('openssl', [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
  ...[
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    join(folder, 'cert.pem'),
    '-subj',
    `/CN=${host}`,
    '-addext',
    `subjectAltName=DNS:${host}`,
  ],
])
const ca = readFileSync(join(folder, 'cert.pem'))

const database = await (await startTestDatabase()).create()
await startTestPlatform(database, { PORT: String(inside), PUBLIC_URL: origin, TRUSTED_PROXIES: '127.0.0.1' })

const startProxy = async (): Promise<void> => {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ')
  const configuration = `daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log ${join(folder, 'error.log')};
events { worker_connections 64; }
http { ${paths} access_log off; large_client_header_buffers 4 32k;
  server {
    listen 127.0.0.1:${outside} ssl; server_name ${host};
    ssl_certificate ${join(folder, 'cert.pem')}; ssl_certificate_key ${join(folder, 'key.pem')};
    location / { proxy_pass http://127.0.0.1:${inside}; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header X-Forwarded-For "203.0.113.77"; }
  } }`
  const file = join(folder, 'nginx.conf')
  await writeFile(file, configuration)
  const child = spawn(nginx, ['-c', file, '-p', folder], { stdio: 'ignore' })
  endWithUs(child)
  atEnd(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  })
}

/** One request through the proxy, under the public name, with its certificate checked. */
const send = (url: string, { method = 'GET', headers = {}, body }: HttpRequest = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { pathname, search } = new URL(url)
    const options = { host: '127.0.0.1', port: outside, servername: host, ca, method, path: pathname + search, agent: false }
    const outgoing = sendByTls({ ...options, headers: { host: `${host}:${outside}`, ...headers } }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const isJson = /json/.test(String(incoming.headers['content-type']))
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: isJson ? JSON.parse(text) : undefined })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

await startProxy()
await until(
  () =>
    send(`${origin}/healthz`).then(
      () => true,
      () => false,
    ),
  10_000,
  'nginx answers',
)

test('the whole code flow behind a proxy that ends TLS, under another host name', async () => {
  const metadata = (await send(`${origin}/.well-known/openid-configuration`)).json as Record<string, string>
  assert.equal(metadata['issuer'], origin)
  for (const [name, value] of Object.entries(metadata)) if (name.endsWith('_endpoint')) assert.ok(value.startsWith(`${origin}/`), name)

  const account = newAccount()
  await accountApi(`http://127.0.0.1:${inside}`).register(account)
  const client = await registerClient(`http://127.0.0.1:${inside}`)
  const browser = openBrowser(origin, send)
  const end = await passPages(browser, await browser.follow(authorizeUrl(origin, client, { scope: 'openid offline_access' })), account)
  const { code = '', iss } = parametersOf(end)
  assert.equal(iss, origin)
  assert.ok(browser.cookies.has('__Host-cip_session'), [...browser.cookies.keys()].join())

  const fields = form({ grant_type: 'authorization_code', code, redirect_uri: client.redirectUri })
  const answer = await send(`${origin}/oauth2/token`, { ...fields, headers: { ...fields.headers, ...basic(client) } })
  assert.equal(answer.status, 200, answer.text)
  const tokens = answer.json as Tokens
  assert.equal(claimsOf(tokens.id_token)['iss'], origin)
  const info = await send(metadata['userinfo_endpoint'] ?? '', { headers: { authorization: `Bearer ${tokens.access_token}` } })
  assert.equal((info.json as { sub: string }).sub, claimsOf(tokens.id_token)['sub'])

  const asked = await browser.follow(`${origin}/oauth2/logout?id_token_hint=${tokens.id_token}`)
  assert.equal((await browser.submit(asked, { decision: 'logout' })).name, 'signed-out')
})

test('cookies are Secure, the address is the one that the trusted proxy tells, and pages are for https only', async () => {
  const browser = openBrowser(origin, send)
  const client = await registerClient(`http://127.0.0.1:${inside}`)
  const first = await send(authorizeUrl(origin, client))
  assert.ok(first.headers['strict-transport-security'])
  const page = await browser.send(new URL(String(first.headers.location), origin).href)
  for (const cookie of page.headers['set-cookie'] ?? []) assert.match(cookie, /^__Host-.*; Path=\/; HttpOnly; SameSite=Lax; Secure/)
  const [event] = await personalDataOf(database.sql, `e.type = 'sign_in.succeeded'`)
  assert.equal(event?.ip, '203.0.113.77')
})

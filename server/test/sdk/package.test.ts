import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { administrator } from '../harness/admin.ts'
import { atEnd } from '../harness/closing.ts'
import { newPerson, passPages } from '../harness/oauth.ts'
import { type Person, startProvider, type TestProvider } from '../harness/provider.ts'
import { type PackedSdk, packSdk } from './packed-sdk.ts'

type Listen = { app: { fetch?: (request: Request) => Promise<Response>; ready?: () => Promise<unknown>; server?: unknown } }
type Page = {
  client: {
    signIn: (wish?: object) => Promise<void>
    getToken: () => Promise<string | undefined>
    claims: () => { sub: string; preferred_username?: string } | undefined
  }
  finish: () => Promise<string>
}
type AccountPage = Page & { account: { me: () => Promise<{ id: string; username: string | null }> } }
type OrdersPage = Page & { payOut: () => Promise<number> }

const redirectUri = 'https://shop.example.com/callback'
let sdk: PackedSdk
let provider: TestProvider
let api: string
let addresses: Readonly<Record<string, string>>
let listener: RequestListener = (_, response) => response.writeHead(500).end()

const startApi = async (): Promise<string> => {
  const server = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

before(async () => {
  ;[sdk, provider, api] = await Promise.all([packSdk(), startProvider(), startApi()])
  await provider.sql.text(`insert into api_resources (tenant_id, identifier, name, scopes) values ($2, $1, 'Orders', '{orders:read}')`, [
    api,
    provider.platform.base.tenantId,
  ])
  const metadata = {
    client_name: 'Shop',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    scope: 'openid account orders:read',
  }
  const saved = await provider.clients.create({ id: 'shop', isFirstParty: true, metadata })
  assert.ok(saved.kind === 'saved', JSON.stringify(saved))
  addresses = { 'https://id.example.com': provider.url, 'https://api.example.com': api }
})

/** The globals of a page, as far as the browser client reaches for them. */
const browserGlobals = () => {
  const went: string[] = []
  const stored = new Map<string, string>()
  const location = { origin: 'https://shop.example.com', search: '', assign: (url: string) => void went.push(url) }
  const sessionStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  for (const [name, value] of Object.entries({ location, sessionStorage }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return { location, went }
}

describe('the packed package', () => {
  test('holds JavaScript and its types for each export, the licence and a page to read, and nothing else', async () => {
    const { exports, ...manifest } = JSON.parse(await readFile(join(sdk.installed, 'package.json'), 'utf8'))
    const { name, license, type, sideEffects, dependencies } = manifest
    assert.deepEqual([name, license, type, sideEffects], ['@custom-identity-platform/sdk', 'MIT', 'module', false])
    assert.deepEqual(Object.keys(dependencies), ['jose'])
    assert.deepEqual([manifest.private, manifest.devDependencies, manifest.scripts], [undefined, undefined, undefined])
    for (const paths of Object.values(exports) as (string | Record<string, string>)[])
      for (const path of [paths].flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one))))
        assert.ok(sdk.listed.includes(path.slice(2)), path)
    const others = sdk.listed.filter((path) => !/\.(js|d\.ts)$/.test(path)).sort()
    assert.deepEqual(others, ['LICENSE', 'README.md', 'package.json'])
    assert.ok(!sdk.listed.some((path) => /test/.test(path)))
  })

  test('has types that a strict compiler takes, and by which it refuses what the server does not know', async () => {
    const imports = ['express', 'fastify', 'hono', 'next'].map((one) => `import * as ${one} from '@custom-identity-platform/sdk/${one}'`)
    const source = `${imports.join('\n')}
import { createAdminClient } from '@custom-identity-platform/sdk'
import { createVerifier } from '@custom-identity-platform/sdk/server'
export const verifier = createVerifier({ issuer: 'https://id.example', audience: 'https://api.example' })
export const hooks = [express, fastify, hono].map((one) => one.requireAccessToken)
export const guard = next.withAccessToken(verifier)
const admin = createAdminClient({ issuer: 'https://id.example', getToken: async () => 'token' })
export const sessions: number = (await admin.get('/users/{id}', { path: { id: 'x' } })).body.live_sessions
// @ts-expect-error: there is no such path
await admin.get('/userz/{id}', { path: { id: 'x' } })
const wrong: string = sessions
`
    assert.match(await sdk.typeErrors(source), /^consumer\.ts\(14,7\): error TS2322: [^\n]*\n$/)
  })
})

describe('the examples of docs/sdk.md', () => {
  let person: Person
  let page: OrdersPage
  let accountPage: AccountPage
  const globals = browserGlobals()
  after(() => {
    for (const name of ['location', 'sessionStorage']) Reflect.deleteProperty(globalThis, name)
  })

  const signIn = async ({ client, finish }: Page): Promise<void> => {
    await client.signIn({ returnTo: '/orders' })
    const reached = await passPages(person.browser, await person.browser.follow(globals.went.pop() ?? ''), person.account)
    assert.ok(reached.url.startsWith(redirectUri), reached.url)
    globals.location.search = new URL(reached.url).search
    assert.equal(await finish(), '/orders')
  }
  before(async () => {
    person = await newPerson(provider.url)
    page = (await sdk.example('orders-page.mjs', addresses)) as OrdersPage
    accountPage = (await sdk.example('page.mjs', addresses)) as AccountPage
    await signIn(page)
    await signIn(accountPage)
  })

  const bearer = async () => ({ authorization: `Bearer ${await page.client.getToken()}` })
  const serve = async (file: string): Promise<void> => {
    const { app } = (await sdk.example(file, addresses)) as Listen
    if (typeof app === 'function') listener = app as RequestListener
    else if (app.ready !== undefined) {
      await app.ready()
      listener = (request, response) => (app.server as { emit: (...event: unknown[]) => void }).emit('request', request, response)
    } else listener = await toListener(app.fetch as (request: Request) => Promise<Response>)
  }
  const toListener = async (fetch: (request: Request) => Response | Promise<Response>): Promise<RequestListener> => {
    const { getRequestListener } = await import(pathToFileURL(join(sdk.folder, 'node_modules/@hono/node-server/dist/index.mjs')).href)
    return getRequestListener(fetch)
  }
  const orders = async (headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`${api}/orders`, { headers })
    return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.json() }
  }
  const isProtected = async (): Promise<void> => {
    const served = await orders(await bearer())
    assert.deepEqual([served.status, served.body], [200, { customer: page.client.claims()?.sub }])
    assert.deepEqual([(await orders()).status, (await orders()).challenge], [401, 'Bearer'])
    const forged = await orders({ authorization: `${(await bearer()).authorization.slice(0, -8)}AAAAAAAA` })
    assert.match(forged.challenge ?? '', /^Bearer error="invalid_token"/)
    const other = await accountPage.client.getToken()
    assert.match((await orders({ authorization: `Bearer ${other}` })).challenge ?? '', /^Bearer error="invalid_token"/)
  }

  test('sign a person in by code and PKCE, and read their account', async () => {
    const me = await accountPage.account.me()
    assert.deepEqual([me.username, me.id], [person.account.username, accountPage.client.claims()?.sub])
  })

  for (const file of ['express.mjs', 'fastify.mjs', 'hono.mjs'])
    test(`${file} serves the token of the page and refuses a forged one, one for another API, and none`, async () => {
      await serve(file)
      await isProtected()
    })

  test('proxy.mjs lets a request with the token of the page on, and answers others', async () => {
    const proxy = (await sdk.example('proxy.mjs', addresses))['proxy'] as (request: Request) => Promise<Response | undefined>
    assert.equal(await proxy(new Request(`${api}/invoices/7`, { headers: await bearer() })), undefined)
    assert.equal((await proxy(new Request(`${api}/invoices/7`)))?.status, 401)
  })

  test('route.mjs does the same', async () => {
    const { GET } = await sdk.example('route.mjs', addresses)
    listener = await toListener((request) => (GET as (request: Request, context: object) => Promise<Response>)(request, {}))
    await isProtected()
  })

  test('take a token of a fresh sign-in where that is what is demanded, and only there', async () => {
    const { createVerifier } = await import(pathToFileURL(join(sdk.installed, 'server/server.js')).href)
    const verifier = createVerifier({ issuer: provider.url, audience: api })
    const token = await page.client.getToken()
    assert.equal((await verifier.verifyAccessToken(token, { maxAge: 300 })).subject, page.client.claims()?.sub)
    await assert.rejects(verifier.verifyAccessToken(token, { maxAge: -1 }), { code: 'insufficient_user_authentication' })
    await assert.rejects(verifier.verifyAccessToken(token, { acr: 'aal2' }), { code: 'insufficient_user_authentication' })
    await assert.rejects(verifier.verifyAccessToken(token, { scope: 'orders:delete' }), { code: 'insufficient_scope' })
  })

  test('lead to a sign-in with the class and age that the API asks for', async () => {
    await serve('express.mjs')
    assert.equal(await page.payOut(), 401)
    const asked = new URL(globals.went.pop() ?? '').searchParams
    assert.deepEqual([asked.get('acr_values'), asked.get('max_age'), asked.get('resource')], ['aal2', '300', api])
  })

  test('change through the admin API what was read, and export', async () => {
    const { token } = await administrator(provider, 'owner')
    process.env['ADMIN_TOKEN'] = token
    const admin = (await sdk.example('admin.mjs', addresses)) as {
      makeRole: (id: string, permissions: readonly string[]) => Promise<string>
      renameRole: (role: string, name: string) => Promise<string>
      exportEvents: () => Promise<Blob>
    }
    assert.equal(await admin.makeRole('auditor-of-orders', ['events:read']), 'made')
    assert.equal(await admin.makeRole('auditor-of-orders', ['events:read']), 'made', 'the same key gets the same answer')
    assert.equal(await admin.renameRole('auditor-of-orders', 'Auditor'), 'Auditor')
    assert.match(await (await admin.exportEvents()).text(), /role\.created/)
    delete process.env['ADMIN_TOKEN']
    await assert.rejects(admin.renameRole('auditor-of-orders', 'Other'), { kind: 'signed-out' })
  })

  test('make proofs that a verifier takes once', async () => {
    const { createLocalIssuer } = await import('./bound-tokens.ts')
    const issuer = await createLocalIssuer()
    const { fetchWith, thumbprint, verifier } = (await sdk.example('dpop.mjs', { ...addresses, 'https://id.example.com': issuer.url })) as {
      fetchWith: (token: string) => (url: string, options?: RequestInit) => Promise<Response>
      thumbprint: string
      verifier: { authorize: (request: object) => Promise<{ subject: string }> }
    }
    const seen: object[] = []
    listener = async ({ headers, method, url: path }, response) => {
      const request = { authorization: headers.authorization, dpop: headers['dpop'], method, path }
      seen.push(request)
      const { status, subject } = await verifier.authorize(request).then(
        (token) => ({ status: 200, subject: token.subject }),
        (refusal: { status: number }) => ({ status: refusal.status, subject: '' }),
      )
      response.writeHead(status).end(subject)
    }
    const token = await issuer.mint(api, thumbprint)
    const answer = await fetchWith(token)(`${api}/orders?page=2`)
    assert.deepEqual([answer.status, await answer.text()], [200, 'alice'])
    await assert.rejects(verifier.authorize(seen[0] ?? {}), { code: 'invalid_dpop_proof' })
    assert.equal((await fetchWith(await issuer.mint(api, 'of another key'))(`${api}/orders`)).status, 401)
    assert.equal((await fetch(`${api}/orders`, { headers: { authorization: `Bearer ${token}` } })).status, 401)
  })
})

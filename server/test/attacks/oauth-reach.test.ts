import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cip } from '../cli/cip.ts'
import { leastCost } from '../harness/cost.ts'
import { bearer, request } from '../harness/http.ts'
import {
  authorizeUrl,
  callback,
  codeFor,
  type Fields,
  newPerson,
  parametersOf,
  passPages,
  postAs,
  redeem,
  registerClient,
  type TestClient,
  type Tokens,
  tokensFor,
} from '../harness/oauth.ts'
import { askSilently, errorOf, failuresIn, isRefused, operatorClient, signedIn, startProvider } from '../harness/provider.ts'
import { startTestServer } from '../harness/server.ts'
import { until } from '../harness/until.ts'

const own = await startProvider({ CIP_REFRESH_TOKEN_LEEWAY: '0s' })
const { url, sql } = own
const second = await startTestServer({ env: { ...own.env, PORT: '0', PUBLIC_URL: url } })
const account = { scope: 'openid account offline_access' }
const holder = await operatorClient(own, { metadata: { scope: account.scope } })
const person = await signedIn(url, holder)
const api = 'https://opaque.example.test'

const me = async (token: string, at = url): Promise<number> => (await request(`${at}/auth/me`, { headers: bearer(token) })).status
const info = async (token: string) => (await request(`${url}/oauth2/userinfo`, { headers: bearer(token) })).json as object
const introspect = async (by: TestClient, token: string) =>
  (await postAs(`${url}/oauth2/introspect`, by, { token })).json as Record<string, unknown>
const refresh = (by: TestClient, refresh_token: string, fields: Fields = {}) =>
  postAs(`${url}/oauth2/token`, by, { grant_type: 'refresh_token', refresh_token, ...fields })
const claimsParameter = (...names: readonly string[]): Fields => {
  const asked = Object.fromEntries(names.map((name) => [name, null]))
  return { claims: JSON.stringify({ userinfo: asked, id_token: asked }) }
}

test('A-09 a client that registered itself gives itself no scope: not the account, and none that no API offers', async () => {
  const client = await registerClient(url, { scope: 'openid account orders:admin' })
  for (const scope of ['account', 'orders:admin'])
    assert.equal(parametersOf(await person.browser.follow(authorizeUrl(url, client, { scope })))['error'], 'invalid_scope')
  const tokens = await tokensFor(url, client, { person, parameters: { scope: 'openid account orders:admin' } })
  assert.equal(tokens.scope, 'openid')
  assert.equal(await me(tokens.access_token), 401)
  const device = await registerClient(url, {
    scope: 'openid account',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    response_types: [],
  })
  assert.equal(errorOf(await postAs(`${url}/oauth2/device`, device, { scope: 'account' })), 'invalid_scope')
})

test('C-16 D-04 at the account API a token ends with itself, its grant and its client, on every node', async () => {
  const endings: Record<string, (tokens: Tokens) => Promise<unknown>> = {
    'the token revoked': ({ access_token }) => postAs(`${url}/oauth2/revoke`, holder, { token: access_token }),
    'the refresh token revoked': ({ refresh_token }) => postAs(`${url}/oauth2/revoke`, holder, { token: refresh_token }),
    'the consent revoked': () => cip(['users', 'revoke-consent', person.account.username, holder.id], { env: own.env }),
    'the client disabled': () => own.clients.setStatus(holder.id, 'disabled'),
  }
  for (const [about, end] of Object.entries(endings)) {
    const tokens = await tokensFor(url, holder, { person, parameters: account })
    for (const at of [url, second.url]) assert.equal(await me(tokens.access_token, at), 200, about)
    await end(tokens)
    for (const at of [url, second.url]) await until(async () => (await me(tokens.access_token, at)) === 401, 5000, `${about} at ${at}`)
  }
  await own.clients.setStatus(holder.id, 'active')
})

test('A-17 claims that are asked for one by one need the same consent as their scopes', async () => {
  const client = await registerClient(url)
  await tokensFor(url, client, { person })
  for (const name of ['email', 'email_verified', 'phone_number', 'address', 'preferred_username'])
    assert.equal((await askSilently(url, client, { person, parameters: claimsParameter(name) }))['error'], 'consent_required', name)
  assert.ok((await askSilently(url, client, { person, parameters: claimsParameter('sub', 'acr', 'nobody-knows') }))['code'])
  const page = await person.browser.follow(authorizeUrl(url, client, claimsParameter('email')))
  assert.equal(page.name, 'consent')
  assert.match(page.text, /e-mail address/)
  await passPages(person.browser, page, person.account)
  const { code = '' } = await askSilently(url, client, { person, parameters: claimsParameter('email') })
  const tokens = (await redeem(url, client, { code })).json as Tokens
  assert.deepEqual([tokens.scope, Object.keys(await info(tokens.access_token)).sort()], ['openid', ['email', 'sub']])
})

test('A-09 claims that are asked for one by one reach no further than the scope of the client', async () => {
  const narrow = await operatorClient(own, { metadata: { scope: 'openid profile' } })
  const parameters = claimsParameter('email', 'phone_number', 'preferred_username')
  const tokens = await tokensFor(url, narrow, { person, parameters })
  assert.deepEqual(Object.keys(await info(tokens.access_token)).sort(), ['preferred_username', 'sub'])
  assert.ok(!Object.hasOwn(JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString()), 'email'))
})

test('C-15 introspection gives the user name to nobody who may not read it', async () => {
  const client = await operatorClient(own)
  for (const [scope, expected] of [
    ['openid', undefined],
    ['openid profile', person.account.username],
  ] as const) {
    const { access_token } = await tokensFor(url, client, { person, parameters: { scope } })
    assert.equal((await introspect(client, access_token))['username'], expected, scope)
  }
})

test('C-15 an API that is a client under its identifier looks up the tokens made for it, and no others', async () => {
  const apis = [api, 'https://other.example.test']
  for (const one of apis)
    await sql.text(
      `insert into api_resources (tenant_id, identifier, name, scopes, token_format) values ($2, $1, 'API', '{orders:read}', 'opaque')`,
      [one, own.platform.base.tenantId],
    )
  const client = await operatorClient(own)
  const { access_token } = await tokensFor(url, client, { person, parameters: { scope: 'orders:read', resource: api } })
  const lookups = []
  for (const id of apis) {
    const saved = await own.clients.create({
      id,
      isFirstParty: false,
      metadata: { grant_types: ['client_credentials'], response_types: [] },
    })
    assert.ok(saved.kind === 'saved', JSON.stringify(saved))
    const by = { id, secret: saved.secret, redirectUri: callback, registrationToken: '' }
    await until(async () => (await postAs(`${url}/oauth2/introspect`, by, { token: 'x' })).status === 200, 5000, id)
    lookups.push(await introspect(by, access_token))
  }
  assert.deepEqual([lookups[0]?.['active'], lookups[0]?.['aud'], lookups[0]?.['scope']], [true, api, 'orders:read'])
  assert.deepEqual(lookups[1], { active: false })
})

test('D-07 a refresh that asks for too much spends nothing: the same token sent again is no replay', async () => {
  const client = await operatorClient(own)
  const { refresh_token } = await tokensFor(url, client, { person, parameters: { scope: 'openid offline_access' } })
  isRefused(await refresh(client, refresh_token, { scope: 'openid email' }), 400, 'invalid_scope')
  isRefused(await refresh(client, refresh_token, { scope: '"' }), 400, 'invalid_scope')
  isRefused(await refresh(client, refresh_token, { resource: api }), 400, 'invalid_target')
  const answer = await refresh(client, refresh_token, { scope: 'openid' })
  assert.equal(answer.status, 200, answer.text)
  isRefused(await refresh(client, refresh_token, { scope: 'email' }), 400, 'invalid_grant', 'a spent one is a replay all the same')
  isRefused(await refresh(client, (answer.json as Tokens).refresh_token), 400, 'invalid_grant')
})

test('D-12 a grant that is bound to a session ends when the time of the session is over', async () => {
  const lasting = await operatorClient(own, { metadata: { refresh_without_offline_access: true } })
  const who = await newPerson(url)
  const bound = await tokensFor(url, lasting, { person: who })
  const code = await codeFor(url, lasting, { person: who })
  await sql.text(`update sessions set expires_at = now() where user_id = (select user_id from identifiers where written = $1)`, [
    who.account.username,
  ])
  isRefused(await refresh(lasting, bound.refresh_token), 400, 'invalid_grant')
  isRefused(await redeem(url, lasting, { code }), 400, 'invalid_grant')
})

test('A-02 tokens that cannot be of one kind are refused to the application, in the front channel too', async () => {
  await sql.text(`insert into api_resources (tenant_id, identifier, name) values ($1, 'https://jwt.example.test', 'API')`, [
    own.platform.base.tenantId,
  ])
  const front = await operatorClient(own, { metadata: { grant_types: ['implicit'], response_types: ['id_token token'] } })
  const asked = authorizeUrl(url, front, { response_type: 'id_token token', nonce: 'n', resource: api })
  const page = await person.browser.follow(`${asked}&resource=${encodeURIComponent('https://jwt.example.test')}`)
  const answer = parametersOf(page)
  assert.deepEqual([answer['error'], answer['iss'], answer['access_token']], ['invalid_target', url, undefined], page.text.slice(0, 300))
})

test('A-09 a request that names more APIs than can be asked for is refused without a look at any', async () => {
  const client = await operatorClient(own)
  const many = Array.from({ length: 80 }, (_, index) => `&resource=https://api-${index}.example.test`).join('')
  const { db } = own.platform.base
  await request(authorizeUrl(url, client))
  const { cost, answer } = await leastCost({ db, enough: 0, work: () => request(authorizeUrl(url, client) + many) })
  assert.match(String(answer.headers.location), /error=invalid_target/)
  assert.equal(cost.statements, 0)
})

test('A-05 prompt=none takes the account that id_token_hint names, whichever was used last in this browser', async () => {
  const client = await operatorClient(own)
  const [first, other] = [await newPerson(url), await newPerson(url)]
  const { id_token } = await tokensFor(url, client, { person: first })
  const again = await first.browser.follow(authorizeUrl(url, client, { prompt: 'select_account' }))
  const page = await first.browser.submit(again, { account: 'another' })
  await passPages(first.browser, page, other.account)
  const claimed = async (fields: Fields): Promise<unknown> => {
    const { code = '' } = await askSilently(url, client, { person: first, parameters: fields })
    const tokens = (await redeem(url, client, { code })).json as Tokens
    return JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString())['sub']
  }
  const hinted = JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString())['sub']
  assert.notEqual(await claimed({}), hinted)
  assert.equal(await claimed({ id_token_hint: id_token }), hinted)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

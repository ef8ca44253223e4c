import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearer, form, type HttpRequest, request } from '../harness/http.ts'
import {
  authorizeUrl,
  basic,
  callback,
  claimsOf,
  codeFor,
  type Fields,
  postAs,
  registerClient,
  type Tokens,
  tokensFor,
} from '../harness/oauth.ts'
import { errorOf, failuresIn, isRefused, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const other = await operatorClient(own)
const machine = await operatorClient(own, { metadata: { grant_types: ['client_credentials'], redirect_uris: null, require_pkce: null } })
const person = await signedIn(url, client)
const offline = { scope: 'openid offline_access' }
const device = 'urn:ietf:params:oauth:grant-type:device_code'
const endpoints = ['token', 'par', 'introspect', 'revoke', 'device']

const token = (by: typeof client, fields: Fields) => postAs(`${url}/oauth2/token`, by, fields)
const introspect = async (by: typeof client, one: string) => (await postAs(`${url}/oauth2/introspect`, by, { token: one })).json
const refresh = (by: typeof client, refresh_token: string) => token(by, { grant_type: 'refresh_token', refresh_token })

test('C-07 refuses a grant that the client is not registered for, of every kind, and spends nothing', async () => {
  const code = await codeFor(url, client, { person })
  const presented: Record<string, Fields> = {
    authorization_code: { code, redirect_uri: callback },
    refresh_token: { refresh_token: 'x' },
    client_credentials: {},
    [device]: { device_code: 'x' },
  }
  const registered: readonly (readonly [typeof client, readonly string[]])[] = [
    [client, ['authorization_code', 'refresh_token']],
    [machine, ['client_credentials']],
    [await operatorClient(own, { metadata: { grant_types: [device], redirect_uris: null, require_pkce: null } }), [device]],
  ]
  for (const [by, grants] of registered)
    for (const [grant_type, fields] of Object.entries(presented))
      if (!grants.includes(grant_type))
        isRefused(await token(by, { grant_type, ...fields }), 400, 'unauthorized_client', `${by.id} ${grant_type}`)
  assert.equal((await token(client, { grant_type: 'authorization_code', code, redirect_uri: callback })).status, 200)
})

test('C-07 takes a form by POST and nothing else: no other media type, method, or place', async () => {
  const fields = { grant_type: 'client_credentials' }
  const text = new URLSearchParams(fields).toString()
  for (const name of endpoints) {
    const address = `${url}/oauth2/${name}`
    const send = (options: HttpRequest) => request(address, { ...options, headers: { ...basic(machine), ...options.headers } })
    const odd: readonly HttpRequest[] = [
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) },
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: text },
      {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: `--x\r\ncontent-disposition: form-data; name="grant_type"\r\n\r\nx\r\n--x--`,
      },
      { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<x/>' },
      { method: 'POST', body: text },
      ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE'].map((method) => ({ method })),
    ]
    for (const options of odd) {
      const answer = await send(options)
      assert.ok(
        [400, 404, 405, 415].includes(answer.status),
        `${name} ${options.method} ${JSON.stringify(options.headers)} ${answer.status}`,
      )
    }
    for (const query of [text, `client_id=${machine.id}&client_secret=${machine.secret}`, 'x=y']) {
      const answer = await request(`${address}?${query}`, {
        ...form(fields),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(machine) },
      })
      isRefused(answer, 400, 'invalid_request', `${name}?${query}`)
    }
  }
  assert.doesNotMatch(own.logs(), new RegExp(machine.secret ?? 'missing'))
})

test('A-03 no endpoint of the back channel takes a parameter twice', async () => {
  const fields = { grant_type: 'client_credentials', token: 'x', scope: '', client_id: machine.id, redirect_uri: callback, code: 'x' }
  for (const name of endpoints)
    for (const [twice, value] of Object.entries(fields)) {
      const pairs = [...Object.entries(fields), [twice, value || 'y']] as [string, string][]
      const { body } = form(pairs)
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...basic(machine) }
      isRefused(await request(`${url}/oauth2/${name}`, { method: 'POST', headers, body }), 400, 'invalid_request', `${name} ${twice}`)
    }
})

test('C-11 a client that acts for itself gets the token of no person', async () => {
  const answer = await token(machine, { grant_type: 'client_credentials' })
  assert.equal(answer.status, 200, answer.text)
  const { access_token: access, ...rest } = answer.json as Tokens
  assert.deepEqual([rest.id_token, rest.refresh_token], [undefined, undefined])
  const claims = claimsOf(access)
  assert.deepEqual([claims['sub'], claims['client_id'], claims['sid']], [machine.id, machine.id, undefined])
  assert.equal((await sql.text('select 1 from users where id::text = $1', [claims['sub']])).length, 0)
  assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(access) })).status, 403)
  assert.equal((await request(`${url}/auth/me`, { headers: bearer(access) })).status, 401)
  assert.equal((await request(`${url}/auth/logout`, { method: 'POST', headers: bearer(access) })).status, 401)
  for (const scope of ['openid', 'profile', 'email', 'offline_access', 'account', 'openid email'])
    isRefused(await token(machine, { grant_type: 'client_credentials', scope }), 400, 'invalid_scope', scope)
  const [user] = await sql.text<{ id: string }>('select id from users limit 1')
  const taken = await own.clients.create({ id: user?.id ?? '', isFirstParty: false, metadata: { grant_types: ['client_credentials'] } })
  if (taken.kind === 'saved') {
    const named = { ...machine, id: taken.client.id, secret: taken.secret }
    const { access_token } = (await token(named, { grant_type: 'client_credentials' })).json as Tokens
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(access_token) })).status, 403)
    assert.equal((await request(`${url}/auth/me`, { headers: bearer(access_token) })).status, 401)
  }
})

test('C-13 nothing that holds a secret may be stored on its way', async () => {
  const tokens = await tokensFor(url, client, { person, parameters: offline })
  const answers = [
    await refresh(client, tokens.refresh_token),
    await token(client, {}),
    await token({ ...client, secret: 'wrong' }, {}),
    await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) }),
    await request(`${url}/oauth2/userinfo`),
    await postAs(`${url}/oauth2/introspect`, client, { token: tokens.access_token }),
    await postAs(`${url}/oauth2/revoke`, client, { token: 'x' }),
    await postAs(`${url}/oauth2/par`, client, { response_type: 'code', redirect_uri: callback, scope: 'openid' }),
    await person.browser.send(authorizeUrl(url, client, { prompt: 'none' })),
    await person.browser.send(authorizeUrl(url, client, { prompt: 'login' })),
    await request(authorizeUrl(url, client)),
    await request(`${url}/device`),
    await request(`${url}/oauth2/logout`),
  ]
  for (const { headers, status } of answers) assert.equal(headers['cache-control'], 'no-store', String(status))
})

test('C-15 says of a token of another client, or of none, that it is not active, and nothing else', async () => {
  const tokens = await tokensFor(url, client, { person, parameters: offline })
  const open = await operatorClient(own, { metadata: { token_endpoint_auth_method: 'none', require_pkce: null } })
  for (const one of [tokens.access_token, tokens.refresh_token, tokens.id_token]) {
    for (const by of [other, machine, await registerClient(url)]) assert.deepEqual(await introspect(by, one), { active: false })
    const answer = await request(`${url}/oauth2/introspect`, form({ client_id: open.id, token: one }))
    isRefused(answer, 401, 'invalid_client', 'a public client')
    isRefused(await request(`${url}/oauth2/introspect`, form({ token: one })), 401, 'invalid_client', 'nobody')
    isRefused(
      await request(`${url}/oauth2/introspect`, {
        ...form({ token: one }),
        headers: { ...form({}).headers, ...bearer(tokens.access_token) },
      }),
      401,
      'invalid_client',
      'a bearer',
    )
  }
  for (const one of ['x', tokens.id_token, client.secret ?? '', `${tokens.access_token}x`])
    assert.deepEqual(await introspect(client, one), { active: false })
  const active = (await introspect(client, tokens.access_token)) as { active: boolean }
  assert.equal(active.active, true)
})

test('C-16 revokes no token of another client, and says the same of it as of one that never was', async () => {
  const tokens = await tokensFor(url, client, { person, parameters: offline })
  const hints = ['access_token', 'refresh_token', 'nonsense']
  const answers = []
  for (const by of [other, machine, await registerClient(url)])
    for (const one of [tokens.access_token, tokens.refresh_token, tokens.id_token, 'x'])
      for (const token_type_hint of hints) answers.push(await postAs(`${url}/oauth2/revoke`, by, { token: one, token_type_hint }))
  for (const { status, text } of answers) assert.deepEqual([status, text], [200, '{}'])
  assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 200)
  const next = await refresh(client, tokens.refresh_token)
  assert.equal(next.status, 200, next.text)
  isRefused(await request(`${url}/oauth2/revoke`, form({ token: tokens.access_token })), 401, 'invalid_client', 'nobody')
})

test('C-16 a revoked access token is dead while its grant lives; a revoked refresh token takes everything along', async () => {
  const tokens = await tokensFor(url, client, { person, parameters: offline })
  await postAs(`${url}/oauth2/revoke`, client, { token: tokens.access_token, token_type_hint: 'refresh_token' })
  assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401)
  assert.deepEqual(await introspect(client, tokens.access_token), { active: false })
  const next = (await refresh(client, tokens.refresh_token)).json as Tokens
  assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(next.access_token) })).status, 200)
  await postAs(`${url}/oauth2/revoke`, client, { token: next.refresh_token, token_type_hint: 'access_token' })
  assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(next.access_token) })).status, 401)
  isRefused(await refresh(client, next.refresh_token), 400, 'invalid_grant')
})

test('C-16 a revocation and a refresh at once never leave a living token behind', async () => {
  for (let round = 0; round < 10; round += 1) {
    const tokens = await tokensFor(url, client, { person, parameters: offline })
    const [answer] = await Promise.all([
      refresh(client, tokens.refresh_token),
      postAs(`${url}/oauth2/revoke`, client, { token: tokens.refresh_token }),
    ])
    assert.ok([200, 400].includes(answer.status), answer.text)
    const held = answer.status === 200 ? (answer.json as Tokens) : tokens
    isRefused(await refresh(client, held.refresh_token), 400, 'invalid_grant', `round ${round}`)
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(held.access_token) })).status, 401, `round ${round}`)
  }
})

test('nothing of this was a failure of the server', () => {
  assert.deepEqual(failuresIn(own), [])
  assert.equal(errorOf({ json: undefined }), undefined)
})

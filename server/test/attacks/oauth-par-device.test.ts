import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../harness/http.ts'
import { authorizeUrl, callback, type Fields, newPerson, parametersOf, postAs } from '../harness/oauth.ts'
import { failuresIn, isRefused, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const other = await operatorClient(own)
const person = await signedIn(url, client)
const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
const device = await operatorClient(own, { metadata: { grant_types: [grantType], redirect_uris: null, require_pkce: null } })

const push = async (fields: Fields = {}, by = client): Promise<string> => {
  const answer = await postAs(`${url}/oauth2/par`, by, {
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid',
    prompt: 'none',
    ...fields,
  })
  assert.equal(answer.status, 201, answer.text)
  return (answer.json as Fields)['request_uri'] ?? ''
}
const use = (request_uri: string, fields: Fields = {}) =>
  person.browser.follow(`/oauth2/authorize?${new URLSearchParams({ client_id: client.id, request_uri, ...fields })}`)

test('G-01 a pushed request is used once, by its client, in time, and cannot be guessed', async () => {
  const spent = await push()
  assert.ok(parametersOf(await use(spent))['code'])
  const expired = await push()
  await sql.text('update pushed_requests set expires_at = now()')
  const foreign = await push({}, other)
  for (const uri of [
    spent,
    expired,
    foreign,
    `${spent.slice(0, -1)}A`,
    'urn:ietf:params:oauth:request_uri:',
    'urn:ietf:params:oauth:request_uri:1',
  ]) {
    const page = await use(uri)
    assert.deepEqual([page.status, page.name], [400, 'error'], uri)
  }
  assert.ok(Buffer.from(spent.split(':').at(-1) ?? '', 'base64url').length >= 16)
})

test('G-02 what stands beside a request_uri counts for nothing', async () => {
  const beside = {
    scope: 'openid email',
    state: 'forged',
    redirect_uri: 'https://evil.example',
    response_type: 'token',
    prompt: 'login',
    response_mode: 'fragment',
  }
  const page = await use(await push({ state: 'pushed' }), beside)
  assert.ok(page.url.startsWith(`${callback}?`), page.url)
  assert.equal(parametersOf(page)['state'], 'pushed')
  const [grant] = await sql.text<{ scope: string }>('select scope from oauth_grants order by created_at desc limit 1')
  assert.equal(grant?.scope, 'openid')
})

test('G-03 keeps nothing of the authentication of the client with what it pushed', async () => {
  await push()
  const rows = await sql.text<{ row: string }>('select p::text as row from pushed_requests p')
  assert.ok(rows.length > 0)
  for (const { row } of rows) assert.equal(row.includes(client.secret ?? 'missing') || row.includes('client_secret'), false)
})

test('G-05 fetches no request object from an address that is not registered', async () => {
  for (const uri of ['http://169.254.169.254/latest', 'http://127.0.0.1:1/x', 'https://evil.example/x', 'file:///etc/passwd', `${url}/x`]) {
    const answer = parametersOf(await person.browser.follow(authorizeUrl(url, client, { request_uri: uri })))
    assert.deepEqual([answer['error'], answer['code']], ['invalid_request_uri', undefined], uri)
    const pushed = await postAs(`${url}/oauth2/par`, client, { response_type: 'code', redirect_uri: callback, request_uri: uri })
    isRefused(pushed, 400, 'invalid_request', uri)
  }
})

const begin = async () => (await postAs(`${url}/oauth2/device`, device, { scope: 'openid' })).json as Fields
const poll = (device_code: string, by = device) => postAs(`${url}/oauth2/token`, by, { grant_type: grantType, device_code })

test('G-08 only the session that claimed a user code decides on it', async () => {
  const thief = await signedIn(url, client)
  const { user_code = '', device_code = '' } = await begin()
  const claimed = await person.browser.submit(await person.browser.follow('/device'), { user_code })
  assert.match(claimed.form?.action ?? '', /interaction\/device/)
  const again = await thief.browser.submit(await thief.browser.follow('/device'), { user_code })
  assert.deepEqual([again.status, again.name], [422, 'device'])
  for (const decision of ['allow', 'deny']) await thief.browser.submit(claimed, { decision })
  isRefused(await poll(device_code), 400, 'authorization_pending')
  isRefused(await poll(device_code), 400, 'slow_down')
  isRefused(
    await poll(device_code, await operatorClient(own, { metadata: { grant_types: [grantType], redirect_uris: null, require_pkce: null } })),
    400,
    'invalid_grant',
  )
  const denied = await person.browser.submit(claimed, { decision: 'deny' })
  assert.equal(denied.status, 200)
  await person.browser.submit(claimed, { decision: 'allow' })
  isRefused(await poll(device_code), 400, 'access_denied')
})

test('G-08 an expired code cannot be claimed, decided on or redeemed, and codes cannot be tried one after another', async () => {
  const { user_code = '', device_code = '' } = await begin()
  const claimed = await person.browser.submit(await person.browser.follow('/device'), { user_code })
  await sql.text('update device_codes set expires_at = now()')
  assert.equal((await person.browser.submit(claimed, { decision: 'allow' })).status, 422)
  isRefused(await poll(device_code), 400, 'expired_token')
  const limited = await startProvider({ CIP_LIMIT_USER_CODES: '5' })
  const guesser = await newPerson(limited.url)
  const statuses: number[] = []
  for (let guess = 0; guess < 7; guess += 1) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    statuses.push((await guesser.browser.send(`${limited.url}/device`, { method: 'POST', headers, body: 'user_code=BCDFGHJK' })).status)
  }
  assert.deepEqual(statuses.slice(5), [429, 429])
})

test('G-05 H-01 takes no unsigned or forged request object of a client that must sign', async () => {
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ client_id: client.id, scope: 'openid email' })).toString('base64url')}.`
  const { makeSigner } = await import('../oauth-core/signer.ts')
  const key = makeSigner('ES256', 'e')
  const signing = await operatorClient(own, {
    metadata: { require_signed_request_object: true, request_object_signing_alg: 'ES256', jwks: { keys: [key.jwk] } },
  })
  for (const jwt of [none, none.replace(/\.$/, ''), `${none}AAAA`, 'x', '.'.repeat(10_000)]) {
    const answer = await person.browser.follow(authorizeUrl(url, signing, { request: jwt, prompt: 'none' }))
    assert.deepEqual([parametersOf(answer)['error'], parametersOf(answer)['code']], ['invalid_request_object', undefined], jwt.slice(0, 40))
  }
  assert.equal((await request(authorizeUrl(url, signing))).headers.location?.includes('error=invalid_request'), true)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearer, form, request } from '../harness/http.ts'
import { authorizeUrl, type Fields, parametersOf, postAs, registerClient } from '../harness/oauth.ts'
import { failuresIn, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own)
const person = await signedIn(url, client)
const formed = { 'content-type': 'application/x-www-form-urlencoded' }
const nul = 'a\u0000b'

const names = [
  ...['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'code_challenge', 'prompt', 'max_age'],
  ...['login_hint', 'id_token_hint', 'acr_values', 'claims', 'resource', 'request', 'request_uri', 'ui_locales', 'display', 'unheard-of'],
  ...['grant_type', 'code', 'code_verifier', 'refresh_token', 'device_code', 'token', 'client_secret', 'client_assertion', 'user_code'],
  ...['post_logout_redirect_uri', 'logout_hint', 'flow', 'form_token', 'username', 'password', 'access_token'],
]
const usual = { redirect_uri: client.redirectUri, response_type: 'code', scope: 'openid', grant_type: 'client_credentials', token: 'x' }

test('U+0000 in any parameter of any endpoint is refused, and never a failure of the server', async () => {
  for (const path of ['par', 'token', 'introspect', 'revoke', 'device'])
    for (const name of names) {
      const answer = await postAs(`${url}/oauth2/${path}`, client, { ...usual, [name]: nul })
      assert.ok(answer.status < 500, `${path} ${name} ${answer.text}`)
      const body = new URLSearchParams({ client_id: client.id, client_secret: client.secret ?? '', ...usual, [name]: nul }).toString()
      const posted = await request(`${url}/oauth2/${path}`, { method: 'POST', headers: formed, body })
      assert.ok(posted.status < 500, `${path} ${name} ${posted.text}`)
    }
  const pages = ['oauth2/authorize', 'oauth2/logout', 'device', 'interaction/sign-in', 'interaction/sign-up', 'interaction/logout']
  for (const path of pages)
    for (const name of names) {
      const sent = new URLSearchParams({ client_id: client.id, state: 's', ...usual, [name]: nul }).toString()
      const answers = [
        await person.browser.send(`${url}/${path}?${sent}`),
        await person.browser.send(`${url}/${path}`, { method: 'POST', headers: formed, body: sent }),
      ]
      for (const answer of answers) assert.ok(answer.status < 500, `${path} ${name} ${answer.text.slice(0, 300)}`)
    }
})

test('what cannot be kept goes back to the application as an invalid request', async () => {
  const deep = `{"userinfo":{"name":{"value":${'['.repeat(1000)}${']'.repeat(1000)}}}}`
  const cases: Fields[] = [
    ...['state', 'nonce', 'login_hint', 'unheard-of'].map((name) => ({ [name]: nul })),
    ...['{"userinfo":{"a\\u0000b":null}}', '{"id_token":{"name":{"value":"\\ud800"}}}', deep].map((claims) => ({ claims })),
  ]
  for (const parameters of cases) {
    const { error, iss } = parametersOf(await person.browser.follow(authorizeUrl(url, client, parameters)))
    assert.deepEqual([error, iss], ['invalid_request', url], JSON.stringify(parameters).slice(0, 100))
    const pushed = await postAs(`${url}/oauth2/par`, client, { ...usual, ...parameters })
    assert.equal((pushed.json as { error: string }).error, 'invalid_request', pushed.text)
  }
})

test('client ids that no row can have name no client, however they come', async () => {
  for (const id of ['%00', 'a%00b', '%ED%A0%80'])
    for (const path of ['token', 'par', 'introspect', 'revoke', 'device']) {
      const authorization = `Basic ${Buffer.from(`${id}:secret`).toString('base64')}`
      const answer = await request(`${url}/oauth2/${path}`, { method: 'POST', headers: { ...formed, authorization }, body: 'token=x' })
      assert.equal(answer.status, 401, `${path} ${answer.text}`)
    }
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const sub of ['\u0000', 'a\ud800']) {
    const client_assertion = `${part({ alg: 'RS256' })}.${part({ iss: sub, sub, aud: url, jti: 'j', exp: 9_999_999_999 })}.AAAA`
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    const answer = await request(`${url}/oauth2/token`, form({ grant_type: 'client_credentials', client_assertion, client_assertion_type }))
    assert.equal(answer.status, 401, answer.text)
  }
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const headers = { ...bearer('cip_ra_x'), 'content-type': 'application/json' }
    const answer = await request(`${url}/oauth2/register/%00`, { method, headers, body: method === 'PUT' ? '{}' : undefined })
    assert.equal(answer.status, 401, answer.text)
  }
})

test('client metadata that cannot be kept are refused', async () => {
  const keys = (x: string): string => `{"keys":[{"kty":"EC","x":${x}}]}`
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const cases: Record<string, string> = {
    client_name: '"\\ud800"',
    contacts: '["\\udc00"]',
    jwks: keys('"\\u0000"'),
    default_acr_values: '["a\\ud800"]',
    'unheard-of': deep,
  }
  for (const [member, value] of [...Object.entries(cases), ['jwks', keys(deep)] as const]) {
    const body = `{"redirect_uris":["https://app.example.test/cb"],"${member}":${value}}`
    const answer = await request(`${url}/oauth2/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    assert.deepEqual([answer.status, (answer.json as { error: string }).error], [400, 'invalid_client_metadata'], member)
  }
  await registerClient(url, { client_name: 'Ünïcödé 😀' })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

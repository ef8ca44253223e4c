import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { bearer, form, request } from '../harness/http.ts'
import {
  authorizeUrl,
  claimsOf,
  codeFor,
  headerOf,
  newPerson,
  parametersOf,
  pkce,
  postAs,
  redeem,
  registerClient,
  type Tokens,
  tokensFor,
} from '../harness/oauth.ts'
import { startTestPlatform } from '../harness/platform.ts'

const port = await freePort()
const url = `http://127.0.0.1:${port}`
const own = await startTestPlatform(await (await startTestDatabase()).create(), { PORT: String(port) })
const client = await registerClient(url)

test('signs in, asks for consent, gives a code, tokens and user info', async () => {
  const person = await newPerson(url)
  const first = await person.browser.follow(authorizeUrl(url, client, { nonce: 'n-1', scope: 'openid profile email offline_access' }))
  assert.equal(first.name, 'sign-in', first.text.slice(0, 500))
  assert.match(first.url, /\/interaction\/sign-in\?flow=/)
  const second = await person.browser.submit(first, { username: person.account.username, password: person.account.password })
  assert.equal(second.name, 'consent', second.url + second.text.slice(0, 300))
  const third = await person.browser.submit(second, { decision: 'allow' })
  assert.ok(third.url.startsWith(client.redirectUri), third.url)
  const { code = '', state, iss } = parametersOf(third)
  assert.deepEqual([state, iss], ['the state', url])
  const answer = await redeem(url, client, { code })
  assert.equal(answer.status, 200, answer.text)
  const tokens = answer.json as Tokens
  assert.equal(headerOf(tokens.id_token)['alg'], 'RS256')
  const claims = claimsOf(tokens.id_token)
  assert.equal(claims['nonce'], 'n-1')
  assert.equal(claims['aud'], client.id)
  const info = await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })
  assert.equal(info.status, 200, info.text)
  assert.equal((info.json as { email: string }).email, person.account.email)
  const refreshed = await postAs(`${url}/oauth2/token`, client, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  assert.equal(refreshed.status, 200, refreshed.text)
  const active = await postAs(`${url}/oauth2/introspect`, client, { token: tokens.access_token })
  assert.equal((active.json as { active: boolean }).active, true, active.text)
})

test('shows no page again: session and consent are remembered, also for prompt=none', async () => {
  const person = await newPerson(url)
  await tokensFor(url, client, { person })
  const again = await person.browser.follow(authorizeUrl(url, client, { prompt: 'none' }))
  assert.ok(parametersOf(again)['code'], again.url)
})

test('PKCE: the verifier is needed and must fit', async () => {
  const person = await newPerson(url)
  const { verifier, challenge } = pkce()
  const parameters = { code_challenge: challenge, code_challenge_method: 'S256' }
  const code = await codeFor(url, client, { person, parameters })
  assert.equal((await redeem(url, client, { code })).status, 400)
  const other = await codeFor(url, client, { person, parameters })
  assert.equal((await redeem(url, client, { code: other, code_verifier: verifier })).status, 200)
})

test('logs nothing of an error', () =>
  assert.deepEqual(
    own
      .logs()
      .split('\n')
      .filter((line) => /"level":(50|60)/.test(line)),
    [],
  ))

test('a public client needs PKCE, and no secret', async () => {
  const client = await registerClient(url, { token_endpoint_auth_method: 'none' })
  const person = await newPerson(url)
  assert.equal(parametersOf(await person.browser.follow(authorizeUrl(url, client)))['error'], 'invalid_request')
  const { verifier, challenge } = pkce()
  const code = await codeFor(url, client, { person, parameters: { code_challenge: challenge, code_challenge_method: 'S256' } })
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUri,
    client_id: client.id,
    code_verifier: verifier,
  }
  assert.equal((await request(`${url}/oauth2/token`, form(fields))).status, 200)
})

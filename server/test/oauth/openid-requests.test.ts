import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { bearer, request } from '../harness/http.ts'
import {
  authorizeUrl,
  claimsOf,
  codeFor,
  newPerson,
  parametersOf,
  passPages,
  redeem,
  registerClient,
  type TestClient,
  type Tokens,
  tokensFor,
} from '../harness/oauth.ts'
import { startTestPlatform } from '../harness/platform.ts'

const port = await freePort()
const url = `http://127.0.0.1:${port}`
await startTestPlatform(await (await startTestDatabase()).create(), { PORT: String(port) })
let client: TestClient
before(async () => {
  client = await registerClient(url)
})

const idTokenOf = async (code: string): Promise<Record<string, unknown>> =>
  claimsOf(((await redeem(url, client, { code })).json as Tokens).id_token)

describe('prompt and max_age', () => {
  test('A-05 prompt=none without a session is login_required, by redirect, with state and iss', async () => {
    const { browser } = await newPerson(url)
    const { error, state, iss } = parametersOf(await browser.follow(authorizeUrl(url, client, { prompt: 'none' })))
    assert.deepEqual([error, state, iss], ['login_required', 'the state', url])
  })

  test('A-05 prompt=none without consent is consent_required', async () => {
    const person = await newPerson(url)
    await tokensFor(url, client, { person })
    const other = await registerClient(url)
    assert.equal(parametersOf(await person.browser.follow(authorizeUrl(url, other, { prompt: 'none' })))['error'], 'consent_required')
  })

  test('A-06 prompt=login asks again, and the ID token tells the later time of the same person', async () => {
    const person = await newPerson(url)
    const first = claimsOf((await tokensFor(url, client, { person })).id_token)
    await sleep(1100)
    const page = await person.browser.follow(authorizeUrl(url, client, { prompt: 'login' }))
    assert.equal(page.name, 'sign-in')
    const { code = '' } = parametersOf(await passPages(person.browser, page, person.account))
    const second = await idTokenOf(code)
    assert.equal(second['sub'], first['sub'])
    assert.equal(second['sid'], first['sid'])
    assert.ok((second['auth_time'] as number) > (first['auth_time'] as number))
  })

  test('max_age that has passed asks again; one that has not shows no page', async () => {
    const person = await newPerson(url)
    await tokensFor(url, client, { person })
    assert.ok(parametersOf(await person.browser.follow(authorizeUrl(url, client, { max_age: '10000' })))['code'])
    await sleep(2100)
    assert.equal((await person.browser.follow(authorizeUrl(url, client, { max_age: '1' }))).name, 'sign-in')
    const silent = await person.browser.follow(authorizeUrl(url, client, { max_age: '1', prompt: 'none' }))
    assert.equal(parametersOf(silent)['error'], 'login_required')
  })

  test('prompt=consent asks again although it was given', async () => {
    const person = await newPerson(url)
    await tokensFor(url, client, { person })
    assert.equal((await person.browser.follow(authorizeUrl(url, client, { prompt: 'consent' }))).name, 'consent')
  })

  test('prompt=select_account lists the accounts; another one can sign in beside', async () => {
    const [one, two] = [await newPerson(url), await newPerson(url)]
    await tokensFor(url, client, { person: one })
    const chooser = await one.browser.follow(authorizeUrl(url, client, { prompt: 'select_account' }))
    assert.equal(chooser.name, 'select-account')
    assert.match(chooser.text, new RegExp(one.account.username))
    const signIn = await one.browser.submit(chooser, { account: 'other' })
    assert.equal(signIn.name, 'sign-in', signIn.url)
    const end = await passPages(one.browser, signIn, two.account)
    const second = await idTokenOf(parametersOf(end)['code'] ?? '')
    const both = await one.browser.follow(authorizeUrl(url, client, { prompt: 'select_account' }))
    assert.match(both.text, new RegExp(one.account.username))
    assert.match(both.text, new RegExp(two.account.username))
    const info = await idTokenOf(await codeFor(url, client, { person: { browser: one.browser, account: two.account } }))
    assert.equal(info['sub'], second['sub'])
  })

  test('prompt=create shows the page that makes an account, and goes on as the new person', async () => {
    const { browser } = await newPerson(url)
    const page = await browser.follow(authorizeUrl(url, client, { prompt: 'create' }))
    assert.equal(page.name, 'sign-up')
    const name = `made-${port}`
    const consent = await browser.submit(page, { username: name, email: `${name}@example.com`, password: 'correct horse battery' })
    assert.equal(consent.name, 'consent', consent.text.slice(0, 800))
    assert.ok(parametersOf(await browser.submit(consent, { decision: 'allow' }))['code'])
  })

  test('Cancel on the sign-in page answers access_denied', async () => {
    const { browser } = await newPerson(url)
    const page = await browser.follow(authorizeUrl(url, client))
    assert.equal(parametersOf(await browser.submit(page, { action: 'cancel' }))['error'], 'access_denied')
  })

  test('a wrong password keeps the page, the name and the request', async () => {
    const person = await newPerson(url)
    const page = await person.browser.follow(authorizeUrl(url, client))
    const again = await person.browser.submit(page, { username: person.account.username, password: 'not the right one' })
    assert.deepEqual([again.name, again.status], ['sign-in', 422])
    assert.match(again.text, new RegExp(`value="${person.account.username}"`))
    assert.ok(parametersOf(await passPages(person.browser, again, person.account))['code'])
  })
})

describe('hints', () => {
  test('id_token_hint of the person who is signed in shows no page, that of another asks', async () => {
    const [one, two] = [await newPerson(url), await newPerson(url)]
    const first = await tokensFor(url, client, { person: one })
    const second = await tokensFor(url, client, { person: two })
    const own = await one.browser.follow(authorizeUrl(url, client, { prompt: 'none', id_token_hint: first.id_token }))
    assert.ok(parametersOf(own)['code'], own.url)
    const foreign = await one.browser.follow(authorizeUrl(url, client, { prompt: 'none', id_token_hint: second.id_token }))
    assert.equal(parametersOf(foreign)['error'], 'login_required')
  })

  test('login_hint fills the name in', async () => {
    const { browser } = await newPerson(url)
    assert.match(
      (await browser.follow(authorizeUrl(url, client, { login_hint: 'somebody@example.com' }))).text,
      /value="somebody@example\.com"/,
    )
  })
})

describe('claims', () => {
  test('the claims parameter brings claims to the user info and into the ID token', async () => {
    const person = await newPerson(url)
    const claims = JSON.stringify({ userinfo: { email: { essential: true } }, id_token: { email: null, auth_time: { essential: true } } })
    const tokens = await tokensFor(url, client, { person, parameters: { claims } })
    assert.equal(claimsOf(tokens.id_token)['email'], person.account.email)
    const info = await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })
    assert.equal((info.json as { email: string }).email, person.account.email)
  })

  test('A-10 an essential acr that cannot be met is unmet_authentication_requirements; a voluntary one is answered truthfully', async () => {
    const person = await newPerson(url)
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['phishing-resistant'] } } })
    const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(url, client, { claims })), person.account)
    assert.equal(parametersOf(page)['error'], 'unmet_authentication_requirements')
    const tokens = await tokensFor(url, client, { person, parameters: { acr_values: '1 2' } })
    assert.deepEqual([claimsOf(tokens.id_token)['acr'], claimsOf(tokens.id_token)['amr']], ['aal1', ['pwd']])
  })

  for (const [what, claims] of [
    ['not JSON', '{'],
    ['a list', '[]'],
    ['a claim that is a number', '{"userinfo":{"email":5}}'],
  ] as const)
    test(`refuses a claims parameter that is ${what}`, async () => {
      const { browser } = await newPerson(url)
      assert.equal(parametersOf(await browser.follow(authorizeUrl(url, client, { claims })))['error'], 'invalid_request')
    })
})

describe('response modes', () => {
  test('form_post: a form to the redirect URI with code, state and iss, escaped', async () => {
    const person = await newPerson(url)
    const start = await person.browser.follow(authorizeUrl(url, client, { response_mode: 'form_post', state: '"><script>' }))
    const page = await passPages(person.browser, start, person.account)
    assert.equal(page.name, 'form-post')
    assert.equal(page.form?.action, client.redirectUri)
    assert.deepEqual([page.form?.fields['state'], page.form?.fields['iss']], ['"><script>', url])
    assert.ok(page.form?.fields['code'])
    assert.doesNotMatch(page.text, /"><script>/)
  })

  test('fragment: the code comes behind #', async () => {
    const person = await newPerson(url)
    const start = await person.browser.follow(authorizeUrl(url, client, { response_mode: 'fragment' }))
    assert.match((await passPages(person.browser, start, person.account)).url, /#code=/)
  })

  test('id_token and id_token token come in the fragment for a client registered so, with at_hash beside a token', async () => {
    const front = await registerClient(url, { response_types: ['id_token', 'id_token token'], grant_types: ['implicit'] })
    const person = await newPerson(url)
    for (const response_type of ['id_token', 'id_token token']) {
      const start = await person.browser.follow(authorizeUrl(url, front, { response_type, nonce: 'n' }))
      const given = parametersOf(await passPages(person.browser, start, person.account))
      const claims = claimsOf(given['id_token'] ?? '')
      assert.equal(claims['nonce'], 'n')
      assert.equal('at_hash' in claims, response_type === 'id_token token')
      assert.equal(given['access_token'] !== undefined, response_type === 'id_token token')
    }
    const { browser } = await newPerson(url)
    assert.equal(parametersOf(await browser.follow(authorizeUrl(url, front, { response_type: 'id_token' })))['error'], 'invalid_request')
  })
})

test('a request by POST from another site goes through a GET of our own', async () => {
  const person = await newPerson(url)
  const query = authorizeUrl(url, client).split('?')[1] ?? ''
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'https://app.example.test',
    'sec-fetch-site': 'cross-site',
  }
  const page = await person.browser.follow(`${url}/oauth2/authorize`, { method: 'POST', headers, body: query })
  assert.equal(page.name, 'sign-in')
  assert.ok(parametersOf(await passPages(person.browser, page, person.account))['code'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, type Page } from '../harness/browser.ts'
import { form, request } from '../harness/http.ts'
import {
  authorizeUrl,
  callback,
  claimsOf,
  type Fields,
  newPerson,
  parametersOf,
  passPages,
  redeem,
  registerClient,
  type Tokens,
  tokensFor,
} from '../harness/oauth.ts'
import { askSilently, failuresIn, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'
import { encode, ownKeys, signed, without } from './forge.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own)
const dynamic = await registerClient(url)

const signIn = (person: Person, page: Page, fields: Fields = {}) =>
  person.browser.submit(page, { username: person.account.username, password: person.account.password, action: 'sign-in', ...fields })

const idTokenOf = async (page: Page): Promise<Record<string, unknown>> => {
  const answer = await redeem(url, client, { code: parametersOf(page)['code'] ?? '' })
  assert.equal(answer.status, 200, answer.text)
  return claimsOf((answer.json as Tokens).id_token)
}

for (const parameters of [{ prompt: 'login' }, { max_age: '0' }] as const) {
  const asked = JSON.stringify(parameters)

  test(`A-06 ${asked} gives no code to a flow that was cancelled, nor to one that is entered again by its address`, async () => {
    const person = await signedIn(url, client)
    const page = await person.browser.follow(authorizeUrl(url, client, parameters))
    assert.equal(page.name, 'sign-in')
    const cancelled = await person.browser.submit(page, { action: 'cancel' })
    assert.deepEqual([parametersOf(cancelled)['error'], parametersOf(cancelled)['code']], ['access_denied', undefined])
    const { search } = new URL(page.url)
    for (const name of ['sign-in', 'continue', 'consent', 'select-account'])
      for (const again of [await person.browser.follow(`/interaction/${name}${search}`)])
        assert.equal(parametersOf(again)['code'], undefined, `${name} ${again.url}`)
  })

  test(`A-06 ${asked} binds a second person who signs in there to a session of their own`, async () => {
    const first = await signedIn(url, client)
    const second = await newPerson(url)
    const before = await askSilently(url, client, { person: first })
    const firstSub = (await idTokenOf({ url: `${callback}?code=${before['code']}` } as Page))['sub']
    const page = await first.browser.follow(authorizeUrl(url, client, parameters))
    const answer = await signIn({ ...second, browser: first.browser }, page)
    const claims = await idTokenOf(answer)
    assert.notEqual(claims['sub'], firstSub)
    const sessions = await own.sql.text<{ id: string; user_id: string }>(`select id, user_id from sessions where kind = 'browser'`)
    assert.equal(sessions.find(({ id }) => id === claims['sid'])?.user_id, claims['sub'])
  })

  test(`A-06 ${asked} says when the person really signed in`, async () => {
    const person = await signedIn(url, client)
    await own.sql.text(`update sessions set auth_time = now() - interval '30 minutes' where kind = 'browser' and ended_at is null`)
    const page = await person.browser.follow(authorizeUrl(url, client, parameters))
    const claims = await idTokenOf(await signIn(person, page))
    assert.ok(Date.now() / 1000 - Number(claims['auth_time']) < 120, String(claims['auth_time']))
  })
}

test('A-06 a flow that is cancelled answers the client also where the answer is posted', async () => {
  for (const name of ['sign-in', 'sign-up']) {
    const person = await newPerson(url)
    const start = await person.browser.follow(authorizeUrl(url, client, { response_mode: 'form_post' }))
    const page = await person.browser.follow(`/interaction/${name}${new URL(start.url).search}`)
    const cancelled = await person.browser.submit(page, { action: 'cancel' })
    assert.deepEqual([cancelled.status, cancelled.form?.fields['error']], [200, 'access_denied'], name)
  }
})

test('A-07 refuses a consent that comes from another browser, for another flow or another session', async () => {
  const victim = await newPerson(url)
  const attacker = await newPerson(url)
  const consentOf = async (person: Person, parameters: Fields = {}) => {
    const page = await person.browser.follow(authorizeUrl(url, dynamic, parameters))
    return page.name === 'consent' ? page : signIn(person, page)
  }
  const [mine, theirs, other] = [await consentOf(attacker), await consentOf(victim), await consentOf(victim, { scope: 'openid email' })]
  assert.deepEqual([mine.name, theirs.name, other.name], ['consent', 'consent', 'consent'])
  const fieldsOf = (page: Page): Fields => page.form?.fields ?? {}
  const forged: readonly (readonly [string, Person, Page, Fields])[] = [
    ['another browser', attacker, theirs, {}],
    ['the victim’s browser with the form of the attacker', victim, mine, {}],
    ['another flow', victim, theirs, { flow: fieldsOf(other)['flow'] ?? '' }],
    ['another session', victim, theirs, { session: fieldsOf(mine)['session'] ?? '' }],
    ['no token', victim, theirs, { form_token: '' }],
    ['the token of another flow', victim, theirs, { form_token: fieldsOf(other)['form_token'] ?? '' }],
    ['the token of another person', victim, theirs, { form_token: fieldsOf(mine)['form_token'] ?? '' }],
  ]
  for (const [about, by, page, changed] of forged) {
    const answer = await by.browser.submit(page, { ...changed, decision: 'allow' })
    assert.deepEqual([answer.status, answer.headers.location], [403, undefined], about)
  }
  const bare = await openBrowser(url).submit(theirs, { decision: 'allow' })
  assert.equal(bare.status, 403)
  const given = await own.sql.text(
    'select 1 from consents where client_id = $1 union all select 1 from oauth_grants where client_id = $1',
    [dynamic.id],
  )
  assert.equal(given.length, 0)
})

test('A-09 refuses scopes that are too many, too long, malformed, unknown, or not for the client, and never fails', async () => {
  const person = await signedIn(url, client)
  const narrow = await operatorClient(own, { metadata: { scope: 'openid profile' } })
  const many = Array.from({ length: 51 }, (_, index) => `s${index}`).join(' ')
  const wrong = [
    'admin:*',
    'openid\u00a0admin',
    '"openid"',
    'open\\id',
    'openid\temail',
    'x'.repeat(2049),
    many,
    `openid ${'é'.repeat(10)}`,
  ]
  for (const scope of wrong) {
    const answer = await askSilently(url, client, { person, parameters: { scope } })
    assert.deepEqual([answer['error'], answer['code']], ['invalid_scope', undefined], scope.slice(0, 40))
  }
  for (const scope of ['openid email', 'email', 'openid offline_access'])
    assert.equal((await askSilently(url, narrow, { person, parameters: { scope } }))['error'], 'invalid_scope', scope)
  for (const scope of ['x'.repeat(1_000_000), 'a '.repeat(10_000)]) {
    const query = new URLSearchParams({ client_id: client.id, redirect_uri: callback, response_type: 'code', scope })
    for (const answer of [await request(`${url}/oauth2/authorize`, form([...query])), await request(`${url}/oauth2/authorize?${query}`)])
      assert.ok(answer.status >= 300 && answer.status < 500 && !answer.text.includes('cip_ac_'), String(answer.status))
  }
})

test('A-10 says what happened, not what was asked for: an essential acr that is not met is refused, a voluntary one is not claimed', async () => {
  const person = await signedIn(url, client)
  for (const acr of [
    { essential: true, value: 'aal2' },
    { essential: true, values: ['aal2', 'phr'] },
    { essential: true, value: 'AAL1' },
  ]) {
    const claims = JSON.stringify({ id_token: { acr } })
    assert.equal((await askSilently(url, client, { person, parameters: { claims } }))['error'], 'unmet_authentication_requirements')
    const page = await person.browser.follow(authorizeUrl(url, client, { claims }))
    if (claims.includes('aal2')) assert.equal(page.name, 'enrol', 'the second factor is really set up and asked for')
    else assert.equal(parametersOf(page)['error'], 'unmet_authentication_requirements', page.url)
  }
  for (const parameters of [{ acr_values: 'aal2 mfa' }, { claims: '{"id_token":{"acr":{"value":"aal2"},"amr":{"values":["mfa"]}}}' }]) {
    const claims = await idTokenOf(await person.browser.follow(authorizeUrl(url, client, { prompt: 'none', ...parameters })))
    assert.deepEqual([claims['acr'], claims['amr']], ['aal1', ['pwd']])
  }
})

test('A-16 H-01 H-05 takes an ID token of its own for this client as a hint, expired or not, and nothing else', async () => {
  const person = await newPerson(url)
  const tokens = await tokensFor(url, client, { person })
  const others = await tokensFor(url, await operatorClient(own), { person })
  const keys = await ownKeys(own)
  const key = keys.find(({ algorithm }) => algorithm === 'RS256')
  assert.ok(key)
  const header = { alg: 'RS256', typ: 'JWT', kid: key.kid }
  const claims = claimsOf(tokens.id_token)
  const hint = (id_token_hint: string) => askSilently(url, client, { person, parameters: { id_token_hint } })
  assert.ok((await hint(signed(header, { ...claims, exp: 1 }, key.key)))['code'])
  const bad: Record<string, string> = {
    'an access token': tokens.access_token,
    'the ID token of another client': others.id_token,
    'no signature': `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
    'another issuer': signed(header, { ...claims, iss: 'https://evil.example' }, key.key),
    'another audience': signed(header, { ...claims, aud: [client.id, 'other'] }, key.key),
    'an unknown key': signed({ ...header, kid: 'x' }, claims, key.key),
    'no key': signed(without(header, 'kid'), claims, key.key),
    'a logout token': signed({ ...header, typ: 'logout+jwt' }, claims, key.key),
    'a broken signature': `${tokens.id_token.slice(0, -8)}AAAAAAAA`,
    'no token at all': 'x',
  }
  for (const [about, token] of Object.entries(bad)) assert.equal((await hint(token))['error'], 'invalid_request', about)
  const sizes = { ui_locales: 257, login_hint: 513, id_token_hint: 8193, acr_values: 513, claims: 4097, state: 4097, nonce: 1025 }
  for (const [name, length] of Object.entries(sizes))
    assert.equal((await askSilently(url, client, { person, parameters: { [name]: 'x'.repeat(length) } }))['error'], 'invalid_request', name)
})

test('A-17 asks again before a client that registered itself gets lasting access', async () => {
  const person = await newPerson(url)
  const parameters = { scope: 'openid offline_access' }
  const first = await signIn(person, await person.browser.follow(authorizeUrl(url, dynamic, parameters)))
  assert.match(first.text, /app\.example\.test/)
  assert.ok(parametersOf(await person.browser.submit(first, { decision: 'allow' }))['code'])
  assert.equal((await askSilently(url, dynamic, { person, parameters }))['error'], 'consent_required')
  const page = await person.browser.follow(authorizeUrl(url, dynamic, parameters))
  assert.equal(page.name, 'consent')
  assert.ok(parametersOf(await passPages(person.browser, page, person.account))['code'])
})

test('A-17 names the host of a client that registered itself each time', async () => {
  const person = await newPerson(url)
  await tokensFor(url, dynamic, { person })
  const page = await person.browser.follow(authorizeUrl(url, dynamic, { prompt: 'consent' }))
  assert.match(page.text, /app\.example\.test/)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

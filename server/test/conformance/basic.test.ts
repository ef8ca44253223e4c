import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { record } from '../../src/events/events.store.ts'
import { createProfileAdmin } from '../../src/users/profile.job.ts'
import { bearer, form, request } from '../harness/http.ts'
import { authorizeUrl, type Fields, newPerson, parametersOf, passPages, pkce, postAs, redeem } from '../harness/oauth.ts'
import { askSilently, errorOf, failuresIn, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'
import { checkErrorReply, completeFlow, descriptionForm, isJson, readTokens, seconds, verifyIdToken } from './relying-party.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const asking = await operatorClient(own, { isFirstParty: false })

const everything = {
  name: 'Ada King',
  given_name: 'Ada',
  family_name: 'King',
  middle_name: 'Augusta',
  nickname: 'Countess',
  profile: 'https://example.test/ada',
  picture: 'https://example.test/ada.png',
  website: 'https://ada.example.test/',
  gender: 'female',
  birthdate: '1815-12-10',
  zoneinfo: 'Europe/London',
  locale: 'en-GB',
  phone_number: '+442071234567',
}
const address = { formatted: '12 St James Square\nLondon', street_address: '12 St James Square', locality: 'London', country: 'GB' }

/** A person of whom everything is known. */
const wellKnown = async (): Promise<Person> => {
  const person = await newPerson(url)
  const { base } = own.platform
  const [row] = await sql.text<{ id: string }>('select user_id as id from identifiers where written = $1', [person.account.username])
  const profiles = createProfileAdmin({ db: base.db, tenantId: base.tenantId, readSchema: async () => undefined, record })
  const outcome = await profiles.change(row?.id ?? '', { set: everything, address, unset: [], isEmailVerified: true })
  assert.equal(outcome.kind, 'done', JSON.stringify(outcome))
  return person
}
const known = await wellKnown()

const profileClaims = [...Object.keys(everything).filter((name) => name !== 'phone_number'), ...['preferred_username', 'updated_at']]
const claimsOfScopes: Readonly<Record<string, readonly string[]>> = {
  'openid profile': profileClaims,
  'openid email': ['email', 'email_verified'],
  'openid address': ['address'],
  'openid phone': ['phone_number', 'phone_number_verified'],
  'openid profile email address phone': [...profileClaims, 'email', 'email_verified', 'address', 'phone_number', 'phone_number_verified'],
  'email openid': ['email', 'email_verified'],
}
const moduleOf: Readonly<Record<string, string>> = {
  'openid profile email address phone': 'oidcc-scope-all',
  'email openid': 'oidcc-ensure-other-scope-order-succeeds',
}

test('codes, tokens and user info are as the specification says, for a client whose people are asked (oidcc-server)', async () => {
  const { claims, info } = await completeFlow(url, asking, { person: await newPerson(url) })
  assert.deepEqual(Object.keys(info), ['sub'])
  for (const name of ['email', 'name', 'preferred_username']) assert.equal(name in claims, false, name)
})

test('a request without response_type is refused in the query (oidcc-response-type-missing)', async () => {
  const state = 'missing'
  const query = new URLSearchParams({ client_id: client.id, redirect_uri: client.redirectUri, scope: 'openid', state })
  const page = await (await newPerson(url)).browser.follow(`${url}/oauth2/authorize?${query}`)
  assert.equal(new URL(page.url).hash, '')
  checkErrorReply(parametersOf(page), { error: 'invalid_request', state, issuer: url })
})

test('an error description never holds a character that RFC 6749 forbids, whatever was sent', async () => {
  const { browser } = await newPerson(url)
  const name = encodeURIComponent('"\\\n\u00e9\u2028x')
  const page = await browser.follow(`${authorizeUrl(url, client)}&${name}=1&${name}=2`)
  checkErrorReply(parametersOf(page), { error: 'invalid_request', state: 'the state', issuer: url })
  const claims = JSON.stringify({ userinfo: { '"é\\': 5 } })
  checkErrorReply(parametersOf(await browser.follow(authorizeUrl(url, client, { claims }))), {
    error: 'invalid_request',
    state: 'the state',
    issuer: url,
  })
  const { method = 'POST', headers = {} } = form({})
  const answer = await request(`${url}/oauth2/token`, { method, headers, body: `${name}=1&${name}=2` })
  assert.match((answer.json as { error_description: string }).error_description, descriptionForm)
})

describe('user info', () => {
  const ask = async (how: (token: string) => Promise<unknown>): Promise<void> => {
    const { tokens, claims } = await completeFlow(url, client, { person: known })
    const answer = (await how(tokens.access_token)) as Awaited<ReturnType<typeof request>>
    assert.equal(answer.status, 200, answer.text)
    isJson(answer)
    assert.equal((answer.json as { sub: string }).sub, claims.sub)
  }
  const endpoint = `${url}/oauth2/userinfo`

  test('by GET with a header (oidcc-userinfo-get)', () => ask((token) => request(endpoint, { headers: bearer(token) })))

  test('by POST with a header, with and without a media type (oidcc-userinfo-post-header)', async () => {
    await ask((token) => request(endpoint, { method: 'POST', headers: bearer(token) }))
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await ask((token) => request(endpoint, { method: 'POST', headers: { ...headers, ...bearer(token) }, body: '' }))
  })

  test('by POST with the token in the form (oidcc-userinfo-post-body)', () =>
    ask((access_token) => request(endpoint, form({ access_token }))))

  test('refuses without a token, and with one that is none, and names the scheme', async () => {
    const none = await request(endpoint)
    assert.deepEqual([none.status, none.headers['www-authenticate']], [401, 'Bearer realm="oauth2"'])
    const wrong = await request(endpoint, { headers: bearer('nonsense') })
    assert.equal(wrong.status, 401)
    assert.match(String(wrong.headers['www-authenticate']), /^Bearer error="invalid_token"/)
  })
})

describe('scopes', () => {
  for (const [scope, names] of Object.entries(claimsOfScopes))
    test(`${scope} brings exactly its claims, all that are known, in the user info alone (${moduleOf[scope] ?? `oidcc-scope-${scope.slice(7)}`})`, async () => {
      const { info, claims } = await completeFlow(url, client, { person: known, parameters: { scope } })
      assert.deepEqual(Object.keys(info).sort(), [...names, 'sub'].sort())
      for (const name of names) assert.equal(name in claims, false, `${name} in the ID token`)
      const expected: Record<string, unknown> = { ...everything, address, email: known.account.email, email_verified: true }
      for (const name of names.filter((one) => one in expected)) assert.deepEqual(info[name], expected[name], name)
      if (names.includes('updated_at')) assert.ok(Math.abs((info['updated_at'] as number) - seconds()) < 120)
      if (names.includes('phone_number')) assert.equal(info['phone_number_verified'], false)
    })

  test('a claim of which nothing is known is left out, neither null nor empty', async () => {
    const scope = 'openid profile email address phone'
    const { info } = await completeFlow(url, client, { person: await newPerson(url), parameters: { scope } })
    assert.deepEqual(Object.keys(info).sort(), ['email', 'email_verified', 'preferred_username', 'sub', 'updated_at'])
    assert.equal(info['email_verified'], false)
  })

  test('a single claim can be asked for as essential (oidcc-claims-essential)', async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } })
    const { info } = await completeFlow(url, client, { person: known, parameters: { claims } })
    assert.equal(info['name'], everything.name)
  })

  test('claims for the ID token and for the user info are kept apart', async () => {
    const claims = JSON.stringify({ userinfo: { nickname: null }, id_token: { given_name: { essential: true }, acr: { value: 'other' } } })
    const { info, claims: told } = await completeFlow(url, client, { person: known, parameters: { claims } })
    assert.deepEqual([info['nickname'], info['given_name']], [everything.nickname, undefined])
    assert.deepEqual([told['given_name'], told['nickname'], told['acr']], [everything.given_name, undefined, 'aal1'])
  })
})

describe('parameters that must not hinder', () => {
  const { verifier, challenge } = pkce()
  for (const [name, parameters, more] of [
    ['oidcc-ensure-request-without-nonce-succeeds-for-code-flow', { nonce: undefined }, {}],
    ['oidcc-display-page', { display: 'page' }, {}],
    ['oidcc-display-popup', { display: 'popup' }, {}],
    ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }, {}],
    ['oidcc-ui-locales', { ui_locales: 'se' }, {}],
    ['oidcc-claims-locales', { claims_locales: 'se' }, {}],
    ['oidcc-ensure-request-with-valid-pkce-succeeds', { code_challenge: challenge, code_challenge_method: 'S256' }, { verifier }],
  ] as const)
    test(`a request with ${Object.keys(parameters)} succeeds (${name})`, async () => {
      await completeFlow(url, client, { person: await newPerson(url), parameters: parameters as Fields, ...more })
    })

  test('of the supported acr_values the one that was reached comes back (oidcc-ensure-request-with-acr-values-succeeds)', async () => {
    const { acr_values_supported: values } = (await request(`${url}/.well-known/openid-configuration`)).json as Record<string, string[]>
    assert.ok(values)
    const { claims } = await completeFlow(url, client, { person: known, parameters: { acr_values: values.join(' ') } })
    assert.ok(values.includes(claims['acr'] as string))
  })
})

/** Moves the sign-in of the person's session into the past. */
const age = async (sid: unknown, by: number): Promise<void> => {
  await sql.text(`update sessions set auth_time = auth_time - make_interval(secs => $2) where id = $1`, [sid, by])
}

describe('a second request of the same person', () => {
  const signIn = async () => {
    const person = await newPerson(url)
    return { person, first: await completeFlow(url, client, { person }) }
  }

  test('with prompt=none has the same subject and time of sign-in (oidcc-prompt-none-logged-in)', async () => {
    const { person, first } = await signIn()
    const { claims } = await completeFlow(url, client, { person, parameters: { prompt: 'none' } })
    assert.deepEqual([claims.sub, claims['auth_time']], [first.claims.sub, first.claims['auth_time']])
  })

  test('with id_token_hint and prompt=none needs no page (oidcc-id-token-hint)', async () => {
    const { person, first } = await signIn()
    const parameters = { prompt: 'none', id_token_hint: first.tokens.id_token }
    assert.equal((await completeFlow(url, client, { person, parameters })).claims.sub, first.claims.sub)
  })

  test('with max_age=10000 is not asked again and has the same time of sign-in (oidcc-max-age-10000)', async () => {
    const { person, first } = await signIn()
    const { browser } = person
    const page = await browser.follow(authorizeUrl(url, client, { max_age: '10000' }))
    assert.equal(page.name, undefined, 'no page')
    const { claims } = await completeFlow(url, client, { person, parameters: { max_age: '10000' } })
    assert.deepEqual([claims.sub, claims['auth_time']], [first.claims.sub, first.claims['auth_time']])
  })

  test('with max_age=1 is asked again after more than a second and has a later time of sign-in (oidcc-max-age-1)', async () => {
    const { person, first } = await signIn()
    await age(first.claims['sid'], 2)
    const page = await person.browser.follow(authorizeUrl(url, client, { max_age: '1', nonce: 'n' }))
    assert.equal(page.name, 'sign-in')
    const { code = '' } = parametersOf(await passPages(person.browser, page, person.account))
    const second = await verifyIdToken(url, readTokens(await redeem(url, client, { code })), { clientId: client.id, nonce: 'n' })
    assert.equal(second.sub, first.claims.sub)
    assert.ok(
      (second['auth_time'] as number) > (first.claims['auth_time'] as number) - 2 && (second['auth_time'] as number) >= seconds() - 5,
    )
  })

  test('counts max_age by the exact time, not by whole seconds', async () => {
    const { person, first } = await signIn()
    const ask = async (seconds: number): Promise<unknown> => {
      await sql.text(`update sessions set auth_time = now() - make_interval(secs => $2) where id = $1`, [first.claims['sid'], seconds])
      return (await askSilently(url, client, { person, parameters: { max_age: '60' } }))['error']
    }
    for (const fraction of [0, 0.75]) {
      await new Promise((resolve) => setTimeout(resolve, (1000 + fraction * 1000 - (Date.now() % 1000)) % 1000))
      assert.equal(await ask(60.1), 'login_required', `60.1 s, asked at ${fraction}`)
      assert.equal(await ask(59), undefined, `59 s, asked at ${fraction}`)
    }
  })
})

describe('refresh', () => {
  test('the new ID token is of the same person, client and sign-in, without the nonce (oidcc-refresh-token)', async () => {
    const person = await newPerson(url)
    const parameters = { scope: 'openid offline_access', prompt: 'consent' }
    const first = await completeFlow(url, client, { person, parameters })
    await age(first.claims['sid'], 100)
    const fields = { grant_type: 'refresh_token', refresh_token: first.tokens.refresh_token, scope: parameters.scope }
    const tokens = readTokens(await postAs(`${url}/oauth2/token`, client, fields))
    const second = await verifyIdToken(url, tokens, { clientId: client.id })
    for (const name of ['iss', 'sub', 'aud', 'azp', 'auth_time', 'sid']) assert.deepEqual(second[name], first.claims[name], name)
    assert.ok((second.iat ?? 0) >= (first.claims.iat ?? 0))
    assert.notEqual(tokens.access_token, first.tokens.access_token)
    const { json: told } = await postAs(`${url}/oauth2/introspect`, client, { token: tokens.refresh_token })
    assert.deepEqual([(told as { active: boolean }).active, 'token_type' in (told as object)], [true, false], 'RFC 7662 section 2.2')
    const other = await postAs(`${url}/oauth2/token`, asking, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
    assert.deepEqual([other.status, errorOf(other)], [400, 'invalid_grant'])
  })
})

describe('pages for developers', () => {
  test('a redirect_uri that is not registered is refused on a page, in every response mode (oidcc-ensure-registered-redirect-uri)', async () => {
    const { browser } = await newPerson(url)
    for (const response_mode of ['query', 'form_post']) {
      const at = authorizeUrl(url, client, { redirect_uri: `${client.redirectUri}/other`, response_mode })
      const page = await browser.follow(at)
      assert.deepEqual([page.url, page.status, page.name, page.form], [at, 400, 'error', undefined])
      assert.match(String(page.headers['content-type']), /^text\/html/)
    }
  })

  test('prompt=none without a session is login_required (oidcc-prompt-none-not-logged-in)', async () => {
    const state = 'nobody'
    const reply = await askSilently(url, client, { person: await newPerson(url), parameters: { state } })
    checkErrorReply(reply, { error: 'login_required', state, issuer: url })
  })
})

test('a second use of a code is refused as JSON, at once and later (oidcc-codereuse, oidcc-codereuse-30seconds)', async () => {
  const person = await signedIn(url, client)
  for (const age of ['0 seconds', '30 seconds', '90 seconds']) {
    const { code, tokens } = await completeFlow(url, client, { person })
    await sql.text(
      `update oauth_grants set code_expires_at = code_expires_at - $1::interval where code_spent_at > now() - interval '5 s'`,
      [age],
    )
    const answer = await redeem(url, client, { code })
    assert.deepEqual([answer.status, errorOf(answer)], [400, 'invalid_grant'])
    isJson(answer)
    assert.match((answer.json as { error_description: string }).error_description, descriptionForm)
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401, age)
  }
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

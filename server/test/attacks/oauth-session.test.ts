import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { authorizeUrl, claimsOf, type Fields, newPerson, parametersOf, tokensFor } from '../harness/oauth.ts'
import { askSilently, failuresIn, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider({ CIP_SESSIONS_PER_USER: '3' })
const { url, sql } = own
const client = await operatorClient(own)

const signIn = ({ browser, account }: Person, page: Page): Promise<Page> =>
  browser.submit(page, { username: account.username, password: account.password, action: 'sign-in' })
const isSignedIn = async (cookie: string): Promise<boolean> => {
  const answer = await request(authorizeUrl(url, client, { prompt: 'none' }), { headers: { cookie } })
  const { code, error } = parametersOf({ url: String(answer.headers.location) })
  assert.ok((code === undefined) !== (error === undefined), answer.text)
  return code !== undefined
}
const sessionOf = ({ browser }: Pick<Person, 'browser'>): string => browser.cookies.get('cip_session') ?? ''

test('I-01 a cookie of before a sign-in is worth nothing after it, nor one that a stranger chose', async () => {
  const person = await signedIn(url, client)
  const old = sessionOf(person)
  assert.equal(await isSignedIn(`cip_session=${old}`), true)
  await signIn(person, await person.browser.follow(authorizeUrl(url, client, { prompt: 'login' })))
  assert.notEqual(sessionOf(person), old)
  assert.equal(await isSignedIn(`cip_session=${old}`), false)
  assert.equal(await isSignedIn(`cip_session=${sessionOf(person)}`), true)
  const victim = await newPerson(url)
  victim.browser.cookies.set('cip_session', old)
  await signIn(victim, await victim.browser.follow(authorizeUrl(url, client)))
  assert.equal(await isSignedIn(`cip_session=${old}`), false)
})

test('I-02 I-08 I-11 a cookie is dead at the next request after a logout, and tells nobody who comes next anything', async () => {
  const first = await signedIn(url, client)
  const old = sessionOf(first)
  const done = await first.browser.submit(await first.browser.follow('/oauth2/logout'), { decision: 'logout' })
  assert.equal(done.headers['cache-control'], 'no-store')
  assert.match(String(done.headers['clear-site-data']), /"cache"/)
  assert.equal(first.browser.cookies.has('cip_session'), false)
  assert.equal(await isSignedIn(`cip_session=${old}`), false)
  const second = { ...(await newPerson(url)), browser: first.browser }
  second.browser.cookies.set('cip_session', old)
  await signIn(second, await second.browser.follow(authorizeUrl(url, client)))
  assert.notEqual(sessionOf(second).slice(0, 20), old.slice(0, 20))
  assert.equal(await isSignedIn(`cip_session=${old}`), false)
})

test('I-02 I-04 a cookie ends with its session, whoever ended it and whatever the browser believes', async () => {
  const changes = [
    'ended_at = now()',
    'expires_at = now()',
    'idle_expires_at = now()',
    'secret_hash = null',
    `secret_hash = decode('00', 'hex')`,
  ]
  for (const change of changes) {
    const person = await signedIn(url, client)
    const { id_token } = await tokensFor(url, client, { person })
    await sql.text(`update sessions set ${change} where id = $1`, [claimsOf(id_token)['sid']])
    assert.equal(await isSignedIn(`cip_session=${sessionOf(person)}`), false, change)
  }
  const disabled = await signedIn(url, client)
  await sql.text(`update users set status = 'disabled' where id = (select user_id from sessions where id = $1)`, [
    claimsOf((await tokensFor(url, client, { person: disabled })).id_token)['sid'],
  ])
  assert.equal(await isSignedIn(`cip_session=${sessionOf(disabled)}`), false)
})

test('I-03 cookies are out of reach of scripts and other sites, and hold nothing that can be read', async () => {
  const person = await newPerson(url)
  const page = await person.browser.follow(authorizeUrl(url, client))
  const answer = await person.browser.send(new URL(page.form?.action ?? '', url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ ...page.form?.fields, username: person.account.username, password: person.account.password }).toString(),
  })
  const lines = answer.headers['set-cookie'] ?? []
  assert.ok(lines.length > 0)
  for (const line of lines) {
    assert.match(line, /; Path=\/; HttpOnly; SameSite=Lax/)
    assert.doesNotMatch(line, /Domain=/i)
  }
  assert.equal(own.logs().includes(sessionOf(person)), false)
  const secure = await startProvider({ PUBLIC_URL: 'https://id.example.test' })
  const operator = await operatorClient(secure)
  const first = await request(authorizeUrl(secure.url, operator))
  const next = await request(new URL(String(first.headers.location), secure.url).href)
  for (const line of next.headers['set-cookie'] ?? ['none']) assert.match(line, /^__Host-.*; Path=\/; HttpOnly; SameSite=Lax; Secure/)
})

test('I-05 a cookie that is malformed, cut, oversized or sent twice is no session and no failure', async () => {
  const person = await signedIn(url, client)
  const good = sessionOf(person)
  const bad = [
    ...[
      good.slice(0, -1),
      `${good}A`,
      good.toUpperCase(),
      `.${good.slice(1)}`,
      good.replace('cip_bs_', ''),
      '%00',
      '"',
      'undefined',
      '{}',
      '....',
      '',
      'x'.repeat(8000),
    ],
  ].map((value) => `cip_session=${value}`)
  for (const cookie of [
    ...bad,
    `cip_session=${good}; cip_session=x`,
    `cip_session=x; cip_session=${good}`,
    `cip_session=${good}; cip_session=${good}`,
    `CIP_SESSION=${good}`,
    `__Host-cip_session=${good}`,
    `cip_session =x; cip_session=${good}`,
    `a=${'x'.repeat(8200)}; cip_session=${good}`,
  ])
    assert.equal(await isSignedIn(cookie), false, cookie.slice(0, 80))
  assert.equal(await isSignedIn(`cip_session=${good}`), true)
})

test('I-09 I-10 what an application learns of a session opens nothing, and no address holds its secret', async () => {
  const person = await signedIn(url, client)
  const { id_token, access_token } = await tokensFor(url, client, { person })
  const { sid, sub } = claimsOf(id_token) as Fields
  const { code = '' } = await askSilently(url, client, { person })
  const handle = Buffer.concat([Buffer.from((sid ?? '').replaceAll('-', ''), 'hex'), Buffer.alloc(32)]).toString('base64url')
  for (const value of [sid, sub, `cip_bs_${sid}`, `cip_bs_${handle}`, code, code.replace('cip_ac_', 'cip_bs_'), access_token.slice(0, 900)])
    assert.equal(await isSignedIn(`cip_session=${value}`), false, String(value))
  const page = await person.browser.follow(authorizeUrl(url, client, { prompt: 'consent' }))
  const secret = sessionOf(person)
  assert.equal(page.url.includes(secret) || page.text.includes(secret), false)
})

test('I-12 a sign-in beyond the limit of sessions ends the oldest', async () => {
  const person = await signedIn(url, client)
  const cookies = [sessionOf(person)]
  for (let times = 0; times < 3; times += 1) {
    person.browser.cookies.clear()
    await signIn(person, await person.browser.follow(authorizeUrl(url, client)))
    cookies.push(sessionOf(person))
  }
  const states = await Promise.all(cookies.map((value) => isSignedIn(`cip_session=${value}`)))
  assert.deepEqual(states, [false, true, true, true])
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

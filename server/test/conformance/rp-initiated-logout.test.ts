import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from '../harness/browser.ts'
import { form, request } from '../harness/http.ts'
import { authorizeUrl, newPerson, parametersOf, passPages } from '../harness/oauth.ts'
import { askSilently, failuresIn, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'
import { type Completed, checkErrorReply, completeFlow, randomState } from './relying-party.ts'

const own = await startProvider()
const { url } = own
const after = 'https://app.example.test/post_logout_redirect'
const client = await operatorClient(own, { metadata: { post_logout_redirect_uris: [after] } })

type Session = { readonly person: Person; readonly completed: Completed }
const begin = async (): Promise<Session> => {
  const person = await newPerson(url)
  return { person, completed: await completeFlow(url, client, { person }) }
}

const logoutUrl = (parameters: Readonly<Record<string, string>>): string => `${url}/oauth2/logout?${new URLSearchParams(parameters)}`

/** Asked on a page, the person signs out. */
const confirm = async (person: Person, asked: Page): Promise<Page> => {
  assert.deepEqual([asked.name, asked.status], ['logout', 200])
  return person.browser.submit(asked, { decision: 'logout' })
}

/** What each module ends with: nobody is signed in any more. */
const isSignedOut = async (person: Person): Promise<void> => {
  const state = randomState()
  checkErrorReply(await askSilently(url, client, { person, parameters: { state } }), { error: 'login_required', state, issuer: url })
}

const isShown = (page: Page): void => {
  assert.deepEqual([page.name, page.status, page.url.startsWith(`${url}/`)], ['signed-out', 200, true])
  assert.match(page.text, /<h1[^>]*>Signed out<\/h1>/)
  assert.doesNotMatch(page.text, /post_logout_redirect/)
}

const state = randomState()
const changed = (token: string): string => {
  const [head, body = '', tail] = token.split('.')
  const claims = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'somebody else' }
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), tail].join('.')
}

describe('goes back to the registered address', () => {
  for (const [module, more] of [
    ['oidcc-rp-initiated-logout', { state }],
    ['oidcc-rp-initiated-logout-no-state', {}],
  ] as const)
    test(`with exactly the state that was sent (${module})`, async () => {
      const { person, completed } = await begin()
      const parameters = { id_token_hint: completed.tokens.id_token, post_logout_redirect_uri: after, ...more }
      const end = await confirm(person, await person.browser.follow(logoutUrl(parameters)))
      assert.equal(end.url.split('?')[0], after)
      assert.deepEqual(parametersOf(end), more)
      await isSignedOut(person)
    })

  test('also where the request is posted from another site', async () => {
    const { person, completed } = await begin()
    const fields = form({ id_token_hint: completed.tokens.id_token, post_logout_redirect_uri: after, state })
    const headers = { ...fields.headers, origin: 'https://app.example.test', 'sec-fetch-site': 'cross-site' }
    const end = await confirm(person, await person.browser.follow(`${url}/oauth2/logout`, { ...fields, headers }))
    assert.deepEqual([end.url.split('?')[0], parametersOf(end)], [after, { state }])
    await isSignedOut(person)
  })
})

describe('asks, and shows that the person is signed out', () => {
  for (const [module, parametersFor] of [
    ['oidcc-rp-initiated-logout-no-params', () => ({})],
    ['oidcc-rp-initiated-logout-only-state', () => ({ state })],
    ['oidcc-rp-initiated-logout-no-post-logout-redirect-uri', (hint: string) => ({ id_token_hint: hint, state })],
    ['oidcc-rp-initiated-logout-no-id-token-hint', () => ({ post_logout_redirect_uri: after, state })],
    [
      'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
      (hint: string) => ({ id_token_hint: hint, post_logout_redirect_uri: `${after}/bad`, state }),
    ],
    [
      'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
      (hint: string) => ({ id_token_hint: hint, post_logout_redirect_uri: `${after}?foo=bar`, state }),
    ],
    [
      'oidcc-rp-initiated-logout-modified-id-token-hint',
      (hint: string) => ({ id_token_hint: changed(hint), post_logout_redirect_uri: after, state }),
    ],
    ['oidcc-rp-initiated-logout-bad-id-token-hint', () => ({ id_token_hint: 'bad', post_logout_redirect_uri: after, state })],
  ] as const)
    test(`and goes nowhere (${module})`, async () => {
      const { person, completed } = await begin()
      isShown(await confirm(person, await person.browser.follow(logoutUrl(parametersFor(completed.tokens.id_token)))))
      await isSignedOut(person)
    })

  test('and goes nowhere on the word of an ID token of another client than the one named', async () => {
    const { person, completed } = await begin()
    const other = await operatorClient(own, { metadata: { post_logout_redirect_uris: [`${after}/other`] } })
    const parameters = { id_token_hint: completed.tokens.id_token, client_id: other.id, post_logout_redirect_uri: `${after}/other` }
    isShown(await confirm(person, await person.browser.follow(logoutUrl(parameters))))
  })
})

test('client_id alone names the client too (RP-Initiated Logout section 2)', async () => {
  const { person } = await begin()
  const end = await confirm(
    person,
    await person.browser.follow(logoutUrl({ client_id: client.id, post_logout_redirect_uri: after, state })),
  )
  assert.deepEqual([end.url.split('?')[0], parametersOf(end)], [after, { state }])
})

test('logout_hint chooses among the accounts of the browser, and the other one stays signed in', async () => {
  const [one, two] = [await signedIn(url, client), await newPerson(url)]
  const chooser = await one.browser.follow(authorizeUrl(url, client, { prompt: 'select_account' }))
  await passPages(one.browser, await one.browser.submit(chooser, { account: 'other' }), two.account)
  for (const logout_hint of [one.account.username, one.account.email]) {
    const asked = await one.browser.follow(logoutUrl({ logout_hint }))
    assert.match(asked.text, new RegExp(one.account.username))
  }
  await confirm(one, await one.browser.follow(logoutUrl({ logout_hint: one.account.username })))
  assert.ok((await askSilently(url, client, { person: one }))['code'])
  assert.match((await one.browser.follow(logoutUrl({ logout_hint: 'nobody' }))).text, new RegExp(two.account.username))
})

test('nobody is signed in: there is nothing to ask', async () => {
  const { tokens } = (await begin()).completed
  const parameters = { id_token_hint: tokens.id_token, post_logout_redirect_uri: after, state }
  const answer = await request(logoutUrl(parameters))
  assert.equal(answer.status, 303)
  assert.ok(answer.headers.location?.startsWith(`${after}?state=`))
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

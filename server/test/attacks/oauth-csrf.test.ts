import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, type Page } from '../harness/browser.ts'
import { authorizeUrl, type Fields, newPerson, postAs, registerClient } from '../harness/oauth.ts'
import { failuresIn, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const dynamic = await registerClient(url)
const device = await operatorClient(own, {
  metadata: { grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], redirect_uris: null, require_pkce: null },
})
const person = await signedIn(url, client)
const stranger = await newPerson(url)
const { user_code = '' } = (await postAs(`${url}/oauth2/device`, device, { scope: 'openid' })).json as Fields
const signInPage = await stranger.browser.follow(authorizeUrl(url, client))

type Case = { readonly by: Pick<Person, 'browser'>; readonly page: Page; readonly fields: Fields }
const entry = await person.browser.follow('/device')
const { username, password } = stranger.account
const cases: Record<string, Case> = {
  'sign-in': { by: stranger, page: signInPage, fields: { username, password, action: 'sign-in' } },
  'sign-up': {
    by: stranger,
    page: await stranger.browser.follow(`/interaction/sign-up${new URL(signInPage.url).search}`),
    fields: { username: 'forged-user', email: 'forged@example.com', password: 'correct horse battery' },
  },
  consent: { by: person, page: await person.browser.follow(authorizeUrl(url, dynamic)), fields: { decision: 'allow' } },
  'select-account': {
    by: person,
    page: await person.browser.follow(authorizeUrl(url, client, { prompt: 'select_account' })),
    fields: { account: 'other' },
  },
  logout: { by: person, page: await person.browser.follow('/oauth2/logout'), fields: { decision: 'logout' } },
  'device-decision': { by: person, page: await person.browser.submit(entry, { user_code }), fields: { decision: 'allow' } },
  device: { by: person, page: entry, fields: { user_code } },
}

const stateOf = async () =>
  sql.text(`select (select count(*) from sessions where ended_at is null) as sessions, (select count(*) from users) as users,
    (select count(*) from oauth_grants) as grants, (select count(*) from consents) as consents,
    (select string_agg(status || coalesce(session_id::text, ''), ',' order by id) from device_codes) as devices`)

const send = ({ by, page }: Case, body: string, headers: Record<string, string>) =>
  by.browser.send(new URL(page.form?.action ?? '', page.url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  })

for (const [name, one] of Object.entries(cases))
  test(`J-01 the form of ${name} does nothing when another site sends it, or without its token`, async () => {
    assert.ok(one.page.form, one.page.text)
    const fields = { ...one.page.form.fields, ...one.fields }
    const full = new URLSearchParams(fields).toString()
    const bare = new URLSearchParams({ ...fields, form_token: '' }).toString()
    const other = Object.values(cases).find(({ page }) => page !== one.page)?.page.form?.fields['form_token'] ?? ''
    const before = await stateOf()
    const same = { origin: url, 'sec-fetch-site': 'same-origin' }
    const attempts: readonly (readonly [string, Record<string, string>])[] = [
      ...['cross-site', 'same-site'].map((site): [string, Record<string, string>] => [
        full,
        { origin: 'https://evil.example', 'sec-fetch-site': site },
      ]),
      [full, { origin: url, 'sec-fetch-site': 'cross-site' }],
      [full, { origin: 'https://evil.example' }],
      [full, { origin: `${url}.evil.example` }],
      [full, { origin: 'null' }],
      [full, { origin: 'null', 'sec-fetch-site': 'cross-site' }],
      [full, { ...same, 'content-type': 'text/plain' }],
      [JSON.stringify(fields), { ...same, 'content-type': 'application/json' }],
      [bare, same],
      [bare, {}],
      [new URLSearchParams({ ...fields, form_token: other }).toString(), same],
      [`${full}&form_token=x`, same],
    ]
    for (const [body, headers] of attempts) {
      const answer = await send(one, body, headers)
      assert.deepEqual(await stateOf(), before, JSON.stringify(headers))
      assert.ok(answer.status < 500, String(answer.status))
      assert.doesNotMatch(String(answer.headers.location ?? ''), /[?&]code=|as=other/)
      assert.doesNotMatch(String(answer.headers['set-cookie'] ?? ''), /cip_session=/)
    }
  })

test('J-02 nobody can be signed in as somebody else: a form counts only in the browser that it was drawn for', async () => {
  const attacker = await newPerson(url)
  const page = await attacker.browser.follow(authorizeUrl(url, client))
  const fields = { username: attacker.account.username, password: attacker.account.password, action: 'sign-in' }
  const visited = await newPerson(url)
  await visited.browser.follow(authorizeUrl(url, client))
  for (const browser of [visited.browser, openBrowser(url)]) {
    const answer = await browser.submit(page, fields)
    assert.equal(answer.status, 403)
    assert.equal(browser.cookies.has('cip_session'), false)
  }
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

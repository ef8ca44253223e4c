import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { latestMessage } from '../harness/messages.ts'
import { authorizeUrl, newPerson, parametersOf } from '../harness/oauth.ts'
import { askSilently, failuresIn, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)

test('J-04 a form token is of one browser, page and flow', async () => {
  const person = await newPerson(url)
  const { account, browser } = person
  const [first, second] = [
    await browser.follow(authorizeUrl(url, client)),
    await browser.follow(authorizeUrl(url, client, { state: 'other' })),
  ]
  const foreign = await openBrowser(url).follow(authorizeUrl(url, client))
  const reset = await browser.follow(first.url.replace('/sign-in', '/reset'))
  const answers = { username: account.username, password: account.password, action: 'sign-in' }
  for (const from of [second, foreign, reset]) {
    const token = from.form?.fields['form_token'] ?? ''
    assert.equal((await browser.submit(first, { ...answers, form_token: token })).status, 403)
  }
  assert.ok(parametersOf(await browser.submit(first, answers))['code'])
})

test('J-09 no page can be framed, and none tells another window anything', async () => {
  const { browser } = await signedIn(url, client)
  const pages = ['/interaction/signed-out?stayed=true', '/device', '/oauth2/logout', '/first-run?token=x', '/interaction/link?token=x']
  const open = [
    ...pages.map((path) => url + path),
    authorizeUrl(url, client, { prompt: 'login' }),
    authorizeUrl(url, client, { client_id: 'nobody' }),
  ]
  for (const address of open) {
    const page = await browser.follow(address)
    assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'none'/, address)
    assert.equal(page.headers['x-frame-options'], 'DENY', address)
    assert.doesNotMatch(page.text, /postMessage|window\.opener/, address)
  }
})

test('J-10 opening an address changes nothing: no session ends, no link is spent, no account comes or goes', async () => {
  const person = await signedIn(url, client)
  const reset = openBrowser(url)
  const page = await reset.follow((await reset.follow(authorizeUrl(url, client))).url.replace('/sign-in', '/reset'))
  await reset.submit(page, { username: person.account.username })
  const { link } = await latestMessage(own, { template: 'reset-password', to: person.account.email })
  const count = async () =>
    (
      await sql.text<{ live: number; open: number; users: number }>(
        `select (select count(*)::int from sessions where ended_at is null) as live, (select count(*)::int from proofs where spent_at is null) as open,
           (select count(*)::int from users) as users`,
      )
    )[0]
  const before = await count()
  for (const address of [`${url}/oauth2/logout`, `${url}/oauth2/logout?client_id=${client.id}`, link, `${url}/device?user_code=WDJB-MJHT`])
    for (let time = 0; time < 2; time += 1) await person.browser.follow(address)
  assert.deepEqual(await count(), before)
  assert.ok((await askSilently(url, client, { person }))['code'])
})

test('N-11 a link that was asked for elsewhere signs nobody in before the person presses the button', async () => {
  const { account, browser } = await newPerson(url)
  await browser.submit(await browser.follow(authorizeUrl(url, client)), { username: account.username, action: 'mail-code' })
  const { link } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
  const stranger = openBrowser(url)
  const page = await stranger.follow(link)
  assert.equal(page.name, 'link')
  assert.equal(stranger.cookies.has('cip_session'), false)
  assert.match(page.text, /on this device/)
})

test('V-11 what fails inside says nothing of the inside', async () => {
  await sql.text('alter table consents rename to consents_away')
  const person = await newPerson(url)
  const strange = await operatorClient(own, { isFirstParty: false })
  const page = await person.browser.follow(authorizeUrl(url, strange))
  const answer = await person.browser.submit(page, {
    username: person.account.username,
    password: person.account.password,
    action: 'sign-in',
  })
  await sql.text('alter table consents_away rename to consents')
  assert.equal(answer.status, 500)
  assert.doesNotMatch(answer.text, /consents|relation|select|postgres|\.ts|at \w+ \(/i)
  assert.match(answer.text, new RegExp(String(answer.headers['x-request-id'])))
  assert.equal(failuresIn(own).length, 1, 'the log has the reason')
  const plain = await request(`${url}/nothing-here`)
  assert.deepEqual([plain.status, plain.text], [404, '{"detail":"Not Found"}'])
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { type Browser, openBrowser, type Page } from '../harness/browser.ts'
import { latestMessage } from '../harness/messages.ts'
import { authorizeUrl, type Fields, newPerson, parametersOf } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { peopleOf } from './people-of.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own)
const { policy, withApp, arrive } = peopleOf(own, client)
await policy({ form: 'identifier-first' })

const name = (browser: Browser, page: Page, username: string): Promise<Page> => browser.submit(page, { username, action: 'name' })
const has = ({ text }: Page, id: string): boolean => text.includes(`id="${id}"`)
/** What a link of the page leads to. */
const link = ({ text, url: at }: Page, id: string): string => {
  const href = new RegExp(`id="${id}" href="([^"]+)"`).exec(text)?.[1]
  assert.ok(href, text)
  return new URL(href.replaceAll('&amp;', '&'), at).href
}
const begin = async (browser: Browser, username: string, parameters: Fields = {}): Promise<Page> =>
  name(browser, await arrive(browser, parameters), username)

describe('the first page', () => {
  test('asks for the name alone, with passkeys in the list of the field', async () => {
    const page = await arrive(openBrowser(url))
    assert.equal(page.name, 'sign-in')
    assert.deepEqual(
      [has(page, 'username'), has(page, 'login-continue'), has(page, 'password'), has(page, 'mail-code')],
      [true, true, false, false],
    )
    assert.match(page.text, /autocomplete="username webauthn"/)
  })

  test('is filled in by login_hint, which proves nothing', async () => {
    const page = await arrive(openBrowser(url), { login_hint: 'maria@example.com' })
    assert.deepEqual([has(page, 'login-continue'), has(page, 'password')], [true, false])
    assert.match(page.text, /value="maria@example.com"/)
  })

  test('does not go on without a name, and says so beside the field', async () => {
    const browser = openBrowser(url)
    const page = await arrive(browser)
    for (const username of ['', 'x'.repeat(1025)]) {
      const again = await name(browser, page, username)
      assert.equal(again.status, 422)
      assert.match(again.text, /id="username-note" role="alert">Enter your email or user name/)
    }
  })
})

describe('the second page', () => {
  test('signs in by password', async () => {
    const { account, browser } = await newPerson(url)
    const page = await begin(browser, account.username)
    assert.deepEqual([page.name, page.status, has(page, 'password'), has(page, 'username')], ['sign-in', 200, true, false])
    assert.ok(page.text.includes(account.username))
    const wrong = await browser.submit(page, { password: 'not the password', action: 'sign-in' })
    assert.deepEqual([wrong.status, has(wrong, 'password')], [422, true])
    assert.match(wrong.text, /id="password-note" role="alert">Incorrect user name or password/)
    const missing = await browser.submit(page, { password: '', action: 'sign-in' })
    assert.equal(missing.status, 422)
    assert.ok(parametersOf(await browser.submit(wrong, { password: account.password, action: 'sign-in' }))['code'])
  })

  test('sends a code by mail instead, and that page leads back to the password with the name kept', async () => {
    const { account, browser } = await newPerson(url)
    const asked = await browser.submit(await begin(browser, account.email), { action: 'mail-code' })
    assert.equal(asked.name, 'code')
    const back = await browser.submit(asked, { way: 'password' })
    assert.deepEqual([back.name, has(back, 'password')], ['sign-in', true])
    assert.ok(back.text.includes(account.email))
    const { code } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    assert.ok(parametersOf(await browser.submit(asked, { code }))['code'])
  })

  test('leads back by "Not you?" to the name, which can be mended', async () => {
    const { account, browser } = await newPerson(url)
    const first = await browser.follow(link(await begin(browser, 'somebody-else'), 'not-you'))
    assert.deepEqual([has(first, 'login-continue'), has(first, 'password')], [true, false])
    assert.match(first.text, /value="somebody-else"/)
    const page = await name(browser, first, account.username)
    assert.ok(parametersOf(await browser.submit(page, { password: account.password, action: 'sign-in' }))['code'])
  })

  test('stands in two tabs at once, each with its name, and survives to be opened again', async () => {
    const [one, two] = [await newPerson(url), await newPerson(url)]
    const { browser } = one
    const tab = await begin(browser, one.account.username)
    const other = await begin(browser, two.account.username)
    const reloaded = await browser.follow(tab.url)
    assert.ok(reloaded.text.includes(one.account.username) && !reloaded.text.includes(two.account.username))
    assert.ok(parametersOf(await browser.submit(other, { password: two.account.password, action: 'sign-in' }))['code'])
    assert.ok(parametersOf(await browser.submit(reloaded, { password: one.account.password, action: 'sign-in' }))['code'])
  })

  test('keeps the name to the second factor and back', async () => {
    const person = await withApp()
    const { browser, account } = person
    const page = await browser.submit(await begin(browser, account.username), { password: account.password, action: 'sign-in' })
    assert.equal(page.name, 'second-factor')
    assert.ok(parametersOf(await browser.submit(page, { code: await person.code() }))['code'])
  })

  test('is the first one where who is signed in has to sign in again: the name is known', async () => {
    const { account, browser } = await newPerson(url)
    await browser.submit(await begin(browser, account.username), { password: account.password, action: 'sign-in' })
    const page = await arrive(browser, { prompt: 'login' })
    assert.deepEqual([page.name, has(page, 'password'), page.text.includes(account.username)], ['sign-in', true, true])
    assert.ok(has(await browser.follow(link(page, 'not-you')), 'login-continue'))
    assert.ok(parametersOf(await browser.submit(page, { password: account.password, action: 'sign-in' }))['code'])
  })

  test('A-06 asks for a name where somebody else is to sign in, and never for that of who was there before', async () => {
    const [one, two] = [await newPerson(url), await newPerson(url)]
    const { browser } = one
    await browser.submit(await begin(browser, one.account.username), { password: one.account.password, action: 'sign-in' })
    const chooser = await browser.follow(authorizeUrl(url, client, { prompt: 'select_account' }))
    const page = await browser.submit(chooser, { account: 'other' })
    assert.deepEqual([has(page, 'login-continue'), page.text.includes(one.account.username)], [true, false])
    const second = await name(browser, page, two.account.username)
    assert.deepEqual([second.name, has(second, 'password')], ['sign-in', true], 'the session that is there does not end it')
    const asked = await browser.submit(second, { action: 'mail-code' })
    const back = await browser.submit(asked, { way: 'password' })
    assert.deepEqual([back.name, back.text.includes(two.account.username)], ['sign-in', true], 'nor on the way back from the code')
    assert.ok(parametersOf(await browser.submit(back, { password: two.account.password, action: 'sign-in' }))['code'])
  })

  test('K-09 is worth nothing by itself: a name, a way, or another browser let nobody in', async () => {
    const { account, browser } = await newPerson(url)
    const page = await begin(browser, account.username)
    for (const fields of [{ way: 'passkey' }, { way: 'email-code' }, { way: 'nothing' }, { action: 'name' }, { action: '' }]) {
      const next = await browser.submit(page, { ...fields })
      assert.deepEqual([next.name, parametersOf(next)['code']], ['sign-in', undefined], JSON.stringify(fields))
    }
    const stranger = openBrowser(url)
    const elsewhere = await stranger.follow(page.url)
    const stolen = { ...elsewhere, form: page.form }
    assert.equal((await stranger.submit(stolen, { password: account.password, action: 'sign-in' })).status, 403)
    assert.equal((await accountApi(url).token(account)).status, 200)
  })

  test('J-01 J-04 the token of the first form is none of the second one', async () => {
    const { account, browser } = await newPerson(url)
    const first = await arrive(browser)
    const second = await name(browser, first, account.username)
    const token = first.form?.fields['form_token'] ?? ''
    assert.equal((await browser.submit(second, { form_token: token, password: account.password, action: 'sign-in' })).status, 403)
  })
})

describe('a change of the form', () => {
  test('hurts no page that is open: a password that comes with the name is checked', async () => {
    const { account, browser } = await newPerson(url)
    const page = await arrive(browser)
    const wrong = await browser.submit(page, { username: account.username, password: 'not the password', action: 'sign-in' })
    assert.deepEqual([wrong.status, has(wrong, 'password'), wrong.text.includes(account.username)], [422, true, true])
    assert.ok(
      parametersOf(await browser.submit(page, { username: account.username, password: account.password, action: 'sign-in' }))['code'],
    )
    await policy({ form: 'combined' })
    const other = await newPerson(url)
    const combined = await other.browser.follow((await begin(other.browser, other.account.username)).url)
    assert.deepEqual([has(combined, 'username'), has(combined, 'password')], [true, true])
    assert.match(combined.text, new RegExp(`value="${other.account.username}"`))
    await policy({ form: 'identifier-first' })
  })

  test('the one form has the same other ways, in their place', async () => {
    await policy({ form: 'combined' })
    const page = await arrive(openBrowser(url))
    assert.match(page.text, /<details class="ways">[\s\S]*id="mail-code"[\s\S]*<\/details>/)
    await policy({ form: 'identifier-first' })
  })

  test('where there are no passwords the name comes first, and no page asks for one', async () => {
    await policy({ form: 'combined', methods: { password: false } })
    const { account, browser } = await newPerson(url)
    const page = await arrive(browser)
    assert.deepEqual([has(page, 'password'), has(page, 'login-continue')], [false, true])
    const second = await name(browser, page, account.username)
    assert.ok(!has(second, 'password') && !has(second, 'way-password') && has(second, 'mail-code'))
    assert.equal((await browser.submit(second, { password: account.password, action: 'sign-in' })).status, 422)
    await policy({ form: 'identifier-first', methods: { 'email-code': false } })
    const without = await begin(openBrowser(url), account.username)
    assert.ok(has(without, 'password') && !has(without, 'mail-code'))
    await policy({ form: 'identifier-first' })
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

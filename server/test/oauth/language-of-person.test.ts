import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Browser, Page } from '../harness/browser.ts'
import { openBrowser } from '../harness/browser.ts'
import { latestMessage } from '../harness/messages.ts'
import { authorizeUrl, type Fields, newPerson, postAs } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { type Person, peopleOf } from '../login/people-of.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own, { isFirstParty: false })
const { idOf, withApp } = peopleOf(own, client)

const languageOf = ({ text }: Pick<Page, 'text'>): string | undefined => /<html lang="([^"]+)"/.exec(text)?.[1]
const speaks = async (person: Person, language: string | null): Promise<void> => {
  await sql.text('update users set language = $2 where id = $1', [await idOf(person), language])
}

/** A browser that asks for English on every request, as browsers do. */
const inEnglish = (browser: Browser): Browser => {
  const headers = { 'accept-language': 'en' }
  const follow: Browser['follow'] = (address, options = {}) =>
    browser.follow(address, { ...options, headers: { ...headers, ...options.headers } })
  return { ...browser, follow }
}

const signIn = async ({ account, browser }: Person, parameters: Fields = {}): Promise<Page> =>
  browser.submit(await inEnglish(browser).follow(authorizeUrl(url, client, parameters)), { ...account, action: 'sign-in' })

describe('the language of the account', () => {
  test('is spoken from the moment that it is known who is there, and not before', async () => {
    const person = await withApp()
    await speaks(person, 'ar')
    const first = await inEnglish(person.browser).follow(authorizeUrl(url, client))
    assert.deepEqual([first.name, languageOf(first)], ['sign-in', 'en'])
    const wrong = await person.browser.submit(first, { ...person.account, password: 'not the password', action: 'sign-in' })
    assert.equal(languageOf(wrong), 'en', 'a name alone tells nothing of its account')
    const second = await signIn(person)
    assert.deepEqual([second.name, languageOf(second)], ['second-factor', 'ar'])
    const refused = await person.browser.submit(second, { code: '000000' })
    assert.deepEqual([refused.status, languageOf(refused)], [422, 'ar'])
    const consent = await person.browser.submit(second, { code: await person.code() })
    assert.deepEqual([consent.name, languageOf(consent)], ['consent', 'ar'])
    for (const [address, name] of [
      [authorizeUrl(url, client, { prompt: 'select_account' }), 'select-account'],
      [authorizeUrl(url, client, { prompt: 'login' }), 'sign-in'],
      ['/oauth2/logout', 'logout'],
      ['/device', 'device'],
      ['/interaction/signed-out?stayed=true', 'signed-out'],
    ] as const) {
      const page = await inEnglish(person.browser).follow(address)
      assert.deepEqual([page.name, languageOf(page)], [name, 'ar'], address)
    }
    const out = await person.browser.submit(await person.browser.follow('/oauth2/logout'), { decision: 'logout' })
    assert.deepEqual([out.name, languageOf(out)], ['signed-out', 'ar'])
  })

  test('comes after the menu and after what the application asks for', async () => {
    const person = await newPerson(url)
    await speaks(person, 'ja')
    const asked = await signIn(person, { ui_locales: 'fr' })
    assert.deepEqual([asked.name, languageOf(asked)], ['consent', 'fr'])
    assert.equal(languageOf(await person.browser.follow(authorizeUrl(url, client))), 'ja')
    person.browser.cookies.set('cip_language', 'sw')
    for (const parameters of [{}, { ui_locales: 'fr' }])
      assert.equal(languageOf(await person.browser.follow(authorizeUrl(url, client, parameters))), 'sw')
  })

  test('that no page speaks, or that is none, is passed over', async () => {
    const person = await newPerson(url)
    for (const language of ['tlh', '', null]) {
      await speaks(person, language)
      assert.equal(languageOf(await signIn(person, { prompt: 'login consent' })), 'en', String(language))
    }
  })

  test('is that of the page where a device is connected, also afterwards', async () => {
    const device = await operatorClient(own, {
      metadata: { grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], redirect_uris: [], response_types: [] },
    })
    const person = await newPerson(url)
    await speaks(person, 'pt')
    await signIn(person)
    const { user_code: userCode } = (await postAs(`${url}/oauth2/device`, device, { scope: 'openid' })).json as { user_code: string }
    const compare = await person.browser.submit(await inEnglish(person.browser).follow(`/device?user_code=${userCode}`), {})
    assert.equal(languageOf(compare), 'pt')
    const done = await person.browser.submit(compare, { decision: 'allow' })
    assert.deepEqual([done.name, languageOf(done), new URL(done.url).searchParams.has('result')], ['device', 'pt', true])
  })
})

describe('K-01 whoever is not known yet', () => {
  test('reads every page of a lost password in the language of the browser, until the code was right', async () => {
    const person = await newPerson(url)
    await speaks(person, 'ar')
    const browser = openBrowser(url)
    const start = await inEnglish(browser).follow(authorizeUrl(url, client))
    const reset = await browser.follow(start.url.replace('/sign-in', '/reset'))
    const code = await browser.submit(reset, { username: person.account.email })
    assert.deepEqual([code.name, languageOf(code)], ['code', 'en'])
    const sent = await latestMessage(own, { template: 'reset-password', to: person.account.email })
    const password = await browser.submit(code, { code: sent.code })
    assert.deepEqual([password.name, languageOf(password)], ['new-password', 'ar'])
  })

  test('who has the link of a mail is its owner: the page behind it speaks the language of the account', async () => {
    const person = await newPerson(url)
    await speaks(person, 'sw')
    const browser = openBrowser(url)
    const start = await inEnglish(browser).follow(authorizeUrl(url, client))
    const code = await browser.submit(start, { username: person.account.username, action: 'mail-code' })
    assert.equal(languageOf(code), 'en')
    const { link } = await latestMessage(own, { template: 'sign-in-code', to: person.account.email })
    const page = await inEnglish(browser).follow(link)
    assert.deepEqual([page.name, languageOf(page)], ['link', 'sw'])
    const changed = await inEnglish(browser).follow(`${link.slice(0, -4)}AAAA`)
    assert.equal(languageOf(changed), 'en', 'a link that is nobody\u2019s tells nothing')
    const consent = await browser.submit(page, {})
    assert.deepEqual([consent.name, languageOf(consent)], ['consent', 'sw'])
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

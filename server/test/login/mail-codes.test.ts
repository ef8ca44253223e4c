import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import type { Page } from '../harness/browser.ts'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { authorizeUrl, claimsOf, newPerson, parametersOf, redeem, type Tokens } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own)

/** The sign-in page of a fresh browser. */
const arrive = async (browser = openBrowser(url)) => ({ browser, page: await browser.follow(authorizeUrl(url, client)) })

const wrongOf = (code: string): string => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')

const eventsOf = async (userName: string): Promise<readonly string[]> =>
  (
    await own.sql.text<{ type: string }>(
      `select e.type from events e join identifiers i on i.user_id = e.user_id where i.canonical = $1 order by e.at, e.id`,
      [userName],
    )
  ).map(({ type }) => type)

const finish = async (page: Page): Promise<Record<string, unknown>> => {
  const { code = '' } = parametersOf(page)
  const answer = await redeem(url, client, { code })
  assert.equal(answer.status, 200, `${page.url} ${page.text.slice(0, 300)}`)
  return claimsOf((answer.json as Tokens).id_token)
}

describe('a code by mail', () => {
  test('signs in who types it, by user name and by address, and the token says how', async () => {
    const { account } = await newPerson(url)
    for (const username of [account.username, account.email]) {
      const { browser, page } = await arrive()
      const asked = await browser.submit(page, { username, action: 'mail-code' })
      assert.equal(asked.name, 'code')
      const { code } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
      assert.match(code, /^\d{6}$/)
      const claims = await finish(await browser.submit(asked, { code: ` ${code.slice(0, 3)} ${code.slice(3)}` }))
      assert.deepEqual([claims['amr'], claims['acr']], [['otp'], 'aal1'])
    }
    assert.ok((await eventsOf(account.username)).includes('sign_in.succeeded'))
  })

  test('is refused when it is wrong, five times at most, and then not even the right one works', async () => {
    const { account } = await newPerson(url)
    const { browser, page } = await arrive()
    let asked = await browser.submit(page, { username: account.username, action: 'mail-code' })
    const { code } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    for (let tries = 0; tries < 5; tries += 1) {
      asked = await browser.submit(asked, { code: wrongOf(code) })
      assert.deepEqual([asked.status, asked.name], [422, 'code'])
    }
    asked = await browser.submit(asked, { code })
    assert.equal(asked.status, 422)
    assert.match(asked.text, /has expired/)
  })

  test('works once, and a newer one ends it', async () => {
    const { account } = await newPerson(url)
    const first = await arrive()
    const asked = await first.browser.submit(first.page, { username: account.username, action: 'mail-code' })
    const older = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    const again = await first.browser.submit(asked, { way: 'resend' })
    const newer = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    assert.notEqual(older.code, newer.code)
    assert.equal((await first.browser.submit(asked, { code: older.code })).status, 422)
    assert.ok(parametersOf(await first.browser.submit(again, { code: newer.code }))['code'])
    const second = await arrive()
    const other = await second.browser.submit(second.page, { username: account.username, action: 'mail-code' })
    assert.equal((await second.browser.submit(other, { code: newer.code })).status, 422)
  })

  test('K-01 tells nothing of whether there is such an account, and sends nothing where there is none', async () => {
    const { account } = await newPerson(url)
    const before = (await messagesOf(own)).length
    const texts: string[] = []
    for (const username of [account.username, 'nobody-at-all']) {
      const { browser, page } = await arrive()
      const asked = await browser.submit(page, { username, action: 'mail-code' })
      assert.deepEqual([asked.status, asked.name], [200, 'code'])
      const wrong = await browser.submit(asked, { code: '000000' })
      texts.push(
        [asked.text, wrong.text]
          .join('\n')
          .replaceAll(username, 'NAME')
          .replaceAll(/[A-Za-z0-9_-]{40,}/g, 'sealed'),
      )
    }
    assert.equal(texts[0], texts[1])
    assert.equal((await messagesOf(own)).length, before + 1)
  })

  test('L-07 reaches an address three times an hour at most, whoever asks, and the page says the same', async () => {
    const { account } = await newPerson(url)
    for (let count = 0; count < 6; count += 1) {
      const { browser, page } = await arrive()
      assert.equal((await browser.submit(page, { username: account.username, action: 'mail-code' })).name, 'code')
    }
    assert.equal((await messagesOf(own, account.email)).filter(({ template }) => template === 'sign-in-code').length, 3)
  })
})

describe('the link of the mail', () => {
  test('N-05 does nothing when it is opened, signs in when the button is pressed, once, and goes on with the request', async () => {
    const { account } = await newPerson(url)
    const { browser, page } = await arrive()
    await browser.submit(page, { username: account.username, action: 'mail-code' })
    const { link } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    for (const method of ['GET', 'GET', 'HEAD']) assert.equal((await request(link, { method })).status, 200)
    const shown = await browser.follow(link)
    assert.equal(shown.name, 'link')
    const done = await browser.submit(shown, {})
    await finish(done)
    assert.equal((await browser.follow(link)).status, 400)
    const again = await browser.submit(shown, {})
    assert.equal(again.status, 400)
  })

  test('is refused where a character of it was changed, or it is of another purpose', async () => {
    const { account } = await newPerson(url)
    const { browser, page } = await arrive()
    await browser.submit(page, { username: account.username, action: 'mail-code' })
    const { link } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    for (const bad of [
      `${link.slice(0, -1)}A`,
      link.slice(0, -4),
      `${link}A`,
      link.replace('cip_ln_', 'cip_rt_'),
      `${url}/interaction/link`,
    ])
      assert.equal((await browser.follow(bad)).status, 400, bad)
  })
})

describe('setting a password anew', () => {
  const ask = async (name: string) => {
    const { browser, page } = await arrive()
    const flow = new URL(page.url).searchParams.get('flow') ?? ''
    const reset = await browser.follow(`${url}/interaction/reset?flow=${flow}`)
    assert.equal(reset.name, 'reset')
    return { browser, asked: await browser.submit(reset, { username: name }) }
  }
  const chosen = 'a wholly new sentence'

  test('N-04 by the code: ends every session and grant, tells the owner, signs nobody in', async () => {
    const { account, browser: elsewhere } = await newPerson(url)
    const before = await elsewhere.follow(authorizeUrl(url, client))
    await elsewhere.submit(before, { username: account.username, password: account.password, action: 'sign-in' })
    const { refresh_token: refreshToken } = (await accountApi(url).token(account)).json as Record<string, string>
    const { browser, asked } = await ask(account.email)
    const { code } = await latestMessage(own, { template: 'reset-password', to: account.email })
    assert.match(code, /^\d{8}$/)
    const choose = await browser.submit(asked, { code })
    assert.equal(choose.name, 'new-password')
    assert.match(choose.text, /signed out everywhere/)
    assert.equal((await browser.submit(choose, { password: 'short' })).status, 422)
    const done = await browser.submit(choose, { password: chosen })
    assert.deepEqual([done.status, done.name], [200, 'outcome'])
    assert.equal((await accountApi(url).token(account)).status, 401)
    assert.equal((await accountApi(url).token({ ...account, password: chosen })).status, 200)
    assert.equal((await accountApi(url).refresh(refreshToken ?? '')).status, 401)
    assert.equal((await elsewhere.follow(authorizeUrl(url, client, { prompt: 'none' }))).url.includes('login_required'), true)
    assert.equal((await browser.follow(authorizeUrl(url, client, { prompt: 'none' }))).url.includes('login_required'), true)
    assert.ok((await latestMessage(own, { template: 'password-changed', to: account.email })).link.includes('/interaction/link?token='))
    const events = await eventsOf(account.username)
    for (const type of ['proof.sent', 'password.set', 'session.ended']) assert.ok(events.includes(type), type)
  })

  test('N-04 the sessions that will end are listed first: device and last use, the own browser marked, and none that has ended', async () => {
    const { account, browser: elsewhere } = await newPerson(url)
    const agents = { firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', unknown: 'app/1.0 <b>' }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({ username: account.username, password: account.password }).toString()
    for (const agent of Object.values(agents))
      assert.equal((await request(`${url}/auth/token`, { method: 'POST', headers: { ...form, 'user-agent': agent }, body })).status, 200)
    const start = await elsewhere.follow(authorizeUrl(url, client))
    await elsewhere.submit(start, { username: account.username, password: account.password, action: 'sign-in' })
    await own.sql.text(
      `with old as (update sessions set created_at = now() - interval '3 hours' where user_agent = $1 returning id)
       update grants set rotated_at = now() - interval '3 hours' from old where session_id = old.id`,
      [agents.firefox],
    )
    const page = await elsewhere.follow(authorizeUrl(url, client, { prompt: 'login' }))
    const asked = await elsewhere.submit(await elsewhere.follow(page.url.replace('/sign-in', '/reset')), { username: account.email })
    const { code } = await latestMessage(own, { template: 'reset-password', to: account.email })
    const choose = await elsewhere.submit(asked, { code })
    const list = /<ul class="places">([\s\S]*?)<\/ul>/.exec(choose.text)?.[1] ?? ''
    const shown = [...list.matchAll(/<bdi>([^<]*)<\/bdi>\s*<small>([^<]*)<\/small>/g)].map(([, device, use]) => `${device}: ${use}`)
    assert.deepEqual(shown.toSorted(), [
      'Another device: Last used now',
      'Another device: This browser',
      'Firefox, Linux: Last used 3 hours ago',
    ])
    assert.match(choose.text, /signed out everywhere: 3 places/)
    assert.ok(!choose.text.includes('app/1.0') && !choose.text.includes('127.0.0.1'), 'never the header, nor the address')
    await elsewhere.submit(choose, { password: chosen })
    const again = await ask(account.email)
    const next = await latestMessage(own, { template: 'reset-password', to: account.email })
    const empty = await again.browser.submit(again.asked, { code: next.code })
    assert.ok(!empty.text.includes('class="places"') && /signed in nowhere else/.test(empty.text))
  })

  test('N-02 the page is worth nothing once the password was set by other means', async () => {
    const { account } = await newPerson(url)
    const [first, second] = [await ask(account.email), await ask(account.email)]
    const { code } = await latestMessage(own, { template: 'reset-password', to: account.email })
    assert.equal((await first.browser.submit(first.asked, { code })).status, 422, 'the newer code ended the older one')
    const choose = await second.browser.submit(second.asked, { code })
    const tabs = [
      await second.browser.submit(choose, { password: chosen }),
      await second.browser.submit(choose, { password: `${chosen} again` }),
    ]
    assert.deepEqual(
      tabs.map(({ status }) => status),
      [200, 422],
    )
    assert.equal((await accountApi(url).token({ ...account, password: chosen })).status, 200)
  })

  test('N-03 the page for the new password opens to nobody who did not give the code', async () => {
    const { account } = await newPerson(url)
    const { browser, asked } = await ask(account.email)
    const flow = new URL(asked.url).searchParams.get('flow') ?? ''
    const page = await browser.follow(`${url}/interaction/new-password?flow=${flow}`)
    assert.equal(page.name, 'reset')
    const { code } = await latestMessage(own, { template: 'reset-password', to: account.email })
    const signIn = await arrive()
    const other = await signIn.browser.submit(signIn.page, { username: account.username, action: 'mail-code' })
    assert.equal((await signIn.browser.submit(other, { code })).status, 422, 'a code to reset is none to sign in')
  })

  test('by the link on another device, without the request that is under way elsewhere', async () => {
    const account = newAccount()
    await accountApi(url).register(account)
    await ask(account.username)
    const { link } = await latestMessage(own, { template: 'reset-password', to: account.email })
    const phone = openBrowser(url)
    const choose = await phone.submit(await phone.follow(link), {})
    assert.equal(choose.name, 'new-password')
    assert.equal((await phone.submit(choose, { password: chosen })).status, 200)
    assert.equal((await accountApi(url).token({ ...account, password: chosen })).status, 200)
  })
})

describe('this was not me', () => {
  test('a sign-in in a new browser is told, the first one is not, and its link freezes the account', async () => {
    const { account, browser } = await newPerson(url)
    const signIn = async (at = browser) =>
      at.submit(await at.follow(authorizeUrl(url, client, { prompt: 'login' })), {
        username: account.username,
        password: account.password,
        action: 'sign-in',
      })
    await signIn()
    const told = async () => (await messagesOf(own, account.email)).filter(({ template }) => template === 'new-device').length
    assert.equal(await told(), 0)
    const stranger = openBrowser(url)
    await signIn(stranger)
    assert.equal(await told(), 1)
    await signIn(browser)
    assert.equal(await told(), 1)
    const { link } = await latestMessage(own, { template: 'new-device', to: account.email })
    const owner = openBrowser(url)
    const shown = await owner.follow(link)
    assert.equal((await accountApi(url).token(account)).status, 200, 'looking at the page changes nothing')
    assert.equal((await owner.submit(shown, {})).name, 'outcome')
    assert.equal((await accountApi(url).token(account)).status, 401)
    for (const one of [browser, stranger])
      assert.ok((await one.follow(authorizeUrl(url, client, { prompt: 'none' }))).url.includes('login_required'))
    assert.ok((await eventsOf(account.username)).includes('user.frozen'))
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

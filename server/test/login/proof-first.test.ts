import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { authorizeUrl, parametersOf } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { blurred, newcomersOf } from './newcomers-of.ts'
import { peopleOf } from './people-of.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const { arrive, askForCode, userOf, eventsOf, countUsers } = newcomersOf(own, client)
const { policy } = peopleOf(own, client)
await policy({ emailProof: 'first' })

const codeOf = async (to: string): Promise<string> => (await latestMessage(own, { template: 'sign-up-code', to })).code
const wrongOf = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

/** As far as the form of the account. */
const prove = async (account = newAccount(), browser = openBrowser(url)) => {
  const { asked } = await askForCode(account.email, browser)
  return { account, browser, asked, form: await browser.submit(asked, { code: await codeOf(account.email) }) }
}

const fieldsOf = ({ username, password }: { username: string; password: string }) => ({ username, password, action: 'sign-up' })

describe('an address that is proved first', () => {
  test('comes before everything else, and the account is written with it, proved and signed in', async () => {
    const before = await countUsers()
    const { account, browser, form } = await prove()
    assert.deepEqual([form.status, form.name], [200, 'sign-up'])
    assert.match(form.text, /This address is confirmed/)
    assert.equal(await countUsers(), before)
    const done = await browser.submit(form, fieldsOf(account))
    assert.ok(parametersOf(done)['code'], done.text.slice(0, 600))
    const user = await userOf(account)
    assert.deepEqual([user?.email, user?.isVerified], [account.email, true])
    const events = await eventsOf(user?.id ?? '')
    for (const event of ['user.registered browser', 'user.email_verified mail']) assert.ok(events.includes(event), event)
    assert.deepEqual(
      (await messagesOf(own, account.email)).map(({ template }) => template).filter((one) => one === 'verify-email'),
      [],
    )
  })

  test('is proved as well by the link of the same mail, which does nothing when it is opened', async () => {
    const account = newAccount()
    const { browser } = await askForCode(account.email)
    const { link } = await latestMessage(own, { template: 'sign-up-code', to: account.email })
    for (const method of ['GET', 'HEAD']) assert.equal((await request(link, { method })).status, 200)
    const shown = await browser.follow(link)
    assert.equal(shown.name, 'link')
    const form = await browser.submit(shown, {})
    assert.equal(form.name, 'sign-up')
    assert.ok(parametersOf(await browser.submit(form, fieldsOf(account)))['code'])
    assert.equal((await browser.follow(link)).status, 400)
  })

  test('goes on in the browser in which the link is opened, and in no other', async () => {
    const account = newAccount()
    const stranger = await askForCode(account.email)
    const { link } = await latestMessage(own, { template: 'sign-up-code', to: account.email })
    const owner = openBrowser(url)
    const form = await owner.submit(await owner.follow(link), {})
    assert.equal(form.name, 'sign-up')
    const copied = await stranger.browser.follow(form.url)
    assert.equal(copied.name, 'sign-up-address')
    assert.ok(parametersOf(await owner.submit(form, fieldsOf(account)))['code'])
  })

  test('K-03 K-01 that has an account is answered as one that has none, and its owner is told by mail', async () => {
    const taken = newAccount()
    await accountApi(url)
      .register(taken)
      .then(({ status }) => assert.equal(status, 403))
    await policy({})
    assert.equal((await accountApi(url).register(taken)).status, 200)
    await policy({ emailProof: 'first' })
    const texts: string[] = []
    for (const { email } of [taken, newAccount()]) {
      const { browser, asked } = await askForCode(email)
      const wrong = await browser.submit(asked, { code: '000000' })
      const again = await browser.submit(wrong, { way: 'resend' })
      texts.push([asked, wrong, again].map((page) => blurred(page, email)).join('\n'))
    }
    assert.equal(texts[0], texts[1])
    const templates = (await messagesOf(own, taken.email)).map(({ template }) => template)
    assert.ok(templates.includes('account-exists'))
    assert.ok(!templates.includes('sign-up-code'))
    assert.equal((await latestMessage(own, { template: 'account-exists', to: taken.email })).link, `${url}/account`)
  })

  test('K-01 leaves the same rows whether it has an account or not', async () => {
    const [taken, free] = [newAccount(), newAccount()]
    await prove(taken).then(({ browser, form, account }) => browser.submit(form, fieldsOf(account)))
    await sql.text('delete from proofs')
    for (const { email } of [taken, free]) await askForCode(email)
    const rows = await sql.text<{ shape: string }>(
      `select concat_ws(' ', purpose, user_id is null, channel, length(code_mac), length(link_hash), tries, spent_at is null) as shape from proofs`,
    )
    assert.equal(rows.length, 2)
    assert.equal(rows[0]?.shape, rows[1]?.shape)
    const events = await sql.text<{ user_id: string | null }>(
      `select user_id from events where type = 'proof.sent' order by at desc limit 2`,
    )
    assert.deepEqual(
      events.map(({ user_id }) => user_id),
      [null, null],
    )
  })

  test('that is none is refused beside its field, and nothing is sent', async () => {
    const browser = openBrowser(url)
    const before = (await messagesOf(own)).length
    for (const email of ['', 'nobody', 'a@b@c', 'two words@example.com', 'x@example.com\r\nBcc: y@example.com']) {
      const page = await browser.submit(await arrive(browser), { email, action: 'address' })
      assert.deepEqual([page.status, page.name], [422, 'sign-up-address'], email)
      assert.match(page.text, /id="email-note" role="alert">This is not an e-mail address/)
    }
    assert.equal((await messagesOf(own)).length, before)
  })

  test('L-07 is written to three times an hour at most, and the page says the same', async () => {
    const account = newAccount()
    for (let count = 0; count < 5; count += 1) assert.equal((await askForCode(account.email)).asked.name, 'code')
    assert.equal((await messagesOf(own, account.email)).length, 3)
  })
})

describe('its code', () => {
  test('L-02 takes five tries, and then not even the right one works', async () => {
    const account = newAccount()
    const { browser, asked } = await askForCode(account.email)
    const code = await codeOf(account.email)
    let page = asked
    for (let tries = 0; tries < 5; tries += 1) {
      page = await browser.submit(page, { code: wrongOf(code) })
      assert.deepEqual([page.status, page.name], [422, 'code'])
    }
    assert.match((await browser.submit(page, { code })).text, /has expired/)
    const [events] = await sql.text<{ count: number }>(`select count(*)::int as count from events where type = 'proof.refused'`)
    assert.ok((events?.count ?? 0) >= 6)
  })

  test('N-02 counts once, and the newest alone', async () => {
    const account = newAccount()
    const { browser, asked } = await askForCode(account.email)
    const older = await codeOf(account.email)
    const again = await browser.submit(asked, { way: 'resend' })
    const newer = await codeOf(account.email)
    assert.equal((await browser.submit(asked, { code: older })).status, 422)
    assert.equal((await browser.submit(again, { code: newer })).name, 'sign-up')
    assert.equal((await browser.submit(again, { code: newer })).status, 422)
  })

  test('stands in no log and no row', async () => {
    const { account } = await prove()
    const { code, link } = await latestMessage(own, { template: 'sign-up-code', to: account.email })
    const rows = await sql.text<{ text: string }>(`select proofs::text as text from proofs where address = $1`, [account.email])
    const secret = new URL(link).searchParams.get('token') ?? 'none'
    for (const { text } of rows) assert.ok(!text.includes(secret) && !text.includes(`"${code}"`))
    assert.ok(!own.logs().includes(secret))
  })
})

describe('K-09 the account', () => {
  test('is not made by skipping the proof: the form of the account is answered with the page of the address', async () => {
    const [browser, account] = [openBrowser(url), newAccount()]
    const page = await arrive(browser)
    const { password } = account
    const skipped = await browser.submit(page, { ...account, password, action: 'sign-up' })
    assert.equal(skipped.name, 'code')
    assert.equal(await userOf(account), undefined)
  })

  test('is not made with a code that was sent and never given', async () => {
    const account = newAccount()
    const { browser, asked } = await askForCode(account.email)
    const flow = new URL(asked.url).searchParams.get('flow') ?? ''
    const page = await browser.follow(`${url}/interaction/sign-up?flow=${flow}`)
    assert.equal(page.name, 'sign-up-address')
    assert.equal((await browser.submit(page, { ...account, action: 'sign-up' })).name, 'code')
    assert.equal(await userOf(account), undefined)
  })

  test('is made of the address that was proved, whatever the form says', async () => {
    const [{ account, browser, form }, other] = [await prove(), newAccount()]
    await browser.submit(form, { ...fieldsOf(account), email: other.email, email_verified: 'true' })
    assert.equal((await userOf(account))?.email, account.email)
    assert.equal((await sql.text('select 1 from identifiers where canonical = $1', [other.email])).length, 0)
  })

  test('is one for one proof, also when it has been deleted since', async () => {
    const { account, browser, form } = await prove()
    await browser.submit(form, fieldsOf(account))
    await sql.text('delete from users where id = $1', [(await userOf(account))?.id])
    const again = await browser.submit(form, fieldsOf(newAccount()))
    assert.deepEqual([again.status, again.name], [422, 'sign-up-address'])
    assert.match(again.text, /confirmation of your address has expired/)
    assert.equal((await sql.text('select 1 from identifiers where canonical = $1', [account.email])).length, 0)
  })

  test('is refused half an hour after the proof, by the clock of the database', async () => {
    const { account, browser, form } = await prove()
    await sql.text(`update proofs set proved_at = now() - interval '31 minutes' where address = $1`, [account.email])
    const late = await browser.submit(form, fieldsOf(account))
    assert.deepEqual([late.status, late.name], [422, 'sign-up-address'])
    assert.equal(late.form?.fields['email'], account.email)
    assert.equal(await userOf(account), undefined)
  })

  test('is refused where somebody took the address meanwhile, and the proof is not used up by what does not fit', async () => {
    const { account, browser, form } = await prove()
    const weak = await browser.submit(form, { ...fieldsOf(account), password: 'short' })
    assert.deepEqual([weak.status, weak.name], [422, 'sign-up'])
    assert.equal(weak.form?.fields['username'], account.username)
    assert.ok(weak.text.includes(`<bdi>${account.email}</bdi>`))
    const rival = await prove({ ...newAccount(), email: account.email })
    await rival.browser.submit(rival.form, fieldsOf(rival.account))
    const late = await browser.submit(weak, fieldsOf(account))
    assert.match(late.text, /An account with that address exists/)
    assert.equal(await userOf(account), undefined)
  })

  test('J-01 is not made by a form of another site or without its token', async () => {
    const { account, browser, form } = await prove()
    assert.equal((await browser.submit(form, { ...fieldsOf(account), form_token: 'x' })).status, 403)
    assert.equal((await openBrowser(url).submit(form, fieldsOf(account))).status, 403)
    assert.equal(await userOf(account), undefined)
  })

  test('N-02 survives a restart and a second tab: nothing is kept but the row of the proof', async () => {
    const account = newAccount()
    const { browser, asked } = await askForCode(account.email)
    const tab = await browser.follow(asked.url)
    const form = await browser.submit(tab, { code: await codeOf(account.email) })
    const copy = await browser.follow(form.url)
    assert.equal(copy.name, 'sign-up')
    assert.ok(parametersOf(await browser.submit(copy, fieldsOf(account)))['code'])
  })
})

describe('the account API, where the address is proved first', () => {
  test('K-06 makes no account and says where one is made, before it says anything of a name', async () => {
    const { account, browser, form } = await prove()
    await browser.submit(form, fieldsOf(account))
    for (const one of [newAccount(), account, { ...newAccount(), email: account.email }]) {
      const answer = await accountApi(url).register(one)
      const detail = 'Accounts are made on the sign-up page of this service, which proves the e-mail address first.'
      assert.deepEqual([answer.status, answer.json], [403, { detail }])
    }
  })

  test('signs in who has an account as before', async () => {
    const { account, browser, form } = await prove()
    await browser.submit(form, fieldsOf(account))
    assert.equal((await accountApi(url).token(account)).status, 200)
  })
})

test('who wants to leave can, from the page of the address and from that of the code', async () => {
  const browser = openBrowser(url)
  const left = await browser.submit(await arrive(browser), { action: 'cancel' })
  assert.equal(parametersOf(left)['error'], 'access_denied')
  const { browser: other, asked } = await askForCode(newAccount().email)
  assert.equal(parametersOf(await other.submit(asked, { action: 'cancel' }))['error'], 'access_denied')
})

test('a request that is too long for a link goes on by its code, and the link leads to the account portal', async () => {
  const account = newAccount()
  const browser = openBrowser(url)
  const long = (): string => randomBytes(2900).toString('base64url')
  const claims = (): string => JSON.stringify({ id_token: { nickname: { value: long() } } })
  const page = await browser.follow(authorizeUrl(url, client, { prompt: 'create', state: long(), claims: claims() }))
  const asked = await browser.submit(page, { email: account.email, action: 'address' })
  const form = await browser.submit(asked, { code: await codeOf(account.email) })
  assert.ok(parametersOf(await browser.submit(form, fieldsOf(account)))['code'])
  const [other, second] = [newAccount(), openBrowser(url)]
  const again = await second.follow(authorizeUrl(url, client, { prompt: 'create', state: long(), claims: claims() }))
  await second.submit(again, { email: other.email, action: 'address' })
  const { link } = await latestMessage(own, { template: 'sign-up-code', to: other.email })
  const blank = await second.submit(await second.follow(link), {})
  assert.equal(blank.name, 'sign-up')
  assert.equal((await second.submit(blank, fieldsOf(other))).url, `${url}/account`)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

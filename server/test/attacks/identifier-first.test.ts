import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { softwareAuthenticator } from '../credentials/software-authenticator.ts'
import { type Account, accountApi } from '../harness/account-api.ts'
import { type Browser, openBrowser, type Page } from '../harness/browser.ts'
import { leastCost } from '../harness/cost.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { newPerson, parametersOf } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { peopleOf } from '../login/people-of.ts'

const own = await startProvider()
const { url, sql } = own
const { db } = own.platform.base
const client = await operatorClient(own)
const { policy, arrive } = peopleOf(own, client)
await policy({ form: 'identifier-first' })
const origin = url.replace('127.0.0.1', 'localhost')

const account: Account = { username: 'one-and-only', email: 'one-and-only@example.com', password: 'correct horse battery' }
const userOf = `(select user_id from identifiers where kind = 'username' and canonical = 'one-and-only')`
const at = (statement: string) => async (): Promise<void> => void (await sql.text(statement))

/** One and the same name in every state that its account can be in, each on top of those before. */
const states: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['nobody has it', async () => undefined],
  ['an account with a password', () => accountApi(url).register(account)],
  ['an account with a proved address', at(`update identifiers set verified_at = now() where user_id = ${userOf}`)],
  [
    'an account with an authenticator app',
    at(
      `insert into totp_factors (tenant_id, user_id, sealed_secret, confirmed_at) select tenant_id, id, 'x', now() from users where id = ${userOf}`,
    ),
  ],
  [
    'an account with a passkey besides',
    at(
      `insert into passkeys (tenant_id, id, user_id, credential_id, public_key, rp_id, aaguid, name, is_backup_eligible, is_backed_up, is_user_verified)
       select tenant_id, gen_random_uuid(), id, 'x', 'x', 'localhost', gen_random_uuid(), 'x', true, true, true from users where id = ${userOf}`,
    ),
  ],
  ['an account with a passkey alone', at(`delete from passwords where user_id = ${userOf}`)],
  ['an account with a language of its own', at(`update users set language = 'ar' where id = ${userOf}`)],
  [
    'an account that is locked',
    at(`update sign_in_states set failures = 50, locked_until = now() + interval '1 hour' where user_id = ${userOf}`),
  ],
  ['an account whose password is off', at(`update sign_in_states set failures = 100 where user_id = ${userOf}`)],
  ['an account that is disabled', at(`update users set status = 'disabled' where id = ${userOf}`)],
  ['an account that is frozen', at(`update users set status = 'frozen' where id = ${userOf}`)],
]

const changing = new Set(['date', 'x-request-id', 'content-length', 'location', 'set-cookie'])
/** What an answer shows, without what is new in every one. */
const shownBy = ({ status, headers, text }: Pick<Page, 'status' | 'headers' | 'text'>) => ({
  status,
  text: text
    .replaceAll(/flow=[\w-]+/g, 'flow=')
    .replaceAll(/(name="(?:flow|form_token|passkey_token)" value=")[^"]+/g, '$1')
    .replaceAll(/(challenge&quot;:&quot;)[\w-]+/g, '$1'),
  headers: Object.entries(headers).filter(([key]) => !changing.has(key)),
  cookies: (headers['set-cookie'] ?? []).map((line) => line.split('=')[0]),
  names: Object.keys(headers),
})

const post = (browser: Browser, page: Page, fields: Record<string, string>) =>
  browser.send(new URL(page.form?.action ?? '', page.url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ ...page.form?.fields, ...fields }).toString(),
  })

/** Everything that somebody can see who names an account and goes no further, and what it cost. */
const look = async (username: string) => {
  // Each time as if nobody had asked within the hour: an address has three codes in one.
  await sql.text('delete from proofs')
  const browser = openBrowser(url)
  const first = await arrive(browser)
  const named = await leastCost({ db, enough: 0, work: () => post(browser, first, { username, action: 'name' }) })
  const location = String(named.answer.headers.location)
  const second = await leastCost({ db, enough: 0, work: () => browser.follow(location) })
  const wrong = await browser.submit(second.answer, { password: 'not the password', action: 'sign-in' })
  const mail = await browser.submit(second.answer, { action: 'mail-code' })
  const code = await browser.submit(mail, { code: '000000' })
  const back = await browser.submit(mail, { way: 'password' })
  const passkey = await browser.submit(second.answer, { way: 'passkey' })
  return {
    statements: [named.cost.statements, second.cost.statements],
    sizes: [location.length, second.answer.text.length],
    shown: [named.answer, second.answer, wrong, mail, code, back, passkey].map(shownBy),
    path: new URL(location, url).pathname,
  }
}

describe('K-01 a name alone tells nothing: the same pages, headers, cookies, sizes and statements, and never by the database', () => {
  for (const name of [account.username, account.email.toUpperCase()])
    test(`in every state of ${name}`, async () => {
      await sql.text(`delete from users where id = ${userOf}`)
      const reference = await look(name)
      assert.deepEqual([reference.path, reference.statements], ['/interaction/sign-in', [0, 0]], 'nothing is looked up')
      for (const [state, reach] of states) {
        await reach()
        const seen = await look(name)
        assert.deepEqual(seen.shown, reference.shown, state)
        assert.deepEqual(seen.statements, [0, 0], state)
        for (const [index, size] of seen.sizes.entries()) {
          // A sealed flow differs by a few characters, as its time does.
          const difference = Math.abs(size - (reference.sizes[index] ?? 0))
          assert.ok(difference <= 40, `${state}: ${difference}`)
        }
      }
      const [row] = await sql.text<{ status: string }>(`select status from users where id = ${userOf}`)
      assert.equal(row?.status, 'frozen', 'the states were reached')
    })

  test('of names that nobody can have, too', async () => {
    for (const name of ["' or 1=1--", 'a@@b', '*)(uid=*', '\u0000', '🦊', 'x'.repeat(320)]) {
      const browser = openBrowser(url)
      const page = await browser.submit(await arrive(browser), { username: name, action: 'name' })
      assert.deepEqual([page.status, page.name, page.text.includes('id="password"')], [200, 'sign-in', true], name)
    }
  })

  test('and a code by mail goes to who has the account, while the page is the same', async () => {
    const { account: real } = await newPerson(url)
    for (const [name, count] of [
      [real.username, 1],
      ['nobody-at-all', 0],
    ] as const) {
      const browser = openBrowser(url)
      const page = await browser.submit(await arrive(browser), { username: name, action: 'name' })
      assert.equal((await browser.submit(page, { action: 'mail-code' })).name, 'code')
      assert.equal((await messagesOf(own, `${name}@example.com`)).filter(({ template }) => template === 'sign-in-code').length, count)
    }
  })
})

type Asked = {
  readonly challenge: string
  readonly rpId?: string
  readonly rp?: { readonly id: string }
  readonly user?: { readonly id: string }
}
const askedBy = ({ text }: Page) => {
  const asked = JSON.parse((/data-passkey="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"')) as Asked
  return { challenge: asked.challenge, rpId: asked.rpId ?? asked.rp?.id ?? '', ...(asked.user && { userId: asked.user.id }) }
}
const wayOf = ({ text }: Page): string | undefined => /<button class="button primary" id="(login-submit|mail-code|passkey)"/.exec(text)?.[1]

const secondPage = async (browser: Browser, name: string): Promise<Page> =>
  browser.submit(
    await arrive(browser, { prompt: 'login select_account' }).then((page) =>
      page.name === 'sign-in' ? page : browser.submit(page, { account: 'other' }),
    ),
    {
      username: name,
      action: 'name',
    },
  )

/** A person with a passkey, who has just signed in with it in the browser. */
const withPasskey = async () => {
  const person = await newPerson(url)
  const { browser, account: own1 } = person
  const device = softwareAuthenticator()
  const page = await secondPage(browser, own1.username)
  const offer = await browser.submit(page, { password: own1.password, action: 'sign-in', webauthn: 'yes' })
  assert.equal(offer.name, 'passkey-offer')
  const made = await browser.submit(offer, { passkey_answer: JSON.stringify(device.attest(askedBy(offer), { origin })), action: 'passkey' })
  assert.ok(parametersOf(made)['code'], made.text)
  return { ...person, device }
}

describe('K-01 P-04 whether there is a passkey', () => {
  test('decides in the browser that has seen it used, by every name of the account, and in no other', async () => {
    const { browser, account: mine, device } = await withPasskey()
    for (const name of [mine.username, mine.email, mine.email.toUpperCase()]) {
      const page = await secondPage(browser, name)
      assert.equal(wayOf(page), 'passkey', name)
      assert.match(page.text, /<details class="ways" open>[\s\S]*id="way-password"/, 'the others are in sight')
      assert.equal(wayOf(await secondPage(openBrowser(url), name)), 'login-submit', 'to a stranger it is a name like any other')
    }
    assert.equal(wayOf(await secondPage(browser, 'somebody-else')), 'login-submit')
    const page = await secondPage(browser, mine.username)
    assert.doesNotMatch(page.text, /allowCredentials/, 'no credential of the account is named')
    const entered = await browser.submit(page, {
      passkey_answer: JSON.stringify(device.assert(askedBy(page), { origin })),
      action: 'passkey',
    })
    assert.ok(parametersOf(entered)['code'])
    const refused = await browser.submit(await secondPage(browser, mine.username), { passkey_answer: '{}', action: 'passkey' })
    assert.deepEqual([refused.status, wayOf(refused)], [422, 'passkey'])
    assert.match(refused.text, /That did not work/)
  })

  test('stays what this browser saw, whatever becomes of the account', async () => {
    const { browser, account: mine } = await withPasskey()
    for (const statement of [
      `delete from passkeys where user_id = (select user_id from identifiers where canonical = $1)`,
      `update users set status = 'disabled' where id = (select user_id from identifiers where canonical = $1)`,
      `delete from users where id = (select user_id from identifiers where canonical = $1)`,
    ]) {
      await sql.text(statement, [mine.username])
      const page = await secondPage(browser, mine.username)
      assert.equal(wayOf(page), 'passkey', statement)
    }
  })

  test('gives way to how the person came in last', async () => {
    const { browser, account: mine } = await withPasskey()
    const chosen = await browser.submit(await secondPage(browser, mine.username), { way: 'password' })
    assert.equal(wayOf(chosen), 'login-submit')
    await browser.submit(chosen, { password: mine.password, action: 'sign-in' })
    assert.equal(wayOf(await secondPage(browser, mine.email)), 'login-submit', 'by the other name as well')
    const mail = await browser.submit(await secondPage(browser, mine.username), { action: 'mail-code' })
    const { code } = await latestMessage(own, { template: 'sign-in-code', to: mine.email })
    assert.ok(parametersOf(await browser.submit(mail, { code }))['code'])
    assert.equal(wayOf(await secondPage(browser, mine.username)), 'mail-code')
  })

  test('is remembered sealed, of five accounts at most, and only where the form has a use for it', async () => {
    const { browser, account: mine } = await withPasskey()
    const cookie = browser.cookies.get('cip_ways') ?? ''
    assert.match(cookie, /^[\w-]{40,1200}$/)
    assert.ok(!Buffer.from(cookie, 'base64url').toString('latin1').includes(mine.username))
    for (let count = 0; count < 5; count += 1) {
      const { account: other } = await newPerson(url)
      const done = await browser.submit(await secondPage(browser, other.username), { password: other.password, action: 'sign-in' })
      assert.ok(parametersOf(done)['code'], done.text)
    }
    assert.equal(wayOf(await secondPage(browser, mine.username)), 'login-submit', 'the oldest made room')
    assert.ok((browser.cookies.get('cip_ways') ?? '').length < 1200)
    await policy({ form: 'combined' })
    const { account: last, browser: plain } = await newPerson(url)
    const page = await plain.submit(await arrive(plain), { ...last, action: 'sign-in' })
    assert.ok(parametersOf(page)['code'])
    assert.equal(plain.cookies.has('cip_ways'), false)
    await policy({ form: 'identifier-first' })
  })

  test('I-05 I-10 cannot be said by a cookie that is forged, cut, of another place or sent twice', async () => {
    const { browser, account: mine } = await withPasskey()
    const cookie = browser.cookies.get('cip_ways') ?? ''
    const flow = new URL((await secondPage(browser, mine.username)).url).searchParams.get('flow') ?? ''
    const middle = Math.floor(cookie.length / 2)
    const flipped = cookie.slice(0, middle) + (cookie[middle] === 'A' ? 'B' : 'A') + cookie.slice(middle + 1)
    const forged = Buffer.from(JSON.stringify([{ names: ['x'], way: 'passkey' }])).toString('base64url')
    for (const value of [
      flipped,
      cookie.slice(1),
      cookie.slice(0, -4),
      flow,
      forged,
      '',
      '__proto__',
      'x'.repeat(5000),
      `${cookie}; cip_ways=${cookie}`,
    ]) {
      const other = openBrowser(url)
      other.cookies.set('cip_ways', value)
      const page = await secondPage(other, mine.username)
      assert.deepEqual([page.status, wayOf(page)], [200, 'login-submit'], value.slice(0, 40))
    }
  })

  test('O-04 changes nothing of what the tenant allows: a way that it has taken away is shown to nobody', async () => {
    const { browser, account: mine } = await withPasskey()
    await policy({ form: 'identifier-first', methods: { passkey: false } })
    const page = await secondPage(browser, mine.username)
    assert.deepEqual([wayOf(page), page.text.includes('data-passkey')], ['login-submit', false])
    await policy({ form: 'identifier-first' })
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type SoftwareAuthenticator, softwareAuthenticator } from '../credentials/software-authenticator.ts'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { type Browser, openBrowser, type Page } from '../harness/browser.ts'
import { startTestDatabase } from '../harness/database.ts'
import { failuresIn, startProvider, type TestProvider } from '../harness/provider.ts'

const postgres = await startTestDatabase()
const start = () => startProvider({}, postgres)
const own = await start()
const { url, sql } = own
const names = { username: 'keeper', email: 'keeper@example.com' }

const linkOf = ({ url: at, claim }: TestProvider): string => `${at}/first-run?token=${claim ?? ''}`
/** The name of this machine, by which browsers know passkeys. */
const originOf = ({ url: at }: Pick<TestProvider, 'url'>): string => at.replace('127.0.0.1', 'localhost')

const optionsOf = ({
  text,
}: Page): {
  readonly challenge: string
  readonly rp: { readonly id: string }
  readonly user: { readonly id: string; readonly name: string }
} => JSON.parse((/data-passkey="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"'))

const toPasskey = async (browser: Browser, at: TestProvider = own, typed: Record<string, string> = names): Promise<Page> =>
  browser.submit(await browser.follow(linkOf(at)), { ...typed, action: 'passkey' })

const answerTo = (page: Page, device: SoftwareAuthenticator, more: object = {}): Record<string, string> => {
  const { challenge, rp, user } = optionsOf(page)
  const answer = device.attest({ challenge, rpId: rp.id, userId: user.id }, { origin: originOf(own), ...more })
  return { passkey_answer: JSON.stringify(answer), action: 'passkey' }
}

const countOf = async (table: 'users' | 'passkeys' | 'role_assignments', at = sql): Promise<number> =>
  (await at.text(`select 1 from ${table}`)).length

describe('S-11 the first administrator with a passkey', () => {
  test('is asked for names before the passkey, and what does not fit is said', async () => {
    const browser = openBrowser(url)
    const page = await toPasskey(browser, own, { username: 'x', email: 'none' })
    assert.deepEqual([page.status, page.name], [422, 'first-run'])
    assert.match(page.text, /id="username-note" role="alert"/)
    assert.match(page.text, /id="email-note" role="alert"/)
    assert.doesNotMatch(page.text, /id="password-note" role="alert"/)
  })

  test('P-01 P-02 P-03 gets nothing by an answer that is forged, of another page, without verification, or none', async () => {
    const browser = openBrowser(url)
    const page = await toPasskey(browser)
    assert.equal(page.name, 'first-run-passkey')
    assert.equal(optionsOf(page).user.name, names.username)
    const device = softwareAuthenticator()
    const other = await toPasskey(openBrowser(url))
    for (const fields of [
      { passkey_answer: '' },
      { passkey_answer: '{}' },
      answerTo(page, device, { origin: 'https://evil.example' }),
      answerTo(page, device, { isUserVerified: false }),
      answerTo(page, device, { type: 'webauthn.get' }),
      answerTo(other, device),
    ]) {
      const refused = await browser.submit(await browser.follow(page.url), fields)
      assert.deepEqual([refused.status, refused.name], [422, 'first-run-passkey'])
    }
    const moved = { ...answerTo(page, device), passkey_token: other.form?.fields['passkey_token'] ?? '' }
    assert.equal((await browser.submit(page, moved)).status, 422)
    assert.deepEqual([await countOf('users'), await countOf('passkeys'), await countOf('role_assignments')], [0, 0, 0])
  })

  test('J-01 gets nothing by a form of another browser, or with a state that was changed', async () => {
    const page = await toPasskey(openBrowser(url))
    const fields = answerTo(page, softwareAuthenticator())
    assert.equal((await openBrowser(url).submit(page, fields)).status, 400)
    const browser = openBrowser(url)
    const mine = await toPasskey(browser)
    assert.equal(
      (await browser.submit(mine, { ...answerTo(mine, softwareAuthenticator()), state: `${mine.form?.fields['state']}A` })).status,
      400,
    )
    assert.equal((await browser.follow('/first-run/passkey?state=x')).status, 400)
    assert.equal(await countOf('users'), 0)
  })

  test('can go back to a password, and the names are still there', async () => {
    const browser = openBrowser(url)
    const page = await toPasskey(browser)
    const back = /id="password-instead" href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const form = await browser.follow(back)
    assert.equal(form.name, 'first-run')
    assert.deepEqual([form.form?.fields['username'], form.form?.fields['email']], [names.username, names.email])
  })

  test('of two claims at once, by passkey and by password, one makes the owner, and nothing is left of the other', async () => {
    const at = await start()
    const [one, two] = [openBrowser(at.url), openBrowser(at.url)]
    const [passkey, password] = [await toPasskey(one, at), await two.follow(linkOf(at))]
    const { challenge, rp, user } = optionsOf(passkey)
    const answer = softwareAuthenticator().attest({ challenge, rpId: rp.id, userId: user.id }, { origin: originOf(at) })
    const answers = await Promise.all([
      one.submit(passkey, { passkey_answer: JSON.stringify(answer) }),
      two.submit(password, { ...newAccount(), action: 'password' }),
    ])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
    assert.deepEqual([await countOf('users', at.sql), await countOf('role_assignments', at.sql)], [1, 1])
    assert.equal(await countOf('passkeys', at.sql), answers[0]?.status === 200 ? 1 : 0)
    assert.deepEqual(failuresIn(at), [])
  })

  test('is the owner, signed in, without a password, and the link is closed for ever', async () => {
    const browser = openBrowser(url)
    const page = await toPasskey(browser)
    const done = await browser.submit(page, answerTo(page, softwareAuthenticator()))
    assert.deepEqual([done.status, done.name], [200, 'next-steps'], done.text.slice(0, 600))
    assert.ok(browser.cookies.has('cip_session'))
    assert.deepEqual([await countOf('users'), await countOf('passkeys'), await countOf('role_assignments')], [1, 1, 1])
    assert.equal((await sql.text('select 1 from passwords')).length, 0)
    const events = (await sql.text<{ type: string }>(`select type from events where user_id is not null`)).map(({ type }) => type)
    assert.deepEqual(events.sort(), ['administrator.claimed', 'passkey.added', 'sign_in.succeeded', 'user.registered'])
    const [session] = await sql.text<{ amr: string[] }>('select amr from sessions')
    assert.ok(session?.amr.includes('mfa'), String(session?.amr))
    assert.equal((await browser.follow(linkOf(own))).status, 400)
    assert.equal((await browser.follow(page.url)).status, 400)
    const again = await browser.submit(page, answerTo(page, softwareAuthenticator()))
    assert.ok([400, 422].includes(again.status))
    for (const password of ['', 'correct horse battery']) assert.notEqual((await accountApi(url).token({ ...names, password })).status, 200)
    assert.equal(await countOf('users'), 1)
  })
})

test('at an address of numbers the page says where a passkey can be made; at a name it offers one', async () => {
  const at = await start()
  const numbered = await openBrowser(at.url).follow(linkOf(at))
  assert.doesNotMatch(numbered.text, /id="passkey-instead"/)
  const named = /<a href="([^"]+)" dir="ltr">/.exec(numbered.text)?.[1]
  assert.equal(named, linkOf(at).replace('127.0.0.1', 'localhost'))
  const page = await openBrowser(at.url).follow(linkOf(at), { headers: { host: new URL(originOf(at)).host } })
  assert.match(page.text, /id="passkey-instead"/)
  assert.match(page.text, /<noscript><p class="note">Passkeys need scripts/)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

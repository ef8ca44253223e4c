import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { newcomersOf } from './newcomers-of.ts'
import { peopleOf } from './people-of.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const { admin, invite, userOf, eventsOf, countUsers } = newcomersOf(own, client)
const { policy } = peopleOf(own, client)
type Invited = Awaited<ReturnType<typeof invite>>

const accept = async ({ browser, link, account }: Pick<Invited, 'browser' | 'link' | 'account'>, more: Record<string, string> = {}) =>
  browser.submit(await browser.follow(link), { username: account.username, password: account.password, ...more })

const statusOf = async (id: string): Promise<string | undefined> => (await admin.find({ id }))?.status

describe('an invitation', () => {
  test('makes the account of the invited address, proved, signs in, and leads to the account portal', async () => {
    const invited = await invite({ username: 'suggested-name' })
    const page = await invited.browser.follow(invited.link)
    assert.deepEqual([page.status, page.name], [200, 'invitation'])
    assert.equal(page.form?.fields['username'], 'suggested-name')
    assert.ok(page.text.includes(`<bdi>${invited.account.email}</bdi>`))
    const done = await accept(invited)
    assert.equal(done.url, `${url}/account`)
    assert.ok(invited.browser.cookies.has('cip_session'))
    const user = await userOf(invited.account)
    assert.deepEqual([user?.email, user?.isVerified], [invited.account.email, true])
    const events = await eventsOf(user?.id ?? '')
    assert.deepEqual(events.slice(0, 3).sort(), ['invitation.accepted', 'user.email_verified mail', 'user.registered invitation'])
    assert.equal(await statusOf(invited.id), 'accepted')
    assert.equal((await accountApi(url).token(invited.account)).status, 200)
  })

  test('N-05 is not used up by being opened, whoever opens it', async () => {
    const invited = await invite()
    for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await request(invited.link, { method })).status, 200)
    assert.equal(await statusOf(invited.id), 'pending')
    assert.equal((await accept(invited)).url, `${url}/account`)
  })

  test('K-08 is accepted once, and the link is dead afterwards for everybody', async () => {
    const invited = await invite()
    const late = await openBrowser(url).follow(invited.link)
    await accept(invited)
    const before = await countUsers()
    for (const link of [invited.link, invited.printed]) assert.equal((await openBrowser(url).follow(link)).status, 400)
    const second = openBrowser(url)
    await second.follow(authorizePage)
    const again = await second.submit(late, { username: newAccount().username, password: 'correct horse battery' })
    assert.equal(again.status, 400)
    assert.equal(await countUsers(), before)
  })

  test('K-08 opens nothing once it has expired or was taken back, not even a page that was open before', async () => {
    const endings: Record<string, (id: string) => Promise<unknown>> = {
      expired: (id) => sql.text(`update invitations set expires_at = now() where id = $1`, [id]),
      revoked: (id) => admin.revoke(id),
    }
    for (const [status, end] of Object.entries(endings)) {
      const invited = await invite()
      const page = await invited.browser.follow(invited.link)
      await end(invited.id)
      assert.equal(await statusOf(invited.id), status)
      const { username, password } = invited.account
      assert.equal((await invited.browser.submit(page, { username, password })).status, 400, status)
      assert.equal((await invited.browser.follow(invited.link)).status, 400, status)
      assert.equal(await userOf(invited.account), undefined, status)
    }
  })

  test('K-08 makes no account of another address or id, and gives no rights, whatever the form says', async () => {
    const [invited, other] = [await invite(), newAccount()]
    const more = { email: other.email, id: '1', role: 'owner', email_verified: 'true', 'attribute.phone_number_verified': 'true' }
    assert.equal((await accept(invited, more)).url, `${url}/account`)
    assert.equal((await userOf(invited.account))?.email, invited.account.email)
    assert.equal((await sql.text('select 1 from identifiers where canonical = $1', [other.email])).length, 0)
    assert.equal((await sql.text('select 1 from role_assignments')).length, 0)
  })

  test('N-02 sent again has a new link and its whole time; the links before are dead', async () => {
    const first = await invite()
    await sql.text(`update invitations set expires_at = now() where id = $1`, [first.id])
    const again = await admin.resend(first.id, { printsLink: true })
    assert.ok(again.kind === 'sent' && again.link !== undefined)
    for (const link of [first.link, first.printed]) assert.equal((await request(link)).status, 400)
    assert.equal((await accept({ ...first, link: again.link })).url, `${url}/account`)
    assert.deepEqual(await admin.resend(first.id, { printsLink: false }), { kind: 'ended' })
    assert.equal(await admin.revoke(first.id), false)
  })

  test('that the operator passed on proves no address: it is asked for afterwards', async () => {
    const invited = await invite()
    assert.equal((await accept({ ...invited, link: invited.printed })).url, `${url}/account`)
    assert.equal((await userOf(invited.account))?.isVerified, false)
    const templates = (await messagesOf(own, invited.account.email)).map(({ template }) => template)
    assert.ok(templates.includes('verify-email'), templates.join())
  })

  test('N-03 changed in any character, or of another purpose, is none', async () => {
    const { link } = await invite()
    const token = new URL(link).searchParams.get('token') ?? ''
    const changed = `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`
    for (const bad of ['', 'x', token.slice(0, -1), `${token}A`, changed, token.replace('cip_iv_', 'cip_ln_')])
      assert.equal((await request(`${url}/invitation?token=${bad}`)).status, 400, bad)
    assert.equal((await request(`${url}/interaction/link?token=${token}`)).status, 400)
    assert.equal((await request(`${url}/first-run?token=${token}`)).status, 400)
    assert.equal((await request(`${url}/invitation?token=${own.claim}`)).status, 400)
  })

  test('J-01 is not accepted by a form of another site, of another browser or without its token', async () => {
    const invited = await invite()
    const page = await invited.browser.follow(invited.link)
    const { username, password } = invited.account
    const fields = { username, password }
    assert.equal((await invited.browser.submit(page, { ...fields, form_token: 'x' })).status, 400)
    assert.equal((await openBrowser(url).submit(page, fields)).status, 400)
    const crossing = await invited.browser.follow(`${url}/invitation`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ ...page.form?.fields, ...fields }).toString(),
    })
    assert.equal(crossing.status, 400)
    assert.equal(await userOf(invited.account), undefined)
    assert.equal(await statusOf(invited.id), 'pending')
  })

  test('says what does not fit beside its field, and neither what was typed nor the invitation is lost', async () => {
    const [taken, invited] = [newAccount(), await invite()]
    await accountApi(url).register(taken)
    const short = await accept(invited, { password: 'short' })
    assert.deepEqual([short.status, short.name], [422, 'invitation'])
    assert.equal(short.form?.fields['username'], invited.account.username)
    assert.match(short.text, /id="password-note" role="alert">This password is one of the most common/)
    const named = await accept(invited, { username: taken.username })
    assert.match(named.text, /id="username-note" role="alert">That user name is taken/)
    assert.equal(await statusOf(invited.id), 'pending')
    assert.equal((await accept(invited)).url, `${url}/account`)
  })

  test('tells who made an account of the address meanwhile to sign in, and stays open', async () => {
    const invited = await invite()
    await accountApi(url).register({ ...newAccount(), email: invited.account.email })
    const page = await accept(invited)
    assert.equal(page.status, 422)
    assert.match(page.text, /An account with that address exists\. Sign in instead/)
    assert.equal(await statusOf(invited.id), 'pending')
  })

  test('is made once for an address, and not for one that has an account', async () => {
    const { account } = await invite()
    const email = { kind: 'email', written: account.email, canonical: account.email } as const
    const again = { email, language: 'en', lifeSeconds: 86_400 }
    assert.deepEqual(await admin.invite(again, { printsLink: true }), { kind: 'invited-already' })
    await accountApi(url).register(account)
    assert.deepEqual(await admin.invite(again, { printsLink: true }), { kind: 'has-account' })
  })

  test('goes with its account', async () => {
    const invited = await invite()
    await accept(invited)
    await sql.text('delete from users where id = $1', [(await userOf(invited.account))?.id])
    assert.equal(await statusOf(invited.id), undefined)
  })
})

test('N-08 secrets of invitations stand in no log, no event and no row', async () => {
  const invited = await invite()
  await accept(invited)
  const rows = await sql.text<{ text: string }>(
    `select invitations::text as text from invitations union all select events::text from events union all select messages::text from messages`,
  )
  const everything = [own.logs(), ...rows.map(({ text }) => text)].join('\n')
  for (const link of [invited.link, invited.printed]) {
    const secret = (new URL(link).searchParams.get('token') ?? '').slice('cip_iv_'.length)
    assert.ok(secret.length > 60)
    assert.ok(!everything.includes(secret))
    assert.ok(!everything.includes(Buffer.from(secret, 'base64url').subarray(16).toString('hex')))
  }
})

test('O-04 who is invited where everybody needs a second factor gives one before the account is open', async () => {
  await policy({ secondFactor: 'always' })
  const invited = await invite()
  const page = await accept(invited)
  // The invitation has proved the address: a code that goes there is a second factor of this tenant.
  assert.equal(page.name, 'code')
  const sent = await invited.browser.submit(page, { way: 'email-code' })
  const { code } = await latestMessage(own, { template: 'second-factor-code', to: invited.account.email })
  assert.equal(invited.browser.cookies.has('cip_session'), false)
  assert.equal((await invited.browser.submit(sent, { code, action: 'continue' })).url, `${url}/account`)
  assert.ok(invited.browser.cookies.has('cip_session'))
  await policy({})
})

const authorizePage = `${url}/.well-known/openid-configuration`

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

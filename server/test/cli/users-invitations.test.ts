import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newAccount } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { latestMessage } from '../harness/messages.ts'
import { startProvider } from '../harness/provider.ts'
import { cip, cipJson } from './cip.ts'

const own = await startProvider()
const { env, url } = own
const run = (...args: string[]) => cip(['users', ...args], { env })
const json = <T = Record<string, unknown>>(...args: string[]): Promise<T> => cipJson<T>(['users', ...args], { env })
type Listed = { invitations: { email: string; status: string; user_number: number | null }[] }

const inviteOf = async (...more: string[]) => {
  const account = newAccount()
  const made = await json('invite', '--email', account.email, ...more)
  return { ...account, link: String(made['link']), id: String(made['id']) }
}

test('invite sends a mail in the language that was asked for, and prints the link only where that was asked for', async () => {
  const { email } = newAccount()
  const answer = await run('invite', '--email', email, '--language', 'de', '--expires', '14d')
  assert.equal(answer.code, 0, answer.stderr)
  assert.match(answer.stdout, /Invited .*valid for 14d/)
  assert.doesNotMatch(answer.stdout, /cip_iv_/)
  const { link, days } = await latestMessage(own, { template: 'invitation', to: email })
  assert.equal(days, '14')
  assert.ok(link.startsWith(`${url}/invitation?token=cip_iv_`))
  assert.equal((await request(link)).status, 200)
})

test('the printed link is another one than that of the mail, and both open the invitation', async () => {
  const { email, link } = await inviteOf('--print-link')
  const mailed = (await latestMessage(own, { template: 'invitation', to: email })).link
  assert.notEqual(mailed, link)
  for (const one of [mailed, link]) assert.equal((await request(one)).status, 200)
})

test('the list tells what became of each invitation, and of whom', async () => {
  const [pending, accepted, revoked, expired] = [
    await inviteOf(),
    await inviteOf('--print-link', '--username', 'chosen-name'),
    await inviteOf(),
    await inviteOf(),
  ]
  const browser = openBrowser(url)
  const page = await browser.follow(accepted.link)
  assert.equal(page.form?.fields['username'], 'chosen-name')
  await browser.submit(page, { password: 'correct horse battery' })
  await json('revoke-invitation', revoked.email)
  await own.sql.text('update invitations set expires_at = now() where id = $1', [expired.id])
  const { invitations } = await json<Listed>('invitations')
  const statusOf = (email: string) => invitations.find((one) => one.email === email)?.status
  assert.deepEqual(
    [pending, accepted, revoked, expired].map(({ email }) => statusOf(email)),
    ['pending', 'accepted', 'revoked', 'expired'],
  )
  assert.ok(Number(invitations.find((one) => one.email === accepted.email)?.user_number) > 0)
  const only = await json<Listed>('invitations', '--status', 'revoked')
  assert.deepEqual(
    only.invitations.map(({ email }) => email),
    [revoked.email],
  )
  const table = (await run('invitations')).stdout
  for (const word of ['e-mail', 'pending', 'accepted', 'revoked', 'expired', pending.email]) assert.ok(table.includes(word), word)
})

test('an invitation that was taken back is dead at once, and cannot be taken back or sent again', async () => {
  const { email, link } = await inviteOf('--print-link')
  assert.equal((await run('revoke-invitation', email)).code, 0)
  assert.equal((await request(link)).status, 400)
  for (const command of ['revoke-invitation', 'resend-invitation']) {
    const again = await run(command, email)
    assert.equal(again.code, 1)
    assert.match(again.stderr, /it is revoked/)
  }
  assert.equal((await run('invite', '--email', email)).code, 0)
})

test('sent again, by address or id, it has a new link and the ones before are dead', async () => {
  const { email, link, id } = await inviteOf('--print-link')
  const first = await json('resend-invitation', email, '--print-link')
  assert.equal((await request(link)).status, 400)
  const second = await json('resend-invitation', id, '--print-link')
  assert.equal((await request(String(first['link']))).status, 400)
  assert.equal((await request(String(second['link']))).status, 200)
})

test('what does not fit is refused with what to do, and nothing is sent', async () => {
  const { email } = await inviteOf()
  const refusals: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['invite', '--email', email], 1, /invited already\. Send it again with: cip users resend-invitation/],
    [['invite', '--email', 'nobody'], 2, /is not an e-mail address/],
    [['invite'], 2, /--email/],
    [['invite', '--email', 'a@example.com', '--username', 'x'], 2, /3 to 64 characters/],
    [['invite', '--email', 'a@example.com', '--expires', '5h'], 2, /whole days from 1d to 90d/],
    [['invite', '--email', 'a@example.com', '--expires', '91d'], 2, /whole days from 1d to 90d/],
    [['invite', '--email', 'a@example.com', '--language', 'xx'], 2, /Allowed choices/],
    [['revoke-invitation', 'unknown@example.com'], 1, /There is no invitation of "unknown@example\.com"/],
    [['resend-invitation', '00000000-0000-7000-8000-000000000000'], 1, /There is no invitation/],
  ]
  for (const [args, code, words] of refusals) {
    const answer = await run(...args)
    assert.equal(answer.code, code, `${args.join(' ')}: ${answer.stderr}`)
    assert.match(answer.stderr, words)
  }
  const messages = await own.sql.text(`select 1 from messages where recipient = 'a@example.com'`)
  assert.equal(messages.length, 0)
})

test('whoever has an account is not invited', async () => {
  const account = newAccount()
  await request(`${url}/auth/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(account) })
  const answer = await run('invite', '--email', account.email.toUpperCase())
  assert.equal(answer.code, 1)
  assert.match(answer.stderr, /has an account already/)
})

test('T-01 an invitation of a tenant leads to that tenant, and opens nothing at another', async () => {
  await cipJson(['tenants', 'create', 'acme'], { env })
  const { email, password } = newAccount()
  const made = await cipJson<{ link: string }>(['--tenant', 'acme', 'users', 'invite', '--email', email, '--print-link'], { env })
  assert.ok(made.link.startsWith(`${url}/t/acme/invitation?token=`))
  assert.equal((await request(made.link.replace('/t/acme', ''))).status, 400)
  const browser = openBrowser(url)
  const done = await browser.submit(await browser.follow(made.link), { username: 'acme-person', password })
  assert.equal(done.url, `${url}/t/acme/account`)
  const rows = await own.sql.text<{ slug: string }>(
    `select t.slug from identifiers i join tenants t on t.tenant_id = i.tenant_id where i.canonical = $1`,
    [email],
  )
  assert.deepEqual(rows, [{ slug: 'acme' }])
})

test('sign-in set asks for the proof of an address first', async () => {
  const policy = await cipJson<{ emailProof: string }>(['sign-in', 'set', '--email-proof', 'first'], { env })
  assert.equal(policy.emailProof, 'first')
  assert.match((await cip(['sign-in', 'show'], { env })).stdout, /proved before the account is made/)
})

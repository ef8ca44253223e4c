import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from '../../src/config/config.ts'
import { record } from '../../src/events/events.job.ts'
import { messengerOf } from '../../src/mail/mail.ts'
import { newId } from '../../src/platform/ids.ts'
import { createInvitationAdmin } from '../../src/users/invitation-admin.job.ts'
import { newAccount } from '../harness/account-api.ts'
import { type Browser, openBrowser, type Page } from '../harness/browser.ts'
import { testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { latestMessage } from '../harness/messages.ts'
import { authorizeUrl, pkce, registerClient } from '../harness/oauth.ts'
import { startIssuerNodes } from './oauth-nodes.ts'

const nodes = await startIssuerNodes()
const { sql } = nodes.database
const [tenant] = await sql.text<{ tenant_id: string }>(`select tenant_id from tenants where slug = 'default'`)
const tenantId = tenant?.tenant_id ?? ''
const admin = createInvitationAdmin({ db: sql, tenantId, record, issuer: nodes.url, messenger: messengerOf(Buffer.alloc(32, 1)) })
const [parallel, rounds] = [8, 4]

const invite = async () => {
  const { email } = newAccount()
  const invitation = { email: { kind: 'email', written: email, canonical: email }, language: 'en', lifeSeconds: 86_400 } as const
  const sent = await admin.invite(invitation, { printsLink: true })
  assert.ok(sent.kind === 'sent' && sent.link !== undefined)
  return { email, id: sent.id, token: new URL(sent.link).searchParams.get('token') ?? '' }
}

/** As many browsers with the page of the invitation open, dealt out over the processes. */
const openPages = (token: string) =>
  Promise.all(
    Array.from({ length: parallel }, async (_, index) => {
      const browser = openBrowser(nodes.urls[index % 2] ?? '')
      return { browser, page: await browser.follow(`/invitation?token=${token}`) }
    }),
  )

const usersOf = async (email: string): Promise<number> =>
  (await sql.text('select 1 from identifiers i join users u on u.id = i.user_id where i.canonical = $1', [email])).length

const isAccepted = ({ status, url }: Pick<Page, 'status' | 'url'>): boolean => status === 200 && new URL(url).pathname === '/account'

test('K-08 of many who accept one invitation at once on two processes one makes the account', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { email, id, token } = await invite()
    const opened = await openPages(token)
    const answers = await Promise.all(
      opened.map(({ browser, page }) => browser.submit(page, { username: newAccount().username, password: 'correct horse battery' })),
    )
    assert.equal(answers.filter(isAccepted).length, 1, answers.map(({ status, url }) => `${status} ${url}`).join('\n'))
    for (const answer of answers.filter((one) => !isAccepted(one))) assert.ok([400, 422].includes(answer.status), String(answer.status))
    assert.equal(await usersOf(email), 1)
    const events = await sql.text(`select 1 from events where type = 'invitation.accepted' and payload->>'invitation' = $1`, [id])
    assert.equal(events.length, 1)
  }
})

test('K-08 an invitation that is accepted and taken back at once is the one or the other', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { email, id, token } = await invite()
    const [opened] = await openPages(token)
    assert.ok(opened)
    const [answer, isRevoked] = await Promise.all([
      opened.browser.submit(opened.page, { username: newAccount().username, password: 'correct horse battery' }),
      admin.revoke(id),
    ])
    assert.equal(await usersOf(email), isRevoked ? 0 : 1)
    assert.equal(isAccepted(answer), !isRevoked)
    assert.equal((await admin.find({ id }))?.status, isRevoked ? 'revoked' : 'accepted')
  }
})

test('of many operators who invite one address at once one invites it', async () => {
  const { email } = newAccount()
  const invitation = { email: { kind: 'email', written: email, canonical: email }, language: 'en', lifeSeconds: 86_400 } as const
  const kinds = await Promise.all(Array.from({ length: parallel }, () => admin.invite(invitation, { printsLink: false })))
  assert.equal(kinds.filter(({ kind }) => kind === 'sent').length, 1)
  assert.equal((await admin.list({ status: 'pending', limit: 1000 })).filter((one) => one.email === email).length, 1)
  const messages = await sql.text(`select 1 from messages where recipient = $1`, [email])
  assert.equal(messages.length, 1)
})

test('an invitation that has expired makes room once, for many who invite the address at once', async () => {
  const { email, id } = await invite()
  await sql.text(`update invitations set expires_at = now() - interval '1 second' where id = $1`, [id])
  const invitation = { email: { kind: 'email', written: email, canonical: email }, language: 'en', lifeSeconds: 86_400 } as const
  const kinds = await Promise.all(Array.from({ length: parallel }, () => admin.invite(invitation, { printsLink: false })))
  assert.equal(kinds.filter(({ kind }) => kind === 'sent').length, 1)
  assert.equal((await admin.find({ id }))?.status, 'expired')
})

const decide = async (key: string, value: object): Promise<void> => {
  await sql.text(
    `with moved as (insert into cache_epochs as e (tenant_id, kind) values ($1, 'settings')
       on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now())
     insert into tenant_settings (tenant_id, key, value) values ($1, $2, $3)`,
    [tenantId, key, JSON.stringify(value)],
  )
  await new Promise((resolve) => setTimeout(resolve, 1500))
}

/** One browser, as often as wanted, each with a process of its own to talk to. */
const submitAll = ({ cookies }: Browser, page: Page, fields: () => Record<string, string>): Promise<Page[]> =>
  Promise.all(
    Array.from({ length: parallel }, (_, index) => {
      const origin = nodes.urls[index % 2] ?? ''
      const copy = openBrowser(origin)
      for (const [name, value] of cookies) copy.cookies.set(name, value)
      return copy.submit({ ...page, url: origin }, fields())
    }),
  )

const pathOf = ({ url }: Pick<Page, 'url'>): string => new URL(url).pathname

test('N-02 of many who give one code at once one goes on, and of many accounts of one proof one is made', async () => {
  await decide('sign-in', { emailProof: 'first' })
  const client = await registerClient(nodes.url)
  const config = loadConfig(testEnvironment(await makeFolder(), nodes.database.env))
  for (let round = 0; round < rounds; round += 1) {
    const [browser, { email }] = [openBrowser(nodes.url), newAccount()]
    const { challenge } = pkce()
    const extra = { prompt: 'create', code_challenge: challenge, code_challenge_method: 'S256' }
    const page = await browser.follow(authorizeUrl(nodes.url, client, extra))
    assert.equal(page.name, 'sign-up-address', page.text.slice(0, 400))
    const asked = await browser.submit(page, { email, action: 'address' })
    const { code } = await latestMessage({ sql, config }, { template: 'sign-up-code', to: email })
    const given = await submitAll(browser, asked, () => ({ code }))
    const forms = given.filter(({ name }) => name === 'sign-up')
    assert.equal(forms.length, 1, given.map((one) => `${one.status} ${one.name}`).join('\n'))
    const form = forms[0]
    assert.ok(form)
    const fields = () => ({ username: newAccount().username, password: 'correct horse battery', action: 'sign-up' })
    const answers = await submitAll(browser, form, fields)
    const failed = answers.filter(({ status, name }) => status === 422 && name !== undefined)
    assert.equal(failed.length, parallel - 1, answers.map((one) => `${one.status} ${one.name} ${pathOf(one)}`).join('\n'))
    assert.equal(await usersOf(email), 1)
    const used = await sql.text('select 1 from proofs where address = $1 and used_at is not null', [email])
    assert.equal(used.length, 1)
  }
})

test('no account is written without its invitation, and no invitation is accepted without its account', async () => {
  const rows = await sql.text(
    `select 1 from invitations i left join users u on u.id = i.user_id where (i.accepted_at is null) <> (u.id is null)`,
  )
  assert.equal(rows.length, 0)
  assert.equal((await admin.find({ id: newId() })) === undefined, true)
})

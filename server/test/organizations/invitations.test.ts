import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { latestMessage } from '../harness/messages.ts'
import { authorizeUrl, passPages } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { callAs, type Invitation, newMember, newOrganization, type Somebody } from './organizations-of.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const admin = await administrator(own, 'owner')
const boss = await newMember(own)
const organization = await newOrganization(admin, { owner: boss })

const invite = async (email: string, more: object = {}): Promise<Invitation & { mailed: string }> => {
  const answer = await admin.post(`organizations/${organization.id}/invitations`, { email, with_link: true, ...more })
  assert.equal(answer.status, 201, answer.text)
  const { link } = await latestMessage(own, { template: 'organization-invitation', to: email })
  return { ...(answer.json as Invitation), mailed: link }
}
const statusOf = async (id: string): Promise<string | undefined> =>
  ((await admin.get(`organizations/${organization.id}/invitations?limit=200`)).json as { invitations: Invitation[] }).invitations.find(
    (one) => one.id === id,
  )?.status
const rolesOf = async (userId: string): Promise<readonly string[] | undefined> =>
  (
    await sql.text<{ roles: string[] }>('select roles from organization_members where organization_id = $1 and user_id = $2', [
      ...[organization.id, userId],
    ])
  )[0]?.roles
const accept = ({ token }: Somebody, id: string) => callAs(url, token, 'POST', `/account/v1/organization-invitations/${id}/accept`)
const received = async ({ token }: Somebody): Promise<readonly string[]> =>
  ((await callAs(url, token, 'GET', '/account/v1/organization-invitations')).json as { invitations: { id: string }[] }).invitations.map(
    ({ id }) => id,
  )
const userOf = async (email: string): Promise<string | undefined> =>
  (await sql.text<{ user_id: string }>(`select user_id from identifiers where kind = 'email' and canonical = $1`, [email]))[0]?.user_id
const typesOf = async (invitation: string): Promise<readonly string[]> =>
  (await sql.text<{ type: string }>(`select type from events where payload->>'invitation' = $1 order by at, id`, [invitation])).map(
    ({ type }) => type,
  )

describe('an invitation of somebody who has an account', () => {
  test('waits for them, is accepted after signing in, and gives its roles', async () => {
    const person = await newMember(own)
    const { id } = await invite(person.account.email, { roles: ['administrator'] })
    assert.deepEqual(await received(person), [id])
    const answer = await accept(person, id)
    assert.deepEqual([answer.status, answer.json], [200, { organization_id: organization.id }], answer.text)
    assert.deepEqual(await rolesOf(person.userId), ['administrator'])
    assert.deepEqual([await statusOf(id), await received(person)], ['accepted', []])
    assert.deepEqual(await typesOf(id), ['organization_invitation.sent', 'organization_invitation.accepted'])
    const added = await sql.text(`select payload->>'via' as via from events where type = 'organization_member.added' and user_id = $1`, [
      person.userId,
    ])
    assert.deepEqual(added, [{ via: 'invitation' }])
  })

  test('K-08 is not there for another person, for an address that is not proved, or twice', async () => {
    const [person, other] = [await newMember(own), await newMember(own)]
    const { id } = await invite(person.account.email)
    assert.deepEqual(await received(other), [])
    assert.equal((await accept(other, id)).status, 404)
    await sql.text(`update identifiers set verified_at = null where kind = 'email' and user_id = $1`, [person.userId])
    assert.deepEqual(await received(person), [])
    assert.equal((await accept(person, id)).status, 404)
    assert.deepEqual([await rolesOf(person.userId), await rolesOf(other.userId)], [undefined, undefined])
    await sql.text(`update identifiers set verified_at = now() where kind = 'email' and user_id = $1`, [person.userId])
    assert.equal((await accept(person, id)).status, 200)
    assert.equal((await accept(person, id)).status, 404)
    for (const bad of [newId(), 'x', "'--"]) assert.equal((await accept(person, bad)).status, 404)
    assert.equal((await callAs(url, '', 'POST', `/account/v1/organization-invitations/${id}/accept`)).status, 401)
  })

  test('K-08 opens nothing once it has expired, was taken back, or the organization is suspended or gone', async () => {
    const endings: Record<string, (id: string) => Promise<unknown>> = {
      expired: (id) => sql.text('update organization_invitations set expires_at = now() where id = $1', [id]),
      revoked: (id) => admin.remove(`organizations/${organization.id}/invitations/${id}`),
      pending: () => admin.post(`organizations/${organization.id}/suspend`),
    }
    for (const [status, end] of Object.entries(endings)) {
      const person = await newMember(own)
      const { id, mailed } = await invite(person.account.email)
      await end(id)
      assert.equal(await statusOf(id), status)
      assert.deepEqual(await received(person), [], status)
      assert.equal((await accept(person, id)).status, 404, status)
      assert.equal((await request(mailed)).status, 400, status)
      assert.equal(await rolesOf(person.userId), undefined, status)
    }
    isProblem(await admin.post(`organizations/${organization.id}/invitations`, { email: 'x@example.com' }), 409, 'organization-suspended')
    assert.equal((await admin.post(`organizations/${organization.id}/resume`)).status, 200)
  })

  test('leaves somebody who became a member meanwhile as they are', async () => {
    const person = await newMember(own)
    const { id } = await invite(person.account.email, { roles: ['administrator'] })
    await admin.post(`organizations/${organization.id}/members`, { user_id: person.userId, roles: ['member'] })
    assert.equal((await accept(person, id)).status, 200)
    assert.deepEqual(await rolesOf(person.userId), ['member'])
  })

  test('is accepted at the page of its link by one button, in the browser where they are signed in', async () => {
    const person = await newMember(own)
    const browser = openBrowser(url)
    await passPages(browser, await browser.follow(authorizeUrl(url, client)), person.account)
    const { id, mailed } = await invite(person.account.email)
    const page = await browser.follow(mailed)
    assert.deepEqual([page.status, page.name], [200, 'invitation-join'], page.text.slice(0, 300))
    assert.ok(page.text.includes(`<bdi>${organization.name}</bdi>`))
    assert.equal(await statusOf(id), 'pending')
    assert.equal((await openBrowser(url).submit(page, {})).status, 400)
    assert.equal((await browser.submit(page, { form_token: 'x' })).status, 400)
    const done = await browser.submit(page, {})
    assert.deepEqual([done.status, done.name], [200, 'outcome'])
    assert.deepEqual(await rolesOf(person.userId), ['member'])
    assert.equal((await browser.submit(page, {})).status, 400)
  })

  test('K-08 is no button for somebody else who is signed in, nor for an address that is not proved', async () => {
    const [person, other] = [await newMember(own), await newMember(own)]
    const browser = openBrowser(url)
    await passPages(browser, await browser.follow(authorizeUrl(url, client)), other.account)
    const { id, mailed } = await invite(person.account.email)
    const page = await browser.follow(mailed)
    assert.equal(page.name, 'invitation')
    const refused = await browser.submit(page, { username: newAccount().username, password: 'correct horse battery' })
    assert.equal(refused.status, 422)
    await sql.text(`update identifiers set verified_at = null where kind = 'email' and user_id = $1`, [person.userId])
    const theirs = openBrowser(url)
    await passPages(theirs, await theirs.follow(authorizeUrl(url, client)), person.account)
    assert.equal((await theirs.follow(mailed)).name, 'invitation')
    assert.deepEqual([await statusOf(id), await rolesOf(other.userId), await rolesOf(person.userId)], ['pending', undefined, undefined])
  })
})

describe('an invitation of somebody new', () => {
  const join = async (link: string) => {
    const [browser, { username }] = [openBrowser(url), newAccount()]
    const page = await browser.follow(link)
    return { page, done: await browser.submit(page, { username, password: 'correct horse battery' }) }
  }

  test('names the organization, makes the account of the address, proved, and its membership, together', async () => {
    const { email } = newAccount()
    const { id, mailed } = await invite(email)
    const { page, done } = await join(mailed)
    assert.deepEqual([page.status, page.name], [200, 'invitation'])
    assert.ok(page.text.includes(`<bdi>${organization.name}</bdi>`))
    assert.equal(done.url, `${url}/account`)
    const userId = (await userOf(email)) ?? ''
    assert.deepEqual([await rolesOf(userId), await statusOf(id)], [['member'], 'accepted'])
    const [row] = await sql.text<{ proved: boolean }>(`select verified_at is not null as proved from identifiers where canonical = $1`, [
      email,
    ])
    assert.equal(row?.proved, true)
    assert.equal((await request(mailed)).status, 400)
  })

  test('by the link that the operator passed on proves no address', async () => {
    const { email } = newAccount()
    const { link } = await invite(email)
    await join(link ?? '')
    const [row] = await sql.text<{ proved: boolean }>(`select verified_at is not null as proved from identifiers where canonical = $1`, [
      email,
    ])
    assert.equal(row?.proved, false)
    assert.deepEqual(await rolesOf((await userOf(email)) ?? ''), ['member'])
  })

  test('K-08 writes neither account nor membership where it ends while the page is open', async () => {
    const { email } = newAccount()
    const { id, mailed } = await invite(email)
    const browser = openBrowser(url)
    const page = await browser.follow(mailed)
    await admin.remove(`organizations/${organization.id}/invitations/${id}`)
    assert.equal((await browser.submit(page, { username: newAccount().username, password: 'correct horse battery' })).status, 400)
    assert.equal(await userOf(email), undefined)
  })

  test('K-08 gives no role that the form asks for', async () => {
    const { email } = newAccount()
    const { mailed } = await invite(email)
    const browser = openBrowser(url)
    const fields = {
      username: newAccount().username,
      password: 'correct horse battery',
      roles: 'owner',
      organization: newId(),
      email: 'x@example.com',
    }
    await browser.submit(await browser.follow(mailed), fields)
    assert.deepEqual(await rolesOf((await userOf(email)) ?? ''), ['member'])
  })

  test('N-03 changed in any character, or of another purpose, is none', async () => {
    const { mailed } = await invite(newAccount().email)
    const token = new URL(mailed).searchParams.get('token') ?? ''
    const changed = `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`
    for (const bad of [token.slice(0, -1), `${token}A`, changed, token.replace('cip_io_', 'cip_iv_')])
      assert.equal((await request(`${url}/invitation?token=${bad}`)).status, 400, bad)
  })
})

describe('invitations', () => {
  test('N-02 sent again have a new link and their whole time; the links before are dead', async () => {
    const { email } = newAccount()
    const first = await invite(email)
    await sql.text('update organization_invitations set expires_at = now() where id = $1', [first.id])
    const again = await admin.post(`organizations/${organization.id}/invitations/${first.id}/resend`, { with_link: true })
    assert.equal(again.status, 200, again.text)
    const { link, status } = again.json as Invitation
    assert.equal(status, 'pending')
    for (const dead of [first.mailed, first.link ?? '']) assert.equal((await request(dead)).status, 400)
    assert.equal((await request(link ?? '')).status, 200)
    assert.equal((await admin.remove(`organizations/${organization.id}/invitations/${first.id}`)).status, 204)
    isProblem(await admin.post(`organizations/${organization.id}/invitations/${first.id}/resend`, {}), 409, 'invitation-ended')
    isProblem(await admin.remove(`organizations/${organization.id}/invitations/${first.id}`), 409, 'invitation-ended')
    assert.deepEqual(await typesOf(first.id), [
      ...['organization_invitation.sent', 'organization_invitation.resent', 'organization_invitation.revoked'],
    ])
  })

  test('come with a link and a QR code where they are asked for, and are not shown again', async () => {
    const { id, link, qr } = await invite(newAccount().email)
    assert.match(link ?? '', /\/invitation\?token=cip_io_/)
    assert.match(qr ?? '', /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+">.*<\/svg>$/)
    const listed = await admin.get(`organizations/${organization.id}/invitations`)
    assert.ok(listed.text.includes(id) && !listed.text.includes('cip_io_') && !listed.text.includes('svg'))
    const plain = await admin.post(`organizations/${organization.id}/invitations`, { email: newAccount().email })
    assert.deepEqual([(plain.json as Invitation).link, (plain.json as Invitation).qr], [null, null])
  })

  test('go to an address once, not to a member, and do not tell who has an account', async () => {
    const { email } = newAccount()
    await invite(email)
    const path = `organizations/${organization.id}/invitations`
    isProblem(await admin.post(path, { email }), 409, 'invited-already')
    isProblem(await admin.post(path, { email: boss.account.email }), 409, 'member-already')
    for (const bad of ['', 'x', 'a@', 'a b@example.com']) isProblem(await admin.post(path, { email: bad }), 422, 'invalid-request')
    isProblem(await admin.post(path, { email: 'y@example.com', roles: ['no-such-role'] }), 422, 'unknown-role')
    isProblem(await admin.post(path, { email: 'y@example.com', days: 91 }), 422, 'invalid-request')
    const known = await callAs(url, boss.token, 'POST', `/organizations/v1/${path.slice('organizations/'.length)}`, {
      email: (await newMember(own)).account.email,
    })
    const unknown = await callAs(url, boss.token, 'POST', `/organizations/v1/${path.slice('organizations/'.length)}`, {
      email: newAccount().email,
    })
    const shape = (answer: typeof known) => Object.entries(answer.json as object).map(([name, value]) => [name, value === null])
    assert.deepEqual([known.status, shape(known)], [unknown.status, shape(unknown)])
  })

  test('T-01 of another organization are not found', async () => {
    const other = await newOrganization(admin)
    const { id } = await invite(newAccount().email)
    isProblem(await admin.post(`organizations/${other.id}/invitations/${id}/resend`, {}), 404, 'not-found')
    isProblem(await admin.remove(`organizations/${other.id}/invitations/${id}`), 404, 'not-found')
    assert.equal(await statusOf(id), 'pending')
  })

  test('N-08 their secrets stand in no log, no event and no row', async () => {
    const { link, mailed } = await invite(newAccount().email)
    const rows = await sql.text<{ text: string }>(
      `select organization_invitations::text as text from organization_invitations union all select events::text from events
       union all select messages::text from messages`,
    )
    const everything = [own.logs(), ...rows.map(({ text }) => text)].join('\n')
    for (const one of [link ?? '', mailed]) {
      const secret = (new URL(one).searchParams.get('token') ?? '').slice('cip_io_'.length)
      assert.ok(secret.length > 60 && !everything.includes(secret))
    }
  })
})

test('an account that was deleted takes no membership along, and its address inherits none (Q-12)', async () => {
  const person = await newMember(own)
  await admin.post(`organizations/${organization.id}/members`, { user_id: person.userId, roles: ['administrator'] })
  assert.equal((await admin.remove(`users/${person.userId}`)).status, 204)
  const again = await newMember(own, person.account)
  assert.equal(await rolesOf(again.userId), undefined)
  assert.equal((await accountApi(url).token(person.account)).status, 200)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../../src/events/events.job.ts'
import { makeEvent } from '../../src/events/events.ts'
import { messengerOf } from '../../src/mail/mail.ts'
import { createOrganizationInvitations } from '../../src/organizations/invitations.job.ts'
import { createMemberAdmin } from '../../src/organizations/members.job.ts'
import { everythingInside } from '../../src/organizations/organization-permissions.ts'
import { createOrganizationAdmin } from '../../src/organizations/organizations.job.ts'
import { createOrganizationRoleAdmin } from '../../src/organizations/roles.job.ts'
import { newAccount } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { callAs, newMember, type Somebody } from '../organizations/organizations-of.ts'
import { raceFor, startIssuerNodes } from './oauth-nodes.ts'

const nodes = await startIssuerNodes()
const { sql } = nodes.database
const at = { url: nodes.url, sql }
const [tenant] = await sql.text<{ tenant_id: string }>(`select tenant_id from tenants where slug = 'default'`)
const tenantId = tenant?.tenant_id ?? ''
const deps = { db: sql, tenantId, record, issuer: nodes.url, messenger: messengerOf(Buffer.alloc(32, 1)) }
const acting = { permissions: everythingInside, events: { make: (input: object) => makeEvent({ ...input, tenantId } as never) } }
const organizations = createOrganizationAdmin(deps)
const members = createMemberAdmin(deps)
const invitations = createOrganizationInvitations(deps)
const rounds = 4
let count = 0

const newOrganization = async (owners: readonly Somebody[] = []): Promise<string> => {
  count += 1
  const made = await organizations.create(acting.events, { slug: `raced-${count}`, name: `Raced ${count}` })
  assert.ok(made.kind === 'done')
  const organizationId = made.organization.id
  for (const { userId } of owners) assert.equal((await members.add(acting, { organizationId, userId, roles: ['owner'] })).kind, 'done')
  return organizationId
}

const ownersOf = async (id: string): Promise<number> =>
  (await sql.text(`select 1 from organization_members where organization_id = $1 and 'owner' = any (roles)`, [id])).length
const countOf = async (type: string, id: string): Promise<number> =>
  (await sql.text(`select 1 from events where type = $1 and id is not null and payload->>'organization' = $2`, [type, id])).length

const invite = async (organizationId: string, address: string) => {
  const email = { kind: 'email', written: address, canonical: address } as const
  const plan = { organizationId, email, roles: ['member'], language: 'en', lifeSeconds: 86_400, printsLink: true }
  const sent = await invitations.invite(acting, plan)
  assert.ok(sent.kind === 'sent' && sent.link !== undefined)
  return { id: sent.id, link: sent.link }
}

test('two owners who unmake, remove or leave each other at once on two processes leave one', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const [first, second] = [await newMember(at), await newMember(at)]
    const id = await newOrganization([first, second])
    const path = (one: Somebody) => `/organizations/v1/${id}/members/${one.userId}`
    const [a = '', b = ''] = nodes.urls
    const answers = await Promise.all(
      [
        () => [callAs(a, first.token, 'DELETE', path(second)), callAs(b, second.token, 'DELETE', path(first))],
        () => [
          callAs(a, first.token, 'PUT', `${path(second)}/roles`, { roles: ['member'] }),
          callAs(b, second.token, 'DELETE', path(first)),
        ],
        () => [
          callAs(a, first.token, 'DELETE', `/account/v1/organizations/${id}`),
          callAs(b, second.token, 'DELETE', `/account/v1/organizations/${id}`),
        ],
      ][round % 3]?.() ?? [],
    )
    const told = answers.map(({ status, text }) => `${status} ${text}`).join('\n')
    assert.equal(await ownersOf(id), 1, told)
    assert.equal(answers.filter(({ status }) => status < 300).length, 1, told)
    for (const { status } of answers) assert.ok(status < 500, told)
  }
})

test('K-08 of many who accept one invitation at once on two processes one does, with one membership and one event', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const person = await newMember(at)
    const id = await newOrganization()
    const invitation = await invite(id, person.account.email)
    const path = `/account/v1/organization-invitations/${invitation.id}/accept`
    const answers = await raceFor(nodes.urls, (url) => callAs(url, person.token, 'POST', path))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array.from({ length: answers.length - 1 }, () => 404)])
    assert.equal((await sql.text('select 1 from organization_members where organization_id = $1', [id])).length, 1)
    assert.deepEqual([await countOf('organization_invitation.accepted', id), await countOf('organization_member.added', id)], [1, 1])
  }
})

test('K-08 an invitation that is accepted and taken back at once is the one or the other', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const person = await newMember(at)
    const id = await newOrganization()
    const invitation = await invite(id, person.account.email)
    const [answer, revoked] = await Promise.all([
      callAs(nodes.urls[round % 2] ?? '', person.token, 'POST', `/account/v1/organization-invitations/${invitation.id}/accept`),
      invitations.revoke(acting, { organizationId: id, id: invitation.id }),
    ])
    assert.notEqual(answer.status === 200, revoked.kind === 'done', `${answer.status} ${revoked.kind}`)
    const rows = await sql.text('select 1 from organization_members where organization_id = $1', [id])
    assert.equal(rows.length, answer.status === 200 ? 1 : 0)
  }
})

test('K-08 of many who make an account by one invitation at once one does, and joins', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { email } = newAccount()
    const id = await newOrganization()
    const { link } = await invite(id, email)
    const token = new URL(link).searchParams.get('token')
    const opened = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const browser = openBrowser(nodes.urls[index % 2] ?? '')
        return { browser, page: await browser.follow(`/invitation?token=${token}`) }
      }),
    )
    await Promise.all(
      opened.map(({ browser, page }) => browser.submit(page, { username: newAccount().username, password: 'correct horse battery' })),
    )
    assert.equal((await sql.text('select 1 from identifiers where canonical = $1', [email])).length, 1)
    assert.equal((await sql.text('select 1 from organization_members where organization_id = $1', [id])).length, 1)
    assert.deepEqual([await countOf('organization_invitation.accepted', id), await countOf('organization_member.added', id)], [1, 1])
  }
})

test('of many who invite one address to one organization at once one does', async () => {
  const [id, other, { email }] = [await newOrganization(), await newOrganization(), newAccount()]
  const address = { kind: 'email', written: email, canonical: email } as const
  const plan = { email: address, roles: ['member'], language: 'en', lifeSeconds: 86_400, printsLink: false }
  const kinds = await Promise.all(Array.from({ length: 8 }, () => invitations.invite(acting, { ...plan, organizationId: id })))
  assert.equal(kinds.filter(({ kind }) => kind === 'sent').length, 1)
  assert.equal((await invitations.invite(acting, { ...plan, organizationId: other })).kind, 'sent', 'another organization invites it too')
})

test('a role that is deleted and given at once is the one or the other', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const person = await newMember(at)
    const id = await newOrganization()
    const role = `raced-${round}`
    await sql.text(`insert into organization_roles (tenant_id, id, name, permissions) values ($1, $2, $2, '{members:read}')`, [
      tenantId,
      role,
    ])
    const [given, removed] = await Promise.all([
      members.add(acting, { organizationId: id, userId: person.userId, roles: [role] }),
      createOrganizationRoleAdmin(deps).remove(acting.events, { id: role }),
    ])
    assert.notEqual(given.kind === 'done', removed.kind === 'done', `${given.kind} ${removed.kind}`)
  }
})

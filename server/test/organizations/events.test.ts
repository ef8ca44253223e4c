import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator } from '../harness/admin.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { callAs, newMember, newOrganization, type Organization, type Somebody } from './organizations-of.ts'

const own = await startProvider()
const { url, sql } = own
const admin = await administrator(own, 'owner')

type Person = { id: string; name: string | null } | null
type Told = { id: string; at: string; type: string; sentence: string; user: Person; actor: Person; details: Record<string, unknown> }
type Page = { events: Told[]; next: string | null }

const eventsOf = async ({ id }: Organization, { token }: Somebody, query = ''): Promise<Page> => {
  const answer = await callAs(url, token, 'GET', `/organizations/v1/${id}/events${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Page
}

describe('what happened in an organization', () => {
  test('is told its own people with who did it, and without address, browser or request of anybody', async () => {
    const [ann, bob] = [await newMember(own), await newMember(own)]
    const organization = await newOrganization(admin, { owner: ann, member: bob })
    await callAs(url, ann.token, 'PUT', `/organizations/v1/${organization.id}/members/${bob.userId}/roles`, { roles: ['administrator'] })
    await callAs(url, ann.token, 'POST', `/organizations/v1/${organization.id}/invitations`, { email: 'somebody@example.com' })
    const { events } = await eventsOf(organization, bob)
    assert.deepEqual(
      events.map(({ type, user, actor }) => [type, user?.name ?? null, actor?.name ?? null]),
      [
        ['organization_invitation.sent', null, ann.account.username],
        ['organization_member.roles_changed', bob.account.username, ann.account.username],
        // The operator of the service is none of them.
        ['organization_member.added', bob.account.username, null],
        ['organization_member.added', ann.account.username, null],
        ['organization.created', null, null],
      ],
    )
    assert.deepEqual(events[1]?.details, { roles: ['administrator'], before: ['member'] })
    assert.deepEqual(Object.keys(events[0] ?? {}).sort(), ['actor', 'at', 'details', 'id', 'sentence', 'type', 'user'])
    assert.doesNotMatch(JSON.stringify(events), /127\.0\.0\.1|node|somebody@example\.com|request_id|user_agent/)
  })

  test('is read page by page, never that of another organization, and by administrators of the tenant with the filter', async () => {
    const ann = await newMember(own)
    const [organization, other] = [await newOrganization(admin, { owner: ann }), await newOrganization(admin, { owner: ann })]
    for (const name of ['One', 'Two', 'Three']) await admin.patch(`organizations/${organization.id}`, { name })
    const all = (await eventsOf(organization, ann)).events.map(({ id }) => id)
    assert.equal(all.length, 5)
    const paged: string[] = []
    let next: string | null = null
    do {
      const page: Page = await eventsOf(organization, ann, `?limit=2${next === null ? '' : `&cursor=${encodeURIComponent(next)}`}`)
      paged.push(...page.events.map(({ id }) => id))
      next = page.next
    } while (next !== null)
    assert.deepEqual(paged, all)
    const { events } = (await admin.get(`events?organization_id=${organization.id}`)).json as { events: { id: string }[] }
    assert.deepEqual(
      events.map(({ id }) => id),
      all,
    )
    const elsewhere = (await eventsOf(other, ann)).events.map(({ id }) => id)
    assert.deepEqual(
      elsewhere.filter((id) => all.includes(id)),
      [],
    )
  })

  test('names a person who has left by no name', async () => {
    const [ann, bob] = [await newMember(own), await newMember(own)]
    const organization = await newOrganization(admin, { owner: ann, member: bob })
    await callAs(url, ann.token, 'DELETE', `/organizations/v1/${organization.id}/members/${bob.userId}`)
    const [removed] = (await eventsOf(organization, ann)).events
    assert.deepEqual(removed?.user, { id: bob.userId, name: null })
  })

  test('is found by an index of each month', async () => {
    const [row] = await sql.text<{ valid: boolean; months: number; parts: number }>(
      `select x.indisvalid as valid, (select count(*)::int from pg_inherits where inhparent = 'events'::regclass) as months,
         (select count(*)::int from pg_inherits where inhparent = x.indexrelid) as parts
       from pg_index x where x.indexrelid = 'events_organization'::regclass`,
    )
    assert.ok(row?.valid === true && row.months > 3, JSON.stringify(row))
    assert.equal(row.parts, row.months)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountDeletion } from '../../src/compose-tenant.ts'
import { newId } from '../../src/platform/ids.ts'
import { cip, cipProcess } from '../cli/cip.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { ownAccount } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { newMember, newOrganization, type Organization, type Somebody } from './organizations-of.ts'

const own = await startProvider()
const { url, sql } = own
const { db } = own.platform.base
const admin = await administrator(own, 'owner')

const isThere = async ({ userId }: Somebody): Promise<boolean> =>
  (await sql.text(`select from users where id = $1 and status = 'active'`, [userId])).length > 0
const owners = async ({ id }: Organization): Promise<number> =>
  (
    await sql.text(
      `select from organization_members m join users u on u.id = m.user_id and u.status = 'active' where m.organization_id = $1 and 'owner' = any (m.roles)`,
      [id],
    )
  ).length
const asOwner = (organization: Organization, { userId }: Somebody) =>
  admin.post(`organizations/${organization.id}/members`, { user_id: userId, roles: ['owner'] })
const named = ({ id, name }: Organization) => ({ id, name })

describe('T-11 the only owner of an organization', () => {
  test('is neither deleted nor disabled by an administrator, who is told of which organizations and what to do', async () => {
    const [ann, bob] = [await newMember(own), await newMember(own)]
    const [first, second] = [await newOrganization(admin, { owner: ann, administrator: bob }), await newOrganization(admin, { owner: ann })]
    for (const ask of [() => admin.remove(`users/${ann.userId}`), () => admin.post(`users/${ann.userId}/disable`)]) {
      const refused = await ask()
      isProblem(refused, 409, 'last-owner-of-organization')
      const { organizations, detail } = refused.json as { organizations: unknown; detail: string }
      assert.deepEqual(organizations, [named(first), named(second)])
      for (const { id, name } of [first, second]) assert.ok(detail.includes(`${name} (${id})`), detail)
      assert.match(detail, /Make somebody else an owner there/)
    }
    assert.equal(await isThere(ann), true)
    await asOwner(second, bob)
    assert.equal((await admin.put(`organizations/${first.id}/members/${bob.userId}/roles`, { roles: ['owner'] })).status, 200)
    assert.equal((await admin.remove(`users/${ann.userId}`)).status, 204)
    assert.deepEqual([await owners(first), await owners(second)], [1, 1])
  })

  test('is held back in a bulk change, which goes on with the others', async () => {
    const [ann, bob] = [await newMember(own), await newMember(own)]
    await newOrganization(admin, { owner: ann, administrator: bob })
    for (const action of ['disable', 'delete']) {
      const answer = await admin.post('users/bulk', { action, ids: [ann.userId, bob.userId] })
      const { outcomes } = answer.json as { outcomes: { outcome: string; code?: string }[] }
      assert.deepEqual(
        outcomes.map(({ outcome, code }) => [outcome, code]),
        [
          ['refused', 'last-owner-of-organization'],
          ['done', undefined],
        ],
      )
    }
    assert.equal(await isThere(ann), true)
  })

  test('is held back at the command line', async () => {
    const ann = await newMember(own)
    const organization = await newOrganization(admin, { owner: ann })
    for (const words of [
      ['users', 'delete', ann.account.username, '--yes'],
      ['users', 'disable', ann.account.username],
    ]) {
      const { code, stderr } = await cip(words, { env: own.env })
      assert.notEqual(code, 0)
      assert.ok(stderr.includes(organization.id) && stderr.includes('Make somebody else an owner'), stderr)
    }
    assert.equal(await isThere(ann), true)
  })

  test('does not plan to go by oneself, and one that became the last one meanwhile stays a day longer each time', async () => {
    const [ann, bob] = [await newMember(own), await newMember(own)]
    const organization = await newOrganization(admin, { owner: ann, administrator: bob })
    const account = ownAccount(url, ann.token)
    const refused = await account.post('deletion')
    assert.deepEqual([refused.status, (refused.json as { organizations: unknown }).organizations], [409, [named(organization)]])
    const path = `organizations/${organization.id}/members/${bob.userId}/roles`
    await admin.put(path, { roles: ['owner'] })
    assert.equal((await account.post('deletion')).status, 202)
    await admin.put(path, { roles: ['member'] })
    await sql.text(`update users set deletion_due_at = now() - interval '1 second' where id = $1`, [ann.userId])
    await Promise.all([1, 2, 3].map(() => accountDeletion(db).run(db)))
    assert.equal(await isThere(ann), true)
    const [row] = await sql.text<{ hours: number }>(
      `select extract(epoch from deletion_due_at - now())::float8 / 3600 as hours from users where id = $1`,
      [ann.userId],
    )
    assert.ok(row && row.hours > 23 && row.hours < 25, JSON.stringify(row))
    const planned = await sql.text<{ days: number }>(
      `select (payload ->> 'days')::int as days from events where user_id = $1 and type = 'deletion.planned' order by at`,
      [ann.userId],
    )
    assert.deepEqual(
      planned.map(({ days }) => days),
      [14, 1],
    )
    await admin.put(path, { roles: ['owner'] })
    await sql.text(`update users set deletion_due_at = now() - interval '1 second' where id = $1`, [ann.userId])
    await accountDeletion(db).run(db)
    assert.deepEqual([await isThere(ann), await owners(organization)], [false, 1])
  })

  test('stays where two owners are deleted at once by two processes, and where many are by administrators', async () => {
    const [ann, bob] = [await newMember(own), await newMember(own)]
    const organization = await newOrganization(admin, { owner: ann })
    await asOwner(organization, bob)
    const codes = await Promise.all(
      [ann, bob].map(async ({ account }) => (await cipProcess(['users', 'delete', account.username, '--yes'], { env: own.env })).code),
    )
    assert.deepEqual([codes.filter((code) => code === 0).length, await owners(organization)], [1, 1])
    for (let round = 0; round < 4; round += 1) {
      const people = await Promise.all([1, 2, 3].map(() => newMember(own)))
      const [one, ...others] = people as [Somebody, ...Somebody[]]
      const shared = await newOrganization(admin, { owner: one })
      for (const other of others) await asOwner(shared, other)
      const answers = await Promise.all(
        people.map(({ userId }, index) => (index === 1 ? admin.post(`users/${userId}/disable`) : admin.remove(`users/${userId}`))),
      )
      assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 204, 409])
      assert.equal(await owners(shared), 1)
    }
  })
})

test('the organizations of a person who is not there are not found', async () => {
  isProblem(await admin.get(`users/${newId()}/organizations`), 404, 'not-found')
  const ann = await newMember(own)
  assert.deepEqual((await admin.get(`users/${ann.userId}/organizations`)).json, { organizations: [], next: null })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

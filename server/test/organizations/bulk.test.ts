import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newAccount } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { callAs, newMember, newOrganization } from './organizations-of.ts'

const own = await startProvider()
const { url, sql } = own
const admin = await administrator(own, 'owner')
const boss = await newMember(own)
const organization = await newOrganization(admin, { owner: boss })

type Results = { invited: number; results: { line: number; email: string; outcome: string; invitation_id: string | null }[] }
const path = () => `organizations/${organization.id}/invitations/bulk`

test('a list tells what became of each line, as CSV and as it was pasted', async () => {
  const [fresh, other] = [newAccount().email, newAccount().email]
  const csv = `email,roles\n${fresh},administrator\n"no address",\n${fresh},\n${boss.account.email},\n${other},no-such-role\n\n`
  const answer = await admin.post(path(), { list: csv })
  assert.equal(answer.status, 200, answer.text)
  const { invited, results } = answer.json as Results
  assert.equal(invited, 1)
  assert.deepEqual(
    results.map(({ line, outcome }) => [line, outcome]),
    [
      [2, 'invited'],
      [3, 'not-an-address'],
      [4, 'twice-in-the-list'],
      [5, 'member-already'],
      [6, 'unknown-role'],
    ],
  )
  const pasted = await admin.post(path(), { list: `${other}; Alice Example <${newAccount().email}>\r\n${fresh}`, roles: ['member'] })
  assert.deepEqual(
    (pasted.json as Results).results.map(({ outcome }) => outcome),
    ['invited', 'invited', 'invited-already'],
  )
})

test('a list is refused as a whole where it is empty or holds more than 200, and invites nobody', async () => {
  const many = Array.from({ length: 201 }, (_, index) => `bulk-${index}@example.com`).join('\n')
  for (const list of ['\n \n', many]) isProblem(await admin.post(path(), { list }), 422, 'bad-list')
  isProblem(await admin.post(path(), { list: '' }), 422, 'invalid-request')
  assert.deepEqual(await sql.text(`select 1 from organization_invitations where email like 'bulk-%'`), [])
})

test('a list can be read first: it says what is recognised, invites nobody, and sends no mail', async () => {
  const fresh = newAccount().email
  const list = `${fresh}, no address, ${fresh.toUpperCase()}`
  const answer = await admin.post(path(), { list, language: 'de', dry_run: true })
  const { invited, results } = answer.json as Results
  assert.equal(invited, 0, answer.text)
  assert.deepEqual(
    results.map(({ outcome, invitation_id: id }) => [outcome, id]),
    [
      ['recognised', null],
      ['not-an-address', null],
      ['twice-in-the-list', null],
    ],
  )
  const rows = () => sql.text(`select 1 from organization_invitations where email = '${fresh}'`)
  assert.deepEqual(await rows(), [])
  isProblem(await admin.post(path(), { list: fresh, language: 'xx' }), 422, 'invalid-request')
  assert.equal(((await admin.post(path(), { list: fresh, language: 'de' })).json as Results).invited, 1)
  assert.equal((await rows()).length, 1)
})

test('S-02 a list gives no role that whoever sends it does not hold', async () => {
  const person = await newMember(own)
  await admin.post(`organizations/${organization.id}/members`, { user_id: person.userId, roles: ['administrator'] })
  const list = `email,roles\n${newAccount().email},owner\n${newAccount().email},member`
  const answer = await callAs(url, person.token, 'POST', `/organizations/v1/${organization.id}/invitations/bulk`, { list })
  assert.deepEqual(
    (answer.json as Results).results.map(({ outcome }) => outcome),
    ['more-than-held', 'invited'],
  )
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

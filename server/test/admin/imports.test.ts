import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { type AdminApi, administrator, isProblem } from '../harness/admin.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql, platform } = own
const admin = await administrator(own, 'administrator')
const auditor = await administrator(own, 'auditor')

type Import = { id: string; state: string; rows: number; created: number; present: number; errors: number; rows_expected: number | null }
type Problems = { problems: { row: number; reason: string; username: string | null }[]; next: string | null }

const begun = async (body: object = {}, api: AdminApi = admin): Promise<Import> => {
  const answer = await api.post('imports', body)
  assert.equal(answer.status, 201, answer.text)
  return answer.json as Import
}
const rowsFrom = (count: number) => Array.from({ length: count }, () => ({ username: newAccount().username, email: newAccount().email }))
const send = ({ id }: Import, ...[firstRow, rows]: readonly [number, readonly object[]]) =>
  admin.post(`imports/${id}/rows`, { first_row: firstRow, rows })
const shown = async ({ id }: Import): Promise<Import> => (await admin.get(`imports/${id}`)).json as Import
const problemsOf = async ({ id }: Import): Promise<Problems> => (await admin.get(`imports/${id}/problems`)).json as Problems

describe('an import in parts', () => {
  test('makes accounts, tells each row that it refuses, and counts', async () => {
    const one = await begun({ name: 'customers.csv', rows_expected: 5 })
    const [first, second] = rowsFrom(2)
    const part = await send(one, 1, [first ?? {}, { username: 'x', email: 'nowhere' }])
    assert.deepEqual(part.json, { rows: 2, created: 1, present: 0, errors: 1 })
    const more = await send(one, 3, [first ?? {}, second ?? {}, { ...rowsFrom(1)[0], email: second?.email }])
    assert.deepEqual(more.json, { rows: 3, created: 1, present: 1, errors: 1 })
    const { rows, created, present, errors, rows_expected: expected, state } = await shown(one)
    assert.deepEqual([rows, created, present, errors, expected, state], [5, 2, 1, 2, 5, 'open'])
    const { problems, next } = await problemsOf(one)
    assert.deepEqual([problems.map(({ row }) => row), next], [[2, 5], null])
    assert.match(problems[0]?.reason ?? '', /username: .*; email: /)
    assert.match(problems[1]?.reason ?? '', /stands in an earlier row|belongs to another account/)
    const [event] = await sql.text<{ actor: string; payload: { count: number } }>(
      `select actor, payload from events where type = 'import.begun' and payload ->> 'import' = $1`,
      [one.id],
    )
    assert.equal(event?.actor, `user ${admin.userId}`)
  })

  test('a part that is sent again, also at the same time, changes nothing and is answered as it was', async () => {
    const one = await begun()
    const rows = rowsFrom(20)
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(one, 1, rows)))
    const again = await send(one, 1, rows)
    for (const { status, json } of answers) assert.deepEqual([status, json], [200, again.json])
    const accounts = await sql.text('select from identifiers where written = any ($1)', [rows.map(({ username }) => username)])
    assert.equal(accounts.length, 20)
    assert.equal((await shown(one)).rows, 20)
  })

  test('a dry run finds what is wrong and makes nothing', async () => {
    const one = await begun({ dry_run: true })
    const rows = rowsFrom(3)
    const part = await send(one, 1, [...rows, { username: rows[0]?.username, email: 'other@example.com' }])
    assert.deepEqual(part.json, { rows: 4, created: 3, present: 0, errors: 1 })
    assert.deepEqual(await sql.text('select from identifiers where written = $1', [rows[0]?.username]), [])
  })

  test('hashes come along, and passwords in the clear where the import says so', async () => {
    const api = accountApi(url)
    const plain = { ...rowsFrom(1)[0], password: 'horse staple battery 7' }
    const refused = await begun()
    assert.deepEqual((await send(refused, 1, [plain])).json, { rows: 1, created: 0, present: 0, errors: 1 })
    assert.doesNotMatch((await admin.get(`imports/${refused.id}/problems`)).text, /horse staple battery/)
    assert.deepEqual((await send(await begun({ hash_passwords: true }), 1, [plain])).json, { rows: 1, created: 1, present: 0, errors: 0 })
    assert.equal((await api.token({ username: plain.username ?? '', password: plain.password })).status, 200)
  })

  test('never gives a password to an account that is there', async () => {
    const made = await admin.post('users', { username: newAccount().username, email: newAccount().email })
    const { username, email, id } = made.json as { username: string; email: string; id: string }
    const part = await send(await begun({ hash_passwords: true }), 1, [{ username, email, password: 'of somebody else 1' }])
    assert.deepEqual(part.json, { rows: 1, created: 0, present: 1, errors: 0 })
    assert.deepEqual(await sql.text('select from passwords where user_id = $1', [id]), [])
  })
})

describe('refuses', () => {
  test('whoever may not import, and whoever has not signed in a short while ago to begin', async () => {
    isProblem(await auditor.post('imports', {}), 403, 'missing-permission')
    isProblem(await auditor.get('imports'), 403, 'missing-permission')
    const one = await begun()
    isProblem(await auditor.post(`imports/${one.id}/rows`, { first_row: 1, rows: rowsFrom(1) }), 403, 'missing-permission')
    isProblem(await auditor.post(`imports/${one.id}/finish`), 403, 'missing-permission')
  })

  test('rows after the end, and an end after the end; the first wins', async () => {
    const one = await begun()
    const ends = await Promise.all([1, 2, 3].map(() => admin.post(`imports/${one.id}/finish`)))
    assert.deepEqual(ends.map(({ status }) => status).sort(), [200, 409, 409])
    isProblem(await send(one, 1, rowsFrom(1)), 409, 'import-ended')
    isProblem(await admin.post(`imports/${one.id}/cancel`), 409, 'import-ended')
    const events = await sql.text(`select from events where type = 'import.finished' and payload ->> 'import' = $1`, [one.id])
    assert.equal(events.length, 1)
  })

  test('an unknown import, rows that are none, too many rows, and too many passwords to hash at once', async () => {
    isProblem(await admin.get(`imports/${newId()}`), 404, 'not-found')
    isProblem(await admin.get('imports/none'), 404, 'not-found')
    const one = await begun({ hash_passwords: true })
    isProblem(await admin.post(`imports/${one.id}/rows`, { first_row: 1, rows: [] }), 422, 'invalid-request')
    isProblem(await admin.post(`imports/${one.id}/rows`, { first_row: 0, rows: rowsFrom(1) }), 422, 'invalid-request')
    isProblem(await admin.post(`imports/${one.id}/rows`, { first_row: 1, rows: ['text'] }), 422, 'invalid-request')
    isProblem(await send(one, 1, rowsFrom(251)), 422, 'invalid-request')
    isProblem(
      await send(
        one,
        1,
        rowsFrom(26).map((row) => ({ ...row, password: 'in the clear 1' })),
      ),
      422,
      'invalid-request',
    )
    assert.equal((await shown(one)).rows, 0)
  })

  test('an import of another tenant', async () => {
    const other = newId()
    await sql.text(`insert into tenants (tenant_id, slug, name) values ($1, 'elsewhere', 'Elsewhere')`, [other])
    const id = newId()
    await sql.text(`insert into imports (tenant_id, id, actor, is_dry_run, hashes_passwords) values ($1, $2, 'user x', false, false)`, [
      other,
      id,
    ])
    isProblem(await admin.get(`imports/${id}`), 404, 'not-found')
    isProblem(await admin.post(`imports/${id}/rows`, { first_row: 1, rows: rowsFrom(1) }), 404, 'not-found')
  })
})

test('the list goes through all imports once, the newest first', async () => {
  const seen: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page = (await admin.get(`imports?limit=3${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`)).json as {
      imports: Import[]
      next: string | null
    }
    seen.push(...page.imports.map(({ id }) => id))
    next = page.next
  }
  assert.deepEqual(seen, [...new Set(seen)].sort().reverse())
  const [row] = await sql.text<{ count: number }>('select count(*)::int as count from imports where tenant_id = $1', [
    platform.base.tenantId,
  ])
  assert.equal(seen.length, row?.count)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

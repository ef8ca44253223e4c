import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ExportedUser } from '../../src/users/export.store.ts'
import { exportAll } from '../../src/users/export-lines.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { newOwner } from '../harness/own-account.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const auditor = await administrator(provider, 'auditor')
const withHashes = 'users/export/with-password-hashes'

const linesOf = (text: string): ExportedUser[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('the export of accounts', () => {
  test('holds every account once, in order, and no password hash', async () => {
    await newOwner(url)
    await sql.text(
      `insert into users (tenant_id, id, status) select tenant_id, gen_random_uuid(), 'active' from tenants, generate_series(1, 1200)`,
    )
    const answer = await owner.post('users/export')
    assert.equal(answer.status, 200, answer.text.slice(0, 300))
    assert.equal(answer.headers['content-type'], 'application/x-ndjson')
    assert.equal(answer.headers['cache-control'], 'no-store')
    const numbers = linesOf(answer.text).map(({ number }) => number)
    const [row] = await sql.text<{ users: number }>('select count(*) as users from users')
    assert.equal(numbers.length, row?.users)
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((left, right) => left - right),
    )
    assert.doesNotMatch(answer.text, /password|argon2/)
  })

  test('holds password hashes where they are asked for, after a fresh sign-in alone', async () => {
    const answer = await owner.post(withHashes)
    assert.ok(linesOf(answer.text).some(({ password_hash: hash }) => hash?.startsWith('$argon2id$')))
    await sql.text(
      `update sessions set auth_time = auth_time - interval '1 hour', created_at = created_at - interval '1 hour' where user_id = $1`,
      [owner.userId],
    )
    isProblem(await owner.post(withHashes), 403, 'insufficient-authentication')
    assert.equal((await owner.post('users/export')).status, 200)
  })

  test('is written down before the first line, with who asked and whether hashes were in it', async () => {
    const rows = await sql.text<{ actor: string; hashes: boolean }>(
      `select actor, (payload ->> 'hashes')::boolean as hashes from events where type = 'user.exported' order by at, id`,
    )
    const actor = `user ${owner.userId}`
    assert.deepEqual(rows, [
      { actor, hashes: false },
      { actor, hashes: true },
      { actor, hashes: false },
    ])
  })

  test('is for whoever may alone, and not at any pace', async () => {
    for (const path of ['users/export', withHashes]) isProblem(await auditor.post(path), 403, 'missing-permission')
    const other = await administrator(provider, 'owner')
    const statuses: number[] = []
    for (let time = 0; time < 7; time += 1) statuses.push((await other.post('users/export')).status)
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 200, 429])
  })

  test('reads a page only when the one before is gone, and holds no more', async () => {
    let reads = 0
    const user = {
      id: 'x',
      username: null,
      email: null,
      email_verified: false,
      password_hash: null,
      status: 'active',
      created_at: '',
    } as const
    const lines = exportAll(async ({ after, limit }) => {
      reads += 1
      return Array.from({ length: limit }, (_, index) => ({ ...user, number: after + index + 1 }))
    }, false)
    for (let page = 1; page <= 3; page += 1) {
      await lines.next()
      assert.equal(reads, page)
    }
    await lines.return(undefined)
    assert.equal(reads, 3)
  })
})

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { accountApi, pairOf } from '../harness/account-api.ts'
import type { FreshDatabase, TestDatabase } from '../harness/database.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { cip, cipJson } from './cip.ts'

// bcrypt of "secret sesame", cost 12.
const hash = '$2b$12$1/Wdh1fct8YutXN3zLVv..5gm8HNLVW8lm1RT2NddFzX6mc6jNJr2'

type Report = { rows: number; created: number; updated: number; present: number; errors: number; errorsFile: string | null }
type RowError = { line: number; reason: string; username?: string }

let server: TestDatabase
let folder: string

before(async () => {
  server = await startTestDatabase()
  folder = await makeFolder()
})

const open = async (): Promise<{ database: FreshDatabase; env: Environment }> => {
  const database = await server.create()
  return { database, env: testEnvironment(folder, database.env) }
}

const countUsers = async ({ sql }: FreshDatabase): Promise<number> =>
  (await sql.text<{ n: number }>('select count(*) as n from users'))[0]?.n ?? -1

const userRow = (index: number, more: object = {}): object => ({
  username: `person${index}`,
  email: `person${index}@example.com`,
  password_hash: hash,
  ...more,
})

const write = async (name: string, rows: readonly unknown[]): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''))
  return path
}

const errorsOf = async (path: string): Promise<RowError[]> =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RowError)

test('imports 5,000 users, puts each bad row into the error file with its line and reason, and takes the rest', async () => {
  const { database, env } = await open()
  const rows: unknown[] = Array.from({ length: 5000 }, (_, index) => userRow(index))
  rows[10] = userRow(10, { username: 'two words' })
  rows[20] = '{"username": "broken"'
  rows[30] = userRow(30, { password_hash: 'plain text' })
  rows[40] = userRow(40, { password_hash: undefined, password: 'secret sesame' })
  rows[50] = userRow(49)
  rows[60] = userRow(60, { email: 'PERSON61@example.com' })
  rows[70] = userRow(70, { number: 71_000, surprise: 1 })
  rows[4999] = userRow(4999, {
    number: 90_000,
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    status: 'disabled',
    created_at: '2020-01-02T03:04:05.678901Z',
  })
  const file = await write('many.jsonl', rows)
  const { code, stdout } = await cip(['users', 'import', file, '--json'], { env })
  assert.equal(code, 1)
  const report = JSON.parse(stdout) as Report
  assert.deepEqual([report.rows, report.created, report.errors, report.present], [5000, 4993, 7, 0])
  const errors = await errorsOf(`${file}.errors.jsonl`)
  assert.deepEqual(
    errors.map(({ line }) => line),
    [11, 21, 31, 41, 51, 62, 71],
  )
  const reasons = errors.map(({ reason }) => reason).join('\n')
  for (const part of ['letters, digits', 'not JSON', 'password_hash', '--hash-passwords', 'earlier row', 'surprise'])
    assert.ok(reasons.includes(part), part)
  assert.equal(await countUsers(database), 4993)
  const [last] = await database.sql.text(
    `select u.number, u.status, to_char(created_at at time zone 'utc', 'US') as micro from users u where id = $1`,
    ['01890a5d-ac96-774b-bcce-b302099a8057'],
  )
  assert.deepEqual(last, { number: 90_000, status: 'disabled', micro: '678901' })
  const [events] = await database.sql.text(
    `select count(*) as batches, sum((payload->>'count')::int)::int as users from events where type = 'user.imported'`,
  )
  assert.deepEqual(events, { batches: 10, users: 4993 })
  assert.equal(existsSync(`${file}.progress.json`), false)
})

test('lets imported users sign in, and gives later registrations numbers past the highest', async () => {
  const { database, env } = await open()
  const file = await write('few.jsonl', [userRow(1, { number: 5000 }), userRow(2)])
  await cipJson<Report>(['users', 'import', file], { env })
  const api = accountApi((await startTestPlatform(database)).url)
  pairOf(await api.token({ username: 'person1', password: 'secret sesame' }))
  assert.equal((await api.token({ username: 'person2', password: 'wrong' })).status, 401)
  const registered = await api.register({ username: 'later', email: 'later@example.com', password: 'correct horse battery' })
  assert.ok((registered.json as { id: number }).id > 5000)
})

test('changes nothing in a dry run, and finds in it what the import would', async () => {
  const { database, env } = await open()
  const first = await write('first.jsonl', [userRow(1)])
  await cipJson(['users', 'import', first], { env })
  const file = await write('dry.jsonl', [userRow(1), userRow(2), userRow(3), userRow(3), userRow(4, { email: 'nobody' })])
  const before = await countUsers(database)
  const { code, stdout } = await cip(['users', 'import', file, '--dry-run', '--batch', '2', '--json'], { env })
  const report = JSON.parse(stdout) as Report
  assert.deepEqual([code, report.created, report.present, report.errors], [1, 2, 1, 2])
  assert.equal(await countUsers(database), before)
  const [event] = await database.sql.text<{ n: number }>(`select count(*) as n from events where type = 'user.imported'`)
  assert.equal(event?.n, 1)
})

test('goes on where an interruption stopped it, and refuses to begin anew or with another file', async () => {
  const { database, env } = await open()
  const rows = Array.from({ length: 1000 }, (_, index) => userRow(index))
  rows[5] = userRow(5, { email: 'nobody' })
  rows[250] = userRow(250, { email: 'nobody' })
  const file = await write('resumed.jsonl', rows)
  const broken = await cip(['users', 'import', file, '--batch', '100'], { env: { ...env, CIP_FAILPOINT: 'import-batch:4:throw' } })
  assert.equal(broken.code, 1)
  assert.equal(await countUsers(database), 398)
  const again = await cip(['users', 'import', file], { env })
  assert.match(again.stderr, /interrupted after 300 rows.*--resume/)
  const content = await readFile(file)
  await writeFile(file, `${content}\n{}`)
  assert.match((await cip(['users', 'import', file, '--resume'], { env })).stderr, /has changed/)
  await writeFile(file, content)
  const { stdout } = await cip(['users', 'import', file, '--resume', '--batch', '100', '--json'], { env })
  const report = JSON.parse(stdout) as Report
  // The batch that was committed but not noted is found to be there.
  assert.deepEqual([report.rows, report.created, report.present, report.errors], [1000, 898, 100, 2])
  assert.equal(await countUsers(database), 998)
  assert.deepEqual(
    (await errorsOf(`${file}.errors.jsonl`)).map(({ line }) => line),
    [6, 251],
  )
  assert.equal(existsSync(`${file}.progress.json`), false)
})

test('takes what it exported, as JSON Lines and as CSV, with formulas made harmless in between', async () => {
  const { database, env } = await open()
  const emails = [
    '=cmd@example.com',
    "'=quoted@example.com",
    '+plus@example.com',
    '-minus@example.com',
    "o'neil@example.com",
    'a,b@example.com',
  ]
  const rows = emails.slice(0, 5).map((email, index) => userRow(index, { email, number: 100 + index, email_verified: index === 0 }))
  await cipJson(['users', 'import', await write('formulas.jsonl', rows)], { env })
  for (const name of ['all.csv', 'all.jsonl']) {
    const file = join(folder, name)
    await cipJson(['users', 'export', file, '--force'], { env })
    assert.equal((await stat(file)).mode & 0o077, 0)
    const text = await readFile(file, 'utf8')
    if (name.endsWith('.csv')) assert.ok(!/(^|,)"?[=+\-@]/m.test(text), text)
    const other = await open()
    await cipJson(['users', 'import', file], { env: other.env })
    const dump = `select u.id, u.number, u.status, u.created_at, i.kind, i.canonical, i.written, i.verified_at is null as open, p.encoded
      from users u join identifiers i on i.user_id = u.id join passwords p on p.user_id = u.id order by u.number, i.kind`
    assert.deepEqual(await other.database.sql.text(dump), await database.sql.text(dump))
  }
  const { stdout } = await cip(['users', 'export', '--without-hashes'], { env })
  assert.equal(stdout.trim().split('\n').length, 5)
  assert.ok(!stdout.includes('$2b$'))
})

test('refuses to overwrite a file with an export', async () => {
  const { env } = await open()
  const file = await write('precious.jsonl', ['precious'])
  const refused = await cip(['users', 'export', file], { env })
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /is there already/)
  assert.equal(await readFile(file, 'utf8'), 'precious\n')
})

test('hashes passwords in the clear where it is told to, and reads credentials of Keycloak', async () => {
  const { database, env } = await open()
  const salt = Buffer.from('0123456789abcdef').toString('base64')
  const credential = {
    type: 'password',
    credentialData: JSON.stringify({ hashIterations: 27_500, algorithm: 'pbkdf2-sha256' }),
    secretData: JSON.stringify({ salt, value: Buffer.alloc(64, 7).toString('base64') }),
  }
  const rows = [
    { username: 'clear', email: 'clear@example.com', password: 'secret sesame' },
    { username: 'cloak', email: 'cloak@example.com', credentials: [credential], enabled: false, emailVerified: true },
    { username: 'cloak2', email: 'cloak2@example.com', credentials: [{ ...credential, secretData: '{}' }] },
  ]
  const file = await write('mixed.jsonl', rows)
  const { stdout } = await cip(['users', 'import', file, '--hash-passwords', '--json'], { env })
  const report = JSON.parse(stdout) as Report
  assert.deepEqual([report.created, report.errors], [2, 1])
  assert.match((await errorsOf(`${file}.errors.jsonl`))[0]?.reason ?? '', /Keycloak/)
  const hashes = await database.sql.text<{ encoded: string }>('select encoded from passwords order by encoded')
  assert.deepEqual(
    hashes.map(({ encoded }) => encoded.split('$')[1]),
    ['argon2id', 'keycloak-pbkdf2-sha256'],
  )
})

test('gives a password only to users who have none, and only when asked', async () => {
  const { env, database } = await open()
  const bare = [userRow(1, { password_hash: undefined }), userRow(2)]
  await cipJson(['users', 'import', await write('bare.jsonl', bare)], { env })
  const file = await write('hashes.jsonl', [userRow(1), userRow(2, { password_hash: hash.replace('Wdh1', 'Wdh2') })])
  assert.equal((await cipJson<Report>(['users', 'import', file], { env })).present, 2)
  const updated = await cipJson<Report>(['users', 'import', file, '--update'], { env })
  assert.deepEqual([updated.updated, updated.present], [1, 1])
  const hashes = await database.sql.text<{ encoded: string }>('select distinct encoded from passwords')
  assert.deepEqual(hashes, [{ encoded: hash }])
})

test('tells of lines of a CSV with a wrong number of columns, and takes the others', async () => {
  const { env } = await open()
  const file = await write('short.csv', [
    '\uFEFFusername,email',
    'one1,one@example.com',
    'two2',
    'three3,three@example.com,x',
    '"four4","four@example.com"',
  ])
  const { stdout } = await cip(['users', 'import', file, '--json'], { env })
  const report = JSON.parse(stdout) as Report
  assert.deepEqual([report.created, report.errors], [2, 2])
  assert.deepEqual(
    (await errorsOf(`${file}.errors.jsonl`)).map(({ line }) => line),
    [3, 4],
  )
})

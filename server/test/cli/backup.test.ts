import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { openDatabase } from '../../src/db/database.ts'
import { startEmbedded } from '../../src/db/embedded/embedded.ts'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { atEnd } from '../harness/closing.ts'
import { type FreshDatabase, startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment, testSecret } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { cip, cipJson, type Outcome } from './cip.ts'

let server: TestDatabase
let folder: string
let source: FreshDatabase
let env: Environment
let backup: string
let passphrase: string
let tokens: { access_token: string; refresh_token: string }

const account = { username: 'kept', email: 'kept@example.com', password: 'correct horse battery' }

before(async () => {
  server = await startTestDatabase()
  folder = await makeFolder()
  source = await server.create({ isEmpty: true })
  env = testEnvironment(folder, source.env)
  passphrase = join(folder, 'passphrase')
  await writeFile(passphrase, 'a passphrase of some length\n')
  const api = accountApi((await startTestPlatform(source)).url)
  tokens = (await api.join(account)).pair
  // Values whose text is easily lost: infinity, bytes, null, quotes and separators, an event of a month long gone.
  await source.sql.text(`insert into events (tenant_id, at, id, type, payload)
    select tenant_id, '2023-05-06T07:08:09.123456Z', gen_random_uuid(), 'user.registered', '{"odd": "\\u2028 \\"[\\n"}' from tenants`)
  await source.sql.text(`insert into platform_state (key, value) values ('test', 'null')`)
  backup = join(folder, 'whole.backup')
})

const restore = (file: string, { to, args = [] }: { to: Environment; args?: string[] }): Promise<Outcome> =>
  cip(['restore', file, '--passphrase-file', passphrase, '--json', ...args], { env: to })

const dump = async (sql: FreshDatabase['sql'], table: string): Promise<string[]> =>
  (await sql.text<{ line: string }>(`select t::text as line from ${table} t order by 1`)).map(({ line }) => line)

test('backs up while the server runs, into a file that its owner alone can read, and notes it', async () => {
  const report = await cipJson<{ rows: number; tables: Record<string, number> }>(['backup', backup, '--passphrase-file', passphrase], {
    env,
  })
  assert.equal(report.tables['users'], 1)
  assert.equal(report.tables['rate_windows'], undefined)
  assert.equal((await stat(backup)).mode & 0o077, 0)
  const [event] = await source.sql.text(`select payload from events where type = 'backup.created'`)
  assert.deepEqual(event, { payload: { rows: report.rows } })
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.includes('partial')),
    [],
  )
  const bytes = await readFile(backup)
  for (const text of [testSecret, 'kept@example.com']) assert.equal(bytes.includes(text), false)
})

test('refuses to overwrite a backup unless forced, and a passphrase that is short', async () => {
  const refused = await cip(['backup', backup, '--passphrase-file', passphrase], { env })
  assert.deepEqual([refused.code, /is there already/.test(refused.stderr)], [1, true])
  const short = join(folder, 'short')
  await writeFile(short, 'short')
  assert.match((await cip(['backup', join(folder, 'other.backup'), '--passphrase-file', short], { env })).stderr, /fewer than 12/)
})

test('Y-07 restores into an empty database: users sign in, keys open, and every session of the backup is dead', async () => {
  const target = await server.create({ isEmpty: true })
  const to = testEnvironment(await makeFolder(), target.env)
  const { code, stderr } = await restore(backup, { to })
  assert.equal(code, 0, stderr)
  const unchanged = ['tenants', 'users', 'identifiers', 'passwords', 'sign_in_states', 'signing_keys', 'platform_state']
  for (const table of unchanged) assert.deepEqual(await dump(target.sql, table), await dump(source.sql, table), table)
  const old = await target.sql.text(`select payload, tableoid::regclass::text as partition from events where at < '2024-01-01'`)
  assert.deepEqual(old, [{ payload: { odd: '\u2028 "[\n' }, partition: 'events_2023_05' }])
  assert.deepEqual(await target.sql.text('select distinct end_reason, ended_at is null as open from sessions'), [
    { end_reason: 'restored', open: false },
  ])
  assert.deepEqual(await target.sql.text('select distinct revoke_reason from grants'), [{ revoke_reason: 'restored' }])
  const api = accountApi((await startTestPlatform(target)).url)
  assert.equal((await api.refresh(tokens.refresh_token)).status, 401)
  assert.equal((await api.me(tokens.access_token)).status, 401)
  pairOf(await api.token(account))
  const registered = await api.register({ username: 'later', email: 'later@example.com', password: 'correct horse battery' })
  assert.equal(registered.status, 200, registered.text)
  assert.equal((await target.sql.text(`select from events where type = 'backup.restored'`)).length, 1)
})

test('restores into a fresh data directory, secret key included, and a server starts on it', async () => {
  const dataDir = await makeFolder()
  const to = testEnvironment(dataDir)
  const { code, stderr } = await restore(backup, { to })
  assert.equal(code, 0, stderr)
  assert.equal((await readFile(join(dataDir, 'secret.key'), 'utf8')).trim(), testSecret)
  assert.equal((await stat(join(dataDir, 'secret.key'))).mode & 0o077, 0)
  const embedded = await startEmbedded({ dataDir, log: () => undefined })
  atEnd(() => embedded.stop())
  const { connection } = embedded
  const sql = openDatabase({ connection, size: 1 })
  atEnd(() => sql.close())
  const api = accountApi((await startTestPlatform({ url: '', connection, env: { SECRET_KEY: testSecret }, sql })).url)
  pairOf(await api.token(account))
  const running = await restore(backup, { to, args: ['--replace'] })
  assert.deepEqual([running.code, /A server is running/.test(running.stderr)], [1, true])
})

test('refuses a changed, cut or lengthened file and a wrong passphrase, and changes nothing', async () => {
  const bytes = await readFile(backup)
  const target = await server.create({ isEmpty: true })
  const dataDir = await makeFolder()
  const { SECRET_KEY: _, ...rest } = target.env
  const to = testEnvironment(dataDir, rest)
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy
  }
  const cases: [Buffer, RegExp][] = [
    [flipped(bytes.length - 1000), /damaged: block 1/],
    [flipped(3), /not a backup/],
    [flipped(bytes.length - 1), /damaged: block 1/],
    [bytes.subarray(0, bytes.length - 1), /cut short/],
    [bytes.subarray(0, 100), /cut short/],
    [Buffer.concat([bytes, Buffer.from('x')]), /something follows its end/],
    [Buffer.from(''), /not a backup/],
  ]
  for (const [content, sentence] of cases) {
    const file = join(folder, 'bad.backup')
    await writeFile(file, content)
    const refused = await restore(file, { to })
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, sentence)
  }
  const other = join(folder, 'other-passphrase')
  await writeFile(other, 'another passphrase')
  const refused = await cip(['restore', backup, '--passphrase-file', other], { env: to })
  assert.deepEqual([refused.code, /passphrase is not that of this backup/.test(refused.stderr)], [1, true])
  assert.equal(existsSync(join(dataDir, 'secret.key')), false)
  assert.deepEqual(await target.sql.text(`select to_regclass('users')::text as users`), [{ users: null }])
})

test('refuses a database that has users unless told to replace them, and a database that is in use', async () => {
  const target = await server.create({ isEmpty: true })
  const to = testEnvironment(await makeFolder(), target.env)
  const create = ['users', 'create', '--username', 'present', '--email', 'present@example.com', '--password-stdin']
  await cipJson(create, { env: to, input: 'correct horse battery' })
  const refused = await restore(backup, { to })
  assert.match(refused.stderr, /has 1 users.*--replace/)
  const guest = openDatabase({ connection: target.connection, size: 1 })
  await guest.text('select 1')
  assert.match((await restore(backup, { to, args: ['--replace'] })).stderr, /A server is connected/)
  await guest.close()
  const done = await restore(backup, { to, args: ['--replace'] })
  assert.equal(done.code, 0, done.stderr)
  assert.deepEqual(await target.sql.text(`select written from identifiers where kind = 'username'`), [{ written: 'kept' }])
})

test('refuses another secret key of the environment, and keeps one of the data directory that it replaces', async () => {
  const target = await server.create({ isEmpty: true })
  const { SECRET_KEY: _, ...rest } = target.env
  const foreign = 'another-secret-0123456789-abcdefghijklmnopqrstuvwxyz'
  const refused = await restore(backup, { to: testEnvironment(await makeFolder(), { ...rest, SECRET_KEY: foreign }) })
  assert.match(refused.stderr, /SECRET_KEY of the environment is not the one of the backup/)
  const dataDir = await makeFolder()
  await writeFile(join(dataDir, 'secret.key'), `${foreign}\n`, { mode: 0o600 })
  const to = testEnvironment(dataDir, rest)
  assert.match((await restore(backup, { to })).stderr, /Another secret key is in use/)
  const guest = openDatabase({ connection: target.connection, size: 1 })
  assert.equal((await guest.text('select from users')).length, 0)
  await guest.close()
  const done = await restore(backup, { to, args: ['--replace'] })
  assert.equal(done.code, 0, done.stderr)
  assert.equal((await readFile(join(dataDir, 'secret.key'), 'utf8')).trim(), testSecret)
  const kept = (await readdir(dataDir)).filter((name) => name.startsWith('secret.key.replaced-'))
  assert.equal((await readFile(join(dataDir, kept[0] ?? ''), 'utf8')).trim(), foreign)
})

test('makes a recovery passphrase where none is given, shows it once, and restores with it', async () => {
  const file = join(folder, 'recovery.backup')
  const made = await cip(['backup', file, '--json'], { env })
  assert.equal(made.code, 0, made.stderr)
  const shown = /shown this once: (([0-9a-z]{4}-){7}[0-9a-z]{4})/.exec(made.stderr)?.[1] ?? ''
  assert.equal(made.stdout.includes(shown), false)
  const written = join(folder, 'written-down')
  await writeFile(written, shown)
  const target = await server.create({ isEmpty: true })
  const done = await cip(['restore', file, '--passphrase-file', written], { env: testEnvironment(await makeFolder(), target.env) })
  assert.equal(done.code, 0, done.stderr)
})

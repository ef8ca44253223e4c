import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, readdir, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { before, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { createProgram } from '../../src/cli/program.ts'
import { accountApi } from '../harness/account-api.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment, testSecret } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { startMailSink } from '../mail/mail-sink.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment

before(async () => {
  database = await (await startTestDatabase()).create()
  env = testEnvironment(await makeFolder(), database.env)
})

const leaves = (command: Command, path: readonly string[] = []): (readonly string[])[] =>
  command.commands.length === 0 ? [path] : command.commands.flatMap((child) => leaves(child, [...path, child.name()]))

class Exit extends Error {
  readonly code: number
  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

// In this process, since each of its own takes half a second.
const helpOf = async (t: TestContext, path: readonly string[]): Promise<{ code: number | undefined; text: string }> => {
  let text = ''
  const write = t.mock.method(process.stdout, 'write', (chunk: string) => {
    text += chunk
    return true
  })
  const exit = t.mock.method(process, 'exit', (code: number) => {
    throw new Exit(code)
  })
  try {
    await createProgram().parseAsync(['node', 'cip', ...path, '--help'])
    return { code: undefined, text }
  } catch (error) {
    return { code: (error as Exit).code, text }
  } finally {
    write.mock.restore()
    exit.mock.restore()
  }
}

test('answers --help of every command with exit code 0, and gives examples', async (t) => {
  const paths = leaves(createProgram())
  assert.ok(paths.length > 20)
  for (const path of paths) {
    const { code, text } = await helpOf(t, path)
    assert.equal(code, 0, path.join(' '))
    assert.match(text, /^Usage: cip /)
    if (!['serve', 'migrate'].includes(path.join(' '))) assert.match(text, /Examples:/, path.join(' '))
  }
  const { code, stdout } = await cip(['users', 'import', '--help'], { env })
  assert.deepEqual([code, /--hash-passwords/.test(stdout)], [0, true])
})

test('ends with 2 for an unknown option, an unknown command, a missing argument and a value that does not fit', async () => {
  const lines = [
    'users list --nonsense',
    'nonsense',
    'users nonsense',
    'users show',
    'users list --limit x',
    'events tail --since soon',
    'keys rotate --algorithm HS256',
  ]
  for (const line of lines) {
    const { code, stderr, stdout } = await cip(line.split(' '), { env })
    assert.equal(code, 2, line)
    assert.equal(stdout, '', line)
    assert.match(stderr, /error: /, line)
  }
})

type Key = { kid: string; algorithm: string; state: string }
const keysNow = async (): Promise<Key[]> => (await cipJson<{ keys: Key[] }>(['keys', 'list'], { env })).keys

test('rotates and revokes keys with their events', async () => {
  await startTestPlatform(database)
  assert.deepEqual((await keysNow()).map(({ algorithm, state }) => [algorithm, state]).sort(), [
    ['ES256', 'active'],
    ['EdDSA', 'active'],
    ['RS256', 'active'],
  ])
  await cipJson(['keys', 'rotate', '--algorithm', 'ES256'], { env })
  const waiting = (await keysNow()).filter(({ algorithm }) => algorithm === 'ES256')
  assert.deepEqual(waiting.map(({ state }) => state).sort(), ['active', 'pending'])
  const again = await cipJson<{ keys: { kind: string }[] }>(['keys', 'rotate', '--algorithm', 'ES256'], { env })
  assert.equal(again.keys[0]?.kind, 'already-pending')
  await cipJson(['keys', 'rotate', '--algorithm', 'EdDSA', '--now'], { env })
  const eddsa = (await keysNow()).filter(({ algorithm }) => algorithm === 'EdDSA')
  assert.deepEqual(eddsa.map(({ state }) => state).sort(), ['active', 'retired'])
  const kid = eddsa.find(({ state }) => state === 'active')?.kid ?? ''
  assert.equal((await cip(['keys', 'revoke', kid], { env })).code, 2)
  assert.deepEqual(await cipJson(['keys', 'revoke', kid, '--yes'], { env }), { kid, revoked: true })
  const after = (await keysNow()).filter(({ algorithm }) => algorithm === 'EdDSA')
  assert.deepEqual(after.map(({ state }) => state).sort(), ['active', 'retired', 'revoked'])
  const types = await database.sql.text<{ type: string }>(`select type from events where type like 'key.r%' order by type`)
  assert.deepEqual(
    types.map(({ type }) => type),
    ['key.revoked', 'key.rotated', 'key.rotated'],
  )
  assert.match((await cip(['keys', 'revoke', 'unknown', '--yes'], { env })).stderr, /There is no key "unknown"/)
})

type Events = { events: { type: string; id: string; user_id: string | null }[]; next: string | null }

test('finds events by type, user and time, and pages through them', async () => {
  const api = accountApi((await startTestPlatform(database)).url)
  const { account } = await api.join()
  await api.token({ ...account, password: 'wrong wrong' })
  const search = (...args: string[]): Promise<Events> => cipJson<Events>(['events', 'search', ...args], { env })
  const mine = await search('--user', account.username, '--since', '1h')
  assert.deepEqual(
    mine.events.map(({ type }) => type),
    ['sign_in.refused', 'sign_in.succeeded', 'user.registered'],
  )
  assert.equal((await search('--until', '1h')).events.length, 0)
  const seen: string[] = []
  for (let after: string[] = []; ; ) {
    const page = await search('--limit', '2', ...after)
    seen.push(...page.events.map(({ id }) => id))
    if (page.next === null) break
    after = ['--after', page.next]
  }
  const [all] = await database.sql.text<{ n: number }>('select count(*) as n from events')
  assert.deepEqual([new Set(seen).size, seen.length], [all?.n, all?.n])
  const tail = await cip(['events', 'tail', '--limit', '2', '--user', account.username], { env })
  assert.deepEqual(
    tail.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/)[1]),
    ['sign_in.succeeded', 'sign_in.refused'],
  )
})

test('shows settings with their source, and never a secret', async () => {
  const { stdout } = await cip(['config', 'show', '--json'], { env: { ...env, CIP_LOCK_AFTER: '7' } })
  const { settings } = JSON.parse(stdout) as { settings: { name: string; value: string; source: string }[] }
  const of = (name: string) => settings.find((one) => one.name === name)
  assert.deepEqual(of('CIP_LOCK_AFTER'), { name: 'CIP_LOCK_AFTER', value: '7', source: 'environment' })
  assert.deepEqual(of('SECRET_KEY'), { name: 'SECRET_KEY', value: 'set', source: 'environment' })
  assert.deepEqual(of('CIP_HOSTS'), { name: 'CIP_HOSTS', value: '1', source: 'default' })
  for (const secret of [testSecret, database.url]) assert.ok(!stdout.includes(secret))
})

test('checks settings and makes nothing in a fresh data directory', async () => {
  const dataDir = join(await makeFolder(), 'data')
  const fresh = testEnvironment(dataDir)
  assert.equal((await cip(['config', 'check'], { env: fresh })).code, 0)
  const wrong = await cip(['config', 'check'], { env: { ...fresh, PORT: 'x', CIP_HOSTS: '2' } })
  assert.equal(wrong.code, 1)
  assert.match(wrong.stderr, /PORT must be/)
  const doctor = await cipJson<{ ok: boolean }>(['doctor'], { env: fresh })
  assert.equal(doctor.ok, true)
  assert.equal(existsSync(dataDir), false)
})

type Finding = { check: string; status: string; detail: string }
const examine = async (more: Environment): Promise<{ code: number | null; of: (check: string) => Finding | undefined }> => {
  const { code, stdout } = await cip(['doctor', '--json'], { env: { ...env, ...more } })
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  return { code, of: (check) => findings.find((one) => one.check === check) }
}

test('finds a healthy installation healthy, and misses the backups', async () => {
  const { code, of } = await examine({})
  assert.equal(code, 0)
  for (const check of ['settings', 'database', 'migrations', 'clock', 'signing keys', 'port', 'disk', 'mail', 'messages'])
    assert.equal(of(check)?.status, 'OK', check)
  assert.equal(of('backups')?.status, 'WARN')
})

test('finds a mail server that is not there or refuses, one that answers, and messages that were given up', async () => {
  const absent = await examine({ SMTP_URL: 'smtp://someone:hunter2@127.0.0.1:1' })
  assert.deepEqual([absent.code, absent.of('mail')?.status], [0, 'WARN'])
  assert.match(absent.of('mail')?.detail ?? '', /127\.0\.0\.1: CONN: .*ECONNREFUSED/)
  assert.equal(JSON.stringify(absent.of('mail')).includes('hunter2'), false)
  const sink = await startMailSink()
  assert.equal((await examine({ SMTP_URL: sink.url })).of('mail')?.status, 'OK')
  assert.equal(sink.received.length, 0)
  const strict = await startMailSink(0, {
    disabledCommands: ['STARTTLS'],
    authOptional: false,
    onAuth: (_, __, callback) => callback(Object.assign(new Error('wrong'), { responseCode: 535 })),
  })
  const refused = await examine({ SMTP_URL: strict.url.replace('//', '//someone:hunter2@') })
  assert.equal(refused.of('mail')?.status, 'WARN')
  assert.equal(JSON.stringify(refused.of('mail')).includes('hunter2'), false)
  const unset = await examine({ NODE_ENV: 'production' })
  assert.equal(unset.of('mail')?.status, 'WARN')
  await database.sql.text(
    `insert into messages (tenant_id, id, channel, template, language, recipient, sealed, expires_at, gave_up_at)
     select tenant_id, gen_random_uuid(), 'email', 'test', 'en', 'a@example.com', '', now(), now() from tenants limit 1`,
    [],
  )
  const { of } = await examine({})
  assert.deepEqual([of('messages')?.status, of('messages')?.detail.slice(0, 2)], ['WARN', '1 '])
})

test('finds a foreign secret key, a closed database, a taken port and an open address', async () => {
  const foreign = await examine({ SECRET_KEY: 'another-secret-0123456789-abcdefghijklmnopqrstuvwxyz' })
  assert.deepEqual([foreign.code, foreign.of('signing keys')?.status], [1, 'FAIL'])
  const closed = await examine({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
  assert.deepEqual([closed.code, closed.of('database')?.status], [1, 'FAIL'])
  const taken = createServer((socket) => socket.end('no\n')).listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const busy = await examine({ PORT: port })
  taken.close()
  assert.deepEqual([busy.code, busy.of('port')?.status], [1, 'FAIL'])
  const { url } = await startTestPlatform(database)
  assert.match((await examine({ PORT: new URL(url).port })).of('port')?.detail ?? '', /running server of this product/)
  assert.equal((await examine({ HOST: '0.0.0.0' })).of('public URL')?.status, 'WARN')
})

test('finds a data directory that others can write to and a secret key that others can read', async () => {
  const dataDir = await makeFolder()
  await chmod(dataDir, 0o777)
  const { of } = await examine({ DATA_DIR: dataDir })
  assert.equal(of('data directory')?.status, 'WARN')
  assert.deepEqual(await readdir(dataDir), [])
})

test('prints completions that complete commands and options', async () => {
  const { stdout: script } = await cip(['completion', 'bash'], { env })
  const complete = (...words: string[]): string[] => {
    const program = `${script}\nCOMP_WORDS=(${words.map((word) => `"${word}"`).join(' ')}); COMP_CWORD=${words.length - 1}; _cip; echo "\${COMPREPLY[@]}"`
    return spawnSync('bash', ['-c', program], { encoding: 'utf8' }).stdout.trim().split(' ')
  }
  assert.deepEqual(complete('cip', 'us'), ['users'])
  assert.deepEqual(complete('cip', 'users', 'dis'), ['disable'])
  assert.deepEqual(complete('cip', 'users', 'list', '--pre'), ['--prefix'])
  assert.deepEqual(complete('cip', 'completion', 'z'), ['zsh'])
  for (const shell of ['zsh', 'fish']) assert.match((await cip(['completion', shell], { env })).stdout, /set-password/)
  assert.equal((await cip(['completion', 'tcsh'], { env })).code, 2)
})

test('starts from any folder through a symbolic link', async () => {
  const folder = await makeFolder()
  const script = fileURLToPath(new URL('../../../cip', import.meta.url))
  await symlink(script, join(folder, 'cip'))
  const path = `${process.execPath.replace(/\/[^/]+$/, '')}:${process.env['PATH']}`
  const { status, stdout } = spawnSync(join(folder, 'cip'), ['--version'], { cwd: folder, encoding: 'utf8', env: { ...env, PATH: path } })
  assert.equal(status, 0)
  assert.match(stdout, /^\d+\.\d+\.\d+/)
})

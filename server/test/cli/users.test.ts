import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { type AccountApi, accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment
let api: AccountApi
let folder: string

type Shown = { id: string; number: number; username: string; status: string; live_sessions: number }
type Changed = { changed: boolean; sessionsEnded: number }

const typesOf = async (userId: string): Promise<string[]> =>
  (await database.sql.text<{ type: string }>('select type from events where user_id = $1 order by at, id', [userId])).map(
    ({ type }) => type,
  )

const generationOf = async (userId: string): Promise<number> =>
  (await database.sql.text<{ generation: number }>('select generation from sign_in_states where user_id = $1', [userId]))[0]?.generation ??
  -1

before(async () => {
  database = await (await startTestDatabase()).create()
  folder = await makeFolder()
  env = testEnvironment(folder, database.env)
  api = accountApi((await startTestPlatform(database)).url)
})

test('creates a user who can sign in, with the password from standard input', async () => {
  const account = newAccount()
  const args = ['users', 'create', '--username', account.username, '--email', account.email, '--password-stdin']
  const created = await cipJson<{ number: number }>(args, { env, input: `${account.password}\n` })
  pairOf(await api.token(account))
  const shown = await cipJson<Shown>(['users', 'show', account.email], { env })
  assert.deepEqual([shown.number, shown.username], [created.number, account.username])
  assert.equal((await typesOf(shown.id))[0], 'user.registered')
  const [event] = await database.sql.text<{ payload: unknown }>(
    `select payload from events where user_id = $1 and type = 'user.registered'`,
    [shown.id],
  )
  assert.deepEqual(event?.payload, { via: 'cli' })
})

test('refuses to create what a registration would refuse, and says why', async () => {
  const bad = ['users', 'create', '--username', 'a b', '--email', 'nobody', '--password-stdin']
  const refused = await cip(bad, { env, input: 'short' })
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /username: .*\nemail: .*\npassword: .*at least 8/)
  const { account } = await api.join()
  const taken = ['users', 'create', '--username', account.username, '--email', 'other@example.com', '--password-stdin']
  assert.match((await cip(taken, { env, input: account.password })).stderr, /user name is taken/)
})

test('refuses to ask for a password where there is no terminal', async () => {
  const refused = await cip(['users', 'create', '--username', 'nobody1', '--email', 'nobody1@example.com'], { env })
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, /--password-stdin or --password-file/)
})

test('disables a user: sessions and refresh tokens end, sign-ins under way cannot finish, and enabling changes the status alone', async () => {
  const { account, pair } = await api.join()
  const { id, number } = await cipJson<Shown>(['users', 'show', account.username], { env })
  const generation = await generationOf(id)
  assert.deepEqual(
    await cipJson<Changed>(['users', 'disable', String(number)], { env }).then(({ changed, sessionsEnded }) => [changed, sessionsEnded]),
    [true, 1],
  )
  assert.equal(await generationOf(id), generation + 1)
  assert.equal((await api.refresh(pair.refresh_token)).status, 401)
  assert.equal((await api.token(account)).status, 401)
  assert.equal((await cipJson<Changed>(['users', 'disable', id], { env })).changed, false)
  await cipJson(['users', 'enable', account.email], { env })
  assert.equal((await api.refresh(pair.refresh_token)).status, 401)
  pairOf(await api.token(account))
  const types = await typesOf(id)
  for (const type of ['user.disabled', 'session.ended', 'user.enabled']) assert.equal(types.filter((one) => one === type).length, 1, type)
})

test('sets a password: the old one and every session end, and a lock goes', async () => {
  const { account, pair } = await api.join()
  for (let attempt = 0; attempt < 6; attempt += 1) await api.token({ ...account, password: 'wrong wrong wrong' })
  const file = join(folder, 'password.txt')
  await writeFile(file, 'a new password 42\n')
  const changed = await cipJson<Changed>(['users', 'set-password', account.username, '--password-file', file], { env })
  assert.equal(changed.sessionsEnded, 1)
  assert.equal((await api.refresh(pair.refresh_token)).status, 401)
  assert.equal((await api.token(account)).status, 401)
  pairOf(await api.token({ ...account, password: 'a new password 42' }))
})

test('refuses a new password that is the user name', async () => {
  const { account } = await api.join()
  const refused = await cip(['users', 'set-password', account.username, '--password-stdin'], { env, input: account.username })
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /must not be your user name/)
  pairOf(await api.token(account))
})

test('deletes a user with its sessions, once it is confirmed; a running server forgets them', async () => {
  const { account, pair } = await api.join()
  const { id } = await cipJson<Shown>(['users', 'show', account.username], { env })
  assert.equal((await cip(['users', 'delete', account.username], { env })).code, 2)
  assert.equal((await api.me(pair.access_token)).status, 200)
  await cipJson(['users', 'delete', account.username, '--yes'], { env })
  for (let attempt = 0; attempt < 50 && (await api.me(pair.access_token)).status === 200; attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal((await api.me(pair.access_token)).status, 401)
  assert.equal((await api.refresh(pair.refresh_token)).status, 401)
  for (const table of ['sessions', 'identifiers', 'passwords', 'sign_in_states'])
    assert.equal((await database.sql.text(`select from ${table} where user_id = $1`, [id])).length, 0, table)
  assert.equal((await typesOf(id)).at(-1), 'user.deleted')
})

test('says of an unknown user that there is none, with exit code 1', async () => {
  for (const verb of ['show', 'disable', 'enable', 'delete']) {
    const refused = await cip(['users', verb, 'nobody-at-all'], { env })
    assert.equal(refused.code, 1, verb)
    assert.match(refused.stderr, /There is no user "nobody-at-all"/)
  }
})

test('refuses a reference that means two users', async () => {
  const { account } = await api.join()
  const { number } = await cipJson<Shown>(['users', 'show', account.username], { env })
  const name = String(number).padStart(3, '0')
  const args = ['users', 'create', '--username', name, '--email', `n${number}@example.com`, '--password-stdin']
  await cipJson(args, { env, input: 'correct horse battery' })
  assert.match((await cip(['users', 'disable', name], { env })).stderr, /means more than one user/)
})

test('lists users in pages that go through all of them once', async () => {
  const all = await cipJson<{ users: Shown[] }>(['users', 'list', '--limit', '1000'], { env })
  const seen: number[] = []
  for (let after = 0; ; ) {
    const page = await cipJson<{ users: Shown[]; next: number | null }>(['users', 'list', '--limit', '3', '--after', String(after)], {
      env,
    })
    seen.push(...page.users.map(({ number }) => number))
    if (page.next === null) break
    after = page.next
  }
  assert.deepEqual(
    seen,
    all.users.map(({ number }) => number),
  )
  assert.ok(seen.length > 5)
  const disabled = await cipJson<{ users: Shown[] }>(['users', 'list', '--status', 'disabled'], { env })
  assert.ok(disabled.users.every(({ status }) => status === 'disabled'))
  const prefixed = await cipJson<{ users: Shown[] }>(['users', 'list', '--prefix', 'USER-'], { env })
  assert.ok(prefixed.users.length > 0 && prefixed.users.every(({ username }) => username.startsWith('user-')))
})

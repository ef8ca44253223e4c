import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { adminApi } from '../harness/admin.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment
let url: string

before(async () => {
  database = await (await startTestDatabase()).create()
  env = testEnvironment(await makeFolder(), database.env)
  url = (await startTestPlatform(database)).url
  for (const username of ['alice', 'robin'])
    assert.equal((await accountApi(url).register({ username, email: `${username}@example.com`, password: 'correct horse' })).status, 200)
})

const refuses = async (args: readonly string[], words: RegExp): Promise<void> => {
  const { code, stderr } = await cip(args, { env })
  assert.notEqual(code, 0)
  assert.match(stderr, words)
}

test('makes, shows, changes and deletes a role, and refuses what cannot be', async () => {
  await cipJson<unknown>(['roles', 'create', 'people-team', '--permission', 'users:read'], { env })
  await cipJson<unknown>(['roles', 'set', 'people-team', '--permission', 'users:read', '--permission', 'users:support'], { env })
  const shown = (await cipJson<unknown>(['roles', 'show', 'people-team'], { env })) as { permissions: string[] }
  assert.deepEqual(shown.permissions, ['users:read', 'users:support'])
  await refuses(['roles', 'create', 'people-team', '--permission', 'users:read'], /is there already/)
  await refuses(['roles', 'create', 'owner', '--permission', 'users:read'], /built in/)
  await refuses(['roles', 'create', 'other', '--permission', 'users:everything'], /no permission "users:everything"/)
  await refuses(['roles', 'show', 'nothing'], /is not there/)
  await cipJson<unknown>(['roles', 'give', 'people-team', '--user', 'robin'], { env })
  await refuses(['roles', 'delete', 'people-team'], /is held by somebody/)
  await cipJson<unknown>(['roles', 'take', 'people-team', '--user', 'robin'], { env })
  await cipJson<unknown>(['roles', 'delete', 'people-team'], { env })
})

test('never takes the last owner, and makes none of a group or an application', async () => {
  await cipJson<unknown>(['roles', 'give', 'owner', '--user', 'alice'], { env })
  await refuses(['roles', 'take', 'owner', '--user', 'alice'], /last owner/)
  await refuses(['roles', 'give', 'owner', '--client', 'whatever'], /for persons alone/)
  await refuses(['roles', 'give', 'support'], /one of --user, --client or --group/)
  await refuses(['roles', 'give', 'support', '--client', 'whatever'], /is not there/)
})

test('a token that it made calls the admin API until it is removed', async () => {
  await refuses(['tokens', 'create', 'robin', '--name', 'x', '--permission', 'users:read'], /does not hold: users:read/)
  const made = (await cipJson<unknown>(['tokens', 'create', 'alice', '--name', 'script', '--permission', 'users:read'], { env })) as {
    id: string
    token: string
  }
  assert.equal((await adminApi(url, made.token).get('users')).status, 200)
  assert.equal((await adminApi(url, made.token).get('roles')).status, 403)
  const listed = await cip(['tokens', 'list', 'alice'], { env })
  assert.ok(listed.stdout.includes(made.id) && !listed.stdout.includes(made.token))
  await cipJson<unknown>(['tokens', 'remove', 'alice', made.id], { env })
  assert.equal((await adminApi(url, made.token).get('users')).status, 401)
  await refuses(['tokens', 'remove', 'alice', made.id], /has no token/)
})

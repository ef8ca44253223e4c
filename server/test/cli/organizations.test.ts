import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startNameServer } from '../harness/name-server.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { cip, cipJson } from './cip.ts'

let env: Environment

before(async () => {
  const database = await (await startTestDatabase()).create()
  env = testEnvironment(await makeFolder(), database.env)
  const { url } = await startTestPlatform(database)
  for (const username of ['alice', 'robin'])
    assert.equal((await accountApi(url).register({ username, email: `${username}@example.com`, password: 'correct horse' })).status, 200)
})

const refuses = async (args: readonly string[], words: RegExp): Promise<void> => {
  const { code, stderr } = await cip(args, { env })
  assert.notEqual(code, 0)
  assert.match(stderr, words)
}

test('makes an organization with its owner, lists it and its members, and refuses what cannot be', async () => {
  await cipJson<unknown>(['organizations', 'create', 'acme', '--name', 'Acme Corporation', '--owner', 'alice'], { env })
  await refuses(['organizations', 'create', 'acme'], /this slug already/)
  await refuses(['organizations', 'create', 'No Slug'], /lower-case letters/)
  await refuses(['organizations', 'create', 'other', '--owner', 'nobody'], /no user "nobody"/)
  const listed = await cipJson<{ organizations: { slug: string; name: string }[] }>(['organizations', 'list', '--prefix', 'ACME'], { env })
  assert.deepEqual(
    listed.organizations.map(({ slug, name }) => [slug, name]),
    [['acme', 'Acme Corporation']],
  )
  await cipJson<unknown>(['organizations', 'add-member', 'acme', 'robin', '--role', 'administrator'], { env })
  await refuses(['organizations', 'add-member', 'acme', 'robin'], /a member already/)
  await refuses(['organizations', 'add-member', 'acme', 'robin', '--role', 'auditor'], /no role "auditor" for organizations/)
  await refuses(['organizations', 'members', 'nothing'], /no organization "nothing"/)
  const { members } = await cipJson<{ members: { username: string; roles: string[] }[] }>(['organizations', 'members', 'acme'], { env })
  assert.deepEqual(
    members.map(({ username, roles }) => [username, roles]),
    [
      ['alice', ['owner']],
      ['robin', ['administrator']],
    ],
  )
  await refuses(['organizations', 'remove-member', 'acme', 'alice'], /last owner/)
  await cipJson<unknown>(['organizations', 'remove-member', 'acme', 'robin'], { env })
  await refuses(['organizations', 'remove-member', 'acme', 'robin'], /no member/)
})

test('adds, proves and removes domains, and says which record to publish', async () => {
  const names = await startNameServer()
  const at = { env: { ...env, CIP_DNS_SERVERS: names.address } }
  await cipJson<unknown>(['organizations', 'create', 'globex', '--name', 'Globex'], at)
  const added = await cipJson<{ record: { name: string; value: string } }>(['organizations', 'add-domain', 'globex', 'globex-cli.com'], at)
  await refuses(['organizations', 'add-domain', 'globex', 'globex-cli.com'], /has this domain already/)
  await refuses(['organizations', 'add-domain', 'globex', 'gmail.com'], /Anybody can have an address/)
  assert.match((await cip(['organizations', 'verify-domain', 'globex', 'globex-cli.com'], at)).stderr, /was not found/)
  names.records.set(added.record.name, [added.record.value])
  await cipJson<unknown>(['organizations', 'verify-domain', 'globex', 'globex-cli.com'], at)
  const { domains } = await cipJson<{ domains: { domain: string; verified_at: string | null }[] }>(
    ['organizations', 'domains', 'globex'],
    at,
  )
  assert.deepEqual(
    domains.map(({ domain, verified_at: verified }) => [domain, verified !== null]),
    [['globex-cli.com', true]],
  )
  await refuses(['organizations', 'remove-domain', 'globex', 'other.com'], /no domain "other.com"/)
  await cipJson<unknown>(['organizations', 'remove-domain', 'globex', 'globex-cli.com'], at)
  assert.deepEqual(await cipJson<unknown>(['organizations', 'domains', 'globex'], at), { domains: [] })
})

test('shows and changes what an organization demands, and refuses what nobody could satisfy', async () => {
  const policy = (...options: string[]) => cipJson<Record<string, unknown>>(['organizations', 'policy', 'initech', ...options], { env })
  await cipJson<unknown>(['organizations', 'create', 'initech'], { env })
  assert.deepEqual(await policy(), { second_factor: 'off', session_seconds: null, methods: null, version: 0 })
  const strict = ['--second-factor', 'required', '--session', '8h', '--method', 'password', '--method', 'totp']
  const saved = { second_factor: 'required', session_seconds: 28_800, methods: ['password', 'totp'], version: 1 }
  assert.deepEqual(await policy(...strict), saved)
  assert.deepEqual(await policy(), saved)
  assert.deepEqual(await policy('--method', 'any', '--session', 'any'), { ...saved, session_seconds: null, methods: null, version: 2 })
  await refuses(['organizations', 'policy', 'initech', '--method', 'totp'], /Nobody could sign in/)
  await refuses(['organizations', 'policy', 'initech', '--method', 'password'], /second factor/)
  await refuses(['organizations', 'policy', 'initech', '--session', '1m'], /5m to 30d/)
})

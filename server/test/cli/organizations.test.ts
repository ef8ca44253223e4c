import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
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

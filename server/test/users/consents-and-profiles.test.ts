import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { record } from '../../src/events/events.store.ts'
import { makeEvent } from '../../src/events/events.ts'
import { newId } from '../../src/platform/ids.ts'
import { createProfileAdmin, type ProfileAdmin } from '../../src/users/profile.job.ts'
import { checkEmail, checkUsername, type Identifier } from '../../src/users/users.ts'
import { cip, cipJson } from '../cli/cip.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'

type Person = { readonly id: string; readonly name: string }

let database: FreshDatabase
let env: Environment
let tenantId: string
let profiles: ProfileAdmin
let count = 0

const identifier = (check: ReturnType<typeof checkEmail>): Identifier =>
  check.kind === 'ok' ? check.identifier : assert.fail(check.reason)

const registrationOf = (name: string, userId: string) => ({
  userId,
  username: identifier(checkUsername(name)),
  email: identifier(checkEmail(`${name}@example.com`)),
  encoded: 'no-hash',
  events: [makeEvent({ tenantId, type: 'user.registered', userId, payload: { via: 'cli' } })],
})

const newUser = async (): Promise<Person> => {
  count += 1
  const [id, name] = [newId(), `person-${count}`]
  const { kind } = await profiles.register(registrationOf(name, id), { attributes: { given_name: 'Alice' }, isEmailVerified: true })
  assert.equal(kind, 'registered')
  return { id, name }
}

const epoch = async (kind: string): Promise<number> =>
  (await database.sql.text<{ version: number }>('select version from cache_epochs where kind = $1', [kind]))[0]?.version ?? 0

const addClient = async (): Promise<string> => {
  const id = newId()
  await database.sql.text(`insert into clients (tenant_id, id, name, created_via, metadata) values ($1, $2, 'Shop', 'cli', '{}')`, [
    tenantId,
    id,
  ])
  return id
}

const addGrant = async (userId: string, clientId: string, isOffline = true): Promise<string> => {
  const id = newId()
  await database.sql.text(
    `insert into oauth_grants (tenant_id, id, client_id, user_id, is_offline, scope, auth_time, amr, code_spent_at, idle_expires_at, expires_at)
     values ($1, $2, $3, $4, $5, 'openid offline_access', now(), '{pwd}', now(), now() + interval '1 day', now() + interval '1 day')`,
    [tenantId, id, clientId, userId, isOffline],
  )
  return id
}

const revocationOf = async (grantId: string): Promise<string | null | undefined> =>
  (
    await database.sql.text<{ reason: string | null }>(
      'select case when revoked_at is not null then revoke_reason end as reason from oauth_grants where id = $1',
      [grantId],
    )
  )[0]?.reason

const addConsent = (userId: string, clientId: string) =>
  database.sql.text(`insert into consents (tenant_id, user_id, client_id, scope) values ($1, $2, $3, '{openid,profile}')`, [
    tenantId,
    userId,
    clientId,
  ])

before(async () => {
  database = await (await startTestDatabase()).create()
  env = testEnvironment(await makeFolder(), database.env)
  await cipJson(['users', 'list'], { env })
  tenantId = (await database.sql.text<{ tenant_id: string }>('select tenant_id from tenants'))[0]?.tenant_id ?? ''
  profiles = createProfileAdmin({ db: database.sql, tenantId, readSchema: async () => undefined, record })
})

test('a name taken between check and write leaves nothing of the second account behind, and is told', async () => {
  const { name } = await newUser()
  const userId = newId()
  const outcome = await profiles.register(registrationOf(name, userId), { attributes: { given_name: 'Bob' }, isEmailVerified: true })
  assert.deepEqual(outcome, { kind: 'taken', which: 'username' })
  for (const [table, column] of [
    ['users', 'id'],
    ['profiles', 'user_id'],
    ['events', 'user_id'],
  ] as const)
    assert.equal((await database.sql.text(`select from ${table} where ${column} = $1`, [userId])).length, 0, table)
})

test('of changes of one user at a time none is lost', async () => {
  const { id } = await newUser()
  const names = ['name', 'family_name', 'middle_name', 'nickname', 'gender']
  const outcomes = await Promise.all(
    names.map((name) => profiles.change(id, { set: { [name]: 'x' }, address: {}, unset: [], isEmailVerified: undefined })),
  )
  assert.ok(outcomes.every(({ kind }) => kind === 'done'))
  assert.deepEqual(Object.keys(await profiles.read(id)).sort(), [...names, 'given_name'].sort())
})

test('refuses to change a user who is gone', async () => {
  const change = { set: { name: 'x' }, address: {}, unset: [], isEmailVerified: true }
  assert.deepEqual(await profiles.change(newId(), change), { kind: 'gone' })
})

test('revokes a consent with the grants of that user and client, and no other', async () => {
  const [one, other] = [await newUser(), await newUser()]
  const [shop, mail] = [await addClient(), await addClient()]
  for (const { id } of [one, other]) for (const client of [shop, mail]) await addConsent(id, client)
  const ends = await addGrant(one.id, shop)
  const stay = [await addGrant(one.id, mail), await addGrant(other.id, shop)]
  const listed = await cipJson<{ consents: { client_id: string; scope: string[] }[] }>(['users', 'consents', one.name], { env })
  assert.deepEqual(listed.consents.map(({ client_id: id }) => id).sort(), [shop, mail].sort())
  assert.deepEqual(listed.consents[0]?.scope, ['openid', 'profile'])
  const { grantsEnded } = await cipJson<{ grantsEnded: number }>(['users', 'revoke-consent', one.name, shop], { env })
  assert.deepEqual([grantsEnded, await revocationOf(ends)], [1, 'consent-revoked'])
  for (const grant of stay) assert.equal(await revocationOf(grant), null)
  assert.equal((await database.sql.text('select from consents where user_id = any($1)', [[one.id, other.id]])).length, 3)
  const [event] = await database.sql.text<{ client_id: string }>(
    `select client_id from events where user_id = $1 and type = 'consent.revoked'`,
    [one.id],
  )
  assert.equal(event?.client_id, shop)
  for (const client of [shop, 'no-such-client']) assert.equal((await cip(['users', 'revoke-consent', one.name, client], { env })).code, 1)
  assert.equal((await database.sql.text(`select from events where user_id = $1 and type = 'consent.revoked'`, [one.id])).length, 1)
})

for (const [what, args, input, reason] of [
  ['disabled', ['disable'], '', 'user-disabled'],
  ['given a new password', ['set-password'], 'another horse battery', 'password-set'],
] as const)
  test(`ends offline grants of a user who is ${what}, and those of nobody else`, async () => {
    const [one, other] = [await newUser(), await newUser()]
    const client = await addClient()
    const [offline, online, foreign] = [
      await addGrant(one.id, client),
      await addGrant(one.id, client, false),
      await addGrant(other.id, client),
    ]
    const before = await epoch('users')
    await cipJson(['users', ...args, one.name, ...(input === '' ? [] : ['--password-stdin'])], { env, input })
    assert.deepEqual([await revocationOf(offline), await revocationOf(online), await revocationOf(foreign)], [reason, reason, null])
    assert.equal(await epoch('users'), before + 1)
  })

test('ends offline grants of a user who is deleted, and tells the nodes so, since the rows go', async () => {
  const [one, other] = [await newUser(), await newUser()]
  const client = await addClient()
  const [offline, foreign] = [await addGrant(one.id, client), await addGrant(other.id, client)]
  await addConsent(one.id, client)
  const before = await epoch('users')
  await cipJson(['users', 'delete', one.name, '--yes'], { env })
  assert.deepEqual([await revocationOf(offline), await revocationOf(foreign)], [undefined, null])
  assert.equal(await epoch('users'), before + 1)
  for (const table of ['profiles', 'consents', 'oauth_grants'])
    assert.equal((await database.sql.text(`select from ${table} where user_id = $1`, [one.id])).length, 0, table)
})

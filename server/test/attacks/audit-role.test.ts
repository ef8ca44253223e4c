import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openDatabase } from '../../src/db/database.ts'
import { cip } from '../cli/cip.ts'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { atEnd } from '../harness/closing.ts'
import { startTestDatabase } from '../harness/database.ts'
import { testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { request } from '../harness/http.ts'
import { startTestServer } from '../harness/server.ts'

const postgres = await startTestDatabase()
const database = await postgres.create()
const { sql: owner } = database
const role = `cip_server_${process.pid}`
await owner.text(`create role ${role} login password 'of a server alone'`)
atEnd(async () => {
  await owner.text(`drop owned by ${role}`)
  await owner.text(`drop role ${role}`)
})
const printed = await cip(['database', 'grants', role], { env: testEnvironment(await makeFolder(), database.env) })
assert.equal(printed.code, 0, printed.stderr)
for (const statement of printed.stdout.trim().split('\n')) await owner.text(statement)

const url = database.url.replace(/^postgres:\/\/[^@]+@/, `postgres://${role}:${encodeURIComponent('of a server alone')}@`)
const env = { ...database.env, DATABASE_URL: url, CIP_DATABASE_OWNER_URL: database.url }
const server = await startTestServer({ env })
const runtime = openDatabase({ connection: { connectionString: url }, size: 1 })
atEnd(() => runtime.close())

describe('a server whose role cannot change the audit', () => {
  test('registers, signs in and records, and its log shows no failure', async () => {
    const api = accountApi(server.url)
    const account = newAccount()
    await api.join(account)
    assert.equal((await api.token(account)).status, 200)
    assert.equal((await api.token({ ...account, password: 'not the password' })).status, 401)
    assert.equal((await request(`${server.url}/readyz`)).status, 200)
    const types = await owner.text<{ type: string }>('select distinct type from events')
    for (const type of ['user.registered', 'sign_in.succeeded', 'sign_in.refused'])
      assert.ok(
        types.some((row) => row.type === type),
        type,
      )
    assert.doesNotMatch(server.logs(), /"level":(50|60)|permission denied/)
  })

  test('erases the personal data in the events of a person who is deleted, without a right to change an event', async () => {
    const account = newAccount()
    await accountApi(server.url).join(account)
    const left = () =>
      owner.text<{ user_id: string }>(
        `select e.user_id from events e join event_keys k on k.id = e.key_id
         where e.user_id = (select user_id from events where type = 'user.registered' order by at desc limit 1)`,
      )
    assert.ok((await left()).length > 0)
    const deleted = await cip(['users', 'delete', account.username, '--yes'], { env: testEnvironment(await makeFolder(), env) })
    assert.equal(deleted.code, 0, deleted.stderr)
    assert.deepEqual(await left(), [])
  })

  test('goes on with the audit tree, and the tree verifies', async () => {
    const checked = await cip(['audit', 'verify'], { env: testEnvironment(await makeFolder(), env) })
    assert.equal(checked.code, 0, checked.stdout + checked.stderr)
    const checkpoint = await cip(['audit', 'checkpoint'], { env: testEnvironment(await makeFolder(), env) })
    assert.equal(checkpoint.code, 0, checkpoint.stderr)
  })

  for (const attack of [
    `update events set payload = '{}'`,
    'delete from events',
    'truncate events',
    `update event_chain set leaf = sha256('other')`,
    'delete from event_chain',
    'truncate event_chain',
    'delete from event_checkpoints',
    `update event_checkpoints set note = 'other'`,
    'delete from events_default',
    'drop table event_chain',
    'alter table events disable trigger all',
    'create table mine (n int)',
    "insert into schema_migrations (name, timestamp) values ('9999_mine', 'now')",
    'create role mine',
    `copy (select 1) to program 'true'`,
    'set role postgres',
  ])
    test(`W-04 Y-01 is refused by the database: ${attack}`, async () => {
      await assert.rejects(runtime.text(attack), (error) =>
        /permission denied|must be owner|must be superuser|does not exist/.test(String((error as Error).message)),
      )
    })

  test('a partition of the events is out of its reach by name, and new ones are as well', async () => {
    const partitions = await owner.text<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass`,
    )
    assert.ok(partitions.length >= 4)
    for (const { name } of partitions) await assert.rejects(runtime.text(`delete from ${name}`), /permission denied/)
  })
})

test('without the role that owns the tables a server of this role says what it lacks, where something is to be migrated', async () => {
  const empty = await postgres.create({ isEmpty: true })
  const lacking = empty.url.replace(/^postgres:\/\/[^@]+@/, `postgres://${role}:${encodeURIComponent('of a server alone')}@`)
  await assert.rejects(startTestServer({ env: { ...empty.env, DATABASE_URL: lacking } }), /lacks a right/)
})

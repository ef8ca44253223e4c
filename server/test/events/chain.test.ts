import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, test } from 'node:test'
import { type Database, inTransaction } from '../../src/db/database.ts'
import { chainUpkeep, extendChain, latestCheckpoint } from '../../src/events/chain/chain.job.ts'
import { checkpointKey, readCheckpoint } from '../../src/events/chain/checkpoint.ts'
import { type Finding, verifyChain } from '../../src/events/chain/verify.job.ts'
import { record, tendEventPartitions } from '../../src/events/events.job.ts'
import { makeEvent } from '../../src/events/events.ts'
import { cip } from '../cli/cip.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'

const postgres = await startTestDatabase()
const key = checkpointKey(Buffer.alloc(32, 9))
const origin = 'id.example.com/audit'

let database: FreshDatabase
let sql: Database
let tenantId: string
let written = 0

beforeEach(async () => {
  written = 0
  database = await postgres.create()
  const { platform } = await startTestPlatform(database)
  sql = platform.base.db
  tenantId = platform.base.tenantId
})

const write = async (count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1)
    await inTransaction(sql, { isIdempotent: false }, (tx) =>
      record(tx, makeEvent({ tenantId, type: 'backup.created', payload: { rows: written++ }, origin: { userAgent: 'Ünïcode "agent"\n' } })),
    )
}
const extend = () => extendChain({ db: sql, key, origin }, tenantId)
const verify = (kept: readonly string[] = []) => {
  const heads = kept.flatMap((note) => readCheckpoint(note, key) ?? [])
  assert.equal(heads.length, kept.length)
  return verifyChain(tenantId, { sql, key, kept: heads })
}
const kinds = (findings: readonly Finding[]): readonly string[] => findings.map(({ kind }) => kind)
const size = async (): Promise<number> => (await latestCheckpoint(tenantId, sql))?.size ?? 0

describe('the audit tree', () => {
  test('takes in every event once, whoever goes on with it and however often', async () => {
    await write(25)
    await Promise.all([extend(), extend(), extend()])
    await write(3)
    await extend()
    assert.equal(await extend(), 0)
    const [row] = await sql.text<{ events: number; leaves: number; positions: number }>(
      `select (select count(*) from events where tenant_id = $1) as events, count(*) as leaves, count(distinct (event_at, event_id)) as positions
       from event_chain where tenant_id = $1`,
      [tenantId],
    )
    assert.deepEqual([row?.leaves, row?.positions], [row?.events, row?.events])
    const found = await verify()
    assert.deepEqual([found.findings, found.size, found.expired], [[], row?.events, 0])
  })

  test('takes in an event that is committed late', async () => {
    await write(2)
    const gate = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    const late = inTransaction(sql, { isIdempotent: false }, async (tx) => {
      await record(tx, makeEvent({ tenantId, type: 'backup.created', payload: { rows: 99 } }))
      began.resolve()
      await gate.promise
    })
    await began.promise
    await write(2)
    await extend()
    gate.resolve()
    await late
    assert.equal(await extend(), 1)
    assert.deepEqual((await verify()).findings, [])
  })

  test('of each tenant is its own', async () => {
    const [other] = await sql.text<{ tenant_id: string }>(`insert into tenants (slug, name) values ('other', 'Other') returning tenant_id`)
    assert.ok(other)
    await inTransaction(sql, { isIdempotent: false }, (tx) =>
      record(tx, makeEvent({ tenantId: other.tenant_id, type: 'backup.created', payload: { rows: 1 } })),
    )
    await write(1)
    await chainUpkeep(sql, key, (slug) => `${slug}/audit`).run(sql)
    assert.equal((await latestCheckpoint(other.tenant_id, sql))?.size, 1)
    assert.match((await latestCheckpoint(other.tenant_id, sql))?.note ?? '', /^other\/audit\n1\n/)
    assert.deepEqual((await verifyChain(other.tenant_id, { sql, key, kept: [] })).findings, [])
  })
})

describe('Y-01: whoever writes to the database', () => {
  const attacks: readonly { readonly name: string; readonly attack: string; readonly finds: readonly string[] }[] = [
    { name: 'changes a payload', attack: `update events set payload = '{"rows": 77}' where payload ->> 'rows' = '3'`, finds: ['changed'] },
    { name: 'changes who it was', attack: `update events set ip = '192.0.2.9' where payload ->> 'rows' = '3'`, finds: ['changed'] },
    { name: 'removes an event in the middle', attack: `delete from events where payload ->> 'rows' = '3'`, finds: ['removed'] },
    {
      name: 'removes an event with its leaf',
      attack: `with gone as (delete from events where payload ->> 'rows' = '3' returning id) delete from event_chain where event_id in (select id from gone)`,
      finds: ['leaf-missing'],
    },
    {
      name: 'cuts off the end of chain and events',
      attack: `with gone as (delete from event_chain where position >= 5 returning event_id) delete from events where id in (select event_id from gone)`,
      finds: ['truncated'],
    },
    {
      name: 'cuts off the checkpoints',
      attack: 'delete from event_checkpoints where size = (select max(size) from event_checkpoints)',
      finds: ['truncated'],
    },
    {
      name: 'changes a leaf to fit a changed event',
      attack: `update event_chain set leaf = sha256('other') where position = 4`,
      finds: ['changed', 'wrong-root', 'wrong-root'],
    },
    {
      name: 'writes another root into a checkpoint',
      attack: `update event_checkpoints set root = sha256('other') where size = (select max(size) from event_checkpoints)`,
      finds: ['wrong-signature'],
    },
    {
      name: 'writes another note into a checkpoint',
      attack: `update event_checkpoints set note = replace(note, 'id.example', 'ev.example') where size = (select max(size) from event_checkpoints)`,
      finds: ['wrong-signature'],
    },
    {
      name: 'puts in an old event afterwards',
      attack: `insert into events (tenant_id, at, id, type) select tenant_id, now() - interval '2 days', gen_random_uuid(), 'user.deleted' from tenants limit 1`,
      finds: ['not-in-tree'],
    },
    {
      name: 'says that events have expired, to hide what was removed',
      attack: `with gone as (delete from events where payload ->> 'rows' = '3')
        insert into events (tenant_id, id, type, payload) select tenant_id, gen_random_uuid(), 'events.expired', '{"before": "2999-01-01T00:00:00.000000Z"}' from tenants limit 1`,
      finds: ['unproved-expiry'],
    },
  ]

  for (const { name, attack, finds } of attacks)
    test(`and ${name} is found`, async () => {
      await write(6)
      await extend()
      await write(4)
      await extend()
      assert.deepEqual((await verify()).findings, [])
      await sql.text(attack)
      assert.deepEqual(kinds((await verify()).findings), finds)
    })

  test('and says where it was: the event, its time and its place', async () => {
    await write(6)
    await extend()
    const [event] = await sql.text<{ id: string; position: number }>(
      `select e.id, c.position from events e join event_chain c on c.event_id = e.id where e.payload ->> 'rows' = '3'`,
    )
    await sql.text(`update events set type = 'user.enabled' where payload ->> 'rows' = '3'`)
    const [finding] = (await verify()).findings
    assert.ok(finding?.kind === 'changed')
    assert.deepEqual([finding.event, finding.position], [event?.id, event?.position])
    assert.match(finding.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  })

  test('and writes the whole history anew, with the secret of the installation, is found by a checkpoint that was kept elsewhere', async () => {
    await write(6)
    await extend()
    const kept = (await latestCheckpoint(tenantId, sql))?.note ?? ''
    await write(2)
    await extend()
    assert.deepEqual((await verify([kept])).findings, [])
    await sql.text(
      `delete from event_chain; delete from event_checkpoints; update events set payload = '{"rows": 77}' where payload ->> 'rows' = '3'`,
    )
    await extend()
    assert.deepEqual((await verify()).findings, [])
    assert.deepEqual(kinds((await verify([kept])).findings), ['other-history'])
    await sql.text(
      `delete from event_chain; delete from event_checkpoints; delete from events where id not in (select id from events order by at limit 3)`,
    )
    await extend()
    assert.deepEqual(kinds((await verify([kept])).findings), ['truncated'])
  })
})

test('what expired is told by the tree itself, and is no finding', async () => {
  await sql.text(
    `create table events_2020_01 partition of events for values from ('2020-01-01') to ('2020-02-01');
     insert into events (tenant_id, at, id, type) select tenant_id, '2020-01-05', gen_random_uuid(), 'backup.created' from tenants, generate_series(1, 7)`,
  )
  await write(3)
  await extend()
  const before = await size()
  await tendEventPartitions(sql, { keptFor: async () => ({ usualSeconds: 365 * 86_400, daysOf: new Map() }), extend })
  const found = await verify()
  assert.deepEqual([found.findings, found.expired, found.size], [[], 7, before + 1])
})

test('Y-08: the events of a deleted account stay in the tree', async () => {
  const userId = '019a0000-0000-7000-8000-000000000001'
  await sql.text('insert into users (tenant_id, id) values ($1, $2)', [tenantId, userId])
  await inTransaction(sql, { isIdempotent: false }, (tx) =>
    record(tx, makeEvent({ tenantId, type: 'user.disabled', userId, payload: { via: 'cli' } })),
  )
  await extend()
  await sql.text('delete from users where id = $1', [userId])
  assert.deepEqual((await verify()).findings, [])
})

test('cip audit verifies, prints checkpoints, and ends with 1 where something was found', async () => {
  const folder = await makeFolder()
  const env = testEnvironment(folder, database.env)
  await write(5)
  const checkpoint = await cip(['audit', 'checkpoint'], { env })
  assert.equal(checkpoint.code, 0, checkpoint.stderr)
  const file = join(folder, 'kept.txt')
  await writeFile(file, checkpoint.stdout)
  const fine = await cip(['audit', 'verify', '--checkpoint', file], { env })
  assert.equal(fine.code, 0, fine.stdout + fine.stderr)
  assert.match(fine.stdout, /are as they were signed/)
  assert.match((await cip(['audit', 'key'], { env })).stdout, /\/audit\+[0-9a-f]{8}\+/)
  await sql.text(`delete from events where payload ->> 'rows' = '3'`)
  const found = await cip(['audit', 'verify'], { env })
  assert.equal(found.code, 1)
  assert.match(found.stdout, /was removed\.\n.*NOT as they were written/s)
  await writeFile(file, 'something else')
  assert.match((await cip(['audit', 'verify', '--checkpoint', file], { env })).stderr, /is no checkpoint/)
})

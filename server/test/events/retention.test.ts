import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Database, Sql } from '../../src/db/database.ts'
import { extendChain } from '../../src/events/chain/chain.job.ts'
import { checkpointKey } from '../../src/events/chain/checkpoint.ts'
import { verifyChain } from '../../src/events/chain/verify.job.ts'
import { tendEventPartitions } from '../../src/events/events.job.ts'
import { cutsOf, monthsBefore } from '../../src/events/retention.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { startTestDatabase } from '../harness/database.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { startProvider } from '../harness/provider.ts'

const postgres = await startTestDatabase()
const key = checkpointKey(Buffer.alloc(32, 9))
const ages = [3, 20, 29, 31, 45, 80, 200, 500]

/** Two tenants with events of these ages in days, ten each, all in their trees. */
const tenants = async () => {
  const database = await postgres.create()
  const { platform } = await startTestPlatform(database)
  const { db, tenantId: root } = platform.base
  const [row] = await db.text<{ tenant_id: string }>(`insert into tenants (slug, name) values ('short', 'Short') returning tenant_id`)
  const short = row?.tenant_id ?? ''
  await db.text(`delete from events`)
  for (const month of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])
    await db.text(
      `do $$ declare first timestamptz := date_trunc('month', now(), 'UTC') - make_interval(months => ${month}); begin
         execute format('create table if not exists %I partition of events for values from (%L) to (%L)',
           'events_' || to_char(first at time zone 'utc', 'YYYY_MM'), first, first + interval '1 month'); end $$`,
    )
  await db.text(
    `insert into events (tenant_id, at, id, type, payload)
     select t, now() - make_interval(days => age) - n * interval '1 second', gen_random_uuid(), 'backup.created', jsonb_build_object('rows', age)
     from unnest($1::uuid[]) t, unnest($2::int[]) age, generate_series(1, 10) n`,
    [[root, short], ages],
  )
  const extend = (tenantId: string) => extendChain({ db, key, origin: 'id.example.com/audit' }, tenantId)
  await extend(root)
  await extend(short)
  const tend = (days: Readonly<Record<string, number>>, usualDays = 400) =>
    tendEventPartitions(db, { keptFor: async () => ({ usualSeconds: usualDays * 86_400, daysOf: new Map(Object.entries(days)) }), extend })
  const left = async (tenantId: string): Promise<readonly number[]> =>
    (
      await db.text<{ age: number }>(
        `select distinct (payload ->> 'rows')::int as age from events where tenant_id = $1 and type = 'backup.created' order by 1`,
        [tenantId],
      )
    ).map(({ age }) => age)
  const announced = async (tenantId: string): Promise<readonly { before: string; months: number }[]> =>
    (
      await db.text<{ payload: { before: string; months: number } }>(
        `select payload from events where tenant_id = $1 and type = 'events.expired' order by at, id`,
        [tenantId],
      )
    ).map(({ payload }) => payload)
  const verify = (tenantId: string, sql: Sql = db) => verifyChain(tenantId, { sql, key, kept: [] })
  return { db, root, short, extend, tend, left, announced, verify }
}

const dayBefore = (days: number): string => `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)}T00:00:00.000000Z`

describe('events of a tenant', () => {
  test('are cut off to the day where it decided, and by whole months where it did not', () => {
    const now = Date.UTC(2026, 10, 30, 17)
    const kept = { usualSeconds: 400 * 86_400, daysOf: new Map([['a', 30]]) }
    assert.deepEqual(cutsOf(['a', 'b'], kept, now), [
      { tenantId: 'a', before: '2026-10-31T00:00:00.000000Z' },
      { tenantId: 'b', before: '2025-10-01T00:00:00.000000Z' },
    ])
    assert.equal(monthsBefore(kept, now), '2025-10-01T00:00:00.000000Z')
    assert.equal(monthsBefore({ ...kept, daysOf: new Map([['a', 730]]) }, now), '2024-11-01T00:00:00.000000Z')
  })

  test('go when its own time is up, told by its own event, and those of others stay', async () => {
    const { root, short, tend, left, announced, verify } = await tenants()
    await tend({ [short]: 30 })
    assert.deepEqual(await left(short), [3, 20, 29])
    assert.deepEqual(await left(root), [3, 20, 29, 31, 45, 80, 200])
    assert.deepEqual(
      (await announced(short)).map(({ before }) => before),
      [(await announced(root))[0]?.before, dayBefore(30)],
    )
    for (const [tenantId, expired] of [
      [short, 50],
      [root, 10],
    ] as const) {
      const found = await verify(tenantId)
      assert.deepEqual([found.findings, found.expired], [[], expired])
    }
    await tend({ [short]: 30 })
    assert.equal((await announced(short)).length, 2, 'what is said once a day is not said again')
  })

  test('are kept by one for longer than by all others: the months stay, and the others lose theirs row by row', async () => {
    const { root, short, tend, left, verify, db } = await tenants()
    const monthsOf = async (): Promise<number> =>
      (await db.text(`select 1 from pg_class where relname ~ '^events_[0-9]{4}_[0-9]{2}$'`)).length
    const before = await monthsOf()
    await tend({ [short]: 3650 })
    assert.equal(await monthsOf(), before)
    assert.deepEqual(await left(short), ages)
    assert.deepEqual(await left(root), [3, 20, 29, 31, 45, 80, 200])
    for (const tenantId of [root, short]) assert.deepEqual((await verify(tenantId)).findings, [])
    // It wants them no longer: the months go, and what had been told stays right.
    await tend({})
    assert.ok((await monthsOf()) < before)
    for (const tenantId of [root, short]) assert.deepEqual((await verify(tenantId)).findings, [])
  })

  test('that are gone do not come back when it decides for longer, and the tree stays right', async () => {
    const { short, tend, left, verify } = await tenants()
    await tend({ [short]: 30 })
    await tend({ [short]: 365 })
    assert.deepEqual(await left(short), [3, 20, 29])
    assert.deepEqual((await verify(short)).findings, [])
    await tend({ [short]: 100 })
    assert.deepEqual((await verify(short)).findings, [])
  })

  test('Y-01 that were removed without a word, or by a false one, are found beside those that expired', async () => {
    const { db, short, tend, verify } = await tenants()
    await tend({ [short]: 30 })
    await db.text(`delete from events where tenant_id = $1 and (payload ->> 'rows')::int = 29`, [short])
    const removed = await verify(short)
    assert.deepEqual([removed.expired, removed.findings.map(({ kind }) => kind)], [50, Array.from({ length: 10 }, () => 'removed')])
    await db.text(
      `insert into events (tenant_id, id, type, payload) values ($1, gen_random_uuid(), 'events.expired', jsonb_build_object('before', $2::text))`,
      [short, dayBefore(25)],
    )
    assert.deepEqual(
      (await verify(short)).findings.map(({ kind }) => kind),
      ['unproved-expiry'],
    )
  })

  test('may expire while they are verified', async () => {
    const { db, short, tend, verify } = await tenants()
    let reads = 0
    const meanwhile: Database = {
      ...db,
      run: async (statement, values) => {
        // The checkpoints have been read, the events not yet.
        if (statement.name === 'chain.read' && reads++ === 0) await tend({ [short]: 30 })
        return db.run(statement, values)
      },
    }
    const found = await verify(short, meanwhile)
    assert.deepEqual([found.findings, found.expired], [[], 50])
  })
})

describe('how long events are kept', () => {
  test('is a setting of the tenant, with bounds, and part of its document', async () => {
    const own = await startProvider({}, postgres)
    const owner = await administrator(own, 'owner')
    const read = async () => (await owner.get('settings/events')).json as { retention_days: number | null }
    assert.deepEqual(await read(), { retention_days: null })
    const put = async (body: object) => {
      const present = await owner.get('settings/events')
      return owner.call('PUT', 'settings/events', { body, headers: { 'if-match': String(present.headers.etag) } })
    }
    assert.equal((await put({ retention_days: 90 })).status, 200)
    assert.deepEqual(await read(), { retention_days: 90 })
    for (const days of [29, 3651, 1.5, '90']) isProblem(await put({ retention_days: days }), 422, 'invalid-request')
    const document = (await owner.get('config')).text
    assert.match(document, /"events":\s*\{\s*"retention_days":\s*90/)
    assert.equal((await put({ retention_days: null })).status, 200)
    assert.deepEqual(await read(), { retention_days: null })
  })
})

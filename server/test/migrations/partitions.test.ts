import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { prepareDatabase } from '../../src/db/connect.ts'
import { inTransaction } from '../../src/db/database.ts'
import { dropPartitionsBefore, ensurePartitions } from '../../src/events/events.store.ts'
import { newId } from '../../src/platform/ids.ts'
import { type FreshDatabase, startTestDatabase, type TestDatabase } from '../harness/database.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

const create = async (): Promise<FreshDatabase> => {
  const database = await databases.create({ isEmpty: true })
  await prepareDatabase({ connection: database.connection, isPooled: false, waitSeconds: 0, say: () => undefined, withMigrations: true })
  return database
}

const ensure = ({ sql }: FreshDatabase, now: string) =>
  inTransaction(sql, { isIdempotent: true }, (tx) => ensurePartitions(tx, new Date(now)))

const write = async ({ sql }: FreshDatabase, at: string): Promise<void> => {
  await sql.text(`insert into events (tenant_id, at, id, type) select tenant_id, $1, $2, 'sign_in.refused' from tenants`, [at, newId()])
}

test('makes this month and the next three, once, also when nodes ask together', async () => {
  const database = await create()
  const made = await Promise.all([1, 2, 3].map(() => ensure(database, '2031-11-15T00:00:00Z')))
  assert.deepEqual(made.flat().sort(), ['events_2031_11', 'events_2031_12', 'events_2032_01', 'events_2032_02'])
})

test('moves rows of a month without a partition to it when it is made, and loses none', async () => {
  const database = await create()
  for (const at of ['2031-05-01T00:00:00Z', '2031-05-31T23:59:59.999999Z', '2031-06-01T00:00:00Z']) await write(database, at)
  await ensure(database, '2031-05-10T00:00:00Z')
  const rows = await database.sql.text<{ part: string; n: number }>(
    `select tableoid::regclass::text as part, count(*)::int as n from events group by 1 order by 1`,
  )
  assert.deepEqual(rows, [
    { part: 'events_2031_05', n: 2 },
    { part: 'events_2031_06', n: 1 },
  ])
})

test('drops the months before the retention and no other', async () => {
  const database = await create()
  await ensure(database, '2031-01-15T00:00:00Z')
  const dropped = await inTransaction(database.sql, { isIdempotent: true }, (tx) =>
    dropPartitionsBefore(tx, new Date('2031-03-02T00:00:00Z')),
  )
  assert.deepEqual([...dropped].sort(), ['events_2031_01', 'events_2031_02'])
})

test('an index that a release brings is built on the months that are there, by one of the nodes that start together', async () => {
  const database = await create()
  const { sql, connection } = database
  await ensure(database, '2031-11-15T00:00:00Z')
  await write(database, '2031-11-16T00:00:00Z')
  await sql.text('drop index events_request')
  await sql.text('create index events_request on only events (tenant_id, request_id, at) where request_id is not null')
  // What a start that broke off leaves behind: a part of the index that is there and not attached.
  await sql.text('create index events_2031_12_request on events_2031_12 (tenant_id, request_id, at) where request_id is not null')
  const prepare = () => prepareDatabase({ connection, isPooled: false, waitSeconds: 0, say: () => undefined, withMigrations: true })
  await Promise.all([1, 2, 3].map(prepare))
  const [index] = await sql.text<{ valid: boolean; parts: number; partitions: number }>(
    `select indisvalid as valid, (select count(*) from pg_inherits where inhparent = indexrelid) as parts,
       (select count(*) from pg_inherits where inhparent = 'events'::regclass) as partitions
     from pg_index where indexrelid = 'events_request'::regclass`,
  )
  assert.deepEqual([index?.valid, index?.parts], [true, index?.partitions])
  assert.equal(index?.partitions, 5)
})

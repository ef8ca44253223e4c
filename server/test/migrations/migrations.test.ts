import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { DatabaseProblem, prepareDatabase } from '../../src/db/connect.ts'
import type { Connection } from '../../src/db/database.ts'
import { MigrationError, migrate, migrationState, readMigrations } from '../../src/db/migrate.ts'
import { describeSchema } from '../../src/db/schema.ts'
import { startTestDatabase, type TestDatabase } from '../harness/database.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

const prepare = (connection: Connection): Promise<void> =>
  prepareDatabase({ connection, isPooled: false, waitSeconds: 0, say: () => undefined, withMigrations: true })

test('three nodes that start together: one migrates, the others wait, and all find the same schema', async () => {
  const { sql, connection } = await databases.create({ isEmpty: true })
  await Promise.all([1, 2, 3].map(() => prepare(connection)))
  const files = await readMigrations()
  const rows = await sql.text<{ name: string }>('select name from schema_migrations order by name')
  assert.deepEqual(
    rows.map(({ name }) => name),
    files.map(({ name }) => name),
  )
  assert.equal((await sql.text('select tenant_id from tenants')).length, 1)
})

test('a second run applies nothing', async () => {
  const { sql, connection } = await databases.create({ isEmpty: true })
  await prepare(connection)
  const schema = await describeSchema(sql.pool)
  assert.deepEqual(await migrate(sql.pool), [])
  assert.equal(await describeSchema(sql.pool), schema)
})

test('refuses a database of a newer release that this one cannot work with', async () => {
  const { sql, connection } = await databases.create({ isEmpty: true })
  await prepare(connection)
  await sql.text(`insert into schema_migrations (name, timestamp) values ('9999_future', '2030-01-01')`)
  await sql.text(`insert into schema_compatibility (name, compatible_from) values ('9999_future', '9998_past')`)
  await assert.rejects(migrationState(sql.pool), MigrationError)
  await assert.rejects(prepare(connection), (error) => error instanceof DatabaseProblem && /newer release/.test(error.message))
})

test('works with a database of a newer release that declares itself compatible', async () => {
  const { sql, connection } = await databases.create({ isEmpty: true })
  await prepare(connection)
  await sql.text(`insert into schema_migrations (name, timestamp) values ('9999_future', '2030-01-01')`)
  await sql.text(`insert into schema_compatibility (name, compatible_from) values ('9999_future', '0001_foundation')`)
  await prepare(connection)
  assert.deepEqual((await migrationState(sql.pool)).unknown, ['9999_future'])
})

test('a role without the right to create gets one clear sentence', async () => {
  const { sql, url } = await databases.create({ isEmpty: true })
  await sql.text(`create role powerless_${process.pid} login password 'powerless'`)
  await sql.text('revoke create on schema public from public')
  const powerless = url.replace(/^postgres:\/\/[^@]+@/, `postgres://powerless_${process.pid}:powerless@`)
  await assert.rejects(
    prepare({ connectionString: powerless }),
    (error) => error instanceof DatabaseProblem && /lacks a right/.test(error.message),
  )
})

test('a wrong password and a database that does not exist get one clear sentence each, at once', async () => {
  const { url } = await databases.create({ isEmpty: true })
  const wrong = url.replace(/^(postgres:\/\/[^:]+:)[^@]+@/, '$1wrong@')
  await assert.rejects(prepare({ connectionString: wrong }), (error) => error instanceof DatabaseProblem && /password/.test(error.message))
  const missing = url.replace(/\/test_\w+$/, '/missing')
  await assert.rejects(
    prepare({ connectionString: missing }),
    (error) => error instanceof DatabaseProblem && /does not exist/.test(error.message),
  )
})

test('every table of tenants has tenant_id first in its primary key', async () => {
  const { sql, connection } = await databases.create({ isEmpty: true })
  await prepare(connection)
  const rows = await sql.text<{ name: string; first: string }>(
    `select c.relname as name, a.attname as first from pg_constraint k join pg_class c on c.oid = k.conrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where k.contype in ('p', 'u') and c.relnamespace = 'public'::regnamespace`,
  )
  // Keys of events are written before anybody knows whom they will serve.
  const platformWide = new Set([
    'event_keys',
    'upkeep',
    'platform_state',
    'schema_migrations',
    'schema_migrations_lock',
    'schema_compatibility',
  ])
  const others = rows.filter(({ name, first }) => !platformWide.has(name) && first !== 'tenant_id' && name !== 'tenants')
  assert.deepEqual(others, [])
})

test('refuses a database whose migration is not the file of this release', async () => {
  const { sql, connection } = await databases.create({ isEmpty: true })
  await prepare(connection)
  await sql.text(`update schema_compatibility set checksum = 'of another file'`)
  await assert.rejects(prepare(connection), (error) => error instanceof DatabaseProblem && /0001_foundation/.test(error.message))
})

test('looks at a database that another node has begun to migrate without failing', async () => {
  const { sql } = await databases.create({ isEmpty: true })
  await sql.text('create table schema_migrations (name varchar(255) primary key, timestamp varchar(255) not null)')
  assert.deepEqual((await migrationState(sql.pool)).applied, [])
})

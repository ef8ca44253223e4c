import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { prepareDatabase } from '../../src/db/connect.ts'
import type { Connection, Database } from '../../src/db/database.ts'
import { migrate, readMigrations } from '../../src/db/migrate.ts'
import { startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { until } from '../harness/until.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

const prepare = (connection: Connection): Promise<void> =>
  prepareDatabase({ connection, isPooled: false, waitSeconds: 0, say: () => undefined, withMigrations: true })

const name = 'identifiers_prefix'
const isValid = async (sql: Database): Promise<boolean | undefined> => {
  const [row] = await sql.text<{ valid: boolean }>(
    'select i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname = $1',
    [name],
  )
  return row?.valid
}

describe('indexes on tables that may be large', () => {
  test('are built beside the writers: no statement of a migration locks the table for one', async () => {
    const files = await readMigrations()
    assert.ok(files.some(({ concurrently }) => concurrently.some((sql) => sql.includes(name))))
    for (const { concurrently } of files)
      for (const sql of concurrently) assert.match(sql, /^create (unique )?index concurrently if not exists \S+ on /)
  })

  test('are there after the migrations, whichever of the nodes that start together builds them', async () => {
    const { sql, connection } = await databases.create({ isEmpty: true })
    await Promise.all([prepare(connection), prepare(connection), prepare(connection)])
    assert.equal(await isValid(sql), true)
  })

  test('are built anew where building broke off, and built where they are missing', async () => {
    const { sql, connection } = await databases.create({ isEmpty: true })
    await prepare(connection)
    await sql.text('update pg_index set indisvalid = false where indexrelid = $1::regclass', [name])
    assert.equal(await isValid(sql), false)
    await migrate(sql.pool)
    assert.equal(await isValid(sql), true)
    await sql.text(`drop index ${name}`)
    await migrate(sql.pool)
    assert.equal(await isValid(sql), true)
  })

  test('wait for a writer that is under way, and keep no other one waiting', async () => {
    const { sql, connection } = await databases.create({ isEmpty: true })
    await prepare(connection)
    await sql.text(`drop index ${name}`)
    const writer = await sql.pool.connect()
    await sql.text(`insert into users (tenant_id, id) select tenant_id, '019a0000-0000-7000-8000-000000000001' from tenants`)
    await writer.query('begin')
    await writer.query(
      `insert into identifiers (tenant_id, kind, canonical, user_id, written)
       select tenant_id, 'username', 'one', '019a0000-0000-7000-8000-000000000001', 'one' from tenants`,
    )
    const building = prepare(connection)
    await until(async () => (await isValid(sql)) === false, 10_000, 'the index is being built')
    // Another writer gets through at once, though the building waits for the first.
    await sql.text(
      `insert into identifiers (tenant_id, kind, canonical, user_id, written)
       select tenant_id, 'username', 'two', id, 'two' from users limit 1`,
    )
    await writer.query('commit')
    writer.release()
    await building
    assert.equal(await isValid(sql), true)
  })
})

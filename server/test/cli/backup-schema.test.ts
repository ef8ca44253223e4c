import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { loadBackup } from '../../src/cli/backup/load-backup.ts'
import { verifyBackup } from '../../src/cli/backup/read-backup.ts'
import { writeBackup } from '../../src/cli/backup/write-backup.ts'
import { tablesOf } from '../../src/db/backup.ts'
import { type Database, inTransaction } from '../../src/db/database.ts'
import { type MigrationFile, migrate, readMigrations } from '../../src/db/migrate.ts'
import { startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { makeFolder } from '../harness/folder.ts'

const passphrase = 'a passphrase of some length'
let server: TestDatabase
let folder: string
let own: readonly MigrationFile[]

const next: MigrationFile = {
  name: '9999_next',
  checksum: 'invented',
  concurrently: [],
  compatibleFrom: '0001_foundation',
  text: `create table nicknames (tenant_id uuid not null, user_id uuid not null, written text not null, primary key (tenant_id, user_id),
      foreign key (tenant_id, user_id) references users on delete cascade);
    insert into nicknames select tenant_id, id, 'number ' || number from users;
    alter table tenants add column motto text not null default 'none';`,
}

before(async () => {
  server = await startTestDatabase()
  folder = await makeFolder()
  own = await readMigrations()
})

const addUser = (sql: Database): Promise<unknown> =>
  sql.text('insert into users (tenant_id, id) select tenant_id, gen_random_uuid() from tenants returning id')

test('takes an older backup through the migrations that its database had not seen', async () => {
  const [old, present] = [await server.create({ isEmpty: true }), await server.create({ isEmpty: true })]
  for (const { sql } of [old, present]) await migrate(sql.pool)
  await addUser(old.sql)
  const file = join(folder, 'older.backup')
  await writeBackup({ db: old.sql, migrations: own, secret: 's', release: '0.0.1', file, passphrase, isForced: false })
  const { head } = await verifyBackup(file, passphrase)
  await present.sql.text(next.text)
  const work = (tx: Parameters<typeof loadBackup>[0]) => loadBackup(tx, { file, passphrase, head, migrations: [...own, next] })
  await inTransaction(present.sql, { isIdempotent: false }, work)
  assert.deepEqual(await present.sql.text('select written from nicknames'), [{ written: 'number 1' }])
  assert.deepEqual(
    await present.sql.text('select name from schema_migrations order by name'),
    [...own, next].map(({ name }) => ({ name })),
  )
  assert.deepEqual(await present.sql.text('select motto from tenants'), [{ motto: 'none' }])
})

test('refuses a backup of a newer release and changes nothing', async () => {
  const [newer, present] = [await server.create({ isEmpty: true }), await server.create({ isEmpty: true })]
  for (const { sql } of [newer, present]) await migrate(sql.pool)
  await newer.sql.text(next.text)
  await addUser(present.sql)
  const file = join(folder, 'newer.backup')
  await writeBackup({ db: newer.sql, migrations: [...own, next], secret: 's', release: '9.9.9', file, passphrase, isForced: false })
  const { head } = await verifyBackup(file, passphrase)
  const work = (tx: Parameters<typeof loadBackup>[0]) => loadBackup(tx, { file, passphrase, head, migrations: own })
  await assert.rejects(
    inTransaction(present.sql, { isIdempotent: false }, work),
    /release 9\.9\.9, whose database is newer \(migration 9999_next\)/,
  )
  assert.equal((await present.sql.text('select from users')).length, 1)
})

test('knows every table that the migrations made', async () => {
  const { sql } = await server.create({ isEmpty: true })
  await migrate(sql.pool)
  const rows = await sql.text<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
     and relname not like 'schema\\_%' order by relname`,
  )
  assert.deepEqual(
    [...tablesOf(own)].sort(),
    rows.map(({ name }) => name),
  )
})

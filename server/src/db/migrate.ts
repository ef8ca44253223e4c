import { readdir, readFile } from 'node:fs/promises'
import type { Migration } from 'kysely'
import type pg from 'pg'
import { sha256Text } from '../platform/digest.ts'
import { buildIndexes } from './build-indexes.ts'
import { MigrationError } from './migration-error.ts'

export { MigrationError } from './migration-error.ts'

const folder = new URL('./migrations/', import.meta.url)

/** A forward-only SQL file. `compatibleFrom` names the oldest migration whose code still works on the schema that this one leaves. */
export type MigrationFile = {
  readonly name: string
  readonly text: string
  readonly compatibleFrom: string
  readonly checksum: string
  /** Statements that build indexes on tables that may be large, each beside the writers and outside of a transaction. */
  readonly concurrently: readonly string[]
}

let files: Promise<readonly MigrationFile[]> | undefined

/** The migrations of this release in order; read from the disk once. */
export const readMigrations = (): Promise<readonly MigrationFile[]> => {
  files ??= readFiles()
  return files
}

const readFiles = async (): Promise<readonly MigrationFile[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (fileName) => {
      const text = await readFile(new URL(fileName, folder), 'utf8')
      const name = fileName.replace(/\.sql$/, '')
      const compatibleFrom = /^-- compatible-from: (\S+)$/m.exec(text)?.[1]
      if (!compatibleFrom) throw new Error(`The migration ${name} does not say "-- compatible-from: ...".`)
      const concurrently = [...text.matchAll(/^-- concurrently: (create (?:unique )?index concurrently if not exists .+)$/gm)].map(
        ([, sql]) => sql ?? '',
      )
      return { name, text, compatibleFrom, checksum: sha256Text(text), concurrently }
    }),
  )
}

type Applied = { readonly name: string; readonly compatible_from: string; readonly checksum: string | null }

const appliedMigrations = async (pool: pg.Pool): Promise<readonly Applied[]> => {
  // Both, because the first is there a moment before the second while another node migrates.
  const known = await pool.query<{ found: boolean }>(
    `select to_regclass('schema_migrations') is not null and to_regclass('schema_compatibility') is not null as found`,
  )
  if (!known.rows[0]?.found) return []
  return (
    await pool.query<Applied>(
      `select m.name, coalesce(c.compatible_from, m.name) as compatible_from, c.checksum
       from schema_migrations m left join schema_compatibility c using (name) order by m.name`,
    )
  ).rows
}

export type MigrationState = {
  readonly applied: readonly string[]
  readonly pending: readonly MigrationFile[]
  readonly unknown: readonly string[]
}

/** What the database has, what it lacks, and what it has that this release does not know. Throws where that is not compatible. */
export const migrationState = async (pool: pg.Pool): Promise<MigrationState> => {
  const files = await readMigrations()
  const applied = await appliedMigrations(pool)
  const latest = files.at(-1)?.name ?? ''
  const unknown = applied.filter(({ name }) => !files.some((file) => file.name === name))
  const tooNew = unknown.find(({ compatible_from }) => compatible_from > latest)
  if (tooNew)
    throw new MigrationError(
      `The database was made by a newer release (migration ${tooNew.name}) that this one cannot work with. Start the newer release, or restore a backup of this one.`,
    )
  const changed = applied.find(({ name, checksum }) =>
    files.some((file) => file.name === name && checksum !== null && file.checksum !== checksum),
  )
  if (changed)
    throw new MigrationError(
      `The migration ${changed.name} is not the one that made this database: its file was changed afterwards. Restore the file of the release; a landed migration is never edited.`,
    )
  const done = new Set(applied.map(({ name }) => name))
  return { applied: [...done], pending: files.filter(({ name }) => !done.has(name)), unknown: unknown.map(({ name }) => name) }
}

type KyselyModule = typeof import('kysely')

const asMigration = ({ sql }: KyselyModule, file: MigrationFile): Migration => ({
  up: async (db) => {
    await sql`set local lock_timeout = '2s'`.execute(db)
    await sql`set local statement_timeout = 0`.execute(db)
    await sql`create table if not exists schema_compatibility (name text primary key, compatible_from text not null, checksum text)`.execute(
      db,
    )
    await sql.raw(file.text).execute(db)
    await sql`insert into schema_compatibility (name, compatible_from, checksum) values (${file.name}, ${file.compatibleFrom}, ${file.checksum})`.execute(
      db,
    )
  },
})

/** Applies what is missing under a lock that one node holds while the others wait. Returns the names applied by this call. */
export const migrate = async (pool: pg.Pool): Promise<readonly string[]> => {
  const { unknown, pending } = await migrationState(pool)
  if (unknown.length > 0) return []
  const files = await readMigrations()
  const applied = pending.length === 0 ? [] : await applyMigrations(pool, files)
  await buildIndexes(
    pool,
    files.flatMap(({ concurrently }) => concurrently),
  )
  return applied
}

const applyMigrations = async (pool: pg.Pool, files: readonly MigrationFile[]): Promise<readonly string[]> => {
  // 17 MB that a start without migrations does not pay.
  const kyselyModule = await import('kysely')
  const { Kysely, Migrator, PostgresDialect } = kyselyModule
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({
    db: kysely,
    provider: { getMigrations: async () => Object.fromEntries(files.map((file) => [file.name, asMigration(kyselyModule, file)])) },
    migrationTableName: 'schema_migrations',
    migrationLockTableName: 'schema_migrations_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  const failed = results?.find(({ status }) => status === 'Error')
  if (failed)
    throw new MigrationError(`The migration ${failed.migrationName} failed and was rolled back: ${String((error as Error).message)}`)
  if (error) throw error
  return (results ?? []).map(({ migrationName }) => migrationName)
}

import { type Database, inTransaction, type Sql, type Tx } from './database.ts'
import type { MigrationFile } from './migrate.ts'

/** A table as a backup holds it: columns in the order of the values in its rows. */
export type TableShape = { readonly name: string; readonly columns: readonly string[] }
export type SequencePosition = {
  readonly table: string
  readonly column: string
  readonly value: number
  readonly isCalled: boolean
}

// Counts of requests in a minute; worth nothing in another minute.
const passing = new Set(['rate_windows'])

const statements =
  /^\s*(?:create (?:unlogged )?table (?:if not exists )?(\w+)|drop table (?:if exists )?(\w+)|alter table (\w+) rename to (\w+))/gim

/** The tables that a list of migrations leaves, partitions aside. */
export const tablesOf = (migrations: readonly Pick<MigrationFile, 'text'>[]): ReadonlySet<string> => {
  const tables = new Set<string>()
  for (const { text } of migrations)
    for (const [, created, dropped, from, to] of text.replaceAll(/^create table \w+ partition of .*$/gim, '').matchAll(statements)) {
      if (created !== undefined) tables.add(created)
      if (dropped !== undefined) tables.delete(dropped)
      if (from !== undefined) tables.delete(from)
      if (to !== undefined) tables.add(to)
    }
  return tables
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

// The text of a value must be the same on every server and in every session.
const textSettings = `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local datestyle = 'ISO, YMD';
  set local timezone = 'UTC'; set local intervalstyle = 'postgres'; set local bytea_output = 'hex'; set local extra_float_digits = 1`

/** Runs `work` on one snapshot of the database: what commits meanwhile is not seen. */
export const inSnapshot = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    await tx.text('set transaction isolation level repeatable read, read only')
    await tx.text(textSettings)
    return work(tx)
  })

type ColumnRow = { readonly table: string; readonly column: string; readonly type: string }

const columnsOf = (sql: Sql, tables: readonly string[]): Promise<ColumnRow[]> =>
  sql.text<ColumnRow>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname = any($1::text[])
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by c.relname, a.attnum`,
    [tables],
  )

const referencesOf = (sql: Sql): Promise<{ from: string; to: string }[]> =>
  sql.text(
    `select f.relname as from, t.relname as to from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.conparentid = 0 and f.oid <> t.oid and f.relnamespace = current_schema()::regnamespace`,
  )

const ordered = (names: readonly string[], references: readonly { from: string; to: string }[]): string[] => {
  const done = new Set<string>()
  const visit = (name: string): void => {
    if (done.has(name)) return
    done.add(name)
    for (const { to } of references.filter(({ from }) => from === name)) if (names.includes(to)) visit(to)
    sorted.push(name)
  }
  const sorted: string[] = []
  for (const name of names) visit(name)
  return sorted
}

/** The tables worth keeping, those that others refer to first. */
export const describeTables = async (sql: Sql, migrations: readonly Pick<MigrationFile, 'text'>[]): Promise<TableShape[]> => {
  const rows = await columnsOf(sql, [...tablesOf(migrations)])
  const names = [...new Set(rows.map(({ table }) => table))].filter((name) => !passing.has(name))
  const columns = (name: string): string[] => rows.filter(({ table }) => table === name).map(({ column }) => column)
  return ordered(names, await referencesOf(sql)).map((name) => ({ name, columns: columns(name) }))
}

/** The rows of a table, each a JSON array of the values' texts, in pages. */
export async function* readTable(tx: Tx, { name, columns }: TableShape, pageSize: number): AsyncGenerator<readonly string[]> {
  const values = columns.map((column) => `${quote(column)}::text`).join(', ')
  await tx.text(`declare backup_rows no scroll cursor for select json_build_array(${values})::text as line from ${quote(name)}`)
  for (;;) {
    const rows = await tx.text<{ line: string }>(`fetch ${pageSize} from backup_rows`)
    if (rows.length === 0) break
    yield rows.map(({ line }) => line)
  }
  await tx.text('close backup_rows')
}

/** Where the identity columns of the tables have come to. */
export const readSequences = async (sql: Sql, tables: readonly TableShape[]): Promise<SequencePosition[]> => {
  const found = await sql.text<{ table: string; column: string; sequence: string }>(
    `select * from (select c.relname as table, a.attname as column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = current_schema()::regnamespace and c.relname = any($1::text[]) and a.attnum > 0 and not a.attisdropped) s
     where sequence is not null`,
    [tables.map(({ name }) => name)],
  )
  const positions: SequencePosition[] = []
  for (const { table, column, sequence } of found) {
    const [row] = await sql.text<{ value: number; called: boolean }>(`select last_value as value, is_called as called from ${sequence}`)
    if (row !== undefined) positions.push({ table, column, value: row.value, isCalled: row.called })
  }
  return positions
}

/** Prepares a transaction for loading texts that `readTable` wrote. */
export const prepareLoading = async (tx: Tx): Promise<void> => {
  await tx.text(textSettings)
}

/** Empties every table of the migrations at once. */
export const emptyTables = async (tx: Tx, migrations: readonly MigrationFile[]): Promise<void> => {
  await tx.text(`truncate ${[...tablesOf(migrations)].map(quote).join(', ')}`)
}

/** A loader of one table's rows; it returns how many it wrote. */
export const tableLoader = async (tx: Tx, { name, columns }: TableShape): Promise<(lines: readonly string[]) => Promise<number>> => {
  const types = new Map((await columnsOf(tx, [name])).map(({ column, type }) => [column, type]))
  const values = columns.map((column, place) => `(r ->> ${place})::${types.get(column) ?? 'text'}`).join(', ')
  const text = `with loaded as (insert into ${quote(name)} (${columns.map(quote).join(', ')}) overriding system value
      select ${values} from jsonb_array_elements($1::jsonb) r returning 1) select count(*) as count from loaded`
  return async (lines) => (await tx.text<{ count: number }>(text, [`[${lines.join(',')}]`]))[0]?.count ?? 0
}

/** Moves identity columns on to where the backup had them, never back. */
export const moveSequences = async (tx: Tx, positions: readonly SequencePosition[]): Promise<void> => {
  for (const { table, column, value, isCalled } of positions)
    await tx.text(
      `select setval(s, $3, $4) from (select pg_get_serial_sequence(quote_ident($1), $2)::regclass as s) q where coalesce(pg_sequence_last_value(s), 0) < $3`,
      [table, column, value, isCalled],
    )
}

const applyOne = async (tx: Tx, { name, text, compatibleFrom, checksum }: MigrationFile): Promise<void> => {
  await tx.text(text)
  await tx.text('insert into schema_compatibility (name, compatible_from, checksum) values ($1, $2, $3)', [name, compatibleFrom, checksum])
  await tx.text('insert into schema_migrations (name, timestamp) values ($1, $2)', [name, new Date().toISOString()])
}

/** Applies migrations inside the transaction of a restore; the database has been prepared, so the lists of migrations are there. */
export const applyInside = async (tx: Tx, migrations: readonly MigrationFile[]): Promise<void> => {
  for (const migration of migrations) await applyOne(tx, migration)
}

/** Makes the schema anew as an older release had it: all tables of `all` go, and `older` are applied. */
export const rebuildSchema = async (tx: Tx, all: readonly MigrationFile[], older: readonly MigrationFile[]): Promise<void> => {
  await tx.text(`drop table ${[...tablesOf(all)].map(quote).join(', ')}`)
  await tx.text('delete from schema_migrations')
  await tx.text('delete from schema_compatibility')
  await applyInside(tx, older)
}

export type Occupancy = { readonly users: number; readonly keys: number }

/** What a restore would replace. */
export const readOccupancy = async (sql: Sql): Promise<Occupancy> => {
  const [row] = await sql.text<Occupancy>('select (select count(*) from users) as users, (select count(*) from signing_keys) as keys')
  return row ?? { users: 0, keys: 0 }
}

/** Connections of this product to the database, this one aside: a server that runs, or another command. */
export const countOthers = async (sql: Sql): Promise<number> => {
  const [row] = await sql.text<{ count: number }>(
    `select count(*) as count from pg_stat_activity
     where datname = current_database() and application_name = 'custom-identity-platform' and pid <> pg_backend_pid()`,
  )
  return row?.count ?? 0
}

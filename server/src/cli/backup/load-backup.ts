import {
  applyInside,
  describeTables,
  emptyTables,
  moveSequences,
  prepareLoading,
  rebuildSchema,
  type TableShape,
  tableLoader,
} from '../../db/backup.ts'
import type { Tx } from '../../db/database.ts'
import type { MigrationFile } from '../../db/migrate.ts'
import { revokeAgain, revokedKeys } from '../../keys/revoked.job.ts'
import { CliError } from '../errors.ts'
import { type Head, totalRows } from './contents.ts'
import { type Item, readBackup } from './read-backup.ts'

export type LoadOptions = {
  readonly file: string
  readonly passphrase: string
  readonly head: Head
  /** Every migration of this release. */
  readonly migrations: readonly MigrationFile[]
}

/** The migrations of this release that the backup's database had. Throws where that one was newer. */
export const migrationsOf = ({ migrations: names, release }: Head, known: readonly MigrationFile[]): readonly MigrationFile[] => {
  const unknown = names.find((name) => !known.some((one) => one.name === name))
  if (unknown !== undefined)
    throw new CliError(
      `The backup was made by release ${release}, whose database is newer (migration ${unknown}). Restore it with that release or a later one.`,
    )
  return known.filter(({ name }) => names.includes(name))
}

const checkShape = (wanted: TableShape, shapes: readonly TableShape[]): void => {
  const found = shapes.find(({ name }) => name === wanted.name)
  const missing = wanted.columns.find((column) => !found?.columns.includes(column))
  if (found === undefined || missing !== undefined)
    throw new CliError(
      `The backup has the table ${wanted.name}${missing === undefined ? '' : ` with a column ${missing}`}, which this schema lacks.`,
    )
}

const loadItems = async (tx: Tx, items: AsyncIterable<Item>, shapes: readonly TableShape[]): Promise<number> => {
  let load: (lines: readonly string[]) => Promise<number> = async () => 0
  let loaded = 0
  for await (const item of items) {
    if (item.kind === 'table') {
      checkShape(item.table, shapes)
      load = await tableLoader(tx, item.table)
    }
    if (item.kind === 'rows') loaded += await load(item.lines)
    if (item.kind === 'end' && loaded !== totalRows(item.end))
      throw new CliError('Not every row of the backup was written. Nothing was changed.')
  }
  return loaded
}

/**
 * Replaces the contents of the database by those of the backup, in the caller's transaction; the number of rows.
 * An older backup is loaded into the schema of its own time, which then goes through the later migrations as its database would have:
 * they may move values, which loading into today's columns by name would miss.
 */
export const loadBackup = async (tx: Tx, { file, passphrase, head, migrations }: LoadOptions): Promise<number> => {
  await prepareLoading(tx)
  const revoked = await revokedKeys(tx)
  const older = migrationsOf(head, migrations)
  const later = migrations.filter((one) => !older.includes(one))
  if (later.length > 0) await rebuildSchema(tx, migrations, older)
  await emptyTables(tx, older)
  const rows = await loadItems(tx, readBackup(file, passphrase), await describeTables(tx, older))
  await moveSequences(tx, head.sequences)
  await applyInside(tx, later)
  // What was revoked since the backup stays revoked.
  await revokeAgain(tx, revoked)
  return rows
}

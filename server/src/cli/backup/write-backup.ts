import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { describeTables, inSnapshot, readSequences, readTable } from '../../db/backup.ts'
import type { Database, Tx } from '../../db/database.ts'
import type { MigrationFile } from '../../db/migrate.ts'
import { CliError } from '../errors.ts'
import { type EndLine, type Head, type TableLine, totalRows } from './contents.ts'
import { sealStream } from './envelope.ts'
import { verifyBackup } from './read-backup.ts'

export type BackupOptions = {
  readonly db: Database
  /** The migrations that the database has. */
  readonly migrations: readonly MigrationFile[]
  readonly secret: string
  readonly release: string
  readonly file: string
  readonly passphrase: string
  readonly isForced: boolean
}
export type BackupReport = { readonly rows: number; readonly tables: Readonly<Record<string, number>>; readonly bytes: number }

const pageSize = 1000

async function* contentsOf(tx: Tx, { migrations, secret, release }: BackupOptions): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const hashed = (text: string): string => {
    hash.update(text)
    return text
  }
  const tables = await describeTables(tx, migrations)
  const names = migrations.map(({ name }) => name)
  const sequences = await readSequences(tx, tables)
  const head: Head = { kind: 'backup', format: 1, createdAt: new Date().toISOString(), release, migrations: names, secret, sequences }
  yield hashed(`${JSON.stringify(head)}\n`)
  const rows: Record<string, number> = {}
  for (const table of tables) {
    const line: TableLine = { kind: 'table', ...table }
    rows[table.name] = 0
    yield hashed(`${JSON.stringify(line)}\n`)
    for await (const page of readTable(tx, table, pageSize)) {
      rows[table.name] = (rows[table.name] ?? 0) + page.length
      yield hashed(`${page.join('\n')}\n`)
    }
  }
  yield `${JSON.stringify({ kind: 'end', rows, digest: hash.digest('hex') } satisfies EndLine)}\n`
}

const writeContents = (handle: FileHandle, options: BackupOptions): Promise<void> =>
  inSnapshot(options.db, async (tx) => {
    const gzip = createGzip({ chunkSize: 262_144 })
    const feeding = pipeline(Readable.from(contentsOf(tx, options)), gzip)
    feeding.catch(() => undefined)
    for await (const piece of sealStream(gzip, options.passphrase)) await handle.writeFile(piece)
    await feeding
  })

const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const alreadyThere = (file: string): CliError =>
  new CliError(`${file} is there already. Name another file, or add --force to overwrite it.`)

// A link fails where the name is taken, which a rename would overwrite.
const putInPlace = async (draft: string, { file, isForced }: BackupOptions): Promise<void> => {
  if (isForced) await rename(draft, file)
  else
    await link(draft, file).then(
      () => rm(draft),
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST' || existsSync(file)) throw alreadyThere(file)
        return rename(draft, file)
      },
    )
  await syncFolder(dirname(file))
}

const openDraft = async (draft: string): Promise<FileHandle> => {
  try {
    return await open(draft, 'wx', 0o600)
  } catch (error) {
    throw new CliError(
      `${draft} cannot be written (${(error as NodeJS.ErrnoException).code}). Name a file in a folder that this user may write to.`,
    )
  }
}

/** Writes a backup under a passing name, syncs it, reads it back to its end, and only then gives it its name. */
export const writeBackup = async (options: BackupOptions): Promise<BackupReport> => {
  const { file, isForced, passphrase } = options
  if (!isForced && existsSync(file)) throw alreadyThere(file)
  const draft = `${file}.${process.pid}.partial`
  const handle = await openDraft(draft)
  try {
    const bytes = await (async () => {
      await writeContents(handle, options)
      await handle.sync()
      return (await handle.stat()).size
    })().finally(() => handle.close())
    const { end } = await verifyBackup(draft, passphrase)
    await putInPlace(draft, options)
    return { rows: totalRows(end), tables: end.rows, bytes }
  } catch (error) {
    await rm(draft, { force: true })
    const { code, syscall } = error as NodeJS.ErrnoException
    throw code === 'ENOSPC' && syscall !== undefined ? new CliError('The disk is full. Nothing was left of the backup.') : error
  }
}

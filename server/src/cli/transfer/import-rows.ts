import type { Base } from '../../compose.ts'
import {
  type BatchOptions,
  type BatchResult,
  type ImportedUser,
  importBatch,
  type PlacedUser,
  type RowRules,
  readImportRow,
} from '../../users/import.job.ts'
import type { RowError } from './error-file.ts'
import type { Counts } from './progress-file.ts'
import type { FileRow } from './rows.ts'

export type ImportRun = {
  readonly base: Pick<Base, 'db' | 'tenantId'>
  readonly rows: AsyncIterable<FileRow>
  readonly rules: RowRules
  readonly options: BatchOptions
  readonly batch: number
  /** Hashes a password in the clear; it gives the reason where that cannot be. */
  readonly hash?: ((password: string) => Promise<{ readonly encoded: string } | { readonly reason: string }>) | undefined
  /** Called after each committed batch. */
  readonly onBatch: (done: {
    readonly rows: number
    readonly line: number
    readonly result: Counts
    readonly errors: readonly RowError[]
  }) => Promise<void>
}

type Hashed = { readonly placed: PlacedUser } | { readonly error: RowError }

const hashed = async (run: ImportRun, line: number, user: ImportedUser): Promise<Hashed> => {
  if (user.password === undefined || user.encoded !== undefined || run.hash === undefined) return { placed: { line, user } }
  const outcome = await run.hash(user.password)
  if ('reason' in outcome) return { error: { line, reason: outcome.reason, username: user.username.written } }
  return { placed: { line, user: { ...user, password: undefined, encoded: outcome.encoded } } }
}

const usernameOf = (raw: unknown): string | undefined => {
  const name = typeof raw === 'object' && raw !== null ? (raw as { username?: unknown }).username : undefined
  return typeof name === 'string' ? name.slice(0, 256) : undefined
}

const readRow = async (run: ImportRun, row: FileRow): Promise<Hashed> => {
  if ('problem' in row) return { error: { line: row.line, reason: row.problem } }
  const reading = readImportRow(row.raw, run.rules)
  if (reading.kind === 'ok') return hashed(run, row.line, reading.user)
  return { error: { line: row.line, reason: reading.reason, username: usernameOf(row.raw) } }
}

const nothing: BatchResult = { created: 0, updated: 0, present: 0, problems: [] }

const finishBatch = async (run: ImportRun, rows: readonly FileRow[]): Promise<void> => {
  const read = await Promise.all(rows.map((row) => readRow(run, row)))
  const placed = read.flatMap((one) => ('placed' in one ? [one.placed] : []))
  const { created, updated, present, problems } = placed.length > 0 ? await importBatch(run.base, placed, run.options) : nothing
  const refused = read.flatMap((one) => ('error' in one ? [one.error] : []))
  const errors = [...refused, ...problems].sort((left, right) => left.line - right.line)
  const result = { created, updated, present, errors: errors.length }
  await run.onBatch({ rows: rows.length, line: rows.at(-1)?.line ?? 0, result, errors })
}

/** Reads, checks and writes rows a batch at a time. A row that cannot be taken is an error of its own and the rest goes on. */
export const importRows = async (run: ImportRun): Promise<void> => {
  let rows: FileRow[] = []
  for await (const row of run.rows) {
    rows.push(row)
    if (rows.length < run.batch) continue
    await finishBatch(run, rows)
    rows = []
  }
  if (rows.length > 0) await finishBatch(run, rows)
}

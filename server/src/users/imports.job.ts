import { type Database, inTransaction } from '../db/database.ts'
import type { EventRow } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { type BatchResult, type ImportedUser, importBatch, nothingTaken, type PlacedUser } from './import.job.ts'
import { type RowRules, readImportRow } from './import-row.ts'
import {
  dropOldImports,
  endImport,
  findImport,
  findPart,
  type ImportProblem,
  type ImportRow,
  insertImport,
  insertPart,
  type NewImport,
  type PartRow,
  pageImports,
  pageProblems,
} from './imports.store.ts'

export type { ImportProblem, ImportRow, NewImport, PartRow } from './imports.store.ts'

type Hashed = { readonly encoded: string } | { readonly reason: string }

export type ImportsDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly inspect: RowRules['inspect']
  readonly convert: RowRules['convert']
  readonly hash: (password: string) => Promise<Hashed>
}

type Part = { readonly import: ImportRow; readonly firstRow: number; readonly rows: readonly unknown[] }
type Read = { readonly placed: PlacedUser } | { readonly problem: ImportProblem }

const usernameOf = (raw: unknown): string | null => {
  const name = typeof raw === 'object' && raw !== null ? (raw as { username?: unknown }).username : undefined
  return typeof name === 'string' ? name.slice(0, 256) : null
}

const withHash = async (
  deps: ImportsDeps,
  { isDryRun, user }: { isDryRun: boolean; user: ImportedUser },
): Promise<ImportedUser | string> => {
  if (user.password === undefined || user.encoded !== undefined || isDryRun) return user
  const outcome = await deps.hash(user.password)
  return 'reason' in outcome ? outcome.reason : { ...user, password: undefined, encoded: outcome.encoded }
}

const readRow = async (deps: ImportsDeps, { import: of, firstRow, rows }: Part, index: number): Promise<Read> => {
  const [row, raw] = [firstRow + index, rows[index]]
  const { inspect, convert } = deps
  const reading = readImportRow(raw, { inspect, convert, allowsPlainPasswords: of.hashes_passwords })
  if (reading.kind === 'refused') return { problem: { row, reason: reading.reason, username: usernameOf(raw) } }
  const user = await withHash(deps, { isDryRun: of.is_dry_run, user: reading.user })
  return typeof user === 'string' ? { problem: { row, reason: user, username: usernameOf(raw) } } : { placed: { line: row, user } }
}

const nothing: BatchResult = { created: 0, updated: 0, present: 0, problems: [] }

/**
 * Takes the rows of a part into the accounts. Accounts that are there are never changed: who imports may hold less than they do.
 * A part that was sent before is answered as it was.
 */
const takePart = async (deps: ImportsDeps, part: Part): Promise<PartRow> => {
  const { db, tenantId } = deps
  const { import: of, firstRow, rows } = part
  const known = await findPart(tenantId, db, { id: of.id, firstRow })
  if (known !== undefined) return known
  const read = await Promise.all(rows.map((_, index) => readRow(deps, part, index)))
  const placed = read.flatMap((one) => ('placed' in one ? [one.placed] : []))
  const options = { source: 'file', addsPasswords: false, dryRun: of.is_dry_run ? nothingTaken() : undefined } as const
  const { created, present, problems: conflicts } = placed.length > 0 ? await importBatch(deps, placed, options) : nothing
  const refused = read.flatMap((one) => ('problem' in one ? [one.problem] : []))
  const problems = [...refused, ...conflicts.map(({ line: row, reason, username }) => ({ row, reason, username }))]
  const result = { rows: rows.length, created, present, errors: problems.length }
  await inTransaction(db, { isIdempotent: true }, (tx) => insertPart(tenantId, tx, { id: of.id, firstRow, result, problems }))
  return (await findPart(tenantId, db, { id: of.id, firstRow })) ?? result
}

/** Imports of a tenant. */
export const createImports = (deps: ImportsDeps) => {
  const { db, tenantId } = deps
  return {
    page: (input: { before?: string; limit: number }) => pageImports(tenantId, db, input),
    find: (id: string) => findImport(tenantId, db, id),
    begin: (input: NewImport) => insertImport(tenantId, db, input),
    take: (part: Part) => takePart(deps, part),
    end: (input: { id: string; state: 'finished' | 'cancelled'; event: EventRow }) => endImport(tenantId, db, input),
    problems: (input: { id: string; after: number; limit: number }) => pageProblems(tenantId, db, input),
  }
}

export type Imports = ReturnType<typeof createImports>

export const importsUpkeep = (): Upkeep => ({ task: 'users.imports', everySeconds: 24 * 3600, run: dropOldImports })

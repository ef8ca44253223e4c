import { type Database, inTransaction, type Sql } from '../db/database.ts'
import { violatedUnique } from '../db/errors.ts'
import { eventsParameter, insertEvents, makeEvent } from '../events/events.ts'
import { addPasswords, findExisting, insertAccounts, lockImports, passNumber } from './import.store.ts'
import { type ImportPlan, nothingTaken, type PlacedUser, planImport, type RowProblem, type Taken } from './import-plan.ts'

export { nothingTaken, type PlacedUser, type RowProblem, type Taken } from './import-plan.ts'
export { type ImportedUser, type RowRules, readImportRow } from './import-row.ts'

export type BatchOptions = {
  readonly source: 'file' | 'fastapi'
  readonly addsPasswords: boolean
  /** With it nothing is written, and names are remembered from batch to batch. */
  readonly dryRun?: Taken | undefined
}
export type BatchResult = {
  readonly created: number
  readonly updated: number
  readonly present: number
  readonly problems: readonly RowProblem[]
}

type Deps = { readonly db: Database; readonly tenantId: string }

type Batch = { readonly tenantId: string; readonly rows: readonly PlacedUser[]; readonly options: BatchOptions }

const planFor = async (sql: Sql, { tenantId, rows, options }: Batch): Promise<ImportPlan> => {
  const users = rows.map(({ user }) => user)
  const existing = await findExisting(tenantId, sql, users)
  const taken = options.dryRun ?? nothingTaken()
  return planImport(rows, existing, { isStrict: options.source === 'fastapi', addsPasswords: options.addsPasswords, taken })
}

const write = ({ db, tenantId }: Deps, rows: readonly PlacedUser[], options: BatchOptions): Promise<BatchResult> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    await lockImports(tenantId, tx)
    const plan = await planFor(tx, { tenantId, rows, options })
    const users = plan.create
    const highest = users.reduce((most, { number }) => Math.max(most, number ?? 0), 0)
    if (highest > 0) await passNumber(tx, highest)
    const updated = plan.addPasswords.length > 0 ? await addPasswords(tenantId, tx, plan.addPasswords) : 0
    const payload = { count: users.length, passwords: updated, source: options.source }
    const event = makeEvent({ tenantId, type: 'user.imported', payload })
    if (users.length > 0) await insertAccounts(tenantId, tx, { users, event })
    else if (updated > 0) await tx.text(insertEvents('$1'), [eventsParameter(event)])
    const present = plan.present + plan.addPasswords.length - updated
    return { created: users.length, updated, present, problems: plan.problems }
  })

/** Writes a batch in one transaction, or plans it only. Rows that are there already change nothing, so a batch may be repeated. */
export const importBatch = async (deps: Deps, rows: readonly PlacedUser[], options: BatchOptions): Promise<BatchResult> => {
  if (options.dryRun !== undefined) {
    const { create, addPasswords: passwords, present, problems } = await planFor(deps.db, { tenantId: deps.tenantId, rows, options })
    return { created: create.length, updated: passwords.length, present, problems }
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write(deps, rows, options)
    } catch (error) {
      // Somebody registered one of the names meanwhile: the next plan sees it.
      if (violatedUnique(error) === undefined || attempt > 3) throw error
    }
  }
}

import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'

/** An import with the sums over its parts. */
export type ImportRow = {
  readonly id: string
  readonly name: string
  readonly actor: string
  readonly is_dry_run: boolean
  readonly hashes_passwords: boolean
  readonly rows_expected: number | null
  readonly state: 'open' | 'finished' | 'cancelled'
  readonly created_at: Date
  readonly ended_at: Date | null
  readonly rows: number
  readonly created: number
  readonly present: number
  readonly errors: number
}

/** What came of one part. */
export type PartRow = { readonly rows: number; readonly created: number; readonly present: number; readonly errors: number }
export type ImportProblem = { readonly row: number; readonly reason: string; readonly username: string | null }

const columns = `i.id, i.name, i.actor, i.is_dry_run, i.hashes_passwords, i.rows_expected, i.state, i.created_at, i.ended_at,
  coalesce(p.rows, 0)::bigint as rows, coalesce(p.created, 0)::bigint as created, coalesce(p.present, 0)::bigint as present,
  coalesce(p.errors, 0)::bigint as errors`
const sums = `left join lateral (
    select sum(p.rows) as rows, sum(p.created) as created, sum(p.present) as present, sum(p.errors) as errors
    from import_parts p where p.tenant_id = i.tenant_id and p.import_id = i.id) p on true`

const page = prepared<ImportRow>(
  'imports.page',
  `select ${columns} from imports i ${sums}
   where i.tenant_id = $1 and ($2::uuid is null or i.id < $2) order by i.id desc limit $3`,
)

/** Imports, the newest first, by keyset over their ids. */
export const pageImports = (tenantId: string, sql: Sql, { before, limit }: { before?: string; limit: number }): Promise<ImportRow[]> =>
  sql.run(page, [tenantId, before ?? null, limit])

const one = prepared<ImportRow>('imports.one', `select ${columns} from imports i ${sums} where i.tenant_id = $1 and i.id = $2`)

export const findImport = async (tenantId: string, sql: Sql, id: string): Promise<ImportRow | undefined> =>
  (await sql.run(one, [tenantId, id]))[0]

export type NewImport = {
  readonly id: string
  readonly name: string
  readonly actor: string
  readonly isDryRun: boolean
  readonly hashesPasswords: boolean
  readonly rowsExpected: number | null
  readonly event: EventRow
}

const insert = prepared<never>(
  'imports.insert',
  `with made as (
      insert into imports (tenant_id, id, name, actor, is_dry_run, hashes_passwords, rows_expected) values ($1, $2, $3, $4, $5, $6, $7) returning id),
    noted as (${insertEvents('$8', 'exists (select from made)')})
  select from made`,
)

export const insertImport = async (tenantId: string, sql: Sql, { event, ...input }: NewImport): Promise<void> => {
  const { id, name, actor, isDryRun, hashesPasswords, rowsExpected } = input
  await sql.run(insert, [tenantId, id, name, actor, isDryRun, hashesPasswords, rowsExpected, eventsParameter(event)])
}

const end = prepared<{ id: string }>(
  'imports.end',
  `with done as (
      update imports set state = $3, ended_at = now() where tenant_id = $1 and id = $2 and state = 'open' returning id),
    noted as (${insertEvents('$4', 'exists (select from done)')})
  select id from done`,
)

/** False where it was not open any more. */
export const endImport = async (
  tenantId: string,
  sql: Sql,
  { id, state, event }: { id: string; state: 'finished' | 'cancelled'; event: EventRow },
): Promise<boolean> => (await sql.run(end, [tenantId, id, state, eventsParameter(event)])).length > 0

const part = prepared<PartRow>(
  'imports.part',
  'select rows, created, present, errors from import_parts where tenant_id = $1 and import_id = $2 and first_row = $3',
)

export const findPart = async (tenantId: string, sql: Sql, input: { id: string; firstRow: number }): Promise<PartRow | undefined> =>
  (await sql.run(part, [tenantId, input.id, input.firstRow]))[0]

const partProblems = prepared<ImportProblem>(
  'imports.part-problems',
  `select row_number as row, reason, username from import_problems
   where tenant_id = $1 and import_id = $2 and row_number > $3 order by row_number limit $4`,
)

/** Rows that were refused, behind a row. */
export const pageProblems = (
  tenantId: string,
  sql: Sql,
  { id, after, limit }: { id: string; after: number; limit: number },
): Promise<ImportProblem[]> => sql.run(partProblems, [tenantId, id, after, limit])

const take = prepared<{ first_row: number }>(
  'imports.take-part',
  `insert into import_parts (tenant_id, import_id, first_row, rows, created, present, errors) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict do nothing returning first_row`,
)

const insertProblems = prepared<never>(
  'imports.insert-problems',
  `insert into import_problems (tenant_id, import_id, row_number, reason, username)
   select $1, $2, r.row, r.reason, r.username from jsonb_to_recordset($3::jsonb) as r (row bigint, reason text, username text)
   on conflict do nothing`,
)

/** Notes what came of a part; the first word counts where it was sent twice at a time. */
export const insertPart = async (
  tenantId: string,
  tx: Tx,
  input: { id: string; firstRow: number; result: PartRow; problems: readonly ImportProblem[] },
): Promise<void> => {
  const { id, firstRow, result, problems } = input
  const { rows, created, present, errors } = result
  const taken = await tx.run(take, [tenantId, id, firstRow, rows, created, present, errors])
  if (taken.length > 0 && problems.length > 0) await tx.run(insertProblems, [tenantId, id, JSON.stringify(problems)])
}

/** Forgets imports of three months ago, with the names in their problems. */
export const dropOldImports = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from imports where created_at < now() - interval '90 days'`)
}

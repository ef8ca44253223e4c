import { type Static, Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { AppError, invalid, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type Administrator, type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid, newId } from '../platform/ids.ts'
import type { ImportProblem, ImportRow, Imports } from './imports.job.ts'

export type ImportRoutesDeps = { readonly cursorKey: Uint8Array; readonly limit: number; readonly imports: Imports }

const path = '/admin/v1/imports'
const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: ImportRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const rowsMax = 250
/** Each takes a hash of its own to make. */
const plainPasswordsMax = 25

const instant = Type.Union([Type.String({ format: 'date-time' }), Type.Null()])
const count = (description?: string) => Type.Integer({ minimum: 0, ...(description !== undefined && { description }) })

const Import = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  created_by: Type.String({ description: 'user, token or client, and the id.' }),
  dry_run: Type.Boolean(),
  hash_passwords: Type.Boolean(),
  state: Type.String({ enum: ['open', 'finished', 'cancelled'] }),
  rows_expected: Type.Union([count(), Type.Null()]),
  rows: count('Rows that were sent.'),
  created: count('Accounts that were made; in a dry run, that would be.'),
  present: count('Rows whose user name was there: nothing is changed.'),
  errors: count('Rows that were refused; see problems.'),
  created_at: Type.String({ format: 'date-time' }),
  ended_at: instant,
})

const viewOf = (row: ImportRow): Static<typeof Import> => ({
  ...{ id: row.id, name: row.name, created_by: row.actor, dry_run: row.is_dry_run, hash_passwords: row.hashes_passwords },
  ...{ state: row.state, rows_expected: row.rows_expected, rows: row.rows, created: row.created },
  ...{ present: row.present, errors: row.errors, created_at: row.created_at.toISOString(), ended_at: row.ended_at?.toISOString() ?? null },
})

const NewImport = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200, description: 'Of the file, for whoever looks at it later.' })),
    rows_expected: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'For the progress.' })),
    dry_run: Type.Optional(Type.Boolean({ default: false, description: 'Checks every row and makes no account.' })),
    hash_passwords: Type.Optional(
      Type.Boolean({ default: false, description: 'Takes a column "password" in the clear, which is refused otherwise.' }),
    ),
  },
  { additionalProperties: false, examples: [{ name: 'customers.csv', rows_expected: 1200, dry_run: true }] },
)

const Rows = Type.Object(
  {
    first_row: Type.Integer({
      minimum: 1,
      maximum: 1_000_000_000_000,
      description: 'The number of its first row, by which a part is known.',
    }),
    rows: Type.Array(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), { minItems: 1, maxItems: rowsMax }),
  },
  {
    additionalProperties: false,
    examples: [{ first_row: 1, rows: [{ username: 'alice', email: 'alice@example.com', email_verified: true }] }],
  },
)

const Problem = Type.Object({ row: Type.Integer(), reason: Type.String(), username: Type.Union([Type.String(), Type.Null()]) })

const loaded = async ({ imports }: ImportRoutesDeps, params: Readonly<Record<string, string>>): Promise<ImportRow> => {
  const id = params['id'] ?? ''
  const found = isUuid(id) ? await imports.find(id) : undefined
  if (found === undefined) throw notFoundError('import')
  return found
}

const endedError = (state: string): AppError =>
  new AppError({ status: 409, code: 'import-ended', detail: `The import is ${state} and takes no more rows. Begin another one.` })

const actorOf = ({ kind, id }: Pick<Administrator, 'kind' | 'id'>): string => `${kind} ${id}`

const list = (deps: ImportRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Imports of accounts, the newest first',
    description: 'They are kept for 90 days.',
    auth: permission('data:import'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ imports: Type.Array(Import), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const { rows, next } = await readPage<ImportRow>(query, {
        ...{ key: deps.cursorKey, scope: { tenantId, list: 'imports' }, placeOf: ({ id }) => [id] },
        read: (after, limit) => deps.imports.page({ limit, ...(after && { before: String(after[0]) }) }),
      })
      return { status: 200, body: { imports: rows.map(viewOf), next } }
    },
  })

const begin = (deps: ImportRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Begin an import of accounts',
    description: 'Then send its rows in parts, and finish it. The columns are those of the command line.',
    auth: freshPermission('data:import'),
    limit: { ...perActor(deps), max: Math.min(deps.limit, 20) },
    audit: { event: 'import.begun' },
    isIdempotent: true,
    request: { body: NewImport },
    responses: { 201: Import },
    handle: async ({ actor, body, events }) => {
      const id = newId()
      const { name = '', rows_expected: rowsExpected = null, dry_run: isDryRun = false, hash_passwords: hashesPasswords = false } = body
      const event = events.make({ type: 'import.begun', payload: { import: id, dry_run: isDryRun } })
      await deps.imports.begin({ id, name, rowsExpected, isDryRun, hashesPasswords, actor: actorOf(actor), event })
      return { status: 201, body: viewOf(await loaded(deps, { id })), headers: { location: `${path}/${id}` } }
    },
  })

const show = (deps: ImportRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'How far an import is',
    auth: permission('data:import'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Import },
    handle: async ({ params }) => ({ status: 200, body: viewOf(await loaded(deps, params)) }),
  })

const checkPlain = (of: ImportRow, rows: readonly Readonly<Record<string, unknown>>[]): void => {
  const plain = rows.filter(({ password }) => typeof password === 'string' && password !== '').length
  if (!of.hashes_passwords || of.is_dry_run || plain <= plainPasswordsMax) return
  const msg = `At most ${plainPasswordsMax} passwords in the clear go into one part: each is hashed while you wait`
  throw invalid([{ type: 'too_long', loc: ['body', 'rows'], msg, input: null }])
}

const send = (deps: ImportRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/rows`,
    summary: 'Send the next rows of an import',
    description: `At most ${rowsMax} rows and 64 KiB, each checked as a registration would be. What is wrong with a row refuses that row alone. A part that is sent again changes nothing and is answered as it was.`,
    auth: permission('data:import'),
    limit: perActor(deps),
    audit: { none: 'the accounts of a part are told by one event user.imported, in the transaction that makes them' },
    request: { body: Rows },
    responses: { 200: Type.Object({ rows: count(), created: count(), present: count(), errors: count() }) },
    handle: async ({ params, body }) => {
      const of = await loaded(deps, params)
      if (of.state !== 'open') throw endedError(of.state)
      checkPlain(of, body.rows)
      return { status: 200, body: await deps.imports.take({ import: of, firstRow: body.first_row, rows: body.rows }) }
    },
  })

const problems = (deps: ImportRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id/problems`,
    summary: 'Rows of an import that were refused, with the reason',
    auth: permission('data:import'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ problems: Type.Array(Problem), ...nextMember }) },
    handle: async ({ tenantId, params, query }) => {
      const { id } = await loaded(deps, params)
      const { rows, next } = await readPage<ImportProblem>(query, {
        ...{ key: deps.cursorKey, scope: { tenantId, list: `import ${id}` }, placeOf: ({ row }) => [row] },
        read: (after, limit) => deps.imports.problems({ id, limit, after: Number(after?.[0] ?? 0) }),
      })
      return { status: 200, body: { problems: [...rows], next } }
    },
  })

type Ending = {
  readonly state: 'finished' | 'cancelled'
  readonly make: (events: EventMaker, of: ImportRow) => ReturnType<EventMaker['make']>
}

const end = (deps: ImportRoutesDeps, { state, make }: Ending): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/${state === 'finished' ? 'finish' : 'cancel'}`,
    summary: state === 'finished' ? 'Finish an import: it takes no more rows' : 'Cancel an import; accounts that were made stay',
    auth: permission('data:import'),
    limit: perActor(deps),
    audit: { event: state === 'finished' ? 'import.finished' : 'import.cancelled' },
    responses: { 200: Import },
    handle: async ({ params, events }) => {
      const of = await loaded(deps, params)
      if (!(await deps.imports.end({ id: of.id, state, event: make(events, of) }))) throw endedError((await loaded(deps, params)).state)
      return { status: 200, body: viewOf(await loaded(deps, params)) }
    },
  })

const told = ({ id, created, errors }: ImportRow) => ({ import: id, created, errors })

/** Imports of accounts by the admin API. */
export const importsAdminRoutes = (deps: ImportRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  begin(deps),
  show(deps),
  send(deps),
  problems(deps),
  end(deps, { state: 'finished', make: (events, of) => events.make({ type: 'import.finished', payload: told(of) }) }),
  end(deps, { state: 'cancelled', make: (events, of) => events.make({ type: 'import.cancelled', payload: told(of) }) }),
]

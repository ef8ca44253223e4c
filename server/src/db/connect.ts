import { Problem } from '../platform/problem.ts'
import { type Connection, type Database, type DatabaseOptions, openDatabase } from './database.ts'
import { DatabaseUnavailable } from './errors.ts'
import { MigrationError, migrate } from './migrate.ts'

/** The database cannot be used as it is; the message says why and what to do, in one sentence. */
export class DatabaseProblem extends Problem {
  override readonly name = 'DatabaseProblem'
}

export type Say = (level: 'info' | 'warn', sentence: string) => void
type Coded = { readonly code?: string; readonly message?: string }

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  '57P03': 'it is starting up',
  '53300': 'it has no free connection',
}

const final: Record<string, string> = {
  '28P01': 'The database refuses the password of DATABASE_URL. Correct the user or the password there.',
  '28000': 'The database refuses the user of DATABASE_URL. Allow it in pg_hba.conf, or correct the URL.',
  '3D000': 'The database named in DATABASE_URL does not exist. Create it, or correct the URL.',
  '42501':
    'The database user of DATABASE_URL lacks a right. Grant it CREATE on the database and on its schema public, or make it their owner.',
}

const rootCause = (error: unknown): Coded => (error instanceof DatabaseUnavailable ? (error.cause as Coded) : (error as Coded))

const reasonOf = (error: unknown): string => {
  const { code = '', message = '' } = rootCause(error)
  return reasons[code] ?? (/timeout/i.test(message) ? 'it does not answer' : message.split('\n')[0] || 'no reason was given')
}

const finalProblem = (error: unknown): DatabaseProblem | undefined => {
  const sentence = final[rootCause(error).code ?? '']
  return sentence === undefined ? undefined : new DatabaseProblem(sentence)
}

const checkServer = async (db: Database, needsCreate: boolean): Promise<void> => {
  const [row] = await db.text<{ version: number; fsync: string; pages: string; can: boolean; readonly: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
      has_schema_privilege(current_schema(), 'create') as can, pg_is_in_recovery() as readonly`,
  )
  const major = Math.floor((row?.version ?? 0) / 10_000)
  if (major < 15 || major > 18)
    throw new DatabaseProblem(`The database is PostgreSQL ${major}, but 15 to 18 are supported. Point DATABASE_URL to one of these.`)
  if (row?.readonly)
    throw new DatabaseProblem('The database is a read-only standby. Point DATABASE_URL to the primary (target_session_attrs=read-write).')
  if (needsCreate && !row?.can) throw new DatabaseProblem(final['42501'] ?? '')
  if (row?.fsync !== 'on' || row.pages !== 'on')
    throw new DatabaseProblem('The database runs with fsync or full_page_writes off and would lose data in a crash. Turn both on.')
}

type Waiting = Pick<PrepareOptions, 'waitSeconds' | 'say' | 'withMigrations'>

/** Waits with back-off until the server answers, showing why it does not; then checks its version, rights and durability. */
const waitFor = async (options: DatabaseOptions, { waitSeconds, say, withMigrations }: Waiting): Promise<void> => {
  const until = Date.now() + waitSeconds * 1000
  for (let pause = 100; ; pause = Math.min(pause * 2, 4000)) {
    const db = openDatabase({ ...options, size: 1 })
    try {
      return await checkServer(db, withMigrations)
    } catch (error) {
      if (error instanceof DatabaseProblem) throw error
      const problem = finalProblem(error)
      if (problem) throw problem
      const left = Math.round((until - Date.now()) / 1000)
      if (Date.now() + pause > until)
        throw new DatabaseProblem(
          `The database cannot be reached: ${reasonOf(error)}. Start it, or correct DATABASE_URL. Gave up after ${waitSeconds} s.`,
        )
      say('warn', `Waiting for the database: ${reasonOf(error)} (${left} s left).`)
    } finally {
      await db.close().catch(() => undefined)
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

const applyMigrations = async (options: DatabaseOptions, say: Say): Promise<void> => {
  const db = openDatabase({ ...options, size: 3, statementTimeoutMs: 0 })
  try {
    const applied = await migrate(db.pool)
    if (applied.length > 0) say('info', `Applied ${applied.length === 1 ? 'the migration' : 'the migrations'} ${applied.join(', ')}.`)
  } catch (error) {
    if (error instanceof MigrationError) throw new DatabaseProblem(error.message)
    throw finalProblem(error) ?? error
  } finally {
    await db.close().catch(() => undefined)
  }
}

export type PrepareOptions = {
  readonly connection: Connection
  readonly isPooled: boolean
  readonly waitSeconds: number
  readonly say: Say
  readonly withMigrations: boolean
}

/** Makes the database usable: reachable, of a supported version, with every migration applied. Throws `DatabaseProblem`. */
export const prepareDatabase = async ({ connection, isPooled, waitSeconds, say, withMigrations }: PrepareOptions): Promise<void> => {
  const options = { connection, isPooled, size: 1 }
  await waitFor(options, { waitSeconds, say, withMigrations })
  if (withMigrations) await applyMigrations(options, say)
}

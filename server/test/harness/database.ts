import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, type Database, openDatabase } from '../../src/db/database.ts'
import { startEmbedded } from '../../src/db/embedded/embedded.ts'
import { atEnd } from './closing.ts'
import { type Environment, testSecret } from './environment.ts'
import { makeFolder } from './folder.ts'
import { sharedPostgres } from './shared-postgres.ts'

export type FreshDatabase = {
  readonly url: string
  readonly connection: Connection
  /** What servers that share it are started with. */
  readonly env: Environment
  /** For looking at the rows; closed at the end. */
  readonly sql: Database
}

export type DatabaseWish = {
  /** Without tables, for tests of the migrations themselves. */
  readonly isEmpty?: boolean
}

export type TestDatabase = {
  /** A database of its own, without rows but for those of the migrations. */
  readonly create: (wish?: DatabaseWish) => Promise<FreshDatabase>
}

export type OwnTestDatabase = TestDatabase & {
  readonly pid: () => number | undefined
  /** What PostgreSQL has logged so far. */
  readonly logs: () => Promise<string>
}

type Postgres = {
  /** To a database for administration, with its password. */
  readonly urlOf: (database: string) => string
  /** A migrated database to copy; absent: there is none, and databases are empty. */
  readonly template?: string
}

let count = 0

const createIn = (postgres: Postgres): TestDatabase['create'] => {
  const admin = openDatabase({ connection: { connectionString: postgres.urlOf('postgres') }, size: 1, statementTimeoutMs: 30_000 })
  atEnd(() => admin.close())
  return async ({ isEmpty = false } = {}) => {
    count += 1
    const database = `test_${process.pid}_${count}`
    const template = isEmpty || postgres.template === undefined ? 'template1' : postgres.template
    await admin.text(`create database ${database} template ${template}`)
    if (postgres.template !== undefined) atEnd(() => admin.text(`drop database ${database} with (force)`))
    const url = postgres.urlOf(database)
    const connection = { connectionString: url }
    const sql = openDatabase({ connection, size: 2, onError: () => undefined })
    atEnd(() => sql.close())
    return { url, connection, env: { DATABASE_URL: url, SECRET_KEY: testSecret }, sql }
  }
}

/** A PostgreSQL of the file alone, for tests that end it, read its log or change it as a whole. */
export const startOwnDatabase = async (): Promise<OwnTestDatabase> => {
  const dataDir = await makeFolder()
  const embedded = await startEmbedded({ dataDir, log: () => undefined })
  atEnd(() => embedded.stop())
  const { host, port, user, password } = embedded.connection
  const urlOf = (database: string) => `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${database}`
  return { pid: embedded.pid, create: createIn({ urlOf }), logs: () => readFile(join(dataDir, 'log', 'postgres.log'), 'utf8') }
}

/** A PostgreSQL for the tests of a file; several servers can use it. A whole run shares one; a file that is run by itself starts its own. */
export const startTestDatabase = async (): Promise<TestDatabase> => {
  const shared = sharedPostgres()
  return shared === undefined ? startOwnDatabase() : { create: createIn(shared) }
}

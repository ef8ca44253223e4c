import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, type Database, openDatabase } from '../../src/db/database.ts'
import { startEmbedded } from '../../src/db/embedded/embedded.ts'
import { atEnd } from './closing.ts'
import { type Environment, testSecret } from './environment.ts'
import { makeFolder } from './folder.ts'

export type FreshDatabase = {
  readonly url: string
  readonly connection: Connection
  /** What servers that share it are started with. */
  readonly env: Environment
  /** For looking at the rows; closed at the end. */
  readonly sql: Database
}

export type TestDatabase = {
  readonly pid: () => number | undefined
  /** An empty database of its own. */
  readonly create: () => Promise<FreshDatabase>
  /** What PostgreSQL has logged so far. */
  readonly logs: () => Promise<string>
}

/** A PostgreSQL in this process for the tests of a file; several servers can use it. */
export const startTestDatabase = async (): Promise<TestDatabase> => {
  const dataDir = await makeFolder()
  const embedded = await startEmbedded({ dataDir, log: () => undefined })
  atEnd(() => embedded.stop())
  const { host, port, user, password } = embedded.connection
  const admin = openDatabase({ connection: embedded.connection, size: 1 })
  atEnd(() => admin.close())
  let count = 0
  const create = async (): Promise<FreshDatabase> => {
    count += 1
    const database = `test_${count}`
    await admin.text(`create database ${database}`)
    const url = `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${database}`
    const connection = { connectionString: url }
    const sql = openDatabase({ connection, size: 2, onError: () => undefined })
    atEnd(() => sql.close())
    return { url, connection, env: { DATABASE_URL: url, SECRET_KEY: testSecret }, sql }
  }
  return { pid: embedded.pid, create, logs: () => readFile(join(dataDir, 'log', 'postgres.log'), 'utf8') }
}

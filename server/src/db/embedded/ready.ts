import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { codeOf, EmbeddedError, type Log } from './embedded-error.ts'

/** `host` is the directory of the Unix socket, or a loopback address. */
export type EmbeddedConnection = { host: string; port: number; user: string; password: string; database: string }

const POLL_MILLISECONDS = 10
const PATIENCE_MILLISECONDS = 120_000

const withClient = async <T>(connection: EmbeddedConnection, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ ...connection, ssl: false, connectionTimeoutMillis: 2000, application_name: 'cip start' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

type Attempt = 'ready' | 'no-database' | 'not-yet'

const attempt = async (connection: EmbeddedConnection): Promise<Attempt> => {
  try {
    return await withClient(connection, async () => 'ready' as const)
  } catch (error) {
    const code = codeOf(error)
    if (code === '3D000') return 'no-database'
    if (code === '28P01')
      throw new EmbeddedError(
        'password-refused',
        'PostgreSQL refuses the kept password. Put back postgres-password from a backup of the data directory.',
      )
    return 'not-yet'
  }
}

type Waiting = { connection: EmbeddedConnection; hasExited: () => boolean; log: Log }

/** Waits until PostgreSQL lets us in; a recovery after a crash may take its time. Says whether our database is there. */
export const untilReady = async ({ connection, hasExited, log }: Waiting): Promise<'ready' | 'no-database'> => {
  const started = performance.now()
  let nextReport = started + 5000
  while (!hasExited()) {
    const outcome = await attempt(connection)
    if (outcome !== 'not-yet') return outcome
    const now = performance.now()
    if (now > started + PATIENCE_MILLISECONDS) break
    if (now > nextReport) {
      nextReport = now + 5000
      log({ level: 'info', msg: 'PostgreSQL is not ready yet; it may be repairing the database after a crash' })
    }
    await sleep(POLL_MILLISECONDS)
  }
  throw new EmbeddedError('postgres-did-not-start', 'PostgreSQL did not start.')
}

/** Makes the database. The session's limits are lifted: the file copy may outlast them on a slow disk. */
export const createDatabase = (connection: EmbeddedConnection): Promise<void> =>
  withClient({ ...connection, database: 'postgres' }, async (client) => {
    await client.query('set statement_timeout = 0')
    await client.query(`create database ${client.escapeIdentifier(connection.database)}`)
  })

import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import { isRetryable, unavailable } from './errors.ts'
import { type DatabaseMetrics, databaseMetrics } from './metrics.ts'

/** A hand-written statement that PostgreSQL plans once per connection. `Row` is the shape of its rows. */
export type Prepared<Row> = { readonly name: string; readonly text: string; readonly row?: Row }

export const prepared = <Row>(name: string, text: string): Prepared<Row> => Object.freeze({ name, text })

/** Where a statement can be run: the pool (a commit of its own) or an open transaction. */
export type Sql = {
  readonly run: <Row>(statement: Prepared<Row>, values: readonly unknown[]) => Promise<Row[]>
  readonly execute: <Row>(query: CompiledQuery<Row>) => Promise<Row[]>
  readonly text: <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

/** An open transaction; only `inTransaction` makes one. */
export type Tx = Sql & { readonly isTransaction: true }

export type Database = Sql & { readonly pool: pg.Pool; readonly metrics: DatabaseMetrics; readonly close: () => Promise<void> }

/** Where PostgreSQL is: a URL, or the parts that the embedded one gives. */
export type Connection =
  | { readonly connectionString: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly password: string; readonly database: string }

export type DatabaseOptions = {
  readonly connection: Connection
  readonly size: number
  readonly isPooled?: boolean
  readonly statementTimeoutMs?: number
  readonly onError?: (error: Error) => void
}

const startupOptions = (statementTimeoutMs: number): string =>
  Object.entries({
    statement_timeout: statementTimeoutMs,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 5000,
    client_connection_check_interval: 2000,
    tcp_keepalives_idle: 3,
    tcp_keepalives_interval: 1,
    tcp_keepalives_count: 3,
    synchronous_commit: 'on',
    timezone: 'UTC',
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

const parseInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('A bigint of the database is larger than JavaScript counts exactly.')
  return value
}

const types = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => (id === 20 ? parseInteger : pg.types.getTypeParser(id, format as 'text')),
} as pg.CustomTypesConfig

const poolConfig = (options: DatabaseOptions): pg.PoolConfig => ({
  ...options.connection,
  ...(options.isPooled ? {} : { options: startupOptions(options.statementTimeoutMs ?? 5000) }),
  application_name: 'custom-identity-platform',
  max: options.size,
  connectionTimeoutMillis: 2000,
  // The server's own limit comes first; this one is for a link that has died in silence.
  ...(options.statementTimeoutMs === 0 ? {} : { query_timeout: (options.statementTimeoutMs ?? 5000) + 2000 }),
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 3000,
  types,
})

const acquire = async (pool: pg.Pool, metrics: DatabaseMetrics): Promise<pg.PoolClient> => {
  if (pool.idleCount > 0) return pool.connect()
  const started = performance.now()
  try {
    return await pool.connect()
  } finally {
    metrics.waited((performance.now() - started) / 1000)
  }
}

const runner = (query: (config: pg.QueryConfig) => Promise<pg.QueryResult>): Sql => ({
  run: async (statement, values) => (await query({ name: statement.name, text: statement.text, values: values as unknown[] })).rows,
  execute: async (compiled) => (await query({ text: compiled.sql, values: compiled.parameters as unknown[] })).rows,
  text: async (text, values = []) => (await query({ text, values: values as unknown[] })).rows,
})

const onConnection = async <T>(db: Pick<Database, 'pool' | 'metrics'>, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  let client: pg.PoolClient
  try {
    client = await acquire(db.pool, db.metrics)
  } catch (error) {
    throw unavailable(error)
  }
  let failure: Error | undefined
  try {
    return await work(client)
  } catch (error) {
    failure = unavailable(error)
    throw failure
  } finally {
    client.release(failure !== undefined && !('severity' in failure))
  }
}

const retriesMax = 3

const retried = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt > retriesMax || !isRetryable(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, attempt * 10 + Math.random() * 10))
    }
  }
}

/**
 * A pool of connections that survives the loss of any of them; a lost connection is an error of the statement, never of the process.
 * A statement on the pool is a transaction of its own: where a deadlock or serialization failure undid it, it is run again.
 */
export const openDatabase = (options: DatabaseOptions): Database => {
  const pool = new pg.Pool(poolConfig(options))
  const metrics = databaseMetrics(pool)
  let isClosing = false
  // A connection that is being closed may still hear that PostgreSQL stops; nobody needs to know.
  pool.on('error', (error) => isClosing || options.onError?.(error))
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  const shared = { pool, metrics }
  const sql = runner((config) =>
    retried(() =>
      onConnection(shared, (client) => {
        metrics.count('statements')
        return client.query(config)
      }),
    ),
  )
  const close = (): Promise<void> => {
    isClosing = true
    return pool.end()
  }
  return { ...sql, ...shared, close }
}

const once = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  onConnection(db, async (client) => {
    db.metrics.count('transactions')
    await client.query('begin')
    try {
      const sql = runner((config) => {
        db.metrics.count('statements')
        return client.query(config)
      })
      const result = await work({ ...sql, isTransaction: true })
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  })

/**
 * Runs `work` in one transaction. Only work marked idempotent (the whole of it may run again) is retried, at most three times,
 * after a serialization failure or a deadlock (SQLSTATE 40001, 40P01).
 */
export const inTransaction = <T>(
  on: Database | Tx,
  options: { readonly isIdempotent: boolean },
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  // Work inside a transaction belongs to it: whoever opened it commits and retries.
  if ('isTransaction' in on) return work(on)
  return options.isIdempotent ? retried(() => once(on, work)) : once(on, work)
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Base, openBase, rotationOf } from '../../compose.ts'
import type { Config } from '../../config/config.ts'
import type { Logger } from '../../config/log.ts'
import { prepareDatabase } from '../../db/connect.ts'
import { type Connection, type Database, openDatabase } from '../../db/database.ts'
import { migrationState } from '../../db/migrate.ts'
import { eventSecrets, searchEvents } from '../../events/search.job.ts'
import { loadKeys } from '../../keys/keys.job.ts'
import { openForCommand } from '../database.ts'
import { type Finding, fail, ok, warn } from './check.ts'
import { checkMessages } from './mail-check.ts'

const day = 86_400_000

const hasCluster = (dataDir: string): boolean => ['postgres', 'postgres-location.json'].some((name) => existsSync(join(dataDir, name)))

const checkClock = async (db: Database): Promise<Finding> => {
  const before = Date.now()
  const [row] = await db.text<{ now: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as now')
  const middle = (before + Date.now()) / 2
  const seconds = Math.abs((row?.now ?? middle) - middle) / 1000
  const detail = `differs by ${seconds.toFixed(1)} s from the clock of the database`
  const advice = 'Keep both machines with NTP: tokens and sessions are dated by both clocks.'
  if (seconds > 60) return fail('clock', detail, advice)
  return seconds > 2 ? warn('clock', detail, advice) : ok('clock', detail)
}

const checkMigrations = async (db: Database): Promise<{ readonly finding: Finding; readonly isCurrent: boolean }> => {
  try {
    const { applied, pending, unknown } = await migrationState(db.pool)
    const names = pending.map(({ name }) => name).join(', ')
    if (applied.length === 0) return { finding: ok('migrations', 'the database is empty; the first start prepares it'), isCurrent: false }
    if (pending.length > 0)
      return { finding: warn('migrations', `the next start applies ${names}`, 'Back up first: cip backup FILE'), isCurrent: false }
    if (unknown.length > 0)
      return {
        finding: warn(
          'migrations',
          `a newer release has applied ${unknown.join(', ')}; this one can work with it`,
          'Start the newer release soon.',
        ),
        isCurrent: true,
      }
    return { finding: ok('migrations', 'all are applied'), isCurrent: true }
  } catch (error) {
    return { finding: fail('migrations', (error as Error).message), isCurrent: false }
  }
}

const checkKeys = async (base: Base): Promise<Finding> => {
  try {
    const { ring } = await loadKeys(base.db, rotationOf(base))
    const count = ring.count()
    return ok('signing keys', count === 0 ? 'the first start makes them' : `${count} are published and the secret key opens them`)
  } catch (error) {
    return fail('signing keys', (error as Error).message)
  }
}

const checkBackups = async ({ config, db, tenantId }: Base): Promise<Finding> => {
  const [latest] = await searchEvents(
    tenantId,
    { sql: db, secrets: eventSecrets(config.key) },
    { type: 'backup.created', limit: 1, order: 'newest' },
  )
  if (latest === undefined) return warn('backups', 'there was none yet', 'Run daily and keep elsewhere: cip backup FILE')
  const days = Math.floor((Date.now() - Date.parse(latest.at)) / day)
  const detail = `the latest was made at ${latest.at}`
  return days > 7 ? warn('backups', detail, 'Run daily and keep elsewhere: cip backup FILE') : ok('backups', detail)
}

const checkContents = async (config: Config, connection: Connection, log: Logger): Promise<Finding[]> => {
  const db = openDatabase({ connection, size: 1, isPooled: config.databasePooled })
  try {
    const [row] = await db.text<{ version: string }>(`select current_setting('server_version') as version`)
    const reached = ok('database', `PostgreSQL ${row?.version}, durable (fsync on), reachable`)
    const { finding, isCurrent } = await checkMigrations(db)
    const findings = [reached, finding, await checkClock(db)]
    if (!isCurrent) return findings
    const base = await openBase(config, connection, log)
    try {
      return [...findings, await checkKeys(base), await checkBackups(base), await checkMessages(base.db)]
    } finally {
      await base.db.close()
    }
  } finally {
    await db.close()
  }
}

/** The database and what is in it. An embedded one that was never started is left alone. */
export const checkDatabase = async (config: Config, log: Logger): Promise<readonly Finding[]> => {
  if (config.databaseUrl === undefined && !hasCluster(config.dataDir))
    return [ok('database', 'the embedded one will be made at the first start')]
  try {
    const { connection, stop } = await openForCommand(config, log)
    try {
      const waitSeconds = Math.min(config.databaseWait, 5)
      const say = () => undefined
      await prepareDatabase({ connection, isPooled: config.databasePooled, waitSeconds, say, withMigrations: false })
      return await checkContents(config, connection, log)
    } finally {
      await stop()
    }
  } catch (error) {
    return [fail('database', (error as Error).message)]
  }
}

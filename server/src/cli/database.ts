import { availableParallelism } from 'node:os'
import { type Base, openBase } from '../compose.ts'
import type { Config } from '../config/config.ts'
import type { Logger } from '../config/log.ts'
import { prepareDatabase, type Say } from '../db/connect.ts'
import type { Connection } from '../db/database.ts'
import { findRunning, startEmbedded } from '../db/embedded/embedded.ts'
import { findTenantId } from '../tenants/lookup.job.ts'
import { chosenTenant } from './chosen-tenant.ts'
import { CliError } from './errors.ts'

export type OpenedDatabase = { readonly connection: Connection; readonly stop: () => Promise<void> }

const nothing = async (): Promise<void> => undefined

const startOwn = async (config: Config, log: Logger): Promise<OpenedDatabase> => {
  const embedded = await startEmbedded({
    dataDir: config.dataDir,
    log: ({ level, msg, pid: postgresPid, ...fields }) => log[level]({ postgresPid, ...fields }, msg),
    maxConnections: 40 + config.databasePoolSize * workerCount(config),
  })
  return { connection: embedded.connection, stop: () => embedded.stop() }
}

/** Server processes that the settings ask for. */
export const workerCount = ({ workers }: Config): number => (workers === 'auto' ? availableParallelism() : workers)

/** The database of a server that starts: the external one, or the embedded one started and held. */
export const openForServer = (config: Config, log: Logger): Promise<OpenedDatabase> =>
  config.databaseUrl === undefined
    ? startOwn(config, log)
    : Promise.resolve({ connection: { connectionString: config.databaseUrl }, stop: nothing })

/** The same for a process beside a server: a running embedded PostgreSQL is used, otherwise one is started for the while. */
export const openForCommand = async (config: Config, log: Logger): Promise<OpenedDatabase> => {
  const running = config.databaseUrl === undefined ? await findRunning(config.dataDir) : undefined
  return running === undefined ? openForServer(config, log) : { connection: running, stop: nothing }
}

/** Where a worker process finds the database that its parent holds. */
export const connectionOfParent = async (config: Config): Promise<Connection> => {
  if (config.databaseUrl !== undefined) return { connectionString: config.databaseUrl }
  const running = await findRunning(config.dataDir)
  if (running === undefined) throw new Error('The embedded PostgreSQL of the parent process was not found.')
  return running
}

/** Waits for the database, checks it and applies migrations, as the role that owns the tables where there is one; then looks whether the usual role gets in. */
export const prepare = async (config: Config, connection: Connection, say: Say): Promise<void> => {
  const { databaseOwnerUrl, databasePooled: isPooled, databaseWait: waitSeconds } = config
  if (databaseOwnerUrl === undefined) return prepareDatabase({ connection, isPooled, waitSeconds, say, withMigrations: true })
  await prepareDatabase({ connection: { connectionString: databaseOwnerUrl }, isPooled, waitSeconds, say, withMigrations: true })
  await prepareDatabase({ connection, isPooled, waitSeconds, say, withMigrations: false })
}

const chosenTenantId = async ({ db }: Base): Promise<string> => {
  const tenantId = await findTenantId(chosenTenant(), db)
  if (tenantId === undefined) throw new CliError(`There is no tenant "${chosenTenant()}". See: cip tenants list`)
  return tenantId
}

/** Runs a command's work on a prepared database and closes everything afterwards. */
export const withBase = async <T>(config: Config, log: Logger, work: (base: Base) => Promise<T>): Promise<T> => {
  const database = await openForCommand(config, log)
  try {
    await prepare(config, database.connection, (level, sentence) => log[level]({}, sentence))
    const base = await openBase(config, database.connection, log)
    try {
      return await work({ ...base, tenantId: await chosenTenantId(base) })
    } finally {
      await base.db.close()
    }
  } finally {
    await database.stop()
  }
}

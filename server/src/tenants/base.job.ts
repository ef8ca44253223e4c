import type { Config } from '../config/config.ts'
import type { Logger } from '../config/log.ts'
import { type Connection, type Database, openDatabase } from '../db/database.ts'
import { Problem } from '../platform/problem.ts'
import { findTenantId } from './tenants.store.ts'

/** What every process works on: the settings, a pool, and the tenant that answers at the root. */
export type Base = {
  readonly config: Config
  readonly db: Database
  readonly tenantId: string
  /** Runs work of the role that owns the tables; the usual pool where there is no other. Its connection lasts as long as the work. */
  readonly asOwner: <T>(work: (owner: Database) => Promise<T>) => Promise<T>
}

const ownerOf = ({ databaseOwnerUrl, databasePooled: isPooled }: Config, db: Database): Base['asOwner'] => {
  if (databaseOwnerUrl === undefined) return (work) => work(db)
  return async (work) => {
    const owner = openDatabase({ connection: { connectionString: databaseOwnerUrl }, size: 1, isPooled })
    return work(owner).finally(() => owner.close())
  }
}

/** A pool and the tenant that answers at the root; the database has been prepared. */
export const openBase = async (config: Config, connection: Connection, log: Logger): Promise<Base> => {
  const onError = (err: Error) => log.warn({ err }, 'a database connection was lost')
  const db = openDatabase({ connection, size: config.databasePoolSize, isPooled: config.databasePooled, onError })
  const tenantId = await findTenantId('default', db)
  if (tenantId === undefined) throw new Problem('The database has no tenant "default". Run: cip migrate')
  return { config, db, tenantId, asOwner: ownerOf(config, db) }
}

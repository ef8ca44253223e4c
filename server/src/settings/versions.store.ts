import { prepared, type Sql } from '../db/database.ts'

/** A value that a setting had, and who gave it that. */
export type SettingVersion = {
  readonly version: number
  readonly value: unknown
  readonly via: string
  readonly actor: string | null
  readonly changed_at: Date
}

const columns = 'version, value, via, actor, changed_at'

const list = prepared<SettingVersion>(
  'settings.versions',
  `select ${columns} from setting_versions where tenant_id = $1 and key = $2 and version < $3 order by version desc limit $4`,
)

/** The versions of a setting, the newest first. */
export const listVersions = (
  tenantId: string,
  sql: Sql,
  { key, below, limit }: { key: string; below: number; limit: number },
): Promise<SettingVersion[]> => sql.run(list, [tenantId, key, below, limit])

const one = prepared<SettingVersion>(
  'settings.version',
  `select ${columns} from setting_versions where tenant_id = $1 and key = $2 and version = $3`,
)

export const findVersion = async (
  tenantId: string,
  sql: Sql,
  { key, version }: { key: string; version: number },
): Promise<SettingVersion | undefined> => (await sql.run(one, [tenantId, key, version]))[0]

const byHash = prepared<{ value: unknown }>(
  'settings.version-by-hash',
  `select value from setting_versions where tenant_id = $1 and key = $2 and value ->> 'hash' = $3 order by version desc limit 1`,
)

/** The newest value under `key` whose member `hash` is this one. */
export const findByHash = async <T>(tenantId: string, sql: Sql, { key, hash }: { key: string; hash: string }): Promise<T | undefined> =>
  (await sql.run(byHash, [tenantId, key, hash]))[0]?.value as T | undefined

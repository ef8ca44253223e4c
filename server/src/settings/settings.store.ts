import { prepared, type Sql, type Tx } from '../db/database.ts'

const read = prepared<{ value: unknown }>('settings.read', 'select value from tenant_settings where tenant_id = $1 and key = $2')

/** What an operator decided for the tenant under `key`; undefined where nothing was. The caller knows the shape that it wrote. */
export const readSetting = async <T>(tenantId: string, sql: Sql, key: string): Promise<T | undefined> => {
  const [row] = await sql.run(read, [tenantId, key])
  return row?.value as T | undefined
}

/** What tenants decided under a key, by tenant. */
export const listSettings = async <T>(sql: Sql, key: string): Promise<ReadonlyMap<string, T>> => {
  const rows = await sql.text<{ tenant_id: string; value: T }>('select tenant_id, value from tenant_settings where key = $1', [key])
  return new Map(rows.map(({ tenant_id: tenantId, value }) => [tenantId, value]))
}

/** A setting with its version; 0 where nothing was decided. */
export type VersionedSetting<T> = { readonly value: T | undefined; readonly version: number }

const readWhole = prepared<{ value: unknown; version: number }>(
  'settings.read-version',
  'select value, version from tenant_settings where tenant_id = $1 and key = $2',
)

export const readVersioned = async <T>(tenantId: string, sql: Sql, key: string): Promise<VersionedSetting<T>> => {
  const [row] = await sql.run(readWhole, [tenantId, key])
  return row === undefined ? { value: undefined, version: 0 } : { value: row.value as T, version: row.version }
}

const versionsMax = 100

// What was decided before versions were kept is kept at the first change after.
const write = prepared<{ version: number }>(
  'settings.write',
  `with moved as (
      insert into cache_epochs as e (tenant_id, kind) values ($1, 'settings')
      on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now()),
    former as (
      insert into setting_versions (tenant_id, key, version, value, via, changed_at)
      select tenant_id, key, version, value, 'unknown', changed_at from tenant_settings where tenant_id = $1 and key = $2 on conflict do nothing),
    saved as (
      insert into tenant_settings as s (tenant_id, key, value) values ($1, $2, $3)
      on conflict (tenant_id, key) do update set value = excluded.value, version = s.version + 1, changed_at = now() returning version),
    kept as (insert into setting_versions (tenant_id, key, version, value, via, actor) select $1, $2, version, $3, $4, $5 from saved),
    dropped as (
      delete from setting_versions v using saved where v.tenant_id = $1 and v.key = $2 and v.version <= saved.version - ${versionsMax})
  select version from saved`,
)

/** What is written, and who wrote it: `actor` as in the events. */
export type SettingWrite = {
  readonly key: string
  readonly value: unknown
  readonly via: 'cli' | 'admin'
  readonly actor: string | undefined
}

/** Writes the value, keeps it among the versions and tells every node; the version that it got. */
export const writeSetting = async (tenantId: string, tx: Tx, { key, value, via, actor }: SettingWrite): Promise<number> => {
  const [row] = await tx.run(write, [tenantId, key, JSON.stringify(value), via, actor ?? null])
  return row?.version ?? 0
}

/** One change of a setting at a time in a tenant, its first one included. */
export const lockSetting = async (tenantId: string, tx: Tx, key: string): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('setting ' || $1 || ' ' || $2, 0))`, [tenantId, key])
}

import { prepared, type Sql, type Tx } from '../db/database.ts'

const read = prepared<{ value: unknown }>('settings.read', 'select value from tenant_settings where tenant_id = $1 and key = $2')

/** What an operator decided for the tenant under `key`; undefined where nothing was. The caller knows the shape that it wrote. */
export const readSetting = async <T>(tenantId: string, sql: Sql, key: string): Promise<T | undefined> => {
  const [row] = await sql.run(read, [tenantId, key])
  return row?.value as T | undefined
}

const write = prepared<{ version: number }>(
  'settings.write',
  `with moved as (
      insert into cache_epochs as e (tenant_id, kind) values ($1, 'settings')
      on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now())
  insert into tenant_settings as s (tenant_id, key, value) values ($1, $2, $3)
  on conflict (tenant_id, key) do update set value = excluded.value, version = s.version + 1, changed_at = now() returning version`,
)

/** Writes the value and tells every node; the version that it got. */
export const writeSetting = async (tenantId: string, tx: Tx, { key, value }: { key: string; value: unknown }): Promise<number> => {
  const [row] = await tx.run(write, [tenantId, key, JSON.stringify(value)])
  return row?.version ?? 0
}

/** One change of a setting at a time in a tenant, its first one included. */
export const lockSetting = async (tenantId: string, tx: Tx, key: string): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('setting ' || $1 || ' ' || $2, 0))`, [tenantId, key])
}

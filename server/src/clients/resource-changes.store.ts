import type { Sql, Tx } from '../db/database.ts'

/** One change of an API at a time in a tenant, its first one included. */
export const lockResource = async (tenantId: string, tx: Tx, identifier: string): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('resource ' || $1 || ' ' || $2, 0))`, [tenantId, identifier])
}

/** Another one after each change; undefined where there is no such API. */
export const resourceVersion = async (tenantId: string, sql: Sql, identifier: string): Promise<string | undefined> =>
  (
    await sql.text<{ version: string }>(
      `select (extract(epoch from updated_at) * 1000000)::bigint::text as version from api_resources where tenant_id = $1 and identifier = $2`,
      [tenantId, identifier],
    )
  )[0]?.version

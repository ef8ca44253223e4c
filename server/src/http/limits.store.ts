import { prepared, type Sql } from '../db/database.ts'
import type { LimitReport } from './limits.ts'

const exchange = prepared<{ key: string; start: Date; total: number }>(
  'limits.exchange',
  `insert into rate_windows as w (tenant_id, key, window_start, requests)
   select $1, key, to_timestamp(start / 1000.0), added from jsonb_to_recordset($2::jsonb) as r(key text, start float8, added bigint) order by key
   on conflict (tenant_id, key, window_start) do update set requests = w.requests + excluded.requests
   returning key, window_start as start, requests as total`,
)

/** Adds this node's counts to everybody's and gives the sums. */
export const exchangeLimits = (
  tenantId: string,
  sql: Sql,
  reports: readonly LimitReport[],
): Promise<{ key: string; start: Date; total: number }[]> => sql.run(exchange, [tenantId, JSON.stringify(reports)])

/** Windows that ended long ago, request counts and failures alike. */
export const deleteOldWindows = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from rate_windows where window_start < now() - interval '1 hour'`)
  await sql.text(`delete from address_failures where window_start < now() - interval '1 hour'`)
}

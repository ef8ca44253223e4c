import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { CountedEvent, HourCount } from './event-hours.ts'

/** Adds to what the hours have, in the transaction that takes the events into the tree. */
export const addToHours = async (tenantId: string, tx: Tx, counts: readonly HourCount[]): Promise<void> => {
  await tx.text(
    `insert into event_hours (tenant_id, hour, type, detail, count)
     select $1, * from unnest($2::timestamptz[], $3::text[], $4::text[], $5::bigint[])
     on conflict (tenant_id, hour, type, detail) do update set count = event_hours.count + excluded.count`,
    [
      tenantId,
      counts.map(({ hour }) => hour),
      counts.map(({ type }) => type),
      counts.map(({ detail }) => detail),
      counts.map(({ count }) => count),
    ],
  )
}

const utc = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const read = prepared<HourCount>(
  'event-hours.read',
  `select to_char(hour at time zone 'utc', 'YYYY-MM-DD"T"HH24:00:00"Z"') as hour, type, detail, count::float8 as count from event_hours
   where tenant_id = $1 and hour >= $2 and hour < $3 and type = any($4)`,
)

type Span = { readonly from: Date; readonly to: Date; readonly types: readonly string[] }

/** What the hours between have of these types. */
export const readHours = (tenantId: string, sql: Sql, { from, to, types }: Span): Promise<HourCount[]> =>
  sql.run(read, [tenantId, from, to, types])

const newest = prepared<CountedEvent>(
  'event-hours.newest',
  `select ${utc('e.at')} as at, e.type, e.payload::text as payload from events e
   where e.tenant_id = $1 and e.type = any($2) and e.at >= $3
     and e.at > coalesce((select seen_at from event_checkpoints where tenant_id = $1 order by size desc limit 1), '-infinity')
   order by e.at desc limit $4`,
)

/** Events of these types since then that no hour has yet: of the last minute or two, the newest where there are more. */
export const uncountedEvents = (
  tenantId: string,
  sql: Sql,
  { types, from, limit }: { readonly types: readonly string[]; readonly from: Date; readonly limit: number },
): Promise<CountedEvent[]> => sql.run(newest, [tenantId, types, from, limit])

/** Forgets hours of which nobody asks any more. */
export const dropOldHours = async (sql: Sql, days: number): Promise<void> => {
  await sql.text('delete from event_hours where hour < now() - make_interval(days => $1)', [days])
}

import type { Sql, Tx } from '../db/database.ts'
import type { Cut } from './retention.ts'

export const listTenantIds = async (sql: Sql): Promise<string[]> =>
  (await sql.text<{ tenant_id: string }>('select tenant_id from tenants order by tenant_id')).map(({ tenant_id: id }) => id)

const columns = (cuts: readonly Cut[]) => [cuts.map(({ tenantId }) => tenantId), cuts.map(({ before }) => before)]
type Row = { readonly tenant_id: string; readonly before: string }
const cutOf = ({ tenant_id: tenantId, before }: Row): Cut => ({ tenantId, before })

/** Those with events that are older. */
export const overdue = async (sql: Sql, cuts: readonly Cut[]): Promise<Cut[]> =>
  (
    await sql.text<Row>(
      `select t.tenant_id, t.before from unnest($1::uuid[], $2::text[]) t (tenant_id, before)
       where exists (select from events e where e.tenant_id = t.tenant_id and e.at < t.before::timestamptz)`,
      columns(cuts),
    )
  ).map(cutOf)

/** Those of which no event says yet that events before may be gone. */
export const unannounced = async (sql: Sql, cuts: readonly Cut[]): Promise<Cut[]> =>
  (
    await sql.text<Row>(
      `select t.tenant_id, t.before from unnest($1::uuid[], $2::text[]) t (tenant_id, before)
       where not exists (
         select from events e where e.tenant_id = t.tenant_id and e.type = 'events.expired' and (e.payload ->> 'before') collate "C" >= t.before collate "C")`,
      columns(cuts),
    )
  ).map(cutOf)

/** Deletes the oldest events of a tenant before a time, at most `limit`; how many. */
export const deleteEventsBefore = async (tx: Tx, { tenantId, before }: Cut, limit: number): Promise<number> =>
  (
    await tx.text<{ count: number }>(
      `with old as (select at, id from events where tenant_id = $1 and at < $2::timestamptz order by at, id limit $3),
         gone as (
           delete from events e using old where e.tenant_id = $1 and e.at < $2::timestamptz and e.at = old.at and e.id = old.id returning 1)
       select count(*)::int as count from gone`,
      [tenantId, before, limit],
    )
  )[0]?.count ?? 0

import type { Sql, Tx } from '../db/database.ts'

/** Tenants whose grace is over. */
export const findDueTenants = (sql: Sql): Promise<{ tenant_id: string; slug: string }[]> =>
  sql.text(
    `select tenant_id, slug from tenants where status = 'suspended' and deletion_due_at <= now() order by deletion_due_at limit 10`,
    [],
  )

/** `isKeyed`: its rows name keys that serve nothing else. */
export type TenantTable = { readonly name: string; readonly isKeyed: boolean }
type Tied = TenantTable & { readonly parents: readonly string[] }

// Partitions stand for themselves: their rows are found by their place on the disk, and nothing refers to them.
const tables = (sql: Sql): Promise<Tied[]> =>
  sql.text<Tied>(
    `select c.relname as name, array(
       select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
       where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid) as parents,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'key_id' and not a.attisdropped) as "isKeyed"
     from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'tenants'
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
     order by 1`,
    [],
  )

/** Every table that holds something of tenants, those that refer to others before them. */
export const tenantTables = async (sql: Sql): Promise<readonly TenantTable[]> => {
  const [ordered, left] = [[] as TenantTable[], new Map((await tables(sql)).map((one) => [one.name, one]))]
  while (left.size > 0) {
    const referred = new Set([...left.values()].flatMap(({ parents }) => parents))
    const free = [...left.keys()].filter((name) => !referred.has(name))
    // Tables that refer to each other go together: what cascades takes the rest.
    for (const name of free.length > 0 ? free : [...left.keys()]) {
      ordered.push({ name, isKeyed: left.get(name)?.isKeyed === true })
      left.delete(name)
    }
  }
  return ordered
}

const deletion = ({ name, isKeyed }: TenantTable): string =>
  `delete from "${name}" where ctid = any(array(select ctid from "${name}" where tenant_id = $1 limit $2)) returning ${isKeyed ? 'key_id' : '1'}`

/** Deletes a batch of what a table holds of the tenant, with the keys of it; the number of rows. The name comes from `tenantTables`. */
export const deleteBatch = async (tenantId: string, sql: Sql, { table, limit }: { table: TenantTable; limit: number }): Promise<number> => {
  const [row] = await sql.text<{ count: number }>(
    table.isKeyed
      ? `with gone as (${deletion(table)}), keys as (delete from event_keys where id in (select key_id from gone)) select count(*)::int as count from gone`
      : `with gone as (${deletion(table)}) select count(*)::int as count from gone`,
    [tenantId, limit],
  )
  return row?.count ?? 0
}

/** False where the tenant was kept or has gone meanwhile. */
export const deleteTenant = async (tenantId: string, tx: Tx): Promise<boolean> =>
  (
    await tx.text(`delete from tenants where tenant_id = $1 and status = 'suspended' and deletion_due_at <= now() returning tenant_id`, [
      tenantId,
    ])
  ).length > 0

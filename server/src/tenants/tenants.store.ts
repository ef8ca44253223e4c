import type { Sql, Tx } from '../db/database.ts'

/** The tenant that answers at the root; the first migration makes it. */
export const findTenantId = async (slug: string, sql: Sql): Promise<string | undefined> =>
  (await sql.text<{ tenant_id: string }>('select tenant_id from tenants where slug = $1', [slug]))[0]?.tenant_id

export type TenantRow = {
  tenant_id: string
  slug: string
  name: string
  status: 'active' | 'suspended'
  created_at: Date
  deletion_due_at: Date | null
}

const columns = 'tenant_id, slug, name, status, created_at, deletion_due_at'

/** The tenant under this slug where it is served; undefined where there is none, or it is suspended. */
export const findServedTenant = async (sql: Sql, slug: string): Promise<{ id: string; slug: string } | undefined> => {
  const [row] = await sql.text<TenantRow>(`select tenant_id, slug from tenants where slug = $1 and status = 'active'`, [slug])
  return row && { id: row.tenant_id, slug: row.slug }
}

/** The slug of a tenant that is served. */
export const findTenantSlug = async (sql: Sql, tenantId: string): Promise<string | undefined> =>
  (await sql.text<TenantRow>(`select slug from tenants where tenant_id = $1 and status = 'active'`, [tenantId]))[0]?.slug

/** Every tenant, `default` first. */
export const listTenants = (sql: Sql): Promise<TenantRow[]> =>
  sql.text<TenantRow>(`select ${columns} from tenants order by (slug <> 'default'), slug`, [])

/** The id of the new tenant; undefined where the slug is taken. */
export const insertTenant = async (tx: Tx, { slug, name }: { slug: string; name: string }): Promise<string | undefined> =>
  (
    await tx.text<TenantRow>(`insert into tenants (slug, name) values ($1, $2) on conflict (slug) do nothing returning tenant_id`, [
      slug,
      name,
    ])
  )[0]?.tenant_id

/** Tenants by slug, behind the one given. */
export const pageTenants = (sql: Sql, { after, limit }: { after: string; limit: number }): Promise<TenantRow[]> =>
  sql.text<TenantRow>(`select ${columns} from tenants where slug collate "C" > $1 order by slug collate "C" limit $2`, [after, limit])

export const findTenant = async (sql: Sql, tenantId: string): Promise<TenantRow | undefined> =>
  (await sql.text<TenantRow>(`select ${columns} from tenants where tenant_id = $1`, [tenantId]))[0]

/** Undefined where it was suspended already, or is the one at the root. */
export const suspendTenant = async (tx: Tx, tenantId: string): Promise<TenantRow | undefined> =>
  (
    await tx.text<TenantRow>(
      `update tenants set status = 'suspended' where tenant_id = $1 and slug <> 'default' and status = 'active' returning ${columns}`,
      [tenantId],
    )
  )[0]

/** Serves it again and calls a deletion off; undefined where it is served, or its grace is over. */
export const resumeTenant = async (tx: Tx, tenantId: string): Promise<TenantRow | undefined> =>
  (
    await tx.text<TenantRow>(
      `update tenants set status = 'active', deletion_due_at = null
       where tenant_id = $1 and status = 'suspended' and coalesce(deletion_due_at > now(), true) returning ${columns}`,
      [tenantId],
    )
  )[0]

/** Undefined where a deletion is planned already, or it is the tenant at the root. */
export const planTenantDeletion = async (tx: Tx, tenantId: string, days: number): Promise<TenantRow | undefined> =>
  (
    await tx.text<TenantRow>(
      `update tenants set status = 'suspended', deletion_due_at = now() + make_interval(days => $2)
       where tenant_id = $1 and slug <> 'default' and deletion_due_at is null returning ${columns}`,
      [tenantId, days],
    )
  )[0]

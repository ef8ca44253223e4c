import type { Sql, Tx } from '../db/database.ts'

/** The tenant that answers at the root; the first migration makes it. */
export const findTenantId = async (slug: string, sql: Sql): Promise<string | undefined> =>
  (await sql.text<{ tenant_id: string }>('select tenant_id from tenants where slug = $1', [slug]))[0]?.tenant_id

export type TenantRow = { tenant_id: string; slug: string; name: string; status: 'active' | 'suspended'; created_at: Date }

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
  sql.text<TenantRow>(`select tenant_id, slug, name, status, created_at from tenants order by (slug <> 'default'), slug`, [])

/** The id of the new tenant; undefined where the slug is taken. */
export const insertTenant = async (tx: Tx, { slug, name }: { slug: string; name: string }): Promise<string | undefined> =>
  (
    await tx.text<TenantRow>(`insert into tenants (slug, name) values ($1, $2) on conflict (slug) do nothing returning tenant_id`, [
      slug,
      name,
    ])
  )[0]?.tenant_id

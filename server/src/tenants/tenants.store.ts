import type { Sql } from '../db/database.ts'

/** The tenant that answers at the root; the first migration makes it. */
export const findTenantId = async (slug: string, sql: Sql): Promise<string | undefined> =>
  (await sql.text<{ tenant_id: string }>('select tenant_id from tenants where slug = $1', [slug]))[0]?.tenant_id

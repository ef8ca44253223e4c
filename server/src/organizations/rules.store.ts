import { prepared, type Sql } from '../db/database.ts'
import { isUuid } from '../platform/ids.ts'
import type { Look } from './look.ts'
import type { OrganizationRules } from './organization-rules.ts'
import { type PolicyColumns, policyColumns, policyJoin, policyOf } from './policy.store.ts'

type Row = PolicyColumns & { readonly id: string; readonly look: Look | null }

const rulesBy = (column: 'id' | 'slug') =>
  prepared<Row>(
    `organizations.rules-by-${column}`,
    `select o.id, ${policyColumns}, l.look from organizations o ${policyJoin('o')}
     left join organization_looks l on l.tenant_id = o.tenant_id and l.organization_id = o.id
     where o.tenant_id = $1 and o.${column} = $2 and o.status = 'active'`,
  )
const [byId, bySlug] = [rulesBy('id'), rulesBy('slug')]

const slugForm = /^[0-9a-z-]{1,63}$/

/** What an organization demands and how it looks, by id or slug. */
export const findRules = async (tenantId: string, sql: Sql, named: string): Promise<OrganizationRules | undefined> => {
  if (!slugForm.test(named)) return undefined
  const [row] = await sql.run(isUuid(named) ? byId : bySlug, [tenantId, named])
  return row && { id: row.id, policy: policyOf(row), look: row.look ?? {} }
}

import { prepared, type Sql } from '../db/database.ts'
import { isUuid } from '../platform/ids.ts'
import type { OrganizationPolicy } from './organization-policy.ts'
import { type PolicyColumns, policyColumns, policyJoin, policyOf } from './policy.store.ts'

/** A membership as tokens tell it. */
export type TokenMembership = { readonly id: string; readonly slug: string; readonly name: string; readonly roles: readonly string[] }

/** The same with what the organization demands of the sign-in behind a token. */
export type BoundMembership = TokenMembership & { readonly policy: OrganizationPolicy }

const membership = prepared<TokenMembership & PolicyColumns>(
  'organizations.token-membership',
  `select o.id, o.slug, o.name, m.roles, ${policyColumns} from organization_members m
   join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id and o.status = 'active' ${policyJoin('o')}
   where m.tenant_id = $1 and m.organization_id = $2 and m.user_id = $3`,
)

const idOfSlug = prepared<{ id: string }>('organizations.id-of-slug', 'select id from organizations where tenant_id = $1 and slug = $2')

/** What tokens for an organization are made by: read each time, so that a membership that ended counts at once. */
export const tokenMemberships = (sql: Sql) => ({
  /** The organization that an id or a slug names; undefined where there is none. */
  idOf: async (tenantId: string, name: string): Promise<string | undefined> =>
    isUuid(name) ? name : (await sql.run(idOfSlug, [tenantId, name]))[0]?.id,
  /** Undefined where the person is no member, or the organization is suspended. */
  find: async (
    tenantId: string,
    { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
  ): Promise<BoundMembership | undefined> => {
    const [row] = await sql.run(membership, [tenantId, organizationId, userId])
    return row && { id: row.id, slug: row.slug, name: row.name, roles: row.roles, policy: policyOf(row) }
  },
})

export type TokenMemberships = ReturnType<typeof tokenMemberships>

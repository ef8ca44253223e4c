import { prepared, type Sql } from '../db/database.ts'
import { accessStore } from './access.store.ts'
import { permissionsOf } from './roles.ts'

/** Whom a token is about. */
export type Holder = { readonly userId: string } | { readonly clientId: string }

/** What somebody may do, as claims say it (RFC 9068 section 2.2.3.1, RFC 7643 section 4.1.2); sorted. */
export type AccessClaims = {
  readonly roles: readonly string[]
  readonly groups: readonly string[]
  readonly entitlements: readonly string[]
}

export type FindAccess = (tenantId: string, holder: Holder) => Promise<AccessClaims>

const groups = prepared<{ name: string }>(
  'access.group-names',
  `select g.name from group_members m join groups g on g.tenant_id = m.tenant_id and g.id = m.group_id
   where m.tenant_id = $1 and m.user_id = $2`,
)

/** Roles, groups by name, and permissions of a person or an application, as they are now. */
export const findAccess =
  (sql: Sql): FindAccess =>
  async (tenantId, holder) => {
    const store = accessStore(sql)
    const isPerson = 'userId' in holder
    const held = isPerson
      ? ((await store.rolesOfUser(tenantId, holder.userId)) ?? [])
      : await store.rolesOfClient(tenantId, holder.clientId)
    const names = isPerson ? await sql.run(groups, [tenantId, holder.userId]) : []
    return {
      roles: [...new Set(held.map(({ role }) => role))].sort(),
      groups: names.map(({ name }) => name).sort(),
      entitlements: [...permissionsOf(held)].sort(),
    }
  }

import type { Sql, Tx } from '../db/database.ts'

export type OwnedOrganization = { readonly id: string; readonly name: string }

const owned = `from organization_members m join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id
   where m.tenant_id = $1 and m.user_id = $2 and 'owner' = any (m.roles)`

const alone = `select o.id, o.name ${owned} and not exists (
     select from organization_members n join users u on u.tenant_id = n.tenant_id and u.id = n.user_id and u.status = 'active'
     where n.tenant_id = m.tenant_id and n.organization_id = m.organization_id and n.user_id <> m.user_id and 'owner' = any (n.roles))
   order by o.name, o.id`

/** The organizations in which no other owner can sign in, as they are now. */
export const findOwnedAlone = (tenantId: string, sql: Sql, userId: string): Promise<OwnedOrganization[]> =>
  sql.text<OwnedOrganization>(alone, [tenantId, userId])

/** The same for whoever is about to go: these organizations stay locked, so that of two owners who go at once one finds the other gone. */
export const holdOwnedAlone = async (tenantId: string, tx: Tx, userId: string): Promise<readonly OwnedOrganization[]> => {
  const locked = await tx.text(`select o.id ${owned} order by o.id for no key update of o`, [tenantId, userId])
  return locked.length === 0 ? [] : findOwnedAlone(tenantId, tx, userId)
}

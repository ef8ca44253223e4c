import type { Sql, Tx } from '../db/database.ts'

export type RoleRow = {
  id: string
  name: string
  description: string
  permissions: string[]
  version: number
  created_at: Date
  updated_at: Date
}

const columns = 'id, name, description, permissions, version, created_at, updated_at'

/** Roles that the tenant has made. */
export const listRoles = (tenantId: string, sql: Sql): Promise<RoleRow[]> =>
  sql.text<RoleRow>(`select ${columns} from roles where tenant_id = $1 order by id`, [tenantId])

export const findRole = async (tenantId: string, sql: Sql, id: string): Promise<RoleRow | undefined> =>
  (await sql.text<RoleRow>(`select ${columns} from roles where tenant_id = $1 and id = $2`, [tenantId, id]))[0]

/** One at a time for a role, so that what is granted is what was looked at. */
export const lockRole = async (tenantId: string, tx: Tx, id: string): Promise<RoleRow | undefined> =>
  (await tx.text<RoleRow>(`select ${columns} from roles where tenant_id = $1 and id = $2 for update`, [tenantId, id]))[0]

export type RoleInput = Pick<RoleRow, 'id' | 'name' | 'description'> & { readonly permissions: readonly string[] }

/** Undefined where the id is taken. */
export const insertRole = async (
  tenantId: string,
  tx: Tx,
  { id, name, description, permissions }: RoleInput,
): Promise<RoleRow | undefined> =>
  (
    await tx.text<RoleRow>(
      `insert into roles (tenant_id, id, name, description, permissions) values ($1, $2, $3, $4, $5) on conflict do nothing returning ${columns}`,
      [tenantId, id, name, description, permissions],
    )
  )[0]

export const updateRole = async (
  tenantId: string,
  tx: Tx,
  { id, name, description, permissions }: RoleInput,
): Promise<RoleRow | undefined> =>
  (
    await tx.text<RoleRow>(
      `update roles set name = $3, description = $4, permissions = $5, version = version + 1, updated_at = now()
       where tenant_id = $1 and id = $2 returning ${columns}`,
      [tenantId, id, name, description, permissions],
    )
  )[0]

/** How many hold the role; a role that somebody holds is not deleted. */
export const countHolders = async (tenantId: string, tx: Tx, id: string): Promise<number> =>
  (
    await tx.text<{ holders: number }>(
      `select (select count(*) from role_assignments where tenant_id = $1 and role = $2) + (select count(*) from group_roles where tenant_id = $1 and role = $2)
         + (select count(*) from client_roles where tenant_id = $1 and role = $2) as holders`,
      [tenantId, id],
    )
  )[0]?.holders ?? 0

export const deleteRole = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (await tx.text('delete from roles where tenant_id = $1 and id = $2 returning id', [tenantId, id])).length > 0

/** Who may hold a role. */
export type Holder = { readonly kind: 'user' | 'group' | 'client'; readonly id: string }

const tables = {
  user: { table: 'role_assignments', column: 'user_id' },
  group: { table: 'group_roles', column: 'group_id' },
  client: { table: 'client_roles', column: 'client_id' },
} as const

/** False where it was held already. A holder that does not exist breaks the foreign key. */
export const giveRole = async (tenantId: string, tx: Tx, { holder, role }: { holder: Holder; role: string }): Promise<boolean> => {
  const { table, column } = tables[holder.kind]
  const sql = `insert into ${table} (tenant_id, ${column}, role) values ($1, $2, $3) on conflict do nothing returning role`
  return (await tx.text(sql, [tenantId, holder.id, role])).length > 0
}

/** False where it was not held. */
export const takeRole = async (tenantId: string, tx: Tx, { holder, role }: { holder: Holder; role: string }): Promise<boolean> => {
  const { table, column } = tables[holder.kind]
  const sql = `delete from ${table} where tenant_id = $1 and ${column} = $2 and role = $3 returning role`
  return (await tx.text(sql, [tenantId, holder.id, role])).length > 0
}

/** Every role that holders of a kind were given, by holder. */
export const rolesHeldByAll = (tenantId: string, sql: Sql, kind: Holder['kind']): Promise<{ holder: string; role: string }[]> => {
  const { table, column } = tables[kind]
  return sql.text(`select ${column} as holder, role from ${table} where tenant_id = $1 order by 1, 2`, [tenantId])
}

export const rolesHeldDirectly = async (tenantId: string, sql: Sql, { kind, id }: Holder): Promise<string[]> => {
  const { table, column } = tables[kind]
  const rows = await sql.text<{ role: string }>(`select role from ${table} where tenant_id = $1 and ${column} = $2 order by role`, [
    tenantId,
    id,
  ])
  return rows.map(({ role }) => role)
}

export type HolderRow = { kind: Holder['kind']; id: string; name: string | null }

/** Who was given a role: applications, groups and people. Those who administer are few, so that they come at once. */
export const holdersOfRole = (tenantId: string, sql: Sql, { role, limit }: { role: string; limit: number }): Promise<HolderRow[]> =>
  sql.text<HolderRow>(
    `select * from (
       select 'client' as kind, c.id, c.name from client_roles r join clients c on c.tenant_id = r.tenant_id and c.id = r.client_id
       where r.tenant_id = $1 and r.role = $2
       union all
       select 'group', g.id::text, g.name from group_roles r join groups g on g.tenant_id = r.tenant_id and g.id = r.group_id
       where r.tenant_id = $1 and r.role = $2
       union all
       select 'user', r.user_id::text, i.written from role_assignments r
       left join lateral (select written from identifiers i where i.tenant_id = r.tenant_id and i.user_id = r.user_id and i.kind in ('username', 'email')
         order by i.kind desc limit 1) i on true
       where r.tenant_id = $1 and r.role = $2
     ) holders order by kind, id limit $3`,
    [tenantId, role, limit],
  )

import type { Sql, Tx } from '../db/database.ts'

export type GroupRow = { id: string; name: string; description: string; version: number; created_at: Date; updated_at: Date }
export type MemberRow = { user_id: string; number: number; username: string | null; email: string | null; created_at: Date }

const columns = 'id, name, description, version, created_at, updated_at'

export const listGroups = (tenantId: string, sql: Sql, { after, limit }: { after: string; limit: number }): Promise<GroupRow[]> =>
  sql.text<GroupRow>(`select ${columns} from groups where tenant_id = $1 and name > $2 order by name limit $3`, [tenantId, after, limit])

export const findGroup = async (tenantId: string, sql: Sql, id: string): Promise<GroupRow | undefined> =>
  (await sql.text<GroupRow>(`select ${columns} from groups where tenant_id = $1 and id = $2`, [tenantId, id]))[0]

export const findGroupByName = async (tenantId: string, sql: Sql, name: string): Promise<GroupRow | undefined> =>
  (await sql.text<GroupRow>(`select ${columns} from groups where tenant_id = $1 and name = $2`, [tenantId, name]))[0]

export const lockGroup = async (tenantId: string, tx: Tx, id: string): Promise<GroupRow | undefined> =>
  (await tx.text<GroupRow>(`select ${columns} from groups where tenant_id = $1 and id = $2 for update`, [tenantId, id]))[0]

export type GroupInput = Pick<GroupRow, 'id' | 'name' | 'description'>

/** Breaks the unique constraint where the name is taken. */
export const insertGroup = async (tenantId: string, tx: Tx, { id, name, description }: GroupInput): Promise<GroupRow | undefined> =>
  (
    await tx.text<GroupRow>(`insert into groups (tenant_id, id, name, description) values ($1, $2, $3, $4) returning ${columns}`, [
      ...[tenantId, id, name, description],
    ])
  )[0]

export const updateGroup = async (tenantId: string, tx: Tx, { id, name, description }: GroupInput): Promise<GroupRow | undefined> =>
  (
    await tx.text<GroupRow>(
      `update groups set name = $3, description = $4, version = version + 1, updated_at = now() where tenant_id = $1 and id = $2 returning ${columns}`,
      [tenantId, id, name, description],
    )
  )[0]

export const deleteGroup = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (await tx.text('delete from groups where tenant_id = $1 and id = $2 returning id', [tenantId, id])).length > 0

/** What the roles of the group allow, by role. */
export const rolesOfGroup = (tenantId: string, sql: Sql, id: string): Promise<{ role: string; permissions: string[] | null }[]> =>
  sql.text(
    `select g.role, r.permissions from group_roles g left join roles r on r.tenant_id = g.tenant_id and r.id = g.role
     where g.tenant_id = $1 and g.group_id = $2`,
    [tenantId, id],
  )

type Membership = { readonly groupId: string; readonly userId: string }

export const insertMember = async (tenantId: string, tx: Tx, { groupId, userId }: Membership): Promise<boolean> =>
  (
    await tx.text('insert into group_members (tenant_id, group_id, user_id) values ($1, $2, $3) on conflict do nothing returning user_id', [
      ...[tenantId, groupId, userId],
    ])
  ).length > 0

export const deleteMember = async (tenantId: string, tx: Tx, { groupId, userId }: Membership): Promise<boolean> =>
  (
    await tx.text('delete from group_members where tenant_id = $1 and group_id = $2 and user_id = $3 returning user_id', [
      ...[tenantId, groupId, userId],
    ])
  ).length > 0

/** Members in the order of their ids, which is that of their accounts. */
export const listMembers = (
  tenantId: string,
  sql: Sql,
  { groupId, after, limit }: { groupId: string; after: string; limit: number },
): Promise<MemberRow[]> =>
  sql.text<MemberRow>(
    `select m.user_id, u.number, n.written as username, e.written as email, m.created_at from group_members m
     join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
     left join lateral (select written from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'username' limit 1) n on true
     left join lateral (select written from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'email' limit 1) e on true
     where m.tenant_id = $1 and m.group_id = $2 and m.user_id > $3 order by m.user_id limit $4`,
    [tenantId, groupId, after, limit],
  )

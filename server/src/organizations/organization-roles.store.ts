import type { Sql, Tx } from '../db/database.ts'

export type OrganizationRoleRow = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly permissions: readonly string[]
  readonly version: number
  readonly updated_at: Date
}

const columns = 'id, name, description, permissions, version, updated_at'

/** Roles that the tenant has made for its organizations. */
export const listOrganizationRoles = (tenantId: string, sql: Sql): Promise<OrganizationRoleRow[]> =>
  sql.text<OrganizationRoleRow>(`select ${columns} from organization_roles where tenant_id = $1 order by id`, [tenantId])

export const findOrganizationRole = async (tenantId: string, sql: Sql, id: string): Promise<OrganizationRoleRow | undefined> =>
  (await sql.text<OrganizationRoleRow>(`select ${columns} from organization_roles where tenant_id = $1 and id = $2`, [tenantId, id]))[0]

export const lockOrganizationRole = async (tenantId: string, tx: Tx, id: string): Promise<OrganizationRoleRow | undefined> =>
  (
    await tx.text<OrganizationRoleRow>(`select ${columns} from organization_roles where tenant_id = $1 and id = $2 for update`, [
      ...[tenantId, id],
    ])
  )[0]

/** Roles that are about to be given: none of them is changed or deleted before that is written. */
export const holdOrganizationRoles = (tenantId: string, tx: Tx, ids: readonly string[]): Promise<OrganizationRoleRow[]> =>
  tx.text<OrganizationRoleRow>(`select ${columns} from organization_roles where tenant_id = $1 and id = any ($2) order by id for share`, [
    ...[tenantId, ids],
  ])

type RoleInput = Pick<OrganizationRoleRow, 'id' | 'name' | 'description' | 'permissions'>

/** Undefined where the id is taken. */
export const insertOrganizationRole = async (
  tenantId: string,
  tx: Tx,
  { id, name, description, permissions }: RoleInput,
): Promise<OrganizationRoleRow | undefined> =>
  (
    await tx.text<OrganizationRoleRow>(
      `insert into organization_roles (tenant_id, id, name, description, permissions) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning ${columns}`,
      [tenantId, id, name, description, permissions],
    )
  )[0]

export const updateOrganizationRole = async (
  tenantId: string,
  tx: Tx,
  { id, name, description, permissions }: RoleInput,
): Promise<OrganizationRoleRow | undefined> =>
  (
    await tx.text<OrganizationRoleRow>(
      `update organization_roles set name = $3, description = $4, permissions = $5, version = version + 1, updated_at = now()
       where tenant_id = $1 and id = $2 returning ${columns}`,
      [tenantId, id, name, description, permissions],
    )
  )[0]

/** Whether a member holds the role, or an invitation that is open would give it. */
export const isRoleHeld = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (
    await tx.text(
      `(select 1 from organization_members where tenant_id = $1 and roles @> array[$2] limit 1) union all
       (select 1 from organization_invitations where tenant_id = $1 and roles @> array[$2] and accepted_at is null and revoked_at is null limit 1)`,
      [tenantId, id],
    )
  ).length > 0

export const deleteOrganizationRole = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (await tx.text('delete from organization_roles where tenant_id = $1 and id = $2 returning id', [tenantId, id])).length > 0

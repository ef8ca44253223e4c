import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { AccessPort, UsedToken } from './administrator.ts'
import type { HeldRole } from './roles.ts'

const held = (user: string): string => `select distinct h.role, r.permissions from (
    select a.role from role_assignments a where a.tenant_id = $1 and a.user_id = ${user}
    union all
    select g.role from group_members m join group_roles g on g.tenant_id = m.tenant_id and g.group_id = m.group_id
      where m.tenant_id = $1 and m.user_id = ${user}) h
  left join roles r on r.tenant_id = $1 and r.id = h.role`

const rolesOfUser = prepared<{ roles: HeldRole[] }>(
  'access.user',
  `select coalesce((select jsonb_agg(jsonb_build_object('role', x.role, 'permissions', x.permissions)) from (${held('u.id')}) x), '[]') as roles
   from users u where u.tenant_id = $1 and u.id = $2 and u.status = 'active'`,
)

const rolesOfClient = prepared<HeldRole>(
  'access.client',
  `select c.role, r.permissions from client_roles c left join roles r on r.tenant_id = c.tenant_id and r.id = c.role
   where c.tenant_id = $1 and c.client_id = $2`,
)

// Its last use is noted to the minute, so that a script in a loop does not write with every request.
const useToken = prepared<{ user_id: string; permissions: string[]; roles: HeldRole[] }>(
  'access.token',
  `with found as (
      select t.user_id, t.permissions, t.last_used_at from personal_access_tokens t
      join users u on u.tenant_id = t.tenant_id and u.id = t.user_id and u.status = 'active'
      where t.tenant_id = $1 and t.id = $2 and t.hash = $3 and t.expires_at > now()),
    noted as (
      update personal_access_tokens t set last_used_at = now() from found
      where t.tenant_id = $1 and t.id = $2 and (found.last_used_at is null or found.last_used_at < now() - interval '1 minute'))
  select f.user_id, f.permissions,
    coalesce((select jsonb_agg(jsonb_build_object('role', x.role, 'permissions', x.permissions)) from (${held('f.user_id')}) x), '[]') as roles
  from found f`,
)

/** What `createAdministratorCheck` asks for, one statement for each question. */
export const accessStore = (sql: Sql): AccessPort => ({
  rolesOfUser: async (tenantId, userId) => (await sql.run(rolesOfUser, [tenantId, userId]))[0]?.roles,
  rolesOfClient: (tenantId, clientId) => sql.run(rolesOfClient, [tenantId, clientId]),
  useToken: async (tenantId, { id, hash }): Promise<UsedToken | undefined> => {
    const [row] = await sql.run(useToken, [tenantId, id, hash])
    return row && { userId: row.user_id, permissions: row.permissions, roles: row.roles }
  },
})

/** The roles of a person whatever the status of the account, for changes of it. */
export const rolesHeldBy = (tenantId: string, sql: Sql, userId: string): Promise<HeldRole[]> =>
  sql.text<HeldRole>(held('$2'), [tenantId, userId])

/** One change of owners at a time: there is always one. */
export const lockOwners = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('owners ' || $1, 0))`, [tenantId])
}

/** Whether somebody else than this person is an owner who can sign in. */
export const hasOtherOwner = async (tenantId: string, tx: Tx, userId: string): Promise<boolean> => {
  const rows = await tx.text(
    `select 1 from role_assignments a join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
     where a.tenant_id = $1 and a.role = 'owner' and a.user_id <> $2 and u.status = 'active' limit 1`,
    [tenantId, userId],
  )
  return rows.length > 0
}

export const isOwner = async (tenantId: string, tx: Tx, userId: string): Promise<boolean> =>
  (await tx.text(`select 1 from role_assignments where tenant_id = $1 and user_id = $2 and role = 'owner'`, [tenantId, userId])).length > 0

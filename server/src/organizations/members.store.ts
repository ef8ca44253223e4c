import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { HeldInside } from './organization-roles.ts'
import { customRoles } from './organizations.store.ts'

export type MemberRow = {
  readonly user_id: string
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  readonly roles: readonly string[]
  readonly created_at: Date
}

const nameOf = (kind: string): string =>
  `(select i.written from identifiers i where i.tenant_id = m.tenant_id and i.user_id = m.user_id and i.kind = '${kind}' order by i.created_at limit 1)`

const shown = `select m.user_id, u.number, ${nameOf('username')} as username, ${nameOf('email')} as email, m.roles, m.created_at
   from organization_members m join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
   where m.tenant_id = $1 and m.organization_id = $2`

const list = prepared<MemberRow>('organizations.members', `${shown} and m.user_id > $3 order by m.user_id limit $4`)
const find = prepared<MemberRow>('organizations.member', `${shown} and m.user_id = $3`)

const names = prepared<{ user_id: string; name: string }>(
  'organizations.member-names',
  `select m.user_id, coalesce(${nameOf('username')}, ${nameOf('email')}) as name
   from organization_members m where m.tenant_id = $1 and m.organization_id = $2 and m.user_id = any ($3::uuid[])`,
)

/** The names of those among these people who are members. */
export const namesOfMembers = async (
  tenantId: string,
  sql: Sql,
  { organizationId, userIds }: { readonly organizationId: string; readonly userIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    userIds.length === 0 ? [] : (await sql.run(names, [tenantId, organizationId, userIds])).map(({ user_id: id, name }) => [id, name]),
  )

type Membership = { readonly organizationId: string; readonly userId: string }

/** Members in the order of their ids, which is that of their accounts. */
export const listMembers = (
  tenantId: string,
  sql: Sql,
  { organizationId, after, limit }: { organizationId: string; after: string; limit: number },
): Promise<MemberRow[]> => sql.run(list, [tenantId, organizationId, after, limit])

export const findMember = async (tenantId: string, sql: Sql, { organizationId, userId }: Membership): Promise<MemberRow | undefined> =>
  (await sql.run(find, [tenantId, organizationId, userId]))[0]

/** The roles of a member, whatever the state of the account. */
export const rolesOfMember = async (tenantId: string, tx: Tx, { organizationId, userId }: Membership): Promise<HeldInside | undefined> =>
  (
    await tx.text<HeldInside>(
      `select m.roles, ${customRoles('m.tenant_id', 'm.roles')} as custom from organization_members m
       where m.tenant_id = $1 and m.organization_id = $2 and m.user_id = $3`,
      [tenantId, organizationId, userId],
    )
  )[0]

/** False where the person is a member already. A person who does not exist breaks the foreign key. */
export const insertMember = async (
  tenantId: string,
  tx: Tx,
  { organizationId, userId, roles }: Membership & { roles: readonly string[] },
): Promise<boolean> =>
  (
    await tx.text(
      `insert into organization_members (tenant_id, organization_id, user_id, roles) values ($1, $2, $3, $4)
       on conflict do nothing returning user_id`,
      [tenantId, organizationId, userId, roles],
    )
  ).length > 0

export const updateMember = async (
  tenantId: string,
  tx: Tx,
  { organizationId, userId, roles }: Membership & { roles: readonly string[] },
): Promise<boolean> =>
  (
    await tx.text(
      'update organization_members set roles = $4 where tenant_id = $1 and organization_id = $2 and user_id = $3 returning user_id',
      [tenantId, organizationId, userId, roles],
    )
  ).length > 0

export const deleteMember = async (tenantId: string, tx: Tx, { organizationId, userId }: Membership): Promise<boolean> =>
  (
    await tx.text('delete from organization_members where tenant_id = $1 and organization_id = $2 and user_id = $3 returning user_id', [
      ...[tenantId, organizationId, userId],
    ])
  ).length > 0

/** The owners and administrators of an organization who can sign in, the oldest accounts first. */
export const findAdministrators = async (tenantId: string, tx: Tx, organizationId: string): Promise<readonly string[]> =>
  (
    await tx.text<{ user_id: string }>(
      `select m.user_id from organization_members m join users u on u.tenant_id = m.tenant_id and u.id = m.user_id and u.status = 'active'
       where m.tenant_id = $1 and m.organization_id = $2 and m.roles && '{owner,administrator}' order by m.user_id limit 100`,
      [tenantId, organizationId],
    )
  ).map(({ user_id: userId }) => userId)

/** Whether somebody else than this person is an owner of the organization who can sign in. */
export const hasOtherOwner = async (tenantId: string, tx: Tx, { organizationId, userId }: Membership): Promise<boolean> => {
  const rows = await tx.text(
    `select 1 from organization_members m join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
     where m.tenant_id = $1 and m.organization_id = $2 and 'owner' = any (m.roles) and m.user_id <> $3 and u.status = 'active' limit 1`,
    [tenantId, organizationId, userId],
  )
  return rows.length > 0
}

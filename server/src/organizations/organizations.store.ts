import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { OrganizationPolicy, SignedInBy } from './organization-policy.ts'
import type { HeldInside } from './organization-roles.ts'
import { organizationsMoved, type PolicyColumns, policyColumns, policyJoin, policyOf } from './policy.store.ts'

export type OrganizationRow = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly folded_name: string
  readonly status: 'active' | 'suspended'
  readonly version: number
  readonly created_at: Date
  readonly updated_at: Date
}

const columns = 'id, slug, name, folded_name, status, version, created_at, updated_at'
const own = columns.replaceAll(/[a-z_]+/g, 'o.$&')

// By keyset over the index of names: in bounded time, however many there are.
const list = prepared<OrganizationRow>(
  'organizations.list',
  `select ${columns} from organizations
   where tenant_id = $1 and folded_name collate "C" >= $2 and folded_name collate "C" < $2 || U&'\\+10FFFF'
     and (folded_name collate "C", id) > (greatest($3::text collate "C", $2), $4::uuid)
   order by folded_name collate "C", id limit $5`,
)

export type OrganizationSearch = {
  readonly prefix: string
  readonly after: { readonly name: string; readonly id: string }
  readonly limit: number
}

export const listOrganizations = (tenantId: string, sql: Sql, { prefix, after, limit }: OrganizationSearch): Promise<OrganizationRow[]> =>
  sql.run(list, [tenantId, prefix, after.name, after.id, limit])

const find = prepared<OrganizationRow>('organizations.find', `select ${columns} from organizations where tenant_id = $1 and id = $2`)

export const findOrganization = async (tenantId: string, sql: Sql, id: string): Promise<OrganizationRow | undefined> =>
  (await sql.run(find, [tenantId, id]))[0]

export const findOrganizationBySlug = async (tenantId: string, sql: Sql, slug: string): Promise<OrganizationRow | undefined> =>
  (await sql.text<OrganizationRow>(`select ${columns} from organizations where tenant_id = $1 and slug = $2`, [tenantId, slug]))[0]

/** One change of an organization and of who belongs to it at a time: its last owner is found by looking. */
export const lockOrganization = async (tenantId: string, tx: Tx, id: string): Promise<OrganizationRow | undefined> =>
  (
    await tx.text<OrganizationRow>(`select ${columns} from organizations where tenant_id = $1 and id = $2 for no key update`, [
      tenantId,
      id,
    ])
  )[0]

export type OrganizationInput = Pick<OrganizationRow, 'id' | 'slug' | 'name' | 'folded_name'>

/** Breaks the unique constraint where the slug is taken. */
export const insertOrganization = async (
  tenantId: string,
  tx: Tx,
  { id, slug, name, folded_name: folded }: OrganizationInput,
): Promise<OrganizationRow | undefined> =>
  (
    await tx.text<OrganizationRow>(
      `insert into organizations (tenant_id, id, slug, name, folded_name) values ($1, $2, $3, $4, $5) returning ${columns}`,
      [tenantId, id, slug, name, folded],
    )
  )[0]

/** Breaks the unique constraint where the slug is taken. */
export const updateOrganization = async (
  tenantId: string,
  tx: Tx,
  { id, slug, name, folded_name: folded, status }: OrganizationInput & Pick<OrganizationRow, 'status'>,
): Promise<OrganizationRow | undefined> =>
  (
    await tx.text<OrganizationRow>(
      `with ${organizationsMoved} update organizations set slug = $3, name = $4, folded_name = $5, status = $6, version = version + 1, updated_at = now()
       where tenant_id = $1 and id = $2 returning ${columns}`,
      [tenantId, id, slug, name, folded, status],
    )
  )[0]

export const deleteOrganization = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (await tx.text(`with ${organizationsMoved} delete from organizations where tenant_id = $1 and id = $2 returning id`, [tenantId, id]))
    .length > 0

/** What the roles in `column` allow that the tenant has made, by role. */
export const customRoles = (tenant: string, column: string): string =>
  `(select jsonb_object_agg(r.id, r.permissions) from organization_roles r where r.tenant_id = ${tenant} and r.id = any (${column}))`

/** A membership as its own person sees it. */
export type Standing = OrganizationRow & HeldInside & { readonly joined_at: Date }

/** The same in a session of the person, with what the organization demands of it. */
export type StandingNow = Standing & { readonly policy: OrganizationPolicy; readonly session: SignedInBy }

const joins = `from organization_members m
   join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id
   join users u on u.tenant_id = m.tenant_id and u.id = m.user_id and u.status = 'active'`
const shown = `select ${own}, m.roles, ${customRoles('m.tenant_id', 'm.roles')} as custom, m.created_at as joined_at`
const ofPerson = 'where m.tenant_id = $1 and m.user_id = $2'

type StandingRow = Standing & PolicyColumns & { readonly used: string[] | null; readonly amr: string[]; readonly signed_in_at: Date }

// The policy and the session come along: what a sign-in is worth here is asked for with every request.
const standing = prepared<StandingRow>(
  'organizations.standing',
  `${shown}, ${policyColumns}, s.methods as used, s.amr, coalesce(s.auth_time, s.created_at) as signed_in_at
   ${joins} join sessions s on s.tenant_id = m.tenant_id and s.user_id = m.user_id and s.id = $4 ${policyJoin('o')}
   ${ofPerson} and m.organization_id = $3`,
)
const standingsOf = prepared<Standing>(
  'organizations.standings',
  `${shown} ${joins} ${ofPerson} and m.organization_id > $3 order by m.organization_id limit $4`,
)

/** What a person is in an organization; undefined for whoever is no member of it. */
export const findStanding = async (
  tenantId: string,
  sql: Sql,
  { userId, organizationId, sessionId }: { userId: string; organizationId: string; sessionId: string },
): Promise<StandingNow | undefined> => {
  const [row] = await sql.run(standing, [tenantId, userId, organizationId, sessionId])
  return row && { ...row, policy: policyOf(row), session: { methods: row.used, amr: row.amr, authTime: row.signed_in_at.getTime() } }
}

export const listStandings = (
  tenantId: string,
  sql: Sql,
  { userId, after, limit }: { userId: string; after: string; limit: number },
): Promise<Standing[]> => sql.run(standingsOf, [tenantId, userId, after, limit])

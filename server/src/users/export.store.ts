import { prepared, type Sql } from '../db/database.ts'

/** An account with what an import needs to make it again. */
export type ExportedUser = {
  readonly id: string
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  readonly email_verified: boolean
  readonly password_hash: string | null
  readonly status: 'active' | 'disabled'
  /** RFC 3339 in UTC with microseconds. */
  readonly created_at: string
}

const page = prepared<ExportedUser>(
  'users.export',
  `select u.id, u.number, n.written as username, e.written as email, e.verified_at is not null as email_verified, p.encoded as password_hash,
    u.status, to_char(u.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at
  from (select * from users where tenant_id = $1 and number > $2 order by number limit $3) u
  left join lateral (select written from identifiers i
    where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'username' order by created_at limit 1) n on true
  left join lateral (select written, verified_at from identifiers i
    where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'email' order by created_at limit 1) e on true
  left join passwords p on p.tenant_id = u.tenant_id and p.user_id = u.id
  order by u.number`,
)

/** A page of accounts by number, those after `after`. */
export const exportPage = (tenantId: string, sql: Sql, { after, limit }: { after: number; limit: number }): Promise<ExportedUser[]> =>
  sql.run(page, [tenantId, after, limit])

export const countAccounts = async (tenantId: string, sql: Sql): Promise<number> =>
  (await sql.text<{ count: number }>('select count(*) as count from users where tenant_id = $1', [tenantId]))[0]?.count ?? 0

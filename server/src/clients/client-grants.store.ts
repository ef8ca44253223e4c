import { prepared, type Sql } from '../db/database.ts'

export type ClientGrant = {
  readonly id: string
  readonly user_id: string
  readonly username: string | null
  readonly email: string | null
  readonly scopes: readonly string[]
  readonly is_offline: boolean
  readonly granted_at: Date
  /** The same instant with microseconds, as the keyset needs it. */
  readonly place: string
  readonly last_used_at: Date | null
}

const nameOf = (kind: 'username' | 'email'): string =>
  `(select i.written from identifiers i where i.tenant_id = g.tenant_id and i.user_id = g.user_id and i.kind = '${kind}' order by i.created_at limit 1)`

const live = prepared<ClientGrant>(
  'clients.grants',
  `select g.id, g.user_id, ${nameOf('username')} as username, ${nameOf('email')} as email,
     string_to_array(nullif(g.scope, ''), ' ') as scopes, g.is_offline, g.created_at as granted_at,
     to_char(g.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place, g.rotated_at as last_used_at
   from oauth_grants g
   where g.tenant_id = $1 and g.client_id = $2 and g.revoked_at is null and g.expires_at > now()
     and (g.created_at, g.id) < (coalesce($3::timestamptz, 'infinity'), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
   order by g.created_at desc, g.id desc limit $5`,
)

export type GrantPage = { readonly clientId: string; readonly after: readonly (string | number)[] | undefined; readonly limit: number }

/** What people have given to an application and what lives, the newest first. */
export const liveGrants = async (tenantId: string, sql: Sql, { clientId, after, limit }: GrantPage): Promise<ClientGrant[]> => {
  const [at, id] = after ?? []
  return (await sql.run(live, [tenantId, clientId, at ?? null, id ?? null, limit])).map((row) => ({ ...row, scopes: row.scopes ?? [] }))
}

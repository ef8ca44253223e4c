import { prepared, type Sql } from '../db/database.ts'
import { type StoredClient, storedColumns } from './clients.store.ts'

/** An application in a list; `matched` is its name as the search compares it, null where no name was looked for. */
export type FoundClient = StoredClient & { matched: string | null }

const byId = prepared<FoundClient>(
  'clients.search-id',
  `select ${storedColumns}, null as matched from clients c where c.tenant_id = $1 and c.id > $2
     and ($4::text is null or c.status = $4) order by c.id limit $3`,
)

const byName = prepared<FoundClient>(
  'clients.search-name',
  `select ${storedColumns}, lower(c.name) as matched from clients c
   where c.tenant_id = $1 and lower(c.name) collate "C" >= lower($2) collate "C" and lower(c.name) collate "C" < lower($2) || U&'\\+10FFFF'
     and (lower(c.name) collate "C", c.id) > (greatest($3::text collate "C", lower($2)), $4) and ($6::text is null or c.status = $6)
   order by lower(c.name) collate "C", c.id limit $5`,
)

export type ClientSearch = {
  /** How the name begins, in any case. */
  readonly prefix?: string | undefined
  readonly status?: 'active' | 'disabled' | undefined
  readonly after?: readonly (string | number)[] | undefined
  readonly limit: number
}

/** Applications by keyset, the platform's own ones among them: by name where one is looked for, otherwise by id. */
export const searchClients = (tenantId: string, sql: Sql, { prefix, status, after, limit }: ClientSearch): Promise<FoundClient[]> => {
  const [first, second] = after ?? []
  if (prefix === undefined) return sql.run(byId, [tenantId, first ?? '', limit, status ?? null])
  return sql.run(byName, [tenantId, prefix, first ?? '', second ?? '', limit, status ?? null])
}

/** The place of an application in a search, for the next page. */
export const placeOfClient = ({ matched, id }: FoundClient): readonly string[] => (matched === null ? [id] : [matched, id])

const firstGrant = prepared<{ created_at: Date }>(
  'clients.first-sign-in',
  'select created_at from oauth_grants where tenant_id = $1 and client_id = $2 order by created_at limit 1',
)

/** When somebody first signed in to the application, as far back as its grants are kept. */
export const firstSignIn = async (tenantId: string, sql: Sql, clientId: string): Promise<Date | undefined> =>
  (await sql.run(firstGrant, [tenantId, clientId]))[0]?.created_at

import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'

export type TokenRow = {
  id: string
  name: string
  permissions: string[]
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
}

const list = prepared<TokenRow>(
  'tokens.list',
  `select id, name, permissions, created_at, expires_at, last_used_at from personal_access_tokens
   where tenant_id = $1 and user_id = $2 order by created_at desc, id`,
)

/** The tokens of a person, the newest first; expired ones too, for a month. */
export const listTokens = (tenantId: string, sql: Sql, userId: string): Promise<TokenRow[]> => sql.run(list, [tenantId, userId])

export type NewToken = {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly hash: Uint8Array
  readonly permissions: readonly string[]
  readonly days: number
}

/** How many tokens one person may have. */
export const tokensMax = 50

const insert = prepared<TokenRow>(
  'tokens.insert',
  `with made as (
      insert into personal_access_tokens (tenant_id, id, user_id, name, hash, permissions, expires_at)
      select $1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)
      where (select count(*) from personal_access_tokens where tenant_id = $1 and user_id = $3) < ${tokensMax}
      returning id, name, permissions, created_at, expires_at, last_used_at),
    noted as (${insertEvents('$8', 'exists (select from made)')})
  select * from made`,
)

/** Undefined where the person has as many as may be. */
export const insertToken = async (
  tenantId: string,
  sql: Sql,
  { event, ...token }: NewToken & { event: EventRow },
): Promise<TokenRow | undefined> => {
  const { id, userId, name, hash, permissions, days } = token
  return (await sql.run(insert, [tenantId, id, userId, name, hash, permissions, days, eventsParameter(event)]))[0]
}

const remove = prepared<{ id: string }>(
  'tokens.remove',
  `with gone as (delete from personal_access_tokens where tenant_id = $1 and user_id = $2 and id = $3 returning id),
    noted as (${insertEvents('$4', 'exists (select from gone)')})
  select id from gone`,
)

/** False where the person has no such token. */
export const removeToken = async (
  tenantId: string,
  sql: Sql,
  { userId, id, event }: { userId: string; id: string; event: EventRow },
): Promise<boolean> => (await sql.run(remove, [tenantId, userId, id, eventsParameter(event)])).length > 0

/** Forgets tokens that expired a month ago. */
export const dropExpiredTokens = async (sql: Sql | Tx): Promise<void> => {
  await sql.text(`delete from personal_access_tokens where expires_at < now() - interval '30 days'`)
}

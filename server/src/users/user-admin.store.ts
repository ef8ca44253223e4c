import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { Identifier } from './identifiers.ts'
import type { User } from './users.ts'

/** An account as an operator sees it. */
export type AccountRow = User & {
  readonly email_verified: boolean
  readonly has_password: boolean
  readonly failures: number
  /** Whether too many wrong passwords lock the password now. */
  readonly is_locked: boolean
  readonly live_sessions: number
}

const account = `select u.id, u.number, n.written as username, e.written as email, u.status, u.created_at,
    e.verified_at is not null as email_verified, p.user_id is not null as has_password,
    coalesce(t.failures, 0) as failures, coalesce(t.locked_until > now(), false) as is_locked,
    (select count(*) from sessions s where s.tenant_id = u.tenant_id and s.user_id = u.id and s.ended_at is null and s.expires_at > now()) as live_sessions
  from users u
  left join lateral (select written from identifiers i
    where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'username' order by created_at limit 1) n on true
  left join lateral (select written, verified_at from identifiers i
    where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'email' order by created_at limit 1) e on true
  left join passwords p on p.tenant_id = u.tenant_id and p.user_id = u.id
  left join sign_in_states t on t.tenant_id = u.tenant_id and t.user_id = u.id`

/** What a reference on a command line may mean; each is looked for. */
export type UserReference = {
  readonly number: number | null
  readonly id: string | null
  readonly names: readonly Pick<Identifier, 'kind' | 'canonical'>[]
}

const find = prepared<AccountRow>(
  'users.find',
  `${account} where u.tenant_id = $1 and (u.number = $2 or u.id = $3 or u.id in (
      select i.user_id from identifiers i join jsonb_to_recordset($4::jsonb) as w(kind text, canonical text) using (kind, canonical)
      where i.tenant_id = $1))
    order by u.number limit 3`,
)

/** Every account that the reference may mean, at most three. */
export const findAccounts = (tenantId: string, sql: Sql, { number, id, names }: UserReference): Promise<AccountRow[]> =>
  sql.run(find, [tenantId, number, id, JSON.stringify(names)])

export type AccountSearch = {
  readonly after: number
  readonly limit: number
  /** The canonical beginning of the user name or e-mail address. */
  readonly prefix?: string | undefined
  readonly status?: 'active' | 'disabled' | undefined
}

const list = prepared<AccountRow>(
  'users.list',
  `${account} where u.tenant_id = $1 and u.number > $2 and ($3::text is null or u.status = $3)
    and ($4::text is null or exists (
      select from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and starts_with(i.canonical, $4)))
    order by u.number limit $5`,
)

/** Accounts by number; the last one's number is the next page's `after`. */
export const listAccounts = (tenantId: string, sql: Sql, { after, limit, prefix, status }: AccountSearch): Promise<AccountRow[]> =>
  sql.run(list, [tenantId, after, status ?? null, prefix ?? null, limit])

/** Refuses the sign-ins that are under way: whoever read the older generation cannot finish. False where there is no such account. */
export const moveGeneration = async (tenantId: string, tx: Tx, input: { userId: string; clearsFailures: boolean }): Promise<boolean> => {
  const clear = input.clearsFailures ? `, failures = 0, locked_until = '-infinity'` : ''
  const rows = await tx.text(
    `insert into sign_in_states as s (tenant_id, user_id, generation) select tenant_id, id, 1 from users where tenant_id = $1 and id = $2
     on conflict (tenant_id, user_id) do update set generation = s.generation + 1${clear} returning user_id`,
    [tenantId, input.userId],
  )
  return rows.length > 0
}

/** False where the account had the status already, or is gone. */
export const changeStatus = async (tenantId: string, tx: Tx, input: { userId: string; status: User['status'] }): Promise<boolean> =>
  (
    await tx.text('update users set status = $3, updated_at = now() where tenant_id = $1 and id = $2 and status <> $3 returning id', [
      tenantId,
      input.userId,
      input.status,
    ])
  ).length > 0

export const replacePassword = async (tenantId: string, tx: Tx, input: { userId: string; encoded: string }): Promise<void> => {
  await tx.text(
    `insert into passwords (tenant_id, user_id, encoded) values ($1, $2, $3)
     on conflict (tenant_id, user_id) do update set encoded = excluded.encoded, changed_at = now()`,
    [tenantId, input.userId, input.encoded],
  )
  await tx.text('update users set updated_at = now() where tenant_id = $1 and id = $2', [tenantId, input.userId])
}

/** Ends the locks of the password and of every factor; false where nothing was counted against the account. */
export const clearFailures = async (tenantId: string, tx: Tx, userId: string): Promise<boolean> =>
  (
    await tx.text(
      `with factors as (
          update factor_states set failures = 0, locked_until = '-infinity'
          where tenant_id = $1 and user_id = $2 and (failures > 0 or locked_until > now()) returning 1),
        password as (
          update sign_in_states set failures = 0, locked_until = '-infinity'
          where tenant_id = $1 and user_id = $2 and (failures > 0 or locked_until > now()) returning 1)
       select 1 from factors union all select 1 from password`,
      [tenantId, userId],
    )
  ).length > 0

/** False where the account has none. */
export const deletePassword = async (tenantId: string, tx: Tx, userId: string): Promise<boolean> =>
  (
    await tx.text(
      `with gone as (delete from passwords where tenant_id = $1 and user_id = $2 returning user_id)
       update users u set updated_at = now() from gone where u.tenant_id = $1 and u.id = gone.user_id returning u.id`,
      [tenantId, userId],
    )
  ).length > 0

/** Removes the account with its names, password, sessions and grants; false where it was gone. */
export const deleteAccount = async (tenantId: string, tx: Tx, userId: string): Promise<boolean> =>
  (await tx.text('delete from users where tenant_id = $1 and id = $2 returning id', [tenantId, userId])).length > 0

/** False where none is due any more. */
export const putOffDeletion = async (tenantId: string, tx: Tx, { userId, days }: { userId: string; days: number }): Promise<boolean> =>
  (
    await tx.text(
      `update users set deletion_due_at = now() + make_interval(days => $3), updated_at = now()
       where tenant_id = $1 and id = $2 and deletion_due_at <= now() returning id`,
      [tenantId, userId, days],
    )
  ).length > 0

/** Accounts whose deletion is due, of every tenant: until then it can be called off, from then on it cannot. */
export const findDueDeletions = (sql: Sql, limit: number): Promise<{ tenant_id: string; id: string; number: number }[]> =>
  sql.text('select tenant_id, id, number from users where deletion_due_at <= now() order by deletion_due_at limit $1', [limit])

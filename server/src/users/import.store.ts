import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import type { ExistingAccount, PasswordToAdd } from './import-plan.ts'
import type { ImportedUser } from './import-row.ts'

const existing = prepared<ExistingAccount>(
  'users.import-existing',
  `with found as (
      select user_id from identifiers where tenant_id = $1 and kind = 'username' and canonical = any($2::text[])
      union select user_id from identifiers where tenant_id = $1 and kind = 'email' and canonical = any($3::text[])
      union select id from users where tenant_id = $1 and number = any($4::bigint[])
      union select id from users where tenant_id = $1 and id = any($5::uuid[]))
  select u.id, u.number, exists (select from passwords p where p.tenant_id = u.tenant_id and p.user_id = u.id) as has_password,
    array(select canonical from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'username') as usernames,
    array(select canonical from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'email') as emails
  from found join users u on u.tenant_id = $1 and u.id = found.user_id`,
)

const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value): value is T & {} => value !== undefined)

/** The accounts that have a name, number or id of the batch. */
export const findExisting = (tenantId: string, sql: Sql, users: readonly ImportedUser[]): Promise<ExistingAccount[]> =>
  sql.run(existing, [
    tenantId,
    users.map(({ username }) => username.canonical),
    users.map(({ email }) => email.canonical),
    present(users.map(({ number }) => number)),
    present(users.map(({ id }) => id)),
  ])

/** One import at a time in a tenant: two would take each other's numbers. */
export const lockImports = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('user-import ' || $1, 0))`, [tenantId])
}

/** Moves the numbers that registrations get past `highest`, never back. */
export const passNumber = async (tx: Tx, highest: number): Promise<void> => {
  await tx.text(
    `select setval(s, $1) from (select pg_get_serial_sequence('users', 'number')::regclass as s) numbers
     where coalesce(pg_sequence_last_value(s), 0) < $1`,
    [highest],
  )
}

const insert = prepared<{ count: number }>(
  'users.import',
  `with r as materialized (
      select coalesce(number, nextval(pg_get_serial_sequence('users', 'number'))) as number, id, username, username_written, email, email_written,
        verified, encoded, status, coalesce(created_at, now()) as created_at
      from jsonb_to_recordset($2::jsonb) as r(id uuid, number bigint, username text, username_written text, email text, email_written text,
        verified boolean, encoded text, status text, created_at timestamptz)),
    accounts as (insert into users (tenant_id, id, number, status, created_at) select $1, id, number, status, created_at from r returning id),
    names as (
      insert into identifiers (tenant_id, user_id, kind, canonical, written, verified_at)
      select $1, id, 'username', username, username_written, null from r
      union all select $1, id, 'email', email, email_written, case when verified then now() end from r),
    secrets as (insert into passwords (tenant_id, user_id, encoded) select $1, id, encoded from r where encoded is not null),
    noted as (${insertEvents('$3')})
  select count(*) as count from accounts`,
)

/** Writes the accounts of a batch and their event in one statement. */
export const insertAccounts = async (
  tenantId: string,
  tx: Tx,
  { users, event }: { users: readonly ImportedUser[]; event: EventRow },
): Promise<void> => {
  const rows = users.map(({ id, number, username, email, emailVerified, encoded, status, createdAt }) => ({
    id: id ?? newId(),
    number,
    username: username.canonical,
    username_written: username.written,
    email: email.canonical,
    email_written: email.written,
    verified: emailVerified,
    encoded,
    status,
    created_at: createdAt,
  }))
  await tx.run(insert, [tenantId, JSON.stringify(rows), eventsParameter(event)])
}

/** Gives hashes to accounts without a password; one that got a password meanwhile keeps it. */
export const addPasswords = async (tenantId: string, tx: Tx, passwords: readonly PasswordToAdd[]): Promise<number> =>
  (
    await tx.text(
      `insert into passwords (tenant_id, user_id, encoded)
       select $1, r."userId", r.encoded from jsonb_to_recordset($2::jsonb) as r("userId" uuid, encoded text)
       on conflict do nothing returning user_id`,
      [tenantId, JSON.stringify(passwords)],
    )
  ).length

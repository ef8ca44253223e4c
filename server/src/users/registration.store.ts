import { prepared, type Sql } from '../db/database.ts'
import { violatedUnique } from '../db/errors.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import type { Attributes } from './attributes.ts'
import type { Identifier } from './identifiers.ts'

const taken = prepared<{ kind: Identifier['kind'] }>(
  'users.taken',
  `select kind from identifiers where tenant_id = $1 and (kind, canonical) in (('username', $2), ('email', $3)) order by kind desc`,
)

const insert = prepared<{ number: number }>(
  'users.register',
  `with account as (insert into users (tenant_id, id) values ($1, $2) returning number),
    names as (insert into identifiers (tenant_id, user_id, kind, canonical, written, verified_at)
      values ($1, $2, 'username', $3, $4, null), ($1, $2, 'email', $5, $6, case when $9 then now() end)),
    secret as (insert into passwords (tenant_id, user_id, encoded) select $1, $2, $7 where $7::text is not null),
    known as (insert into profiles (tenant_id, user_id, attributes) select $1, $2, $10::jsonb where $10::jsonb is not null),
    noted as (${insertEvents('$8')})
  select number from account`,
)

const owner = prepared<{ user_id: string }>(
  'users.owner-of-address',
  `select user_id from identifiers where tenant_id = $1 and kind = 'email' and canonical = $2`,
)

export type Registration = {
  readonly userId: string
  readonly username: Identifier
  readonly email: Identifier
  /** Absent where the account signs in without a password. */
  readonly encoded: string | undefined
  /** Whether the address was proved before there was an account. */
  readonly isEmailVerified?: boolean
  readonly attributes?: Attributes | undefined
  readonly events: readonly EventRow[]
}

/** Which of the two names somebody has already, the user name first. */
export const findTaken = async (
  tenantId: string,
  sql: Sql,
  names: Pick<Registration, 'username' | 'email'>,
): Promise<Identifier['kind'] | undefined> => (await sql.run(taken, [tenantId, names.username.canonical, names.email.canonical]))[0]?.kind

/** Whose address it is, whatever the state of the account. */
export const findOwner = async (tenantId: string, sql: Sql, email: Identifier): Promise<string | undefined> =>
  (await sql.run(owner, [tenantId, email.canonical]))[0]?.user_id

const isEmpty = (attributes: Attributes | undefined): boolean => attributes === undefined || Object.keys(attributes).length === 0

/** Writes account, names, password, attributes and events in one statement; a name that is taken breaks it. */
export const insertAccount = async (
  tenantId: string,
  sql: Sql,
  { userId, username, email, encoded, isEmailVerified = false, attributes, events }: Registration,
): Promise<{ kind: 'registered'; number: number }> => {
  const [row] = await sql.run(insert, [
    ...[tenantId, userId, username.canonical, username.written, email.canonical, email.written, encoded ?? null],
    ...[eventsParameter(...events), isEmailVerified, isEmpty(attributes) ? null : JSON.stringify(attributes)],
  ])
  return { kind: 'registered', number: row?.number ?? 0 }
}

/** The same, or nothing where a name is taken; the unique names decide between parallel calls. */
export const register = async (
  tenantId: string,
  sql: Sql,
  input: Registration,
): Promise<{ kind: 'registered'; number: number } | { kind: 'taken'; which: Identifier['kind'] }> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await insertAccount(tenantId, sql, input)
    } catch (error) {
      if (violatedUnique(error) === undefined || attempt > 3) throw error
      const which = await findTaken(tenantId, sql, input)
      if (which !== undefined) return { kind: 'taken', which }
    }
  }
}

/** The sign-up's port on a database. */
export const registrationStore = (sql: Sql) => ({
  findTaken: (tenantId: string, names: Pick<Registration, 'username' | 'email'>) => findTaken(tenantId, sql, names),
  findOwner: (tenantId: string, email: Identifier) => findOwner(tenantId, sql, email),
  /** Breaks off where a name is taken: the way inside a transaction. */
  insert: (tenantId: string, input: Registration) => insertAccount(tenantId, sql, input),
  register: (tenantId: string, input: Registration) => register(tenantId, sql, input),
})

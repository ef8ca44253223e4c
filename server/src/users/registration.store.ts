import { prepared, type Sql } from '../db/database.ts'
import { violatedUnique } from '../db/errors.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import type { Identifier } from './identifiers.ts'

const taken = prepared<{ kind: Identifier['kind'] }>(
  'users.taken',
  `select kind from identifiers where tenant_id = $1 and (kind, canonical) in (('username', $2), ('email', $3)) order by kind desc`,
)

const insert = prepared<{ number: number }>(
  'users.register',
  `with account as (insert into users (tenant_id, id) values ($1, $2) returning number),
    names as (insert into identifiers (tenant_id, user_id, kind, canonical, written)
      values ($1, $2, 'username', $3, $4), ($1, $2, 'email', $5, $6)),
    secret as (insert into passwords (tenant_id, user_id, encoded) values ($1, $2, $7)),
    noted as (${insertEvents('$8')})
  select number from account`,
)

export type Registration = {
  readonly userId: string
  readonly username: Identifier
  readonly email: Identifier
  readonly encoded: string
  readonly event: EventRow
}

/** Which of the two names somebody has already, the user name first. */
export const findTaken = async (
  tenantId: string,
  sql: Sql,
  names: Pick<Registration, 'username' | 'email'>,
): Promise<Identifier['kind'] | undefined> => (await sql.run(taken, [tenantId, names.username.canonical, names.email.canonical]))[0]?.kind

/** Writes account, names, password and event, or nothing; the unique names decide between parallel calls. */
export const register = async (
  tenantId: string,
  sql: Sql,
  input: Registration,
): Promise<{ kind: 'registered'; number: number } | { kind: 'taken'; which: Identifier['kind'] }> => {
  const { userId, username, email, encoded, event } = input
  const values = [tenantId, userId, username.canonical, username.written, email.canonical, email.written, encoded, eventsParameter(event)]
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [row] = await sql.run(insert, values)
      return { kind: 'registered', number: row?.number ?? 0 }
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
  register: (tenantId: string, input: Registration) => register(tenantId, sql, input),
})

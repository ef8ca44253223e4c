import { prepared, type Sql } from '../../db/database.ts'
import { lostReference } from '../../db/errors.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'
import { isOpenSql, lockedUntilSql, waitSecondsSql } from '../factor-tries.ts'
import type { TotpStore, Try } from './totp.method.ts'

// A confirmed factor is never replaced in passing: it has to be removed first.
const begin = prepared<{ begun: number }>(
  'totp.begin',
  `insert into totp_factors as f (tenant_id, user_id, sealed_secret) values ($1, $2, $3)
   on conflict (tenant_id, user_id) do update set sealed_secret = $3, created_at = now(), last_step = 0 where f.confirmed_at is null
   returning 1 as begun`,
)

const findPending = prepared<{ sealed_secret: Buffer; now: number }>(
  'totp.find-pending',
  `select sealed_secret, (extract(epoch from now()) * 1000)::float8 as now from totp_factors
   where tenant_id = $1 and user_id = $2 and confirmed_at is null`,
)

// The secret is compared, so that a code of one enrolment never confirms another that replaced it meanwhile.
const activate = prepared<{ user_id: string }>(
  'totp.activate',
  `with activated as (
      update totp_factors set confirmed_at = now(), last_step = $4
      where tenant_id = $1 and user_id = $2 and sealed_secret = $3 and confirmed_at is null returning user_id),
    cleared as (
      delete from factor_states where tenant_id = $1 and user_id = $2 and method = 'totp' and exists (select from activated)),
    noted as (${insertEvents('$5', 'exists (select from activated)')})
  select user_id from activated`,
)

type SpentRow = { sealed_secret: Buffer; now: number; failures: number | null; seen: number | null; wait: number | null }

// The try is counted before the code is looked at: parallel guesses on many nodes are counted one by one, and a lock refuses them all.
const spendTry = prepared<SpentRow>(
  'totp.spend-try',
  `with factor as (
      select sealed_secret from totp_factors where tenant_id = $1 and user_id = $2 and confirmed_at is not null),
    spent as (
      insert into factor_states as s (tenant_id, user_id, method, failures) select $1, $2, 'totp', 1 from factor
      on conflict (tenant_id, user_id, method) do update set failures = s.failures + 1, locked_until = ${lockedUntilSql('s.failures + 1')}
      where ${isOpenSql('s')}
      returning failures)
  select factor.sealed_secret, (extract(epoch from now()) * 1000)::float8 as now, spent.failures, seen.failures as seen,
    ${waitSecondsSql('seen')} as wait
  from factor left join spent on true left join factor_states seen on seen.tenant_id = $1 and seen.user_id = $2 and seen.method = 'totp'`,
)

// Each step counts once (RFC 6238 section 5.2). No step, in $4, is that of a wrong code: nothing is spent, and the events are written.
const settle = prepared<{ user_id: string }>(
  'totp.settle',
  `with stepped as (
      update totp_factors set last_step = $4
      where tenant_id = $1 and user_id = $2 and sealed_secret = $3 and confirmed_at is not null and last_step < $4 returning user_id),
    cleared as (
      update factor_states set failures = 0, locked_until = '-infinity'
      where tenant_id = $1 and user_id = $2 and method = 'totp' and exists (select from stepped)),
    noted as (${insertEvents('$5', 'not exists (select from stepped)')})
  select user_id from stepped`,
)

const remove = prepared<{ was_confirmed: boolean }>(
  'totp.remove',
  `with removed as (
      delete from totp_factors where tenant_id = $1 and user_id = $2 returning confirmed_at is not null as was_confirmed),
    noted as (${insertEvents('$3', 'exists (select from removed where was_confirmed)')})
  select was_confirmed from removed`,
)

const readTry = ({ sealed_secret, now, failures, seen, wait }: SpentRow): Try =>
  failures === null ? { kind: 'closed', failures: seen, waitSeconds: wait } : { kind: 'open', sealedSecret: sealed_secret, now, failures }

/** The factor of an authenticator app on a database. Each member is one statement. */
export const totpStore = (sql: Sql): TotpStore => ({
  begin: async (tenantId, { userId, sealedSecret }) => {
    try {
      return (await sql.run(begin, [tenantId, userId, sealedSecret])).length > 0
    } catch (error) {
      if (lostReference(error)) return false
      throw error
    }
  },
  findPending: async (tenantId, userId) => {
    const [row] = await sql.run(findPending, [tenantId, userId])
    return row === undefined ? undefined : { sealedSecret: row.sealed_secret, now: row.now }
  },
  activate: async (tenantId, { userId, sealedSecret, step, event }) =>
    (await sql.run(activate, [tenantId, userId, sealedSecret, step, eventsParameter(event)])).length > 0,
  spendTry: async (tenantId, userId) => {
    const values = [tenantId, userId]
    // An account that is deleted meanwhile takes its row along; asked again, there is nobody.
    const [row] = await sql
      .run(spendTry, values)
      .catch((error) => (lostReference(error) ? sql.run(spendTry, values) : Promise.reject(error)))
    return row === undefined ? { kind: 'none' } : readTry(row)
  },
  settle: async (tenantId, { userId, sealedSecret, step, events }) =>
    (await sql.run(settle, [tenantId, userId, sealedSecret, step ?? null, eventsParameter(...events)])).length > 0,
  remove: async (tenantId, { userId, event }: { userId: string; event: EventRow }) =>
    (await sql.run(remove, [tenantId, userId, eventsParameter(event)])).length > 0,
})

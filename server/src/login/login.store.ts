import { prepared, type Sql } from '../db/database.ts'
import { lostReference } from '../db/errors.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { completeInBrowser } from './browser-sign-in.store.ts'
import { type EnrolledRow, enrolledOf, trustOf } from './enrolled.store.ts'
import type { NewSession } from './new-session.ts'
import type { Attempt, AttemptKeys, SignInStore } from './sign-in.ts'

const windowText = `interval '15 minutes'`

type SpendRow = {
  wait: number | null
  user_id: string | null
  status: Attempt['status']
  encoded: string | null
  failures: number | null
  generation: number | null
  seen: number | null
  enrolled: EnrolledRow | null
  is_trusted: boolean | null
}

// The generation is that of the hash's own snapshot: whoever changes the password meanwhile moves it, and the sign-in cannot complete.
// The failure is counted before the hash: parallel guesses on many nodes are counted one by one, and a lock refuses them all.
const spend = prepared<SpendRow>(
  'login.spend',
  `with budget as (
      select max(extract(epoch from window_start + ${windowText} - now()))::float8 as wait from address_failures
      where tenant_id = $1 and window_start > now() - ${windowText} and ((key = $4 and failures >= $5) or (key = $6 and failures >= $7))),
    found as (
      select i.user_id, u.status, p.encoded, t.failures as seen, coalesce(t.generation, 0) as generation,
        ${enrolledOf('i')} as enrolled, ${trustOf('i', ['$10', '$11'])} as is_trusted
      from identifiers i
      join users u on u.tenant_id = i.tenant_id and u.id = i.user_id
      left join passwords p on p.tenant_id = i.tenant_id and p.user_id = i.user_id
      left join sign_in_states t on t.tenant_id = i.tenant_id and t.user_id = i.user_id
      where i.tenant_id = $1 and i.kind = $2 and i.canonical = $3),
    spent as (
      insert into sign_in_states as s (tenant_id, user_id, failures)
      select $1, found.user_id, 1 from found, budget where budget.wait is null
      on conflict (tenant_id, user_id) do update set failures = s.failures + 1,
        locked_until = case when s.failures + 1 >= $8
          then now() + least(${windowText}, make_interval(secs => 2 ^ least(20, s.failures + 1 - $8))) else s.locked_until end
      where s.locked_until <= now() and s.failures < $9
      returning failures)
  select budget.wait, found.user_id, found.status, found.encoded, spent.failures, found.generation, found.seen, found.enrolled, found.is_trusted
  from budget left join found on true left join spent on true`,
)

export type AttemptLimits = {
  readonly perAddress: number
  readonly perAddressUser: number
  readonly lockAfter: number
  readonly disableAfter: number
}

/** Counts the attempt against the user and reads what it needs: one statement, one commit, no connection held afterwards. */
const spendAttempt = async (
  tenantId: string,
  sql: Sql,
  { keys, limits }: { keys: AttemptKeys; limits: AttemptLimits },
): Promise<Attempt> => {
  const { perAddress, perAddressUser, lockAfter, disableAfter } = limits
  const values = [
    tenantId,
    keys.kind,
    keys.canonical,
    keys.addressKey,
    perAddress,
    keys.addressUserKey,
    perAddressUser,
    lockAfter,
    disableAfter,
    keys.trust?.browser ?? null,
    keys.trust?.secretHash ?? null,
  ]
  // An account that is deleted meanwhile takes its row along; asked again, there is nobody.
  const [row] = await sql.run(spend, values).catch((error) => (lostReference(error) ? sql.run(spend, values) : Promise.reject(error)))
  return {
    waitSeconds: row?.wait ?? null,
    userId: row?.user_id ?? null,
    status: row?.status ?? null,
    encoded: row?.encoded ?? null,
    failures: row?.failures ?? null,
    isPasswordDisabled: row?.failures === null && (row.seen ?? 0) >= disableAfter,
    generation: row?.generation ?? null,
    enrolled: row?.enrolled ?? null,
    isTrusted: row?.is_trusted ?? false,
  }
}

const refuse = prepared<never>(
  'login.refuse',
  `with counted as (
      insert into address_failures as a (tenant_id, key, window_start, failures)
      select $1, key, now(), 1 from unnest(array[$2, $3]::text[]) as key order by key
      on conflict (tenant_id, key) do update set
        failures = case when a.window_start > now() - ${windowText} then a.failures + 1 else 1 end,
        window_start = case when a.window_start > now() - ${windowText} then a.window_start else now() end)
  ${insertEvents('$4')}`,
)

/** Counts the failure against the network, and against the network with the name, and writes the events. */
const refuseAttempt = async (
  tenantId: string,
  sql: Sql,
  { keys, events }: { keys: AttemptKeys; events: readonly EventRow[] },
): Promise<void> => {
  await sql.run(refuse, [tenantId, keys.addressKey, keys.addressUserKey, eventsParameter(...events)])
}

// "cleared" decides: it re-reads the row under its lock, so a password or status changed since the attempt began refuses the sign-in.
// Each evicted session gets an event of its own, made from the template in $17.
const evictions = `(select jsonb_agg($17::jsonb || jsonb_build_object('id', gen_random_uuid(), 'session_id', id)) from evicted)`

const complete = prepared<{ id: string }>(
  'login.complete',
  `with cleared as (
      update sign_in_states set failures = 0, locked_until = '-infinity' where tenant_id = $1 and user_id = $2 and generation = $3 returning user_id),
    upgraded as (
      update passwords set encoded = $12 from cleared
      where tenant_id = $1 and passwords.user_id = cleared.user_id and $12::text is not null and encoded = $13 returning 1),
    evicted as (
      update sessions set ended_at = now(), end_reason = 'evicted' where tenant_id = $1 and ended_at is null and exists (select from cleared) and id in (
        select id from sessions where tenant_id = $1 and user_id = $2 and ended_at is null and expires_at > now() order by created_at desc, id desc offset $14 - 1)
      returning id),
    evicted_grants as (
      update grants g set revoked_at = now(), revoke_reason = 'evicted' from evicted e
      where g.tenant_id = $1 and g.session_id = e.id and g.revoked_at is null),
    started as (
      insert into sessions (tenant_id, id, user_id, kind, amr, methods, ip, user_agent, expires_at)
      select $1, $4, user_id, 'api', $6, $19, $7, $8, now() + make_interval(secs => $9) from cleared returning id, expires_at),
    granted as (
      insert into grants (tenant_id, id, session_id, client_id, scope, idle_expires_at, expires_at)
      select $1, $5, id, $10, $11, now() + make_interval(secs => $15), expires_at from started),
    noted as (${insertEvents('$16', 'exists (select from started)')}),
    noted_upgrade as (${insertEvents('$18', 'exists (select from upgraded)')}),
    noted_evictions as (${insertEvents(evictions)})
  select id from started`,
)

export type SessionLimits = {
  readonly ttlSeconds: number
  readonly idleTtlSeconds: number
  readonly browserTtlSeconds: number
  readonly browserIdleTtlSeconds: number
  readonly perUser: number
}

/** Clears the failures and begins session and grant with their events; undefined where password or account changed meanwhile. */
const completeSignIn = async (
  tenantId: string,
  sql: Sql,
  { session, limits }: { session: NewSession; limits: SessionLimits },
): Promise<string | undefined> => {
  const {
    userId,
    generation,
    sessionId,
    grantId,
    amr,
    methods,
    ip,
    userAgent,
    clientId,
    scope,
    upgraded,
    encoded,
    events,
    upgradeEvents,
    evictionEvent,
  } = session
  const { ttlSeconds, idleTtlSeconds, perUser } = limits
  const rows = await sql.run(complete, [
    ...[tenantId, userId, generation, sessionId, grantId, amr, ip, userAgent, ttlSeconds, clientId, scope],
    ...[
      upgraded,
      encoded,
      perUser,
      Math.min(idleTtlSeconds, ttlSeconds),
      eventsParameter(...events),
      JSON.stringify(evictionEvent),
      eventsParameter(...upgradeEvents),
      methods,
    ],
  ])
  return rows[0]?.id
}

// As where a sign-in completes, the generation decides: a password that was changed meanwhile keeps its count.
const acceptPassword = prepared<never>(
  'login.accept-password',
  `with cleared as (
      update sign_in_states set failures = 0, locked_until = '-infinity' where tenant_id = $1 and user_id = $2 and generation = $3 returning user_id)
  update passwords set encoded = $5 from cleared
  where tenant_id = $1 and passwords.user_id = cleared.user_id and $5::text is not null and encoded = $4`,
)

/** The sign-in's port on a database, with the limits of the settings. */
export const signInStore = (sql: Sql, limits: { readonly attempts: AttemptLimits; readonly sessions: SessionLimits }): SignInStore => ({
  spend: (tenantId, keys) => spendAttempt(tenantId, sql, { keys, limits: limits.attempts }),
  refuse: (tenantId, keys, events) => refuseAttempt(tenantId, sql, { keys, events }),
  acceptPassword: async (tenantId, { userId, generation, encoded, upgraded }) => {
    await sql.run(acceptPassword, [tenantId, userId, generation, encoded, upgraded ?? null])
  },
  complete: (tenantId, session) =>
    session.browser === undefined
      ? completeSignIn(tenantId, sql, { session, limits: limits.sessions })
      : completeInBrowser(tenantId, sql, { session, door: session.browser, limits: limits.sessions }),
})

import { prepared, type Sql } from '../../db/database.ts'
import { type EventRow, insertEvents } from '../../events/events.ts'
import type { AdministrationTimes } from '../administration.ts'
import type { ClaimsRequest } from '../core/authorize/claims-parameter.ts'
import type { CodeBinding, GrantFacts } from '../core/ports.ts'
import { beginningLife, idleSeconds } from './grant-life.ts'

type GrantRow = {
  id: string
  client_id: string
  user_id: string
  session_id: string | null
  is_offline: boolean
  scope: string
  resources: string[]
  claims: ClaimsRequest | null
  auth_time: Date
  acr: string | null
  amr: string[]
  methods: string[] | null
  impersonator_id: string | null
}

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000)

const facts = (row: GrantRow): GrantFacts => ({
  grantId: row.id,
  userId: row.user_id,
  clientId: row.client_id,
  sessionId: row.session_id ?? undefined,
  isOffline: row.is_offline,
  scope: row.scope === '' ? [] : row.scope.split(' '),
  resources: row.resources,
  claims: row.claims ?? undefined,
  authTime: secondsOf(row.auth_time),
  acr: row.acr ?? undefined,
  amr: row.amr,
  methods: row.methods,
  impersonatorId: row.impersonator_id ?? undefined,
})

const columns =
  'g.id, g.client_id, g.user_id, g.session_id, g.is_offline, g.scope, g.resources, g.claims, g.auth_time, g.acr, g.amr, g.methods, g.impersonator_id'

// A grant lives with its user, and with its session unless it is an offline one.
const isLive = `u.status = 'active' and (g.is_offline or (s.id is not null and s.ended_at is null and s.expires_at > now()))`
const joins = `join users u on u.tenant_id = g.tenant_id and u.id = g.user_id
      left join sessions s on s.tenant_id = g.tenant_id and s.id = g.session_id`

// An event of the grant in "found", made from a template.
const eventOf = (parameter: string, condition: string): string =>
  insertEvents(
    `(select jsonb_build_array(${parameter}::jsonb || jsonb_build_object('user_id', user_id, 'session_id', session_id, 'client_id', client_id)) from found)`,
    condition,
  )

type RedeemRow = GrantRow & { code: CodeBinding | null; was_spent: boolean; spent: boolean; killed: boolean }

// One statement decides. A code that this snapshot shows unspent although nothing was spent had a parallel winner, or has expired: asked once more.
// A session that ended before the code was redeemed takes the code along, also where the grant would outlive it.
const redeem = prepared<RedeemRow>(
  'oauth.redeem-code',
  `with found as materialized (
      select ${columns}, g.code, g.code_spent_at is not null as was_spent, ${isLive} and s.id is not null and s.ended_at is null as is_live
      from oauth_grants g ${joins}
      where g.tenant_id = $1 and g.id = $2 and g.code_hash = $3 and g.client_id = $4),
    spent as (
      update oauth_grants g set code_spent_at = now(), code = null, rotated_at = now(),
        ${beginningLife({ offline: '$5', session: '$6', idle: '$7', adminSession: '$10', adminIdle: '$11' })}
      from found f
      where g.tenant_id = $1 and g.id = $2 and g.code_spent_at is null and g.code_expires_at > now() and g.revoked_at is null and f.is_live
      returning g.id),
    killed as (
      update oauth_grants g set revoked_at = now(), revoke_reason = 'code-replay' from found f
      where g.tenant_id = $1 and g.id = $2 and f.was_spent and g.revoked_at is null returning g.id),
    noted as (${eventOf('$8', 'exists (select from spent)')}),
    noted_kill as (${eventOf('$9', 'exists (select from killed)')})
  select f.*, exists (select from spent) as spent, exists (select from killed) as killed from found f`,
)

export type GrantTimes = {
  /** Longest life of an offline grant, of one bound to a session, and without a refresh; in seconds. */
  readonly offlineTtlSeconds: number
  readonly sessionTtlSeconds: number
  readonly idleTtlSeconds: number
  readonly leewaySeconds: number
  /** Of grants of the scope of the admin API, beside the others. */
  readonly administration: AdministrationTimes
}

export type RedeemInput = {
  readonly grantId: string
  readonly codeHash: Uint8Array
  readonly clientId: string
  readonly redeemedEvent: EventRow
  readonly killedEvent: EventRow
}

export type Redemption =
  | { readonly kind: 'redeemed'; readonly grant: GrantFacts; readonly binding: CodeBinding }
  | { readonly kind: 'replayed'; readonly grantId: string; readonly isKilledNow: boolean }
  | { readonly kind: 'unknown' }

const redemption = (row: RedeemRow | undefined): Redemption => {
  if (row === undefined) return { kind: 'unknown' }
  if (row.spent && row.code !== null) return { kind: 'redeemed', grant: facts(row), binding: row.code }
  return row.was_spent ? { kind: 'replayed', grantId: row.id, isKilledNow: row.killed } : { kind: 'unknown' }
}

const redeemCode = async (tenantId: string, sql: Sql, { input, times }: { input: RedeemInput; times: GrantTimes }): Promise<Redemption> => {
  const { offlineTtlSeconds, sessionTtlSeconds, idleTtlSeconds, administration } = times
  const values = [
    ...[tenantId, input.grantId, input.codeHash, input.clientId, offlineTtlSeconds, sessionTtlSeconds, idleTtlSeconds],
    ...[JSON.stringify(input.redeemedEvent), JSON.stringify(input.killedEvent)],
    ...[administration.sessionTtlSeconds, administration.idleTtlSeconds],
  ]
  const [row] = await sql.run(redeem, values)
  const first = redemption(row)
  if (row === undefined || first.kind !== 'unknown') return first
  return redemption((await sql.run(redeem, values))[0])
}

type RotateRow = GrantRow & {
  counter: number
  is_live: boolean
  is_retry: boolean
  fits: boolean
  next: number | null
  killed: boolean
}

const rotate = prepared<RotateRow>(
  'oauth.rotate-refresh-token',
  `with found as materialized (
      select ${columns}, g.counter, g.revoked_at is null and g.expires_at > now() and ${isLive} as is_live,
        g.counter = $3::bigint + 1 and $5::float8 > 0 and g.rotated_at > now() - make_interval(secs => $5) as is_retry,
        $8::text[] <@ string_to_array(g.scope, ' ') and $9::text[] <@ g.resources as fits
      from oauth_grants g ${joins}
      where g.tenant_id = $1 and g.id = $2 and g.client_id = $4 and g.code_spent_at is not null),
    rotated as (
      update oauth_grants g set counter = g.counter + 1, rotated_at = now(), 
        idle_expires_at = least(g.expires_at, now() + make_interval(secs => ${idleSeconds('$6', '$10')}))
      from found f
      where g.tenant_id = $1 and g.id = $2 and g.counter = $3::bigint and g.revoked_at is null and g.idle_expires_at > now() and f.is_live and f.fits
      returning g.counter),
    killed as (
      update oauth_grants g set revoked_at = now(), revoke_reason = 'reuse' from found f
      where g.tenant_id = $1 and g.id = $2 and g.revoked_at is null and f.counter > $3::bigint and not f.is_retry returning g.id),
    noted as (${eventOf('$7', 'exists (select from killed)')})
  select f.*, (select counter from rotated) as next, exists (select from killed) as killed from found f`,
)

export type RotateInput = {
  readonly grantId: string
  readonly counter: number
  readonly clientId: string
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  readonly killedEvent: EventRow
}
export type GrantRotation =
  | { readonly kind: 'rotated'; readonly grant: GrantFacts; readonly counter: number }
  | { readonly kind: 'exceeded'; readonly grant: GrantFacts }
  | { readonly kind: 'reused'; readonly grantId: string }
  | { readonly kind: 'refused' }

const rotation = (row: RotateRow | undefined, presented: number): GrantRotation | 'ask-again' => {
  if (row === undefined) return { kind: 'refused' }
  if (row.killed) return { kind: 'reused', grantId: row.id }
  if (row.next !== null) return { kind: 'rotated', grant: facts(row), counter: row.next }
  if (!row.is_live) return { kind: 'refused' }
  // A request that cannot be answered leaves its token unspent: sent again without the mistake it would pass for a replay.
  if (!row.fits && (row.is_retry || row.counter === presented)) return { kind: 'exceeded', grant: facts(row) }
  if (row.is_retry) return { kind: 'rotated', grant: facts(row), counter: row.counter }
  return row.counter === presented ? 'ask-again' : { kind: 'refused' }
}

const rotateGrant = async (
  tenantId: string,
  sql: Sql,
  { input, times }: { input: RotateInput; times: GrantTimes },
): Promise<GrantRotation> => {
  const { grantId, counter, clientId, killedEvent, scope, resources } = input
  const { leewaySeconds, idleTtlSeconds, administration } = times
  const values = [
    ...[tenantId, grantId, counter, clientId, leewaySeconds, idleTtlSeconds, JSON.stringify(killedEvent), scope, resources],
    administration.idleTtlSeconds,
  ]
  const first = rotation((await sql.run(rotate, values))[0], counter)
  if (first !== 'ask-again') return first
  const second = rotation((await sql.run(rotate, values))[0], counter)
  return second === 'ask-again' ? { kind: 'refused' } : second
}

const presentGrant = prepared<GrantRow>(
  'oauth.present-grant',
  `select ${columns} from oauth_grants g ${joins}
   where g.tenant_id = $1 and g.id = $2 and g.client_id = $4 and g.code_spent_at is not null and g.revoked_at is null and g.expires_at > now() and ${isLive}
     and ((g.counter = $3::bigint and g.idle_expires_at > now())
       or (g.counter = $3::bigint + 1 and $5::float8 > 0 and g.rotated_at > now() - make_interval(secs => $5)))`,
)

export type Presented = { readonly grantId: string; readonly counter: number; readonly clientId: string }

const revoke = prepared<{ id: string }>(
  'oauth.revoke-grant',
  `with found as (
      update oauth_grants set revoked_at = now(), revoke_reason = $3 where tenant_id = $1 and id = $2 and client_id = $4 and revoked_at is null
      returning id, user_id, session_id, client_id),
    noted as (${eventOf('$5', 'exists (select from found)')})
  select id from found`,
)

export type RevokeInput = { readonly grantId: string; readonly clientId: string; readonly reason: string; readonly event: EventRow }

type StateRow = Pick<GrantRow, 'client_id' | 'user_id' | 'scope' | 'auth_time' | 'amr' | 'methods'> & { expires_at: Date }

const state = prepared<StateRow>(
  'oauth.grant-state',
  `select g.client_id, g.user_id, g.scope, g.auth_time, g.amr, g.methods, least(g.expires_at, g.idle_expires_at) as expires_at from oauth_grants g ${joins}
   where g.tenant_id = $1 and g.id = $2 and g.counter = $3 and g.code_spent_at is not null and g.revoked_at is null
     and g.expires_at > now() and g.idle_expires_at > now() and ${isLive}`,
)

export type GrantState = Pick<GrantFacts, 'clientId' | 'userId' | 'scope' | 'authTime' | 'amr' | 'methods'> & { readonly expiresAt: number }

const grantState = async (
  tenantId: string,
  sql: Sql,
  { grantId, counter }: { grantId: string; counter: number },
): Promise<GrantState | undefined> => {
  const [row] = await sql.run(state, [tenantId, grantId, counter])
  if (row === undefined) return undefined
  const { client_id: clientId, user_id: userId, scope, amr, methods, auth_time: authTime, expires_at: expiresAt } = row
  return { ...{ clientId, userId, amr, methods, scope: scope.split(' ') }, authTime: secondsOf(authTime), expiresAt: secondsOf(expiresAt) }
}

/** The grants' port on a database: each verb is one statement that says who won. */
export const grantStore = (sql: Sql, times: GrantTimes) => ({
  redeemCode: (tenantId: string, input: RedeemInput) => redeemCode(tenantId, sql, { input, times }),
  rotate: (tenantId: string, input: RotateInput) => rotateGrant(tenantId, sql, { input, times }),
  /** The grant whose refresh token would be rotated, or answered again, now; nothing is spent. */
  present: async (tenantId: string, { grantId, counter, clientId }: Presented): Promise<GrantFacts | undefined> => {
    const [row] = await sql.run(presentGrant, [tenantId, grantId, counter, clientId, times.leewaySeconds])
    return row && facts(row)
  },
  /** The live grant whose refresh token with this counter is the present one; `expiresAt` in seconds. */
  state: (tenantId: string, input: { grantId: string; counter: number }) => grantState(tenantId, sql, input),
  /** False where nothing was left to revoke. */
  revoke: async (tenantId: string, input: RevokeInput): Promise<boolean> =>
    (await sql.run(revoke, [tenantId, input.grantId, input.reason, input.clientId, JSON.stringify(input.event)])).length > 0,
})
export type GrantStore = ReturnType<typeof grantStore>

export { columns as grantColumns, facts as grantFacts, type GrantRow, isLive as isGrantLive, joins as grantJoins }

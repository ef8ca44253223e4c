import { prepared, type Sql } from '../../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'
import type { GrantFacts } from '../core/ports.ts'
import { beginningLife } from './grant-life.ts'
import { type GrantRow, type GrantTimes, grantColumns, grantFacts, isGrantLive } from './grants.store.ts'

export type NewDeviceCode = {
  readonly id: string
  readonly hash: Uint8Array
  readonly userCode: string
  readonly clientId: string
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  readonly ttlSeconds: number
  readonly intervalSeconds: number
  readonly event: EventRow
}

const insert = prepared<{ id: string }>(
  'oauth.insert-device-code',
  `with made as (
      insert into device_codes (tenant_id, id, hash, user_code, client_id, scope, resources, interval_seconds, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9)) on conflict (tenant_id, user_code) do nothing returning id),
    noted as (${insertEvents('$10', 'exists (select from made)')})
  select id from made`,
)

type ClaimRow = {
  id: string
  client_id: string
  scope: string
  resources: string[]
  session_id: string | null
  status: string
  is_fresh: boolean
}

// The first session that opens the code holds it: nobody else can decide on it.
const claim = prepared<ClaimRow>(
  'oauth.claim-device-code',
  `with claimed as (
      update device_codes set session_id = $3 where tenant_id = $1 and user_code = $2 and session_id is null and status = 'pending' and expires_at > now()
      returning id)
   select d.id, d.client_id, d.scope, d.resources, d.status, d.expires_at > now() as is_fresh,
     case when exists (select from claimed) then $3::uuid else d.session_id end as session_id
   from device_codes d where d.tenant_id = $1 and d.user_code = $2`,
)

const approve = prepared<{ id: string }>(
  'oauth.approve-device-code',
  `with session as (
      select s.id, s.user_id, s.auth_time, s.amr from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
      where s.tenant_id = $1 and s.id = $3 and s.ended_at is null and s.expires_at > now() and u.status = 'active'),
    decided as (
      update device_codes d set status = 'approved', user_id = s.user_id, grant_id = $4 from session s
      where d.tenant_id = $1 and d.id = $2 and d.session_id = $3 and d.status = 'pending' and d.expires_at > now() returning d.*),
    granted as (
      insert into oauth_grants (tenant_id, id, client_id, user_id, session_id, is_offline, scope, resources, auth_time, acr, amr, idle_expires_at, expires_at)
      select $1, $4, d.client_id, d.user_id, d.session_id, $5, d.scope, d.resources, s.auth_time, $6, s.amr, d.expires_at, d.expires_at
      from decided d, session s),
    consented as (
      insert into consents as c (tenant_id, user_id, client_id, scope) select $1, user_id, client_id, string_to_array(scope, ' ') from decided
      on conflict (tenant_id, user_id, client_id) do update
        set scope = array(select distinct unnest(c.scope || excluded.scope)), granted_at = now()),
    told as (
      insert into session_clients (tenant_id, session_id, client_id, user_id) select $1, session_id, client_id, user_id from decided on conflict do nothing),
    noted as (${insertEvents('$7', 'exists (select from decided)')})
  select id from decided`,
)

const deny = prepared<{ id: string }>(
  'oauth.deny-device-code',
  `with decided as (
      update device_codes set status = 'denied' where tenant_id = $1 and id = $2 and session_id = $3 and status = 'pending' and expires_at > now() returning id),
    noted as (${insertEvents('$4', 'exists (select from decided)')})
  select id from decided`,
)

type PollRow = GrantRow & {
  status: 'pending' | 'approved' | 'denied' | 'spent'
  is_fresh: boolean
  was_too_fast: boolean
  spent: boolean
}

// Too fast costs five seconds more each time (RFC 8628 section 3.5); an approved code is spent by the one poll that finds it so.
const poll = prepared<PollRow>(
  'oauth.poll-device-code',
  `with found as materialized (
      select d.id as device_id, d.status, d.expires_at > now() as is_fresh, d.grant_id,
        coalesce(d.polled_at > now() - make_interval(secs => d.interval_seconds - 0.5), false) as was_too_fast
      from device_codes d where d.tenant_id = $1 and d.id = $2 and d.hash = $3 and d.client_id = $4),
    polled as (
      update device_codes d set polled_at = now(),
        interval_seconds = least(60, d.interval_seconds + case when f.was_too_fast then 5 else 0 end)
      from found f where d.tenant_id = $1 and d.id = f.device_id and f.status = 'pending' and d.status = 'pending'),
    spent as (
      update device_codes d set status = 'spent' from found f
      where d.tenant_id = $1 and d.id = f.device_id and d.status = 'approved' and f.is_fresh returning d.grant_id),
    begun as (
      update oauth_grants g set code_spent_at = now(), rotated_at = now(),
        ${beginningLife({ offline: '$5', session: '$6', idle: '$7', adminSession: '$9', adminIdle: '$10' })}
      from spent p where g.tenant_id = $1 and g.id = p.grant_id and g.revoked_at is null returning g.id, g.user_id, g.session_id),
    noted as (${insertEvents(
      `(select jsonb_build_array($8::jsonb || jsonb_build_object('user_id', user_id, 'session_id', session_id)) from begun)`,
      'exists (select from begun)',
    )})
  select f.status, f.is_fresh, f.was_too_fast, exists (select from begun) and coalesce(${isGrantLive}, false) as spent, ${grantColumns}
  from found f
  left join oauth_grants g on g.tenant_id = $1 and g.id = f.grant_id
  left join users u on u.tenant_id = g.tenant_id and u.id = g.user_id
  left join sessions s on s.tenant_id = g.tenant_id and s.id = g.session_id`,
)

export type PollTimes = Omit<GrantTimes, 'leewaySeconds'>
export type Poll =
  | { readonly kind: 'approved'; readonly grant: GrantFacts }
  | { readonly kind: 'pending' | 'too-fast' | 'denied' | 'expired' | 'unknown' }

const outcome = (row: PollRow | undefined): Poll => {
  if (row === undefined) return { kind: 'unknown' }
  if (row.spent) return { kind: 'approved', grant: grantFacts(row) }
  if (row.status === 'spent' || row.status === 'approved') return { kind: row.is_fresh ? 'unknown' : 'expired' }
  if (row.status === 'denied') return { kind: 'denied' }
  if (!row.is_fresh) return { kind: 'expired' }
  return { kind: row.was_too_fast ? 'too-fast' : 'pending' }
}

export type DeviceClaim =
  | {
      readonly kind: 'held'
      readonly id: string
      readonly clientId: string
      readonly scope: readonly string[]
      readonly resources: readonly string[]
    }
  | { readonly kind: 'unknown' | 'expired' | 'used' }

const claimed = (row: ClaimRow | undefined, sessionId: string): DeviceClaim => {
  if (row === undefined) return { kind: 'unknown' }
  if (!row.is_fresh) return { kind: 'expired' }
  if (row.status !== 'pending' || row.session_id !== sessionId) return { kind: 'used' }
  return {
    kind: 'held',
    id: row.id,
    clientId: row.client_id,
    scope: row.scope === '' ? [] : row.scope.split(' '),
    resources: row.resources,
  }
}

export type DeviceDecision = { readonly id: string; readonly sessionId: string; readonly event: EventRow }

/** Device codes (RFC 8628): each verb is one guarded statement. */
export const deviceCodeStore = (sql: Sql, times: PollTimes) => ({
  /** False where the user code is taken. */
  insert: async (tenantId: string, one: NewDeviceCode): Promise<boolean> =>
    (
      await sql.run(insert, [
        ...[
          tenantId,
          one.id,
          one.hash,
          one.userCode,
          one.clientId,
          one.scope.join(' '),
          one.resources,
          one.intervalSeconds,
          one.ttlSeconds,
        ],
        eventsParameter(one.event),
      ])
    ).length > 0,
  claim: async (tenantId: string, input: { userCode: string; sessionId: string }): Promise<DeviceClaim> =>
    claimed((await sql.run(claim, [tenantId, input.userCode, input.sessionId]))[0], input.sessionId),
  approve: async (tenantId: string, input: DeviceDecision & { grantId: string; isOffline: boolean; acr: string }): Promise<boolean> =>
    (
      await sql.run(approve, [
        ...[tenantId, input.id, input.sessionId, input.grantId, input.isOffline, input.acr, eventsParameter(input.event)],
      ])
    ).length > 0,
  deny: async (tenantId: string, input: DeviceDecision): Promise<boolean> =>
    (await sql.run(deny, [tenantId, input.id, input.sessionId, eventsParameter(input.event)])).length > 0,
  poll: async (tenantId: string, input: { id: string; hash: Uint8Array; clientId: string; event: EventRow }): Promise<Poll> =>
    outcome(
      (
        await sql.run(poll, [
          ...[tenantId, input.id, input.hash, input.clientId, times.offlineTtlSeconds, times.sessionTtlSeconds, times.idleTtlSeconds],
          ...[JSON.stringify(input.event), times.administration.sessionTtlSeconds, times.administration.idleTtlSeconds],
        ])
      )[0],
    ),
})
export type DeviceCodeStore = ReturnType<typeof deviceCodeStore>

import { prepared, type Sql } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'

export type PersonSession = {
  readonly id: string
  readonly kind: 'browser' | 'api'
  readonly created_at: Date
  readonly last_used_at: Date | null
  readonly expires_at: Date
  readonly ip: string | null
  readonly user_agent: string | null
  readonly amr: string[]
  readonly applications: string[]
}

// That the portal or the console was opened is no news to whoever reads it there.
const list = prepared<PersonSession>(
  'sessions.of-person',
  `select s.id, s.kind, s.created_at, s.expires_at, host(s.ip) as ip, s.user_agent, s.amr,
    greatest(
      (select max(g.rotated_at) from grants g where g.tenant_id = s.tenant_id and g.session_id = s.id),
      (select max(g.rotated_at) from oauth_grants g where g.tenant_id = s.tenant_id and g.session_id = s.id and g.revoked_at is null)) as last_used_at,
    array(select distinct coalesce(c.name, c.id) from clients c
      where c.tenant_id = s.tenant_id and c.id not in ('account-portal', 'admin-console') and c.id in (
        select client_id from session_clients k where k.tenant_id = s.tenant_id and k.session_id = s.id
        union select client_id from oauth_grants g where g.tenant_id = s.tenant_id and g.session_id = s.id and g.revoked_at is null)
      order by 1) as applications
  from sessions s
  where s.tenant_id = $1 and s.user_id = $2 and s.ended_at is null and s.expires_at > now() and coalesce(s.idle_expires_at > now(), true)
  order by s.created_at desc, s.id desc limit 200`,
)

// Each ended session gets an event of its own, made from the template in $5.
const endings = `(select jsonb_agg($5::jsonb || jsonb_build_object('id', gen_random_uuid(), 'session_id', id)) from ended)`

const end = prepared<{ id: string }>(
  'sessions.end-of-person',
  `with ended as (
      update sessions set ended_at = now(), end_reason = $6
      where tenant_id = $1 and user_id = $2 and ended_at is null and ($3::uuid is null or id = $3) and id is distinct from $4 returning id),
    told as (
      update session_clients c set due_at = now() from ended e where c.tenant_id = $1 and c.session_id = e.id and c.due_at is null),
    revoked as (
      update grants g set revoked_at = now(), revoke_reason = $6 from ended e
      where g.tenant_id = $1 and g.session_id = e.id and g.revoked_at is null),
    given as (
      update oauth_grants g set revoked_at = now(), revoke_reason = $6 from ended e
      where g.tenant_id = $1 and g.user_id = $2 and g.session_id = e.id and not g.is_offline and g.revoked_at is null),
    noted as (${insertEvents(endings)})
  select id from ended`,
)

export type PersonDevice = {
  readonly id: string
  readonly current: boolean
  readonly first_seen_at: Date
  readonly last_seen_at: Date
  readonly trusted_until: Date | null
}

const devices = prepared<PersonDevice>(
  'sessions.devices',
  `select encode(sha256(d.browser), 'hex') as id, d.first_seen_at, d.last_seen_at,
    case when d.trust_hash is not null and d.trusted_until > now() then d.trusted_until end as trusted_until,
    exists (select from sessions s where s.tenant_id = $1 and s.id = $3 and s.user_id = $2 and s.browser = d.browser) as current
  from devices d where d.tenant_id = $1 and d.user_id = $2 order by d.last_seen_at desc limit 200`,
)

const distrust = prepared<{ count: number }>(
  'sessions.distrust',
  `with changed as (
      update devices set trust_hash = null, trusted_until = null
      where tenant_id = $1 and user_id = $2 and trust_hash is not null returning browser),
    noted as (${insertEvents('$3', 'exists (select from changed)')})
  select count(*)::int as count from changed`,
)

type Ending = {
  readonly userId: string
  readonly reason: 'ended-by-owner' | 'ended-by-operator'
  readonly event: EventRow
  readonly only?: string | undefined
  readonly except?: string | undefined
}

/** Where a person is signed in, and the browsers that were seen. */
export const personSessions = (sql: Sql) => ({
  list: (tenantId: string, userId: string): Promise<readonly PersonSession[]> => sql.run(list, [tenantId, userId]),
  /** Ends one, or all but one; the ids of those that lived. */
  end: async (tenantId: string, { userId, reason, event, only, except }: Ending): Promise<readonly string[]> =>
    (await sql.run(end, [tenantId, userId, only ?? null, except ?? null, JSON.stringify(event), reason])).map(({ id }) => id),
  devices: (tenantId: string, { userId, sessionId }: { userId: string; sessionId: string | null }): Promise<readonly PersonDevice[]> =>
    sql.run(devices, [tenantId, userId, sessionId]),
  distrust: async (tenantId: string, { userId, event }: { userId: string; event: EventRow }): Promise<number> =>
    (await sql.run(distrust, [tenantId, userId, eventsParameter(event)]))[0]?.count ?? 0,
})

export type PersonSessions = ReturnType<typeof personSessions>

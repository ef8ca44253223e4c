import { prepared, type Sql } from '../db/database.ts'

/** Counting stops here, so that the answer comes in time however many there are. */
export const countMax = 10_000

const live = prepared<{ count: number }>(
  'overview.live-sessions',
  `select count(*)::int as count from (
     select from sessions where tenant_id = $1 and ended_at is null and expires_at > now() limit ${countMax}) counted`,
)

export const countLiveSessions = async (tenantId: string, sql: Sql): Promise<number> => (await sql.run(live, [tenantId]))[0]?.count ?? 0

const failed = prepared<{ count: number }>(
  'overview.failed-messages',
  `select count(*)::int as count from (
     select from messages where tenant_id = $1 and sent_at is null and last_error is not null limit ${countMax}) counted`,
)

/** Messages that failed, and are tried again or were given up. */
export const countFailedMessages = async (tenantId: string, sql: Sql): Promise<number> => (await sql.run(failed, [tenantId]))[0]?.count ?? 0

export type WebhookHealth = { readonly enabled: number; readonly failing: number; readonly shut: number }

const webhooks = prepared<WebhookHealth>(
  'overview.webhooks',
  `select count(*) filter (where is_enabled)::int as enabled, count(*) filter (where is_enabled and failing_since is not null)::int as failing,
     count(*) filter (where disabled_reason is not null)::int as shut
   from webhooks where tenant_id = $1`,
)

export const webhookHealth = async (tenantId: string, sql: Sql): Promise<WebhookHealth> =>
  (await sql.run(webhooks, [tenantId]))[0] ?? { enabled: 0, failing: 0, shut: 0 }

export type EndingSecret = {
  readonly client_id: string
  readonly name: string | null
  readonly expires_at: Date
  readonly is_only: boolean
}

const secrets = prepared<EndingSecret>(
  'overview.ending-secrets',
  `select s.client_id, c.name, s.expires_at, not exists (
     select from client_secrets o where o.tenant_id = s.tenant_id and o.client_id = s.client_id and o.id <> s.id
       and (o.expires_at is null or o.expires_at > s.expires_at)) as is_only
   from client_secrets s join clients c on c.tenant_id = s.tenant_id and c.id = s.client_id
   where s.tenant_id = $1 and s.expires_at > now() and s.expires_at < now() + make_interval(days => $2)
   order by s.expires_at limit 20`,
)

/** Secrets of applications that end within these days, the next first. */
export const endingSecrets = (tenantId: string, sql: Sql, days: number): Promise<EndingSecret[]> => sql.run(secrets, [tenantId, days])

export type LatestEvent = {
  readonly id: string
  readonly at: Date
  readonly type: string
  readonly user_id: string | null
  readonly user_name: string | null
  readonly client_id: string | null
  readonly client_name: string | null
  readonly actor: string | null
  readonly request_id: string | null
}

const latest = prepared<LatestEvent>(
  'overview.latest-events',
  `select e.*, c.name as client_name,
     (select i.written from identifiers i where i.tenant_id = $1 and i.user_id = e.user_id and i.kind in ('username', 'email')
      order by i.kind desc, i.created_at limit 1) as user_name
   from (select id, at, type, user_id, client_id, actor, request_id from events where tenant_id = $1 order by at desc, id desc limit $2) e
   left join clients c on c.tenant_id = $1 and c.id = e.client_id
   order by e.at desc, e.id desc`,
)

export const latestEvents = (tenantId: string, sql: Sql, limit: number): Promise<LatestEvent[]> => sql.run(latest, [tenantId, limit])

export type AuditState = { readonly size: number; readonly signed_at: Date | null; readonly waiting_since: Date | null }

const audit = prepared<AuditState>(
  'overview.audit',
  `select coalesce(c.size, 0)::float8 as size, c.signed_at,
     (select min(e.at) from events e where e.tenant_id = $1 and e.at > coalesce(c.seen_at, '-infinity')) as waiting_since
   from (select 1) begun left join lateral (
     select size, signed_at, seen_at from event_checkpoints where tenant_id = $1 order by size desc limit 1) c on true`,
)

/** The signed head of the audit tree, and since when an event has waited to be taken into it. */
export const auditState = async (tenantId: string, sql: Sql): Promise<AuditState> =>
  (await sql.run(audit, [tenantId]))[0] ?? { size: 0, signed_at: null, waiting_since: null }

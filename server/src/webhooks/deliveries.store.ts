import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'

export type DeliveryRow = {
  readonly id: string
  readonly event_id: string
  readonly event_type: string
  readonly event_at: string
  readonly state: 'waiting' | 'delivered' | 'dead'
  readonly attempts: number
  readonly due_at: Date
  readonly created_at: Date
  readonly created_text: string
  readonly finished_at: Date | null
  readonly last_status: number | null
  readonly last_error: string | null
  readonly last_milliseconds: number | null
}

/** A filter names a type, a group of types as `user.*`, or everything as `*`. */
const matches = `('*' = any(w.event_types) or e.type = any(w.event_types) or (split_part(e.type, '.', 1) || '.*') = any(w.event_types))`

const fanOut = prepared<{ id: string }>(
  'webhooks.fan-out',
  `insert into webhook_deliveries (tenant_id, id, webhook_id, event_at, event_id, event_type)
   select w.tenant_id, gen_random_uuid(), w.id, e.at, e.id, e.type
   from webhooks w join events e on e.tenant_id = w.tenant_id and e.at > greatest(w.created_at, now() - make_interval(secs => $1)) and ${matches}
   where w.is_enabled
   on conflict (tenant_id, webhook_id, event_id) do nothing returning id`,
)

/** Makes a delivery of each event of the last seconds for each webhook that asked for it, once; events of a transaction that was undone never were there. */
export const fanOutEvents = async (sql: Sql, seconds: number): Promise<number> => (await sql.run(fanOut, [seconds])).length

export type ClaimedDelivery = {
  readonly tenant_id: string
  readonly id: string
  readonly webhook_id: string
  readonly attempts: number
  readonly url: string
  readonly secrets: Buffer
  readonly event_id: string
  readonly event_type: string
  readonly event_at: string
  readonly user_id: string | null
  readonly session_id: string | null
  readonly client_id: string | null
  readonly request_id: string | null
  readonly actor: string | null
  readonly payload: Record<string, unknown> | null
}

// Each webhook gets at most its share of a batch, so that one that hangs does not stand before the others. A claim lasts longer than a try.
const claim = prepared<ClaimedDelivery>(
  'webhooks.claim',
  `with ranked as (
      select d.tenant_id, d.id, row_number() over (partition by d.tenant_id, d.webhook_id order by d.due_at, d.id) as place
      from webhook_deliveries d join webhooks w on w.tenant_id = d.tenant_id and w.id = d.webhook_id and w.is_enabled
      where d.state = 'waiting' and d.due_at <= now() and not (d.webhook_id = any($4)) order by d.due_at limit 500),
    chosen as (
      select d.tenant_id, d.id from webhook_deliveries d join ranked r on r.tenant_id = d.tenant_id and r.id = d.id and r.place <= $2
      where d.state = 'waiting' and d.due_at <= now() order by d.due_at limit $1 for update of d skip locked),
    claimed as (
      update webhook_deliveries d set attempts = d.attempts + 1, due_at = now() + make_interval(secs => $3) from chosen c
      where d.tenant_id = c.tenant_id and d.id = c.id returning d.*)
  select d.tenant_id, d.id, d.webhook_id, d.attempts, w.url, w.secrets, d.event_id, d.event_type,
    to_char(d.event_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as event_at,
    e.user_id, e.session_id, e.client_id, e.request_id, e.actor, e.payload
  from claimed d join webhooks w on w.tenant_id = d.tenant_id and w.id = d.webhook_id
  left join events e on e.tenant_id = d.tenant_id and e.at = d.event_at and e.id = d.event_id`,
)

/** `busy`: webhooks that have as many tries under way as they may. */
type Claim = { readonly limit: number; readonly perWebhook: number; readonly seconds: number; readonly busy: readonly string[] }

export const claimDeliveries = (sql: Sql, { limit, perWebhook, seconds, busy }: Claim): Promise<ClaimedDelivery[]> =>
  sql.run(claim, [limit, perWebhook, seconds, busy])

export type Outcome = {
  readonly state: 'delivered' | 'waiting' | 'dead'
  readonly waitSeconds: number
  readonly status: number | null
  readonly error: string | null
  readonly milliseconds: number
}

const settle = prepared<never>(
  'webhooks.settle',
  `with settled as (
      update webhook_deliveries set state = $4, due_at = now() + make_interval(secs => $5), last_status = $6, last_error = $7, last_milliseconds = $8,
        finished_at = case when $4 <> 'waiting' then now() end
      where tenant_id = $1 and id = $2 and state = 'waiting')
  update webhooks set failing_since = case when $4 = 'delivered' then null else coalesce(failing_since, now()) end
  where tenant_id = $1 and id = $3 and (failing_since is null) = ($4 <> 'delivered')`,
)

export const settleDelivery = async (
  sql: Sql,
  { tenant_id: tenantId, id, webhook_id: webhookId }: Pick<ClaimedDelivery, 'tenant_id' | 'id' | 'webhook_id'>,
  { state, waitSeconds, status, error, milliseconds }: Outcome,
): Promise<void> => {
  await sql.run(settle, [tenantId, id, webhookId, state, waitSeconds, status, error, Math.round(milliseconds)])
}

const shut = prepared<{ id: string }>(
  'webhooks.shut',
  `with shut as (
      update webhooks set is_enabled = false, disabled_reason = $3, version = version + 1, updated_at = now()
      where tenant_id = $1 and id = $2 and is_enabled and ($4::int is null or failing_since < now() - make_interval(days => $4)) returning id),
    noted as (${insertEvents('$5', 'exists (select from shut)')})
  select id from shut`,
)

type Shutting = { readonly id: string; readonly reason: string; readonly failingDays: number | null; readonly event: EventRow }

/** Shuts a webhook whose receiver is gone, or has failed for days; an event tells it. */
export const shutWebhook = async (tenantId: string, sql: Sql, { id, reason, failingDays, event }: Shutting): Promise<boolean> =>
  (await sql.run(shut, [tenantId, id, reason, failingDays, eventsParameter(event)])).length > 0

const log = prepared<DeliveryRow>(
  'webhooks.log',
  `select id, event_id, event_type, to_char(event_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as event_at, state, attempts, due_at, created_at,
     to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_text, finished_at, last_status, last_error, last_milliseconds
   from webhook_deliveries
   where tenant_id = $1 and webhook_id = $2 and ($3::text is null or state = $3)
     and ($4::timestamptz is null or (created_at, id) < ($4::timestamptz, $5::uuid))
   order by created_at desc, id desc limit $6`,
)

type LogPage = {
  readonly webhookId: string
  readonly state?: string | undefined
  readonly after?: readonly (string | number)[] | undefined
  readonly limit: number
}

/** Deliveries of a webhook, the newest first. */
export const listDeliveries = (tenantId: string, sql: Sql, { webhookId, state, after, limit }: LogPage): Promise<DeliveryRow[]> =>
  sql.run(log, [tenantId, webhookId, state ?? null, after?.[0] ?? null, after?.[1] ?? null, limit])

/** Sends again what is named, or everything that was given up; the same id goes along, so that a receiver knows it. Returns how many. */
export const replayDeliveries = async (
  tenantId: string,
  tx: Tx,
  { webhookId, id }: { webhookId: string; id: string | undefined },
): Promise<number> => {
  const rows = await tx.text(
    `update webhook_deliveries set state = 'waiting', attempts = 0, due_at = now(), finished_at = null
     where tenant_id = $1 and webhook_id = $2 and ($3::uuid is null and state = 'dead' or id = $3) and (state <> 'waiting' or due_at > now()) returning id`,
    [tenantId, webhookId, id ?? null],
  )
  return rows.length
}

/** Forgets deliveries of more than a month ago. */
export const dropOldDeliveries = async (sql: Sql): Promise<void> => {
  await sql.text(
    `delete from webhook_deliveries where (tenant_id, id) in (
       select tenant_id, id from webhook_deliveries where created_at < now() - interval '30 days' limit 20000)`,
  )
}

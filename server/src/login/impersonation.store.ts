import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, insertEvents } from '../events/events.ts'

export type ImpersonationRow = {
  readonly id: string
  readonly user_id: string
  readonly actor_id: string
  readonly reason: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly state: 'waiting' | 'live' | 'over'
}

/** One at a time of an administrator: a second one would be taken for the first. */
export const lockImpersonator = async (tenantId: string, tx: Tx, actorId: string): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('impersonation ' || $1 || $2, 0))`, [tenantId, actorId])
}

const state = `case when i.spent_at is null then case when i.ticket_expires_at > now() then 'waiting' else 'over' end
    when s.id is not null and s.ended_at is null and s.expires_at > now() then 'live' else 'over' end`
const joined = 'impersonations i left join sessions s on s.tenant_id = i.tenant_id and s.id = i.session_id'
const columns = `i.id, i.user_id, i.actor_id, i.reason, i.created_at, coalesce(i.expires_at, i.ticket_expires_at) as expires_at, ${state} as state`

/** Whether the administrator acts as somebody already, or is about to. */
export const isImpersonating = async (tenantId: string, tx: Tx, actorId: string): Promise<boolean> =>
  (
    await tx.text(
      `select from ${joined} where i.tenant_id = $1 and i.actor_id = $2 and i.created_at > now() - interval '1 day' and (${state}) <> 'over' limit 1`,
      [tenantId, actorId],
    )
  ).length > 0

export type NewImpersonation = {
  readonly id: string
  readonly userId: string
  readonly actorId: string
  readonly reason: string
  readonly seconds: number
  readonly ticketHash: Uint8Array
  readonly ticketSeconds: number
}

/** False where the account is not an active one. */
export const insertImpersonation = async (tenantId: string, tx: Tx, input: NewImpersonation): Promise<boolean> => {
  const { id, userId, actorId, reason, seconds, ticketHash, ticketSeconds } = input
  const rows = await tx.text(
    `insert into impersonations (tenant_id, id, user_id, actor_id, reason, seconds, ticket_hash, ticket_expires_at)
     select $1, $3, id, $4, $5, $6, $7, now() + make_interval(secs => $8) from users where tenant_id = $1 and id = $2 and status = 'active'
     returning id`,
    [tenantId, userId, id, actorId, reason, seconds, ticketHash, ticketSeconds],
  )
  return rows.length > 0
}

// Whoever asked must still be an active account, and the session begins only where the ticket was spent by this statement.
const spend = prepared<{ user_id: string }>(
  'impersonation.spend',
  `with spent as (
      update impersonations i set spent_at = now(), session_id = $4, expires_at = now() + make_interval(secs => i.seconds)
      from users u, users a
      where i.tenant_id = $1 and i.id = $2 and i.ticket_hash = $3 and i.spent_at is null and i.ticket_expires_at > now()
        and u.tenant_id = i.tenant_id and u.id = i.user_id and u.status = 'active'
        and a.tenant_id = i.tenant_id and a.id = i.actor_id and a.status = 'active'
      returning i.user_id, i.actor_id, i.expires_at),
    begun as (
      insert into sessions (tenant_id, id, user_id, kind, amr, ip, user_agent, secret_hash, auth_time, browser, expires_at, idle_expires_at, impersonator_id)
      select $1, $4, user_id, 'browser', '{impersonation}', $6, $7, $5, now(), $8, expires_at, expires_at, actor_id from spent returning id),
    noted as (${insertEvents(
      `(select jsonb_build_array($9::jsonb || jsonb_build_object('user_id', user_id, 'actor', 'user ' || actor_id)) from spent)`,
      'exists (select from begun)',
    )})
  select user_id from spent`,
)

export type Spending = {
  readonly id: string
  readonly hash: Uint8Array
  readonly sessionId: string
  readonly secretHash: Uint8Array
  readonly browser: Uint8Array
  readonly ip: string
  readonly userAgent: string | undefined
  readonly event: EventRow
}

/** Begins the session of a ticket; undefined where the ticket is unknown, spent or expired, or one of the two accounts is shut. */
export const spendTicket = async (tenantId: string, sql: Sql, input: Spending): Promise<string | undefined> => {
  const { id, hash, sessionId, secretHash, ip, userAgent, browser, event } = input
  const values = [tenantId, id, hash, sessionId, secretHash, ip === '' ? null : ip, userAgent?.slice(0, 512) ?? null, browser]
  return (await sql.run(spend, [...values, JSON.stringify(event)]))[0]?.user_id
}

const page = prepared<ImpersonationRow>(
  'impersonation.page',
  `select ${columns} from ${joined} where i.tenant_id = $1 and ($2::uuid is null or i.id < $2) order by i.id desc limit $3`,
)

/** The newest first. */
export const pageImpersonations = (
  tenantId: string,
  sql: Sql,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<ImpersonationRow[]> => sql.run(page, [tenantId, before ?? null, limit])

// A ticket that was not spent is void from now on; a session ends with its grants, and applications are told as of any other.
const end = prepared<{ session_id: string | null }>(
  'impersonation.end',
  `with found as (
      select i.id, i.user_id, i.session_id from ${joined} where i.tenant_id = $1 and i.id = $2 and (${state}) <> 'over'),
    voided as (
      update impersonations i set ticket_expires_at = now() from found where i.tenant_id = $1 and i.id = found.id and i.spent_at is null),
    ended as (
      update sessions s set ended_at = now(), end_reason = 'impersonation-ended' from found
      where s.tenant_id = $1 and s.id = found.session_id and s.ended_at is null returning s.id),
    told as (update session_clients c set due_at = now() from ended e where c.tenant_id = $1 and c.session_id = e.id and c.due_at is null),
    revoked as (
      update oauth_grants g set revoked_at = now(), revoke_reason = 'impersonation-ended' from ended e
      where g.tenant_id = $1 and g.session_id = e.id and g.revoked_at is null),
    noted as (${insertEvents(
      `(select jsonb_build_array($3::jsonb || jsonb_build_object('user_id', user_id, 'session_id', session_id)) from found)`,
      'exists (select from found)',
    )})
  select session_id from found`,
)

/** The session that was ended, null where none had begun; undefined where there was nothing to end. */
export const endImpersonation = async (
  tenantId: string,
  sql: Sql,
  { id, event }: { id: string; event: EventRow },
): Promise<{ readonly sessionId: string | null } | undefined> => {
  const [row] = await sql.run(end, [tenantId, id, JSON.stringify(event)])
  return row && { sessionId: row.session_id }
}

/** Forgets what was over three months ago; the events stay. */
export const dropOldImpersonations = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from impersonations where created_at < now() - interval '90 days'`)
}

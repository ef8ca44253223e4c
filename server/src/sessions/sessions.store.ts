import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import type { SessionView } from './session-cache.ts'

type ViewRow = {
  user_id: string
  number: number
  username: string | null
  email: string | null
  expires_at: Date
  impersonator_id: string | null
  impersonator: string | null
}

const view = prepared<ViewRow>(
  'sessions.view',
  `select s.user_id, u.number, s.expires_at, s.impersonator_id, case when s.impersonator_id is not null then (
      select written from identifiers i where i.tenant_id = s.tenant_id and i.user_id = s.impersonator_id and i.kind = 'username' limit 1) end as impersonator,
    (select written from identifiers i where i.tenant_id = s.tenant_id and i.user_id = s.user_id and i.kind = 'username' limit 1) as username,
    (select written from identifiers i where i.tenant_id = s.tenant_id and i.user_id = s.user_id and i.kind = 'email' order by created_at limit 1) as email
  from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
  where s.tenant_id = $1 and s.id = $2 and s.ended_at is null and s.expires_at > now() and u.status = 'active'`,
)

/** The session with its account, while both are alive. */
export const viewSession = async (tenantId: string, sql: Sql, sessionId: string): Promise<SessionView | undefined> => {
  const [row] = await sql.run(view, [tenantId, sessionId])
  if (row === undefined) return undefined
  const { user_id: userId, number, username, email, impersonator_id: id, impersonator: name } = row
  return { userId, number, username, email, expiresAt: row.expires_at.getTime(), ...(id !== null && { impersonator: { id, name } }) }
}

const end = prepared<{ id: string }>(
  'sessions.end',
  `with ended as (
      update sessions set ended_at = now(), end_reason = $3 where tenant_id = $1 and id = $2 and ended_at is null returning id),
    revoked as (
      update grants set revoked_at = now(), revoke_reason = $3 where tenant_id = $1 and session_id = $2 and revoked_at is null),
    noted as (${insertEvents('$4', 'exists (select from ended)')})
  select id from ended`,
)

/** Ends a session and revokes its grants; false where somebody had done so already. */
export const endSession = async (
  tenantId: string,
  sql: Sql,
  input: { sessionId: string; reason: string; event: EventRow },
): Promise<boolean> => (await sql.run(end, [tenantId, input.sessionId, input.reason, eventsParameter(input.event)])).length > 0

const endAll = prepared<{ id: string }>(
  'sessions.end-all',
  `with ended as (
      update sessions set ended_at = now(), end_reason = $3 where tenant_id = $1 and user_id = $2 and id is distinct from $4 and ended_at is null
      returning id),
    told as (
      update session_clients c set due_at = now() from ended e where c.tenant_id = $1 and c.session_id = e.id and c.due_at is null),
    revoked as (
      update grants g set revoked_at = now(), revoke_reason = $3 from ended e where g.tenant_id = $1 and g.session_id = e.id and g.revoked_at is null),
    given as (
      update oauth_grants set revoked_at = now(), revoke_reason = $3 where tenant_id = $1 and user_id = $2 and revoked_at is null
        and ($4::uuid is null or session_id is distinct from $4)
      returning id),
    moved as (
      insert into cache_epochs as c (tenant_id, kind) select $1, 'users' where exists (select from given)
      on conflict (tenant_id, kind) do update set version = c.version + 1, changed_at = now())
  select id from ended`,
)

/**
 * Ends every session of a user and every grant to an application, offline ones included; nodes forget them and applications are told even where a deletion
 * takes the rows away.
 * Call it after the statement that stops new ones, in the same transaction. `except` is a session that goes on, with its grants.
 */
export const endSessionsOf = async (
  tenantId: string,
  tx: Tx,
  { userId, reason, except }: { userId: string; reason: string; except?: string | undefined },
): Promise<readonly string[]> => (await tx.run(endAll, [tenantId, userId, reason, except ?? null])).map(({ id }) => id)

const feed = prepared<{ kind: string; id: string; version: number }>(
  'sessions.feed',
  `select 'ended' as kind, id::text, 0::bigint as version from sessions where tenant_id = $1 and ended_at > now() - make_interval(secs => $2)
   union all select kind, '' as id, version from cache_epochs where tenant_id = $1`,
)

export type FeedRow = { readonly kind: string; readonly id: string; readonly version: number }

/** Sessions that ended in the last `seconds`, and the version of everything else that is kept in memory. */
export const readFeed = (tenantId: string, sql: Sql, seconds: number): Promise<FeedRow[]> => sql.run(feed, [tenantId, seconds])

/** Sessions whose time has passed by a day go, a batch at a time; until then they are evidence of reuse. */
export const deleteExpiredSessions = async (sql: Sql, batch: number): Promise<number> =>
  (
    await sql.text(
      `delete from sessions s using (select tenant_id, id from sessions where expires_at < now() - interval '1 day' limit $1) old
       where s.tenant_id = old.tenant_id and s.id = old.id returning s.id`,
      [batch],
    )
  ).length

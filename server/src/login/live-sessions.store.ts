import { prepared, type Sql } from '../db/database.ts'

/** Where a person is signed in, as a page tells before it ends it. */
export type LiveSession = { readonly id: string; readonly userAgent: string | null; readonly unusedSeconds: number }

const list = prepared<{ id: string; user_agent: string | null; unused_seconds: number; total: number }>(
  'login.live-sessions',
  `select s.id, s.user_agent, count(*) over ()::int as total,
    greatest(0, extract(epoch from now() - greatest(s.created_at, s.auth_time,
      (select max(g.rotated_at) from grants g where g.tenant_id = s.tenant_id and g.session_id = s.id),
      (select max(g.rotated_at) from oauth_grants g where g.tenant_id = s.tenant_id and g.session_id = s.id))))::float8 as unused_seconds
  from sessions s
  where s.tenant_id = $1 and s.user_id = $2 and s.ended_at is null and s.expires_at > now() and coalesce(s.idle_expires_at > now(), true)
  order by unused_seconds, s.id limit $3`,
)

const shownMax = 8

/** The sessions of a person that are used last, and how many there are in all. */
export const liveSessions =
  (sql: Sql) =>
  async (tenantId: string, userId: string): Promise<{ readonly sessions: readonly LiveSession[]; readonly total: number }> => {
    const rows = await sql.run(list, [tenantId, userId, shownMax])
    const sessions = rows.map((row) => ({ id: row.id, userAgent: row.user_agent, unusedSeconds: row.unused_seconds }))
    return { sessions, total: rows[0]?.total ?? 0 }
  }

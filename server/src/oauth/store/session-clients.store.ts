import { prepared, type Sql } from '../../db/database.ts'

const markEnded = prepared<never>(
  'oauth.mark-logouts',
  `update session_clients c set due_at = now() from sessions s
   where s.ended_at > now() - make_interval(secs => $1) and c.tenant_id = s.tenant_id and c.session_id = s.id and c.due_at is null`,
)

export type LogoutDelivery = {
  readonly tenantId: string
  readonly sessionId: string
  readonly clientId: string
  readonly userId: string
  readonly attempts: number
}

type DueRow = { tenant_id: string; session_id: string; client_id: string; user_id: string; attempts: number }

// The claim moves due_at past the time that a delivery can take, so that a node that dies leaves it to another.
const claim = prepared<DueRow>(
  'oauth.claim-logouts',
  `update session_clients c set due_at = now() + interval '30 seconds', attempts = attempts + 1
   from (select tenant_id, session_id, client_id from session_clients
     where due_at <= now() and delivered_at is null and gave_up_at is null order by due_at limit $1 for update skip locked) due
   where c.tenant_id = due.tenant_id and c.session_id = due.session_id and c.client_id = due.client_id
   returning c.tenant_id, c.session_id, c.client_id, c.user_id, c.attempts`,
)

const settle = prepared<never>(
  'oauth.settle-logout',
  `update session_clients set delivered_at = case when $4 = 'delivered' then now() end, gave_up_at = case when $4 = 'given-up' then now() end,
     due_at = now() + make_interval(secs => $5), last_error = $6
   where tenant_id = $1 and session_id = $2 and client_id = $3`,
)

const clientsOf = prepared<{ client_id: string }>(
  'oauth.clients-of-session',
  'select client_id from session_clients where tenant_id = $1 and session_id = $2 order by created_at',
)

export type Settlement = {
  readonly kind: 'delivered' | 'given-up' | 'again'
  readonly waitSeconds: number
  readonly error: string | undefined
}

/** Who learnt of which session, and the logout tokens that are owed to them. */
export const sessionClientStore = (sql: Sql) => ({
  /** Makes the deliveries of sessions that ended in the last `seconds` due, whoever ended them and however. */
  markEnded: async (seconds: number): Promise<void> => {
    await sql.run(markEnded, [seconds])
  },
  claim: async (count: number): Promise<readonly LogoutDelivery[]> =>
    (await sql.run(claim, [count])).map((row) => ({
      tenantId: row.tenant_id,
      sessionId: row.session_id,
      clientId: row.client_id,
      userId: row.user_id,
      attempts: row.attempts,
    })),
  settle: async ({ tenantId, sessionId, clientId }: LogoutDelivery, { kind, waitSeconds, error }: Settlement): Promise<void> => {
    await sql.run(settle, [tenantId, sessionId, clientId, kind, waitSeconds, error?.slice(0, 500) ?? null])
  },
  clientsOf: async (tenantId: string, sessionId: string): Promise<readonly string[]> =>
    (await sql.run(clientsOf, [tenantId, sessionId])).map((row) => row.client_id),
})
export type SessionClientStore = ReturnType<typeof sessionClientStore>

/** What waits to be told of an ended session, counted up to 10000; `late` is what should have gone a minute ago. */
export const logoutDepth = async (sql: Sql): Promise<{ waiting: number; late: number }> =>
  (
    await sql.text<{ waiting: number; late: number }>(
      `select count(*)::int as waiting, (count(*) filter (where due_at < now() - interval '1 minute'))::int as late
       from (select due_at from session_clients where due_at is not null and delivered_at is null and gave_up_at is null order by due_at limit 10000) open`,
      [],
    )
  )[0] ?? { waiting: 0, late: 0 }

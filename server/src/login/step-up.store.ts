import { prepared, type Sql } from '../db/database.ts'
import type { FoundStanding } from './step-up.ts'

type Row = { is_recent: boolean; has_proved_two: boolean; has_totp: boolean; has_passkey: boolean }

// Read from the row each time: a browser session is renewed under its id, so what memory holds of its sign-in may be old.
// Who acts as somebody has not signed in as them: never fresh.
const standing = prepared<Row>(
  'login.standing',
  `select coalesce(s.auth_time, s.created_at) > now() - make_interval(secs => $4) and s.impersonator_id is null as is_recent, 'mfa' = any(s.amr) as has_proved_two,
    exists (select from totp_factors t where t.tenant_id = $1 and t.user_id = $3 and t.confirmed_at is not null) as has_totp,
    exists (select from passkeys p where p.tenant_id = $1 and p.user_id = $3) as has_passkey
  from sessions s where s.tenant_id = $1 and s.id = $2 and s.user_id = $3 and s.ended_at is null and s.expires_at > now()`,
)

/** How a session signed in, and what the account has; undefined where the session has ended. */
export const findStanding =
  (sql: Sql) =>
  async (tenantId: string, input: { sessionId: string; userId: string; seconds: number }): Promise<FoundStanding | undefined> => {
    const [row] = await sql.run(standing, [tenantId, input.sessionId, input.userId, input.seconds])
    return row && { isRecent: row.is_recent, hasProvedTwo: row.has_proved_two, hasTotp: row.has_totp, hasPasskey: row.has_passkey }
  }

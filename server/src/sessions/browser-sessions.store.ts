import { prepared, type Sql } from '../db/database.ts'
import type { FoundSession } from './browser-sessions.ts'

type Row = {
  id: string
  user_id: string
  number: number
  username: string | null
  email: string | null
  language: string | null
  amr: string[]
  methods: string[] | null
  auth_time: Date
  secret_hash: Buffer
  impersonator_id: string | null
}

const find = prepared<Row>(
  'sessions.find-browser',
  `select s.id, s.user_id, u.number, u.language, s.amr, s.methods, s.auth_time, s.secret_hash, s.impersonator_id,
    (select written from identifiers i where i.tenant_id = s.tenant_id and i.user_id = s.user_id and i.kind = 'username' limit 1) as username,
    (select written from identifiers i where i.tenant_id = s.tenant_id and i.user_id = s.user_id and i.kind = 'email' order by created_at limit 1) as email
  from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
  where s.tenant_id = $1 and s.id = any($2::uuid[]) and s.kind = 'browser' and s.ended_at is null and s.expires_at > now()
    and s.idle_expires_at > now() and s.secret_hash is not null and u.status = 'active'`,
)

/** The live browser sessions among `ids`; whoever asks must still prove their secrets. */
export const findBrowserSessions = async (tenantId: string, sql: Sql, ids: readonly string[]): Promise<readonly FoundSession[]> =>
  ids.length === 0
    ? []
    : (await sql.run(find, [tenantId, ids])).map((row) => ({
        id: row.id,
        userId: row.user_id,
        number: row.number,
        username: row.username,
        email: row.email,
        language: row.language,
        amr: row.amr,
        methods: row.methods,
        authTime: row.auth_time.getTime(),
        secretHash: row.secret_hash,
        impersonatorId: row.impersonator_id,
      }))

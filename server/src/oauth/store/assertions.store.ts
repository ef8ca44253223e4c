import { prepared, type Sql } from '../../db/database.ts'
import { sha256 } from '../../platform/digest.ts'

const spend = prepared<{ won: number }>(
  'oauth.spend-assertion',
  `insert into spent_assertions (tenant_id, client_id, jti_hash, expires_at) values ($1, $2, $3, to_timestamp($4)) on conflict do nothing returning 1 as won`,
)

/** True for the one presentation of a `jti` that came first (RFC 7523 section 3); `expiresAt` in seconds since 1970. */
export const assertionStore = (sql: Sql) => ({
  spend: async (tenantId: string, input: { clientId: string; jti: string; expiresAt: number }): Promise<boolean> =>
    (await sql.run(spend, [tenantId, input.clientId, sha256(input.jti), input.expiresAt + 30])).length > 0,
})
export type AssertionStore = ReturnType<typeof assertionStore>

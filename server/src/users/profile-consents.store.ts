import { prepared, type Sql, type Tx } from '../db/database.ts'

export type ConsentRow = {
  readonly client_id: string
  readonly client_name: string | null
  readonly scope: readonly string[]
  readonly granted_at: Date
}

const list = prepared<ConsentRow>(
  'users.list-consents',
  `select c.client_id, a.name as client_name, c.scope, c.granted_at
  from consents c join clients a on a.tenant_id = c.tenant_id and a.id = c.client_id
  where c.tenant_id = $1 and c.user_id = $2 order by c.client_id`,
)

export const listConsents = (tenantId: string, sql: Sql, userId: string): Promise<ConsentRow[]> => sql.run(list, [tenantId, userId])

export type ConsentReference = { readonly userId: string; readonly clientId: string }

/** False where none was remembered. */
export const deleteConsent = async (tenantId: string, tx: Tx, { userId, clientId }: ConsentReference): Promise<boolean> =>
  (
    await tx.text('delete from consents where tenant_id = $1 and user_id = $2 and client_id = $3 returning client_id', [
      tenantId,
      userId,
      clientId,
    ])
  ).length > 0

/** Revokes what the user gave the client, codes not yet redeemed included; the number of grants that ended. */
export const revokeGrantsOf = async (tenantId: string, tx: Tx, { userId, clientId }: ConsentReference): Promise<number> =>
  (
    await tx.text(
      `update oauth_grants set revoked_at = now(), revoke_reason = 'consent-revoked'
       where tenant_id = $1 and user_id = $2 and client_id = $3 and revoked_at is null returning id`,
      [tenantId, userId, clientId],
    )
  ).length

import { prepared, type Sql } from '../../db/database.ts'

/** The parameters of a pushed authorization request, as sent. */
export type PushedParameters = { readonly values: readonly (readonly [string, string])[]; readonly resources: readonly string[] }

const push = prepared<never>(
  'oauth.push-request',
  `insert into pushed_requests (tenant_id, hash, client_id, parameters, expires_at) values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
)

const consume = prepared<{ parameters: PushedParameters; is_fresh: boolean }>(
  'oauth.consume-pushed-request',
  `delete from pushed_requests where tenant_id = $1 and hash = $2 and client_id = $3 returning parameters, expires_at > now() as is_fresh`,
)

/** Pushed authorization requests (RFC 9126): each is spent by the deletion of its row. */
export const pushedRequestStore = (sql: Sql) => ({
  push: async (tenantId: string, input: { hash: Uint8Array; clientId: string; parameters: PushedParameters; ttlSeconds: number }) => {
    await sql.run(push, [tenantId, input.hash, input.clientId, JSON.stringify(input.parameters), input.ttlSeconds])
  },
  consume: async (tenantId: string, input: { hash: Uint8Array; clientId: string }): Promise<PushedParameters | undefined> => {
    const [row] = await sql.run(consume, [tenantId, input.hash, input.clientId])
    return row?.is_fresh ? row.parameters : undefined
  },
})
export type PushedRequestStore = ReturnType<typeof pushedRequestStore>

import { prepared, type Sql } from '../db/database.ts'
import { seal, unseal } from '../platform/seal.ts'
import type { Claim, Idempotency } from './idempotency.ts'
import type { AnyReply } from './route.ts'

type Row = { mine: boolean; fingerprint: Buffer; answer: Buffer | null }

// A key counts for a day. Of two requests at once one inserts the row, and the other finds it.
const claim = prepared<Row>(
  'idempotency.claim',
  `with mine as (
      insert into idempotency_keys as k (tenant_id, actor, key, fingerprint) values ($1, $2, $3, $4)
      on conflict (tenant_id, actor, key) do update set fingerprint = excluded.fingerprint, answer = null, created_at = now()
        where k.created_at < now() - interval '1 day'
      returning fingerprint)
  select true as mine, fingerprint, null::bytea as answer from mine
  union all
  select false, fingerprint, answer from idempotency_keys where tenant_id = $1 and actor = $2 and key = $3 and not exists (select from mine)`,
)

const contextOf = (tenantId: string, actor: string, key: string): string => JSON.stringify(['idempotency', tenantId, actor, key])

/** Kept answers of a tenant; sealed, since a new secret may be among them. */
export const idempotencyStore = (tenantId: string, sql: Sql, sealingKey: Uint8Array): Idempotency => ({
  claim: async ({ actor, key, fingerprint }): Promise<Claim> => {
    const [row] = await sql.run(claim, [tenantId, actor, key, fingerprint])
    if (row === undefined || row.mine) return row === undefined ? { kind: 'under-way', fingerprint } : { kind: 'first' }
    if (row.answer === null) return { kind: 'under-way', fingerprint: row.fingerprint }
    const plain = unseal(sealingKey, row.answer, contextOf(tenantId, actor, key))
    if (plain === undefined) return { kind: 'under-way', fingerprint: row.fingerprint }
    return { kind: 'answered', fingerprint: row.fingerprint, answer: JSON.parse(plain.toString('utf8')) as AnyReply }
  },
  keep: async ({ actor, key }, { status, body, headers }) => {
    const sealed = seal(sealingKey, Buffer.from(JSON.stringify({ status, body, headers })), contextOf(tenantId, actor, key))
    await sql.text('update idempotency_keys set answer = $4 where tenant_id = $1 and actor = $2 and key = $3', [
      tenantId,
      actor,
      key,
      sealed,
    ])
  },
  release: async ({ actor, key }) => {
    await sql.text('delete from idempotency_keys where tenant_id = $1 and actor = $2 and key = $3 and answer is null', [
      tenantId,
      actor,
      key,
    ])
  },
})

/** Forgets keys of more than a day ago. */
export const dropOldIdempotencyKeys = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from idempotency_keys where created_at < now() - interval '1 day'`)
}

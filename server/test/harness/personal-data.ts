import type { Sql } from '../../src/db/database.ts'
import { eventSecrets, openRows, type SealedRow } from '../../src/events/sealing.ts'
import { deriveKey } from '../../src/platform/digest.ts'
import { testSecret } from './environment.ts'

type Row = SealedRow & { readonly id: string; readonly type: string; readonly tenant_id: string; readonly user_id: string | null }

/** The keys of every server of the tests. */
export const testSecrets = eventSecrets((purpose) => deriveKey(testSecret, purpose))

/** Events with their address and browser as a server of the tests reads them, the oldest first. `condition` is SQL over the events `e`. */
export const personalDataOf = async (sql: Sql, condition: string, values: readonly unknown[] = []) => {
  const rows = await sql.text<Row>(
    `select e.id, e.type, e.tenant_id, e.user_id, host(e.ip) as ip, e.user_agent, e.key_id, e.sealed, k.sealed as key_sealed
     from events e left join event_keys k on k.id = e.key_id where ${condition} order by e.at, e.id`,
    values,
  )
  return rows.flatMap((row) => openRows(testSecrets, row.tenant_id, [row]))
}

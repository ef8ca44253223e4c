import { prepareDatabase } from '../../src/db/connect.ts'
import type { Database } from '../../src/db/database.ts'
import { findTenantId } from '../../src/tenants/tenants.store.ts'
import { startTestDatabase } from '../harness/database.ts'

/** A migrated database and its tenant. */
export const preparedDatabase = async (): Promise<{ readonly sql: Database; readonly tenantId: string }> => {
  const { connection, sql } = await (await startTestDatabase()).create()
  await prepareDatabase({ connection, isPooled: false, waitSeconds: 5, say: () => undefined, withMigrations: true })
  const tenantId = await findTenantId('default', sql)
  if (tenantId === undefined) throw new Error('The migrations made no tenant.')
  return { sql, tenantId }
}

import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventRow, makeEvent } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { deleteBatch, deleteTenant, findDueTenants, tenantTables } from './purge.store.ts'

export type PurgeDeps = {
  /** Runs work of the role that owns the tables: the audit is part of what goes. */
  readonly asOwner: (work: (owner: Database) => Promise<void>) => Promise<void>
  /** The tenant in whose log it is written. */
  readonly rootId: string
  readonly record: (tx: Tx, event: EventRow) => Promise<void>
}

const batch = 1000
// What is left then is done at the next run: other upkeep is due as well.
const batchesMax = 500

type Purge = Omit<PurgeDeps, 'asOwner'> & { readonly db: Database }

const purge = async ({ db, rootId, record }: Purge): Promise<void> => {
  let left = batchesMax
  for (const { tenant_id: tenantId, slug } of await findDueTenants(db)) {
    for (const table of await tenantTables(db)) {
      for (let deleted = batch; deleted === batch; left -= 1) {
        if (left <= 0) return
        deleted = await deleteBatch(tenantId, db, { table, limit: batch })
      }
    }
    await inTransaction(db, { isIdempotent: true }, async (tx) => {
      if (!(await deleteTenant(tenantId, tx))) return
      await record(tx, makeEvent({ tenantId: rootId, type: 'tenant.deleted', payload: { tenant: tenantId, slug } }))
    })
  }
}

/** Deletes tenants whose grace is over, in batches that hold nothing for long; the tenant itself goes last, with the event. */
export const tenantPurge = ({ asOwner, ...deps }: PurgeDeps): Upkeep => ({
  task: 'tenants.deletion',
  everySeconds: 60,
  run: () => asOwner((db) => purge({ ...deps, db })),
})

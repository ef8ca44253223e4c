import type { Upkeep } from '../jobs/jobs.ts'
import type { UserAdmin } from './user-admin.job.ts'
import { findDueDeletions } from './user-admin.store.ts'

const batch = 100

/** Deletes the accounts whose owners asked for it, once the time to call it off is over. */
export const deletionUpkeep = (adminOf: (tenantId: string) => Pick<UserAdmin, 'remove' | 'postponeDeletion'>): Upkeep => ({
  task: 'users.deletion',
  everySeconds: 300,
  run: async (sql) => {
    for (const { tenant_id: tenantId, id, number } of await findDueDeletions(sql, batch)) {
      const admin = adminOf(tenantId)
      const { kind } = await admin.remove({ id, number })
      // The account stays open for a day more, in which its owner can give the organization another one.
      if (kind === 'held') await admin.postponeDeletion(id)
    }
  },
})

import type { Base } from '../compose.ts'
import { erasePersonalData, record } from '../events/events.job.ts'
import { holdOwnedAlone } from '../organizations/members.job.ts'
import { bumpSessionEpoch, endSessionsOf } from '../sessions/endings.job.ts'
import { createUserAdmin, type UserAdmin } from '../users/user-admin.job.ts'
import { onDatabase } from './context.ts'

export const userAdminOf = ({ db, tenantId }: Base): UserAdmin =>
  createUserAdmin({
    db,
    tenantId,
    ownedAlone: (tx, userId) => holdOwnedAlone(tenantId, tx, userId),
    endSessions: (tx, input) => endSessionsOf(tenantId, tx, input),
    forgetSessions: (tx) => bumpSessionEpoch(tenantId, tx),
    record,
    erasePersonalData: (tx, userId) => erasePersonalData(tenantId, tx, { userId }),
  })

/** Runs `work` with the accounts of the database that the settings name. */
export const onUsers = <T>(work: (admin: UserAdmin, base: Base) => Promise<T>): Promise<T> =>
  onDatabase((base) => work(userAdminOf(base), base))

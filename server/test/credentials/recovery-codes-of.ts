import { makeRecoveryCodes, recoveryCodeCheck } from '../../src/credentials/recovery-code/recovery-code.method.ts'
import { recoveryCodeStore } from '../../src/credentials/recovery-code/recovery-code.store.ts'
import type { Database } from '../../src/db/database.ts'
import type { People } from './people.ts'

/** A code that nobody has. */
export const wrongRecoveryCode = '0000-0000-0000-0000'

/** Recovery codes on a node. */
export const recoveryCodesOf = ({ nodes, tenantId, event }: People, db: Database = nodes[0]) => {
  const store = recoveryCodeStore(db)
  const make = async (userId: string): Promise<readonly string[]> =>
    (await makeRecoveryCodes(store)(tenantId, { userId, event: event('recovery_codes.made', userId, { count: 10 }) })) ?? []
  const check = (userId: string, answer: string) =>
    recoveryCodeCheck({
      store,
      spentEvent: event('recovery_code.spent', userId, {}),
      lockedEvent: event('factor.locked', userId, { method: 'recovery-code', failures: 0, seconds: 0 }),
    })(tenantId, { userId, answer })
  return {
    make,
    check,
    countLeft: (userId: string) => store.countLeft(tenantId, userId),
    remove: (userId: string) => store.remove(tenantId, userId),
  }
}

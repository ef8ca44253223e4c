import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { violatedUnique } from '../db/errors.ts'
import { registrationStore } from '../users/users.ts'
import type { SignUpStore } from './sign-up.ts'

type Registration = Parameters<SignUpStore['register']>[1]

/** What an account rests on, a link or a proof, and what is written with it. */
export type Guard = {
  /** Uses it up by one guarded statement; false where it is not live any more. */
  readonly spend: (tx: Tx, registration: Registration) => Promise<boolean>
  readonly finish?: (tx: Tx, registration: Registration) => Promise<void>
}

/** What the account was to rest on was used, has expired, or was taken back: nothing was written. */
export class GuardGone extends Error {}

/** `GuardGone` as an answer. */
export const orGone = <T>(registering: Promise<T>): Promise<T | 'gone'> =>
  registering.catch((error) => {
    if (error instanceof GuardGone) return 'gone'
    throw error
  })

/** The sign-up's port that writes an account together with the use of what it rests on, both or neither. */
export const guardedRegistration = (db: Database, { spend, finish }: Guard): SignUpStore => ({
  findTaken: registrationStore(db).findTaken,
  register: async (tenantId, registration) => {
    try {
      return await inTransaction(db, { isIdempotent: false }, async (tx) => {
        if (!(await spend(tx, registration))) throw new GuardGone()
        const registered = await registrationStore(tx).insert(tenantId, registration)
        await finish?.(tx, registration)
        return registered
      })
    } catch (error) {
      if (violatedUnique(error) === undefined) throw error
      return { kind: 'taken', which: (await registrationStore(db).findTaken(tenantId, registration)) ?? 'username' }
    }
  },
})

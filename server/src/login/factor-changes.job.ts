import { addPasskey, type PasskeyDeps, passkeyStore } from '../credentials/passkey/passkey.ts'
import { makeRecoveryCodes, recoveryCodeStore } from '../credentials/recovery-code/recovery-code.ts'
import { confirmTotp, totpStore } from '../credentials/totp/totp.ts'
import { type Database, inTransaction, type Tx } from '../db/database.ts'
import type { EventRow } from '../events/events.ts'
import { forgetTrust } from './account-changes.store.ts'
import type { Notice } from './new-session.ts'
import { writeNotice } from './notice.store.ts'

export type FactorChangesDeps = { readonly db: Database; readonly totpKey: Uint8Array }

type Told = { readonly userId: string; readonly event: EventRow; readonly notice: Notice }

/** A change with the notice of it in one transaction; nothing is told where nothing was changed. */
const telling = <T>(
  db: Database,
  { notice, hasChanged }: { readonly notice: Notice; readonly hasChanged: (outcome: T) => boolean },
  change: (tx: Tx) => Promise<T>,
): Promise<T> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    const outcome = await change(tx)
    if (hasChanged(outcome)) await writeNotice(tx, notice)
    return outcome
  })

const isTrue = (outcome: boolean): boolean => outcome

const totpChanges = ({ db, totpKey: key }: FactorChangesDeps) => ({
  /** The first code activates the factor: of two answers at once one does. */
  confirmTotp: (tenantId: string, { notice, ...input }: Told & { readonly answer: string }) => {
    const activate = (tenant: string, activation: Parameters<ReturnType<typeof totpStore>['activate']>[1]) =>
      telling(db, { notice, hasChanged: isTrue }, (tx) => totpStore(tx).activate(tenant, activation))
    return confirmTotp({ store: { ...totpStore(db), activate }, key })(tenantId, input)
  },
  /** False where there was none. */
  removeTotp: async (tenantId: string, { userId, event, notice }: Told): Promise<boolean> => {
    // An enrolment that nobody confirmed has guarded nothing.
    const isPending = (await totpStore(db).findPending(tenantId, userId)) !== undefined
    const hasChanged = (isRemoved: boolean): boolean => isRemoved && !isPending
    return telling(db, { notice, hasChanged }, async (tx) => {
      // Browsers were excused from this factor, not from the next one.
      await forgetTrust(tenantId, tx, userId)
      return totpStore(tx).remove(tenantId, { userId, event })
    })
  },
})

type Removal = Told & { readonly id: string; readonly withPassword: boolean; readonly withEmail: boolean }

/** Changes of what a person proves the account with, each in one transaction with its event and notice. */
export const factorChanges = (deps: FactorChangesDeps) => {
  const { db } = deps
  return {
    ...totpChanges(deps),
    makeRecoveryCodes: (tenantId: string, { userId, event, notice }: Told) => {
      const hasChanged = (codes: readonly string[] | undefined): boolean => codes !== undefined
      return telling(db, { notice, hasChanged }, (tx) => makeRecoveryCodes(recoveryCodeStore(tx))(tenantId, { userId, event }))
    },
    /** The challenge is spent in a commit of its own: whatever comes of the answer, no second one counts. */
    addPasskey: (
      tenantId: string,
      { passkeys, notice, ...input }: { passkeys: PasskeyDeps; notice: Notice } & Parameters<ReturnType<typeof addPasskey>>[1],
    ) => {
      const add: PasskeyDeps['store']['add'] = (tenant, addition) =>
        telling(db, { notice, hasChanged: (outcome) => outcome === 'added' }, (tx) => passkeyStore(tx).add(tenant, addition))
      return addPasskey({ ...passkeys, store: { ...passkeys.store, add } })(tenantId, input)
    },
    removePasskey: (tenantId: string, { notice, ...input }: Removal) =>
      telling(db, { notice, hasChanged: (outcome) => outcome === 'removed' }, (tx) => passkeyStore(tx).removeUnlessLast(tenantId, input)),
  }
}

export type FactorChanges = ReturnType<typeof factorChanges>

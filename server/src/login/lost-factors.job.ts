import { passkeyStore } from '../credentials/passkey/passkey.ts'
import { recoveryCodeStore } from '../credentials/recovery-code/recovery-code.ts'
import { totpStore } from '../credentials/totp/totp.ts'
import { type Database, inTransaction, type Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { personSessions } from '../sessions/sessions.ts'
import { forgetTrust } from './account-changes.store.ts'
import { writeNotice } from './notice.store.ts'
import type { Notices } from './notices.ts'

export type LostFactor = 'totp' | 'recovery-codes' | 'trusted-browsers' | 'password' | { readonly passkey: string }

export type LostFactorsDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly notices: Notices
  /** Takes the password away and ends the sessions, in the transaction; false where there is none. */
  readonly removePassword: (tx: Tx, input: { userId: string; events: EventMaker }) => Promise<boolean>
}

export type Removal = {
  readonly userId: string
  readonly factor: LostFactor
  readonly events: EventMaker
  /** Throws where whoever asks may not change this account. */
  readonly guard: (tx: Tx) => Promise<void>
}

type Step = (tx: Tx, removal: Pick<Removal, 'userId' | 'events'>) => Promise<boolean>

const takeTotp =
  ({ tenantId }: LostFactorsDeps): Step =>
  async (tx, { userId, events }) => {
    // An enrolment that nobody confirmed guards nothing.
    if ((await totpStore(tx).findPending(tenantId, userId)) !== undefined) return false
    // Browsers were excused from this factor, not from the next one.
    await forgetTrust(tenantId, tx, userId)
    return totpStore(tx).remove(tenantId, { userId, event: events.makeConditional({ type: 'totp.removed', userId, payload: {} }) })
  }

const takeCodes =
  ({ tenantId }: LostFactorsDeps): Step =>
  (tx, { userId, events }) => {
    const event = events.makeConditional({ type: 'recovery_codes.removed', userId, payload: { via: 'admin' } })
    return recoveryCodeStore(tx).take(tenantId, { userId, event })
  }

const distrust =
  ({ tenantId }: LostFactorsDeps): Step =>
  async (tx, { userId, events }) => {
    const event = events.makeConditional({ type: 'devices.untrusted', userId, payload: {} })
    return (await personSessions(tx).distrust(tenantId, { userId, event })) > 0
  }

// An operator may take the last one: whoever lost it cannot prove anything else, and gets a link by mail next.
const takePasskey =
  ({ tenantId }: LostFactorsDeps, passkey: string): Step =>
  (tx, { userId, events }) =>
    passkeyStore(tx).remove(tenantId, {
      ...{ userId, id: passkey },
      event: events.makeConditional({ type: 'passkey.removed', userId, payload: { passkey } }),
    })

const stepOf = (deps: LostFactorsDeps, factor: LostFactor): { readonly what: string; readonly take: Step } => {
  if (typeof factor === 'object') return { what: 'Passkey removed', take: takePasskey(deps, factor.passkey) }
  const steps = {
    totp: { what: 'Authenticator app removed', take: takeTotp(deps) },
    'recovery-codes': { what: 'Recovery codes removed', take: takeCodes(deps) },
    'trusted-browsers': { what: 'Trusted browsers removed', take: distrust(deps) },
    password: { what: 'Password removed', take: deps.removePassword },
  } as const
  return steps[factor]
}

/** What an operator takes away for somebody who has lost it, or whose factor somebody else may have: with its event, and a notice to the owner. */
export const createLostFactors = (deps: LostFactorsDeps) => ({
  /** False where the account has no such factor. */
  remove: ({ userId, factor, events, guard }: Removal): Promise<boolean> =>
    inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
      await guard(tx)
      const { what, take } = stepOf(deps, factor)
      if (!(await take(tx, { userId, events }))) return false
      // Where from the operator works is nothing that the owner has to know.
      await writeNotice(tx, deps.notices(deps.tenantId, { ip: '-' }, { userId, template: 'factor-changed', what }))
      return true
    }),
})

export type LostFactors = ReturnType<typeof createLostFactors>

import { randomBytes } from 'node:crypto'
import type { EventRow } from '../../events/events.ts'
import { closedVerdict } from '../factor-tries.ts'
import type { Method, Verdict } from '../method.ts'
import { hashRecoveryCode, printRecoveryCode, readRecoveryCode, recoveryCodeBytes, recoveryCodeCount } from './recovery-code-form.ts'

/** Codes to be kept on paper, for the day on which the other factor is lost. */
export const recoveryCodeMethod: Method = {
  name: 'recovery-code',
  amr: ['otp'],
  uses: ['second', 'recovery'],
  isMultiFactor: false,
  isEnrolled: ({ recoveryCodes }) => recoveryCodes > 0,
}

/** What one try came to: it is counted and the code spent in one statement. */
export type RecoveryTry =
  | { readonly kind: 'none' }
  | { readonly kind: 'closed'; readonly failures: number | null; readonly waitSeconds: number | null }
  | { readonly kind: 'spent' }
  | { readonly kind: 'failed' }

type Spending = {
  readonly userId: string
  readonly hash: Uint8Array
  readonly spentEvent: EventRow
  readonly lockedEvent: EventRow
}

export type RecoveryCodeStore = {
  /** Ends the codes before; false where the account has gone. */
  readonly replace: (tenantId: string, input: { userId: string; hashes: readonly Uint8Array[]; event: EventRow }) => Promise<boolean>
  readonly spend: (tenantId: string, spending: Spending) => Promise<RecoveryTry>
  readonly countLeft: (tenantId: string, userId: string) => Promise<number>
  readonly remove: (tenantId: string, userId: string) => Promise<void>
  /** The same by an operator, with the event; false where there were none. */
  readonly take: (tenantId: string, input: { userId: string; event: EventRow }) => Promise<boolean>
}

/** Makes a new set and ends the one before. The codes are shown once; `event` is `recovery_codes.made`. Undefined where the account has gone. */
export const makeRecoveryCodes =
  (store: Pick<RecoveryCodeStore, 'replace'>) =>
  async (tenantId: string, { userId, event }: { userId: string; event: EventRow }): Promise<readonly string[] | undefined> => {
    const codes = Array.from({ length: recoveryCodeCount }, () => printRecoveryCode(randomBytes(recoveryCodeBytes)))
    const hashes = codes.map((code) => hashRecoveryCode(readRecoveryCode(code) ?? code, { tenantId, userId }))
    return (await store.replace(tenantId, { userId, hashes, event })) ? codes : undefined
  }

export type RecoveryCodeCheckDeps = {
  readonly store: Pick<RecoveryCodeStore, 'spend'>
  /** `recovery_code.spent`. */
  readonly spentEvent: EventRow
  /** `factor.locked`; its payload is filled in by the statement. */
  readonly lockedEvent: EventRow
}

/** Checks a code and spends it, in one statement. */
export const recoveryCodeCheck =
  ({ store, spentEvent, lockedEvent }: RecoveryCodeCheckDeps) =>
  async (tenantId: string, { userId, answer }: { userId: string; answer: string }): Promise<Verdict> => {
    const code = readRecoveryCode(answer)
    // What cannot be a code is a slip of the hand, not a guess.
    if (code === undefined) return { kind: 'failed' }
    const tried = await store.spend(tenantId, { userId, hash: hashRecoveryCode(code, { tenantId, userId }), spentEvent, lockedEvent })
    if (tried.kind === 'closed') return closedVerdict(tried)
    return { kind: tried.kind === 'spent' ? 'passed' : 'failed' }
  }

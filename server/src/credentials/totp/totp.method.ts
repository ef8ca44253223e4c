import { randomBytes } from 'node:crypto'
import type { EventRow } from '../../events/events.ts'
import { seal, unseal } from '../../platform/seal.ts'
import { closedVerdict, factorLimits, lockSeconds } from '../factor-tries.ts'
import type { Method, Verdict } from '../method.ts'
import { matchStep, printTotpKey, readTotpCode, type TotpConfirmation, type TotpEnrolment, totpSecretBytes, totpUri } from './totp-code.ts'

/** One-time codes of an authenticator app (RFC 6238). */
export const totpMethod: Method = {
  name: 'totp',
  amr: ['otp'],
  uses: ['second'],
  isMultiFactor: false,
  isEnrolled: ({ hasTotp }) => hasTotp,
}

/** A try that was counted, or not: `closed` while the factor is locked or off. `now` is the database's, in milliseconds since 1970. */
export type Try =
  | { readonly kind: 'none' }
  | { readonly kind: 'closed'; readonly failures: number | null; readonly waitSeconds: number | null }
  | { readonly kind: 'open'; readonly sealedSecret: Buffer; readonly now: number; readonly failures: number }

type Settlement = {
  readonly userId: string
  readonly sealedSecret: Uint8Array
  /** The step whose code was given; undefined for a wrong code. */
  readonly step: number | undefined
  /** Written unless the step was spent. */
  readonly events: readonly EventRow[]
}

export type TotpStore = {
  /** False where a confirmed factor stands, or the account has gone. */
  readonly begin: (tenantId: string, input: { userId: string; sealedSecret: Uint8Array }) => Promise<boolean>
  readonly findPending: (tenantId: string, userId: string) => Promise<{ sealedSecret: Buffer; now: number } | undefined>
  readonly activate: (
    tenantId: string,
    input: { userId: string; sealedSecret: Uint8Array; step: number; event: EventRow },
  ) => Promise<boolean>
  readonly spendTry: (tenantId: string, userId: string) => Promise<Try>
  /** True for the one answer that spent the step. */
  readonly settle: (tenantId: string, settlement: Settlement) => Promise<boolean>
  readonly remove: (tenantId: string, input: { userId: string; event: EventRow }) => Promise<boolean>
}

export type TotpDeps = { readonly store: TotpStore; readonly key: Uint8Array }

const contextOf = (tenantId: string, userId: string): string => `totp ${tenantId} ${userId}`

/** What the authenticator app shows beside the code: who asks for it, and which account it is of. */
type Labels = { readonly issuer: string; readonly account: string }

const enrolmentOf = (secret: Uint8Array, labels: Labels): TotpEnrolment => ({
  uri: totpUri({ secret, ...labels }),
  key: printTotpKey(secret),
})

/** Begins an enrolment in place of an unconfirmed one; undefined where a confirmed factor stands, which has to be removed first. */
export const beginTotp =
  ({ store, key }: TotpDeps) =>
  async (tenantId: string, { userId, ...labels }: { userId: string } & Labels): Promise<TotpEnrolment | undefined> => {
    const secret = randomBytes(totpSecretBytes)
    const sealedSecret = seal(key, secret, contextOf(tenantId, userId))
    return (await store.begin(tenantId, { userId, sealedSecret })) ? enrolmentOf(secret, labels) : undefined
  }

/** The enrolment that waits for its first code, to show it again; undefined where none does. */
export const pendingTotp =
  ({ store, key }: TotpDeps) =>
  async (tenantId: string, { userId, ...labels }: { userId: string } & Labels): Promise<TotpEnrolment | undefined> => {
    const pending = await store.findPending(tenantId, userId)
    const secret = pending === undefined ? undefined : unseal(key, pending.sealedSecret, contextOf(tenantId, userId))
    return secret === undefined ? undefined : enrolmentOf(secret, labels)
  }

/** The first code activates the factor, and is spent by that. `event` is `totp.enrolled`. */
export const confirmTotp =
  ({ store, key }: TotpDeps) =>
  async (tenantId: string, { userId, answer, event }: { userId: string; answer: string; event: EventRow }): Promise<TotpConfirmation> => {
    const pending = await store.findPending(tenantId, userId)
    if (pending === undefined) return { kind: 'nothing-pending' }
    const secret = unseal(key, pending.sealedSecret, contextOf(tenantId, userId))
    const code = readTotpCode(answer)
    const step = secret === undefined || code === undefined ? undefined : matchStep(secret, code, pending.now)
    if (step === undefined) return { kind: 'failed' }
    const isActive = await store.activate(tenantId, { userId, sealedSecret: pending.sealedSecret, step, event })
    return isActive ? { kind: 'confirmed' } : { kind: 'nothing-pending' }
  }

const lockEvents = (event: EventRow, failures: number): readonly EventRow[] =>
  failures < factorLimits.lockAfter ? [] : [{ ...event, payload: { method: totpMethod.name, failures, seconds: lockSeconds(failures) } }]

/** Checks a code: two statements at most. `lockedEvent` is `factor.locked`; its payload is filled in here. */
export const totpCheck =
  ({ store, key, lockedEvent }: TotpDeps & { readonly lockedEvent: EventRow }) =>
  async (tenantId: string, { userId, answer }: { userId: string; answer: string }): Promise<Verdict> => {
    const code = readTotpCode(answer)
    // What cannot be a code is a slip of the hand, not a guess.
    if (code === undefined) return { kind: 'failed' }
    const tried = await store.spendTry(tenantId, userId)
    if (tried.kind === 'none') return { kind: 'failed' }
    if (tried.kind === 'closed') return closedVerdict(tried)
    const { sealedSecret, now, failures } = tried
    const secret = unseal(key, sealedSecret, contextOf(tenantId, userId))
    if (secret === undefined) throw new Error('The secret of an authenticator app cannot be unsealed: the key is another one.')
    const step = matchStep(secret, code, now)
    const events = lockEvents(lockedEvent, failures)
    if (step === undefined && events.length === 0) return { kind: 'failed' }
    return { kind: (await store.settle(tenantId, { userId, sealedSecret, step, events })) ? 'passed' : 'failed' }
  }

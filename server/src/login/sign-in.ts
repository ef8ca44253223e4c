import type { HashPool } from '../credentials/password/password.ts'
import type { EventRow, RefusalReason } from '../events/events.ts'
import { sha256Text } from '../platform/digest.ts'
import { budgetNetwork } from '../platform/network.ts'
import type { Secret } from '../platform/secret.ts'
import { readIdentifier } from '../users/users.ts'
import type { EnrolledRow } from './enrolled.store.ts'
import type { Enter, Entry } from './enter.ts'
import type { Entering, NewSession } from './new-session.ts'
import { nothingEnrolled, type Progression } from './progression.ts'
import type { Demand } from './steps.ts'

/** What one attempt found and spent: the budget is written before any hash is computed. */
export type Attempt = {
  readonly waitSeconds: number | null
  readonly userId: string | null
  readonly status: 'active' | 'disabled' | 'frozen' | null
  readonly encoded: string | null
  /** Null where the password is locked: then nothing was spent. */
  readonly failures: number | null
  readonly generation: number | null
  readonly isPasswordDisabled: boolean
  readonly enrolled: EnrolledRow | null
  /** Whether this browser is excused from the second factor. */
  readonly isTrusted: boolean
}

/** A browser and the secret of its trust cookie, both as hashes. */
export type Trust = { readonly browser: Uint8Array; readonly secretHash: Uint8Array }

export type AttemptKeys = {
  readonly kind: string
  readonly canonical: string
  readonly addressKey: string
  readonly addressUserKey: string
  readonly trust?: Trust | undefined
}

export type SignInStore = {
  readonly spend: (tenantId: string, keys: AttemptKeys) => Promise<Attempt>
  readonly refuse: (tenantId: string, keys: AttemptKeys, events: readonly EventRow[]) => Promise<void>
  /** The session that now lives; undefined where password or account changed meanwhile. */
  readonly complete: (tenantId: string, session: NewSession) => Promise<string | undefined>
  /** Replaces the hash where the sign-in goes on to a second factor. */
  readonly upgrade: (tenantId: string, input: { userId: string; encoded: string; upgraded: string }) => Promise<void>
}

export type SignInRequest = Entering & {
  readonly tenantId: string
  readonly name: string
  readonly secret: Secret
  /** The code of a second factor, where the door takes it together with the password. */
  readonly secondAnswer?: string | undefined
  readonly trust?: Trust | undefined
  readonly demands?: Demand | undefined
}

export type SignInOutcome =
  | Exclude<Entry, { kind: 'gone' }>
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly userId?: string }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }

export type SignIn = (request: SignInRequest) => Promise<SignInOutcome>

export type SignInDeps = Pick<Progression, 'answer'> & {
  readonly enter: Enter
  readonly store: Omit<SignInStore, 'complete'>
  readonly hashes: Pick<HashPool, 'verify' | 'hash'>
  readonly scheme: string
  readonly lockAfter: number
  readonly disableAfter: number
}

class Limited extends Error {
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    super('limited')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

const keysOf = ({ name, origin, trust }: SignInRequest): AttemptKeys => {
  const identifier = readIdentifier(name)
  const network = budgetNetwork(origin.ip)
  const canonical = identifier?.canonical ?? ''
  const subject = identifier ? canonical : name.slice(0, 512)
  return {
    kind: identifier?.kind ?? 'username',
    canonical,
    addressKey: `a ${network}`,
    addressUserKey: `u ${sha256Text(JSON.stringify([network, subject]))}`,
    trust,
  }
}

const refusalReason = (attempt: Attempt): RefusalReason => {
  if (attempt.userId === null) return 'unknown-user'
  if (attempt.status !== 'active') return 'disabled'
  if (attempt.isPasswordDisabled) return 'password-disabled'
  if (attempt.failures === null) return 'locked'
  return attempt.encoded === null ? 'no-password' : 'wrong-password'
}

const mayVerify = ({ status, failures }: Attempt): boolean => status === 'active' && failures !== null

const refusalEvents = (deps: SignInDeps, request: SignInRequest, attempt: Attempt): EventRow[] => {
  const userId = attempt.userId ?? undefined
  const events = [request.events.make({ type: 'sign_in.refused', userId, payload: { reason: refusalReason(attempt) } })]
  const failures = attempt.failures ?? 0
  if (failures === deps.disableAfter) events.push(request.events.make({ type: 'password.disabled', userId, payload: { failures } }))
  else if (failures >= deps.lockAfter)
    events.push(
      request.events.make({
        type: 'password.locked',
        userId,
        payload: { failures, seconds: Math.min(900, 2 ** Math.min(20, failures - deps.lockAfter)) },
      }),
    )
  return events
}

const refusedAt = ({ events }: SignInRequest, { reason, userId }: Extract<SignInOutcome, { kind: 'refused' }>): EventRow =>
  events.make({ type: 'sign_in.refused', userId, payload: { reason } })

/** In with the password, and with the second factor where it came along. */
const enterWith = async (
  deps: SignInDeps,
  request: SignInRequest,
  { attempt, upgraded }: { attempt: Attempt; upgraded: string | undefined },
): Promise<SignInOutcome | { readonly kind: 'gone' }> => {
  const { tenantId, secondAnswer } = request
  const userId = attempt.userId ?? ''
  const person = {
    userId,
    generation: attempt.generation ?? 0,
    enrolled: attempt.enrolled ?? nothingEnrolled,
    isTrusted: attempt.isTrusted,
  }
  const password = { encoded: attempt.encoded ?? '', upgraded, scheme: deps.scheme }
  const first = await deps.enter({ ...request, person, methods: ['password'], password })
  if (first.kind !== 'unfinished') return first
  if (upgraded !== undefined) await deps.store.upgrade(tenantId, { userId, encoded: password.encoded, upgraded })
  if (first.step !== 'second-factor' || secondAnswer === undefined) return first
  const answered = await deps.answer(tenantId, { ...request, person, methods: ['password'], answer: secondAnswer })
  if (answered.kind === 'failed' || answered.kind === 'disabled') return { kind: 'refused', reason: 'wrong-second-factor', userId }
  if (answered.kind === 'limited') return answered
  return answered.kind === 'due' ? first : deps.enter({ ...request, person, methods: answered.methods })
}

const attemptWith = async (deps: SignInDeps, request: SignInRequest): Promise<SignInOutcome> => {
  const { store, hashes } = deps
  const keys = keysOf(request)
  const { matches, needsRehash, loaded } = await hashes.verify({
    secret: request.secret,
    key: keys.canonical || undefined,
    load: async () => {
      const attempt = await store.spend(request.tenantId, keys)
      if (attempt.waitSeconds !== null) throw new Limited(attempt.waitSeconds)
      return { attempt, encoded: mayVerify(attempt) ? (attempt.encoded ?? undefined) : undefined }
    },
  })
  const { attempt } = loaded
  if (matches) {
    const upgraded = needsRehash ? await hashes.hash(request.secret).catch(() => undefined) : undefined
    const outcome = await enterWith(deps, request, { attempt, upgraded })
    if (outcome.kind === 'refused') await store.refuse(request.tenantId, keys, [refusedAt(request, outcome)])
    if (outcome.kind !== 'gone') return outcome
  }
  await store.refuse(request.tenantId, keys, refusalEvents(deps, request, attempt))
  return { kind: 'refused', reason: refusalReason(attempt) }
}

/**
 * The password door. The attempt is spent when the hash is about to be computed, one at a time for a name, and no connection is held meanwhile.
 * Unknown, locked and disabled accounts cost a hash like any other and get the same answer.
 */
export const createSignIn =
  (deps: SignInDeps): SignIn =>
  async (request) => {
    try {
      return await attemptWith(deps, request)
    } catch (error) {
      if (error instanceof Limited) return { kind: 'limited', retryAfterSeconds: error.retryAfterSeconds }
      throw error
    }
  }

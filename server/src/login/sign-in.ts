import type { MethodName } from '../credentials/method.ts'
import type { HashPool } from '../credentials/password/password.ts'
import type { EventRow, RefusalReason } from '../events/events.ts'
import type { Secret } from '../platform/secret.ts'
import type { Enter, Entry } from './enter.ts'
import type { Entering, NewSession } from './new-session.ts'
import {
  type Attempt,
  type AttemptStore,
  Limited,
  type PasswordLimits,
  refusalEvents,
  refusalReason,
  type Trust,
  tryPassword,
} from './password-attempt.ts'
import { nothingEnrolled, type Progression } from './progression.ts'
import type { Demand } from './steps.ts'

export type { Attempt, AttemptKeys, Trust } from './password-attempt.ts'

export type SignInStore = AttemptStore & {
  /** The session that now lives; undefined where password or account changed meanwhile. */
  readonly complete: (tenantId: string, session: NewSession) => Promise<string | undefined>
  /** The password was right and a second factor is due: it counts as wrong no more, and its hash is replaced where it is an old one. */
  readonly acceptPassword: (tenantId: string, input: AcceptedPassword) => Promise<void>
}

export type AcceptedPassword = {
  readonly userId: string
  readonly generation: number
  readonly encoded: string
  readonly upgraded: string | undefined
}

export type SignInRequest = Entering & {
  readonly tenantId: string
  readonly name: string
  readonly secret: Secret
  /** The code of a second factor, where the door takes it together with the password. */
  readonly secondAnswer?: string | undefined
  readonly trust?: Trust | undefined
  readonly demands?: Demand | undefined
  readonly allowed?: readonly MethodName[] | undefined
}

export type SignInOutcome =
  | Exclude<Entry, { kind: 'gone' }>
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly userId?: string }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }

export type SignIn = (request: SignInRequest) => Promise<SignInOutcome>

export type SignInDeps = Pick<Progression, 'answer'> &
  PasswordLimits & {
    readonly enter: Enter
    readonly store: Omit<SignInStore, 'complete'>
    readonly hashes: Pick<HashPool, 'verify' | 'hash'>
    readonly scheme: string
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
  if (first.kind !== 'unfinished' && first.kind !== 'not-allowed') return first
  // Whoever leaves at the second factor and comes back has typed nothing wrong; guesses at the factor have a counter of their own.
  await deps.store.acceptPassword(tenantId, { userId, generation: person.generation, encoded: password.encoded, upgraded })
  if (first.kind === 'not-allowed' || first.step !== 'second-factor' || secondAnswer === undefined) return first
  const answered = await deps.answer(tenantId, { ...request, person, methods: ['password'], answer: secondAnswer })
  if (answered.kind === 'failed' || answered.kind === 'disabled') return { kind: 'refused', reason: 'wrong-second-factor', userId }
  if (answered.kind === 'limited') return answered
  return answered.kind === 'due' ? first : deps.enter({ ...request, person, methods: answered.methods })
}

const attemptWith = async (deps: SignInDeps, request: SignInRequest): Promise<SignInOutcome> => {
  const { store, hashes } = deps
  const { matches, needsRehash, attempt, keys } = await tryPassword(deps, request)
  if (matches) {
    const upgraded = needsRehash ? await hashes.hash(request.secret).catch(() => undefined) : undefined
    const outcome = await enterWith(deps, request, { attempt, upgraded })
    if (outcome.kind === 'refused') await store.refuse(request.tenantId, keys, [refusedAt(request, outcome)])
    if (outcome.kind !== 'gone') return outcome
  }
  await store.refuse(request.tenantId, keys, refusalEvents(deps, { events: request.events, attempt }))
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

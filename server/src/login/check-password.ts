import type { HashPool } from '../credentials/password/password.ts'
import type { EventMaker } from '../events/events.ts'
import { type AttemptStore, Limited, type PasswordLimits, type PasswordTry, refusalEvents, tryPassword } from './password-attempt.ts'

export type PasswordCheck = (request: PasswordTry & { readonly userId: string; readonly events: EventMaker }) => Promise<
  /** Whoever changes the password next clears the counter; `generation` tells whether the account has moved on meanwhile. */
  | { readonly kind: 'passed'; readonly generation: number }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
>

export type PasswordCheckDeps = PasswordLimits & { readonly store: AttemptStore; readonly hashes: Pick<HashPool, 'verify'> }

/** The present password of somebody who is signed in, by the counter of the sign-in: there is no second door to guess at. */
export const createPasswordCheck =
  (deps: PasswordCheckDeps): PasswordCheck =>
  async ({ userId, events, ...request }) => {
    try {
      const { matches, attempt, keys } = await tryPassword(deps, request)
      if (matches && attempt.userId === userId) return { kind: 'passed', generation: attempt.generation ?? 0 }
      await deps.store.refuse(request.tenantId, keys, refusalEvents(deps, { events, attempt }))
      return { kind: 'wrong' }
    } catch (error) {
      if (error instanceof Limited) return { kind: 'limited', retryAfterSeconds: error.retryAfterSeconds }
      throw error
    }
  }

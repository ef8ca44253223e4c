import type { HashPool } from '../credentials/password/password.ts'
import type { EventMaker, EventRow, RefusalReason } from '../events/events.ts'
import { sha256Text } from '../platform/digest.ts'
import { budgetNetwork } from '../platform/network.ts'
import type { Secret } from '../platform/secret.ts'
import { readIdentifier } from '../users/users.ts'
import type { EnrolledRow } from './enrolled.store.ts'

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

export type AttemptStore = {
  readonly spend: (tenantId: string, keys: AttemptKeys) => Promise<Attempt>
  readonly refuse: (tenantId: string, keys: AttemptKeys, events: readonly EventRow[]) => Promise<void>
}

export type PasswordLimits = { readonly lockAfter: number; readonly disableAfter: number }

export type PasswordTry = {
  readonly tenantId: string
  readonly name: string
  readonly secret: Secret
  readonly origin: { readonly ip: string }
  readonly trust?: Trust | undefined
}

/** Too many failures from where it came: no hash is computed. */
export class Limited extends Error {
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    super('limited')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

const keysOf = ({ name, origin, trust }: PasswordTry): AttemptKeys => {
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

export const refusalReason = (attempt: Attempt): RefusalReason => {
  if (attempt.userId === null) return 'unknown-user'
  if (attempt.status !== 'active') return 'disabled'
  if (attempt.isPasswordDisabled) return 'password-disabled'
  if (attempt.failures === null) return 'locked'
  return attempt.encoded === null ? 'no-password' : 'wrong-password'
}

const mayVerify = ({ status, failures }: Attempt): boolean => status === 'active' && failures !== null

type Refused = { readonly events: EventMaker; readonly attempt: Attempt }

/** What a refused attempt is told by in the audit. */
export const refusalEvents = (limits: PasswordLimits, { events: maker, attempt }: Refused): EventRow[] => {
  const userId = attempt.userId ?? undefined
  const events = [maker.make({ type: 'sign_in.refused', userId, payload: { reason: refusalReason(attempt) } })]
  const failures = attempt.failures ?? 0
  if (failures === limits.disableAfter) events.push(maker.make({ type: 'password.disabled', userId, payload: { failures } }))
  else if (failures >= limits.lockAfter)
    events.push(
      maker.make({
        type: 'password.locked',
        userId,
        payload: { failures, seconds: Math.min(900, 2 ** Math.min(20, failures - limits.lockAfter)) },
      }),
    )
  return events
}

type TryDeps = { readonly store: Pick<AttemptStore, 'spend'>; readonly hashes: Pick<HashPool, 'verify'> }

/**
 * One try of a password, whatever door it is typed at: the attempt is spent when the hash is about to be computed, one at a time for a name, and
 * no connection is held meanwhile. Throws `Limited`.
 */
export const tryPassword = async ({ store, hashes }: TryDeps, request: PasswordTry) => {
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
  return { matches, needsRehash, attempt: loaded.attempt, keys }
}

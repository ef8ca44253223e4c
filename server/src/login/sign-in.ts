import type { HashPool } from '../credentials/password/password.ts'
import type { EventMaker, EventRow, RefusalReason } from '../events/events.ts'
import { sha256Text } from '../platform/digest.ts'
import { newId } from '../platform/ids.ts'
import { budgetNetwork } from '../platform/network.ts'
import type { Secret } from '../platform/secret.ts'
import { readIdentifier } from '../users/users.ts'

/** What one attempt found and spent: the budget is written before any hash is computed. */
export type Attempt = {
  readonly waitSeconds: number | null
  readonly userId: string | null
  readonly status: 'active' | 'disabled' | null
  readonly encoded: string | null
  /** Null where the password is locked: then nothing was spent. */
  readonly failures: number | null
  readonly generation: number | null
  readonly isPasswordDisabled: boolean
}

export type AttemptKeys = {
  readonly kind: string
  readonly canonical: string
  readonly addressKey: string
  readonly addressUserKey: string
}

export type NewSession = {
  readonly userId: string
  readonly sessionId: string
  readonly grantId: string
  readonly generation: number
  readonly encoded: string
  readonly upgraded: string | undefined
  readonly amr: readonly string[]
  readonly clientId: string
  readonly scope: string
  /** Where a browser signs in: the hash of the secret in its cookie, and its sessions, of which the one of the same person is renewed. */
  readonly browser: BrowserDoor | undefined
  readonly ip: string | undefined
  readonly userAgent: string | undefined
  readonly events: readonly EventRow[]
  /** Written only by the one sign-in that replaces the hash. */
  readonly upgradeEvents: readonly EventRow[]
  /** The event of a session that has to make room; written once for each. */
  readonly evictionEvent: EventRow
}

export type BrowserDoor = { readonly sessionId: string; readonly secretHash: Uint8Array; readonly renews: readonly string[] }

export type SignInStore = {
  readonly spend: (tenantId: string, keys: AttemptKeys) => Promise<Attempt>
  readonly refuse: (tenantId: string, keys: AttemptKeys, events: readonly EventRow[]) => Promise<void>
  /** The session that now lives; undefined where password or account changed meanwhile. */
  readonly complete: (tenantId: string, session: NewSession) => Promise<string | undefined>
}

export type SignInRequest = {
  readonly tenantId: string
  readonly name: string
  readonly secret: Secret
  readonly clientId: string
  readonly scope: string
  readonly browser?: BrowserDoor
  readonly origin: { readonly ip: string; readonly userAgent?: string | undefined }
  readonly events: EventMaker
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly userId: string; readonly sessionId: string; readonly grantId: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }

export type SignIn = (request: SignInRequest) => Promise<SignInOutcome>

export type SignInDeps = {
  readonly store: SignInStore
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

const keysOf = ({ name, origin }: SignInRequest): AttemptKeys => {
  const identifier = readIdentifier(name)
  const network = budgetNetwork(origin.ip)
  const canonical = identifier?.canonical ?? ''
  const subject = identifier ? canonical : name.slice(0, 512)
  return {
    kind: identifier?.kind ?? 'username',
    canonical,
    addressKey: `a ${network}`,
    addressUserKey: `u ${sha256Text(JSON.stringify([network, subject]))}`,
  }
}

const refusalReason = (attempt: Attempt): RefusalReason => {
  if (attempt.userId === null) return 'unknown-user'
  if (attempt.status === 'disabled') return 'disabled'
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

type Verified = { readonly attempt: Attempt; readonly upgraded: string | undefined; readonly scheme: string }

const newSession = (request: SignInRequest, { attempt, upgraded, scheme }: Verified): NewSession => {
  const userId = attempt.userId ?? ''
  const { clientId, browser } = request
  const sessionId = browser?.sessionId ?? newId()
  const via = browser === undefined ? 'account-api' : 'browser'
  const upgradeEvents =
    upgraded === undefined ? [] : [request.events.makeConditional({ type: 'password.upgraded', userId, payload: { scheme } })]
  return {
    userId,
    sessionId,
    grantId: newId(),
    generation: attempt.generation ?? 0,
    encoded: attempt.encoded ?? '',
    upgraded,
    upgradeEvents,
    amr: ['pwd'],
    clientId,
    scope: request.scope,
    browser,
    ip: request.origin.ip || undefined,
    userAgent: request.origin.userAgent?.slice(0, 512),
    evictionEvent: request.events.makeConditional({ type: 'session.ended', userId, clientId, payload: { reason: 'evicted' } }),
    events: [request.events.make({ type: 'sign_in.succeeded', userId, sessionId, clientId, payload: { amr: ['pwd'], via } })],
  }
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
    const session = newSession(request, { attempt, upgraded, scheme: deps.scheme })
    const { userId, grantId } = session
    const sessionId = await store.complete(request.tenantId, session)
    if (sessionId !== undefined) return { kind: 'signed-in', userId, sessionId, grantId }
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

import type { EventMaker, EventRow } from '../events/events.ts'
import type { TokenHook } from '../oauth/oauth.ts'
import {
  type AccessTokenOptions,
  issueAccessToken,
  printRefreshToken,
  type Rotation,
  readRefreshToken,
  type SessionView,
} from '../sessions/sessions.ts'

type Subject = { readonly tenantId: string; readonly userId: string; readonly sessionId: string; readonly clientId: string }

export type TokenPair = {
  readonly access_token: string
  readonly token_type: 'bearer'
  readonly expires_in: number
  readonly refresh_token: string
  readonly scope: string
}

/** A pair, or why a hook of the operator gives none. */
export type Pair = TokenPair | { readonly kind: 'stop'; readonly sentence: string }

export type PairSubject = {
  readonly userId: string
  readonly sessionId: string
  readonly grantId: string
  readonly clientId: string
  readonly scope: string
  readonly counter: number
}

export type TokenStore = {
  readonly present: (
    tenantId: string,
    input: { grantId: string; counter: number; clientId: string },
  ) => Promise<{ readonly userId: string; readonly sessionId: string; readonly scope: string } | undefined>
  readonly rotate: (
    tenantId: string,
    input: { grantId: string; counter: number; clientId: string; killedEvent: EventRow },
  ) => Promise<Rotation>
  readonly revoke: (tenantId: string, input: { grantId: string; event: EventRow }) => Promise<string | undefined>
  readonly end: (tenantId: string, input: { sessionId: string; reason: string; event: EventRow }) => Promise<boolean>
}

type Asking = Pick<PairSubject, 'userId' | 'sessionId' | 'clientId' | 'scope'>

const askHook = async (hook: TokenHook | undefined, tenantId: string, { userId, sessionId, clientId, scope }: Asking) => {
  if (hook === undefined) return { kind: 'go', claims: {} } as const
  const about = { client_id: clientId, user_id: userId, session_id: sessionId, scope: scope.split(' ') }
  return hook.ask(tenantId, { ...about, resources: [], acr: null, amr: [] })
}

export type TokenDeps = {
  readonly hook?: TokenHook | undefined
  readonly access: AccessTokenOptions
  readonly refreshKey: Uint8Array
  readonly store: TokenStore
  readonly sessions: { readonly get: (tenantId: string, sessionId: string) => Promise<SessionView | undefined> }
  /** Tells this node and its siblings at once that a session has ended. */
  readonly announceEnd: (tenantId: string, sessionId: string) => void
}

export type TokenService = {
  /** Throws where nothing can be signed now; asked before anything is spent. */
  readonly assertCanIssue: () => void
  /** The first pair of a session; one that gets none is ended. */
  readonly firstPair: (tenantId: string, subject: Omit<PairSubject, 'counter'>, events: EventMaker) => Promise<Pair>
  readonly view: (subject: Subject) => Promise<SessionView | undefined>
  readonly refresh: (input: { tenantId: string; refreshToken: string; clientId: string; events: EventMaker }) => Promise<Pair | undefined>
  readonly revoke: (input: { tenantId: string; refreshToken: string; events: EventMaker }) => Promise<void>
  readonly logout: (subject: Subject, events: EventMaker) => Promise<void>
}

type Verdict = Awaited<ReturnType<typeof askHook>>

const pairOf = (
  { access, refreshKey }: TokenDeps,
  tenantId: string,
  { subject, verdict }: { subject: PairSubject; verdict: Verdict },
): Pair => {
  if (verdict.kind === 'stop') return verdict
  return {
    access_token: issueAccessToken(access, { ...subject, claims: verdict.claims }),
    token_type: 'bearer',
    expires_in: access.ttlSeconds,
    refresh_token: printRefreshToken(refreshKey, tenantId, subject),
    scope: subject.scope,
  }
}

const firstPairBy =
  (deps: TokenDeps): TokenService['firstPair'] =>
  async (tenantId, subject, events) => {
    const verdict = await askHook(deps.hook, tenantId, subject)
    if (verdict.kind === 'stop') {
      const { userId, sessionId, clientId } = subject
      const event = events.make({ type: 'session.ended', userId, sessionId, clientId, payload: { reason: 'hook-refused' } })
      await deps.store.end(tenantId, { sessionId, reason: 'hook-refused', event })
      deps.announceEnd(tenantId, sessionId)
    }
    return pairOf(deps, tenantId, { subject: { ...subject, counter: 0 }, verdict })
  }

type Refreshing = Parameters<TokenService['refresh']>[0]

const refreshBy =
  (deps: TokenDeps): TokenService['refresh'] =>
  async ({ tenantId, refreshToken, clientId, events }: Refreshing) => {
    const { access, refreshKey, store, announceEnd, hook } = deps
    const presented = readRefreshToken(refreshKey, tenantId, refreshToken)
    if (presented === undefined) return undefined
    access.ring.signer('ES256')
    // Asked before the token is spent: one that was spent for nothing would pass for a stolen one when it comes again.
    const grant = (await hook?.isSet(tenantId)) === true ? await store.present(tenantId, { ...presented, clientId }) : undefined
    const asked = grant && (await askHook(hook, tenantId, { ...grant, clientId }))
    if (asked?.kind === 'stop') return asked
    const payload = { presented: presented.counter, current: presented.counter }
    const killedEvent = events.makeConditional({ type: 'grant.killed', findsUser: true, payload })
    const rotation = await store.rotate(tenantId, { ...presented, clientId, killedEvent })
    if (rotation.kind === 'reused') {
      events.count('grant.killed')
      announceEnd(tenantId, rotation.sessionId)
    }
    if (rotation.kind !== 'rotated' && rotation.kind !== 'repeated') return undefined
    const subject = { ...rotation, grantId: presented.grantId }
    return pairOf(deps, tenantId, { subject, verdict: asked ?? (await askHook(hook, tenantId, subject)) })
  }

/** Issues, rotates and ends what the account API hands out. */
export const createTokens = (deps: TokenDeps): TokenService => {
  const { access, refreshKey, store, sessions, announceEnd } = deps
  return {
    assertCanIssue: () => void access.ring.signer('ES256'),
    firstPair: firstPairBy(deps),
    refresh: refreshBy(deps),
    view: ({ tenantId, sessionId }) => sessions.get(tenantId, sessionId),
    revoke: async ({ tenantId, refreshToken, events }) => {
      const presented = readRefreshToken(refreshKey, tenantId, refreshToken)
      if (presented === undefined) return
      const event = events.makeConditional({ type: 'session.ended', findsUser: true, payload: { reason: 'revoked' } })
      const ended = await store.revoke(tenantId, { grantId: presented.grantId, event })
      if (ended === undefined) return
      events.count('session.ended')
      announceEnd(tenantId, ended)
    },
    logout: async ({ tenantId, sessionId, userId, clientId }, events) => {
      const event = events.make({ type: 'session.ended', userId, sessionId, clientId, payload: { reason: 'logout' } })
      await store.end(tenantId, { sessionId, reason: 'logout', event })
      announceEnd(tenantId, sessionId)
    },
  }
}

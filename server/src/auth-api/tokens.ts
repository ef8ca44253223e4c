import type { EventMaker, EventRow } from '../events/events.ts'
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

export type PairSubject = {
  readonly userId: string
  readonly sessionId: string
  readonly grantId: string
  readonly clientId: string
  readonly scope: string
  readonly counter: number
}

export type TokenStore = {
  readonly rotate: (
    tenantId: string,
    input: { grantId: string; counter: number; clientId: string; killedEvent: EventRow },
  ) => Promise<Rotation>
  readonly revoke: (tenantId: string, input: { grantId: string; event: EventRow }) => Promise<string | undefined>
  readonly end: (tenantId: string, input: { sessionId: string; reason: string; event: EventRow }) => Promise<boolean>
}

export type TokenDeps = {
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
  readonly pair: (tenantId: string, subject: PairSubject) => TokenPair
  readonly view: (subject: Subject) => Promise<SessionView | undefined>
  readonly refresh: (input: {
    tenantId: string
    refreshToken: string
    clientId: string
    events: EventMaker
  }) => Promise<TokenPair | undefined>
  readonly revoke: (input: { tenantId: string; refreshToken: string; events: EventMaker }) => Promise<void>
  readonly logout: (subject: Subject, events: EventMaker) => Promise<void>
}

/** Issues, rotates and ends what the account API hands out. */
export const createTokens = ({ access, refreshKey, store, sessions, announceEnd }: TokenDeps): TokenService => {
  const pair = (tenantId: string, subject: PairSubject): TokenPair => ({
    access_token: issueAccessToken(access, subject),
    token_type: 'bearer',
    expires_in: access.ttlSeconds,
    refresh_token: printRefreshToken(refreshKey, tenantId, subject),
    scope: subject.scope,
  })
  const assertCanIssue = (): void => {
    access.ring.signer('ES256')
  }
  return {
    assertCanIssue,
    pair,
    view: ({ tenantId, sessionId }) => sessions.get(tenantId, sessionId),
    refresh: async ({ tenantId, refreshToken, clientId, events }) => {
      const presented = readRefreshToken(refreshKey, tenantId, refreshToken)
      if (presented === undefined) return undefined
      assertCanIssue()
      const killedEvent = events.makeConditional({
        type: 'grant.killed',
        payload: { presented: presented.counter, current: presented.counter },
      })
      const rotation = await store.rotate(tenantId, { ...presented, clientId, killedEvent })
      if (rotation.kind === 'reused') {
        events.count('grant.killed')
        announceEnd(tenantId, rotation.sessionId)
      }
      return rotation.kind === 'rotated' || rotation.kind === 'repeated'
        ? pair(tenantId, { ...rotation, grantId: presented.grantId })
        : undefined
    },
    revoke: async ({ tenantId, refreshToken, events }) => {
      const presented = readRefreshToken(refreshKey, tenantId, refreshToken)
      if (presented === undefined) return
      const event = events.makeConditional({ type: 'session.ended', payload: { reason: 'revoked' } })
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

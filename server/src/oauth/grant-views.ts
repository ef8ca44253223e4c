import { LRUCache } from 'lru-cache'
import { growing } from '../platform/growing.ts'
import type { GrantFacts } from './core/ports.ts'

/** A live grant and the claims of the person who gave it. */
export type GrantView = { readonly facts: GrantFacts; readonly person: Readonly<Record<string, unknown>> }

export type GrantViews = {
  /** The live grant, from memory or by one statement; undefined where it has ended. */
  readonly get: (tenantId: string, grantId: string) => Promise<GrantView | undefined>
  /** A grant or a single access token (by its jti) that was revoked. */
  readonly end: (id: string) => void
  readonly isRevokedToken: (jti: string) => boolean
  readonly clear: () => void
}

export type GrantViewOptions = {
  readonly load: (tenantId: string, grantId: string) => Promise<GrantView | undefined>
  /** False while word of revocations may be missing: then memory is not believed. */
  readonly isInformed: () => boolean
  /** Whether the session of a grant that is bound to one still lives. */
  readonly isSessionLive: (tenantId: string, sessionId: string) => Promise<boolean>
}

const ttlMs = 60_000

/** Keeps live grants for at most a minute; what has ended is remembered as ended, so that a load under way cannot bring it back. */
export const createGrantViews = ({ load, isInformed, isSessionLive }: GrantViewOptions): GrantViews => {
  const views = new LRUCache<string, GrantView>({ ...growing(50_000), ttl: ttlMs })
  const ended = new LRUCache<string, true>({ ...growing(200_000), ttl: 86_400_000 })
  const loading = new Map<string, Promise<GrantView | undefined>>()
  let generation = 0

  const fetchView = async (tenantId: string, grantId: string): Promise<GrantView | undefined> => {
    const began = generation
    const view = await load(tenantId, grantId)
    if (view !== undefined && generation === began && !ended.has(grantId)) views.set(grantId, view)
    return ended.has(grantId) ? undefined : view
  }

  const find = (tenantId: string, grantId: string): Promise<GrantView | undefined> => {
    const running = loading.get(grantId)
    if (running !== undefined) return running
    const started = fetchView(tenantId, grantId).finally(() => loading.delete(grantId))
    loading.set(grantId, started)
    return started
  }

  return {
    get: async (tenantId, grantId) => {
      if (ended.has(grantId)) return undefined
      const known = isInformed() ? views.get(grantId) : undefined
      if (known === undefined) return find(tenantId, grantId)
      const { isOffline, sessionId } = known.facts
      return isOffline || (sessionId !== undefined && (await isSessionLive(tenantId, sessionId))) ? known : undefined
    },
    end: (id) => {
      ended.set(id, true)
      views.delete(id)
    },
    isRevokedToken: (jti) => ended.has(jti),
    clear: () => {
      generation += 1
      views.clear()
    },
  }
}

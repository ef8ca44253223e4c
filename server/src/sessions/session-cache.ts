import { LRUCache } from 'lru-cache'
import { growing } from '../platform/growing.ts'

/** Who acts in the session of somebody else. */
export type Impersonator = { readonly id: string; readonly name: string | null }

/** A live session with the account behind it, as `/auth/me` answers it. */
export type SessionView = {
  readonly userId: string
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  readonly expiresAt: number
  /** The administrator who acts in it; absent where it is its owner's. */
  readonly impersonator?: Impersonator | undefined
}

export type SessionCache = {
  /** The live session, from memory or by one statement; undefined where it has ended. */
  readonly get: (tenantId: string, sessionId: string) => Promise<SessionView | undefined>
  readonly end: (tenantId: string, sessionId: string) => void
  readonly clear: () => void
  readonly size: () => number
}

export type SessionCacheOptions = {
  readonly load: (tenantId: string, sessionId: string) => Promise<SessionView | undefined>
  readonly now: () => number
  /** False while word of ended sessions may be missing: then memory is not believed. */
  readonly isInformed: () => boolean
  readonly max?: number
  readonly ttlMs?: number
}

const tombstoneMs = 30_000

/**
 * Keeps live sessions for at most `ttlMs`. An ended session leaves a tombstone, and a clear moves the generation, so that a load that began
 * before cannot write back what it read.
 */
export const createSessionCache = ({ load, now, isInformed, max = 50_000, ttlMs = 60_000 }: SessionCacheOptions): SessionCache => {
  const views = new LRUCache<string, SessionView>({ ...growing(max), ttl: ttlMs })
  const ended = new LRUCache<string, true>({ ...growing(100_000), ttl: tombstoneMs })
  const loading = new Map<string, Promise<SessionView | undefined>>()
  let generation = 0

  const fetchView = async (key: string, tenantId: string, sessionId: string): Promise<SessionView | undefined> => {
    const began = generation
    const view = await load(tenantId, sessionId)
    // A token is issued after its session is written: one that is not there has ended.
    if (view === undefined) ended.set(key, true)
    else if (generation === began && !ended.has(key)) views.set(key, view)
    return ended.has(key) ? undefined : view
  }

  return {
    get: (tenantId, sessionId) => {
      const key = `${tenantId}/${sessionId}`
      if (ended.has(key)) return Promise.resolve(undefined)
      const known = isInformed() ? views.get(key) : undefined
      if (known !== undefined) return Promise.resolve(known.expiresAt > now() ? known : undefined)
      const running = loading.get(key)
      if (running !== undefined) return running
      const started = fetchView(key, tenantId, sessionId).finally(() => loading.delete(key))
      loading.set(key, started)
      return started
    },
    end: (tenantId, sessionId) => {
      const key = `${tenantId}/${sessionId}`
      ended.set(key, true)
      views.delete(key)
      loading.delete(key)
    },
    clear: () => {
      generation += 1
      views.clear()
      loading.clear()
    },
    size: () => views.size,
  }
}

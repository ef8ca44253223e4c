import { LRUCache } from 'lru-cache'
import { sha256Text } from '../platform/digest.ts'
import { growing } from '../platform/growing.ts'

export type ReusedKind = 'nonce' | 'code_challenge'

/** What of a new authorization request must be made anew for each. */
export type FreshValues = {
  readonly tenantId: string
  readonly clientId: string
  readonly nonce: string | undefined
  readonly codeChallenge: string | undefined
}

export type ReusedValues = {
  /** Looks at a request that has just arrived. */
  readonly look: (request: FreshValues) => void
  /** How many requests came with a value that had come too often, by kind. */
  readonly counts: () => Readonly<Record<ReusedKind, number>>
}

export type ReusedValuesOptions = {
  /** Once for each client and kind in a window. */
  readonly onReuse: (reuse: { readonly clientId: string; readonly kind: ReusedKind; readonly times: number }) => void
  /** Milliseconds. */
  readonly now: () => number
  readonly valuesMax?: number
}

const windowMs = 3_600_000
/** A person who reloads the page or goes back sends the same request again. */
export const reuseTolerated = 9

/**
 * Notices a nonce or challenge that a client sends again and again, which then protects nothing (RFC 9700 section 2.1.1). Each process looks at what it
 * receives itself and keeps hashes of the latest values alone.
 */
export const createReusedValues = ({ onReuse, now, valuesMax = 20_000 }: ReusedValuesOptions): ReusedValues => {
  const options = { ttl: windowMs, perf: { now }, ttlResolution: 0 }
  const seen = new LRUCache<string, { times: number }>({ ...growing(valuesMax), ...options })
  const told = new LRUCache<string, true>({ max: 2000, ...options })
  const counts: Record<ReusedKind, number> = { nonce: 0, code_challenge: 0 }

  const tell = ({ tenantId, clientId }: FreshValues, kind: ReusedKind, times: number): void => {
    const name = JSON.stringify([tenantId, clientId, kind])
    if (told.has(name)) return
    told.set(name, true)
    onReuse({ clientId, kind, times })
  }

  const count = (request: FreshValues, kind: ReusedKind, value: string): void => {
    const key = JSON.stringify([request.tenantId, request.clientId, kind, sha256Text(value)])
    const entry = seen.get(key) ?? { times: 0 }
    entry.times += 1
    if (entry.times === 1) seen.set(key, entry)
    if (entry.times <= reuseTolerated) return
    counts[kind] += 1
    tell(request, kind, entry.times)
  }

  return {
    look: (request) => {
      if (request.nonce !== undefined) count(request, 'nonce', request.nonce)
      if (request.codeChallenge !== undefined) count(request, 'code_challenge', request.codeChallenge)
    },
    counts: () => counts,
  }
}

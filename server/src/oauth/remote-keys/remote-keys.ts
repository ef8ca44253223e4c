import { LRUCache } from 'lru-cache'
import type { Jwk, KeysOutcome } from '../core/jwt/jwk.ts'
import { parseJwkSet } from '../core/jwt/jwk-set.ts'

export type RemoteKeys = {
  /** The keys that are published at the address; `isRefresh` where the caller found the key it needs not among them. */
  readonly get: (jwksUri: string, query: { readonly kid: string | undefined; readonly isRefresh: boolean }) => Promise<KeysOutcome>
}

export type RemoteKeysOptions = {
  /** The body of a successful answer; throws where there was none. */
  readonly fetchText: (url: string) => Promise<string>
  /** Milliseconds. */
  readonly now: () => number
  readonly urisMax?: number
}

type Entry = {
  readonly keys: readonly Jwk[] | undefined
  readonly rule: string
  readonly fetchedAt: number
  readonly attemptedAt: number
  /** When a fresh set was last fetched anew for a key that it lacked. */
  readonly refreshedAt: number
}

const freshMs = 600_000
const refreshEveryMs = 60_000
const retryMs = 10_000
// A signer whose address stays dead must not keep a key alive that it meant to withdraw.
const staleMsMax = 86_400_000

const unreachable = 'The keys of the signer could not be fetched from its jwks_uri. Make the address answer with a JWK Set.'

const holds = ({ keys }: Entry, kid: string | undefined): boolean => kid === undefined || (keys?.some((key) => key['kid'] === kid) ?? false)

const isFresh = ({ fetchedAt }: Entry, at: number): boolean => at - fetchedAt < freshMs

const isDue = (entry: Entry | undefined, query: { readonly kid: string | undefined; readonly isRefresh: boolean }, at: number): boolean => {
  if (entry === undefined) return true
  const isMissing = query.isRefresh || !holds(entry, query.kid)
  // A signer may rotate right after its keys were first fetched.
  if (isFresh(entry, at)) return isMissing && at - entry.refreshedAt >= refreshEveryMs
  return at - entry.attemptedAt >= retryMs
}

const outcomeOf = ({ keys, rule, fetchedAt }: Entry, at: number): KeysOutcome =>
  keys === undefined || at - fetchedAt >= staleMsMax ? { kind: 'unavailable', rule: rule || unreachable } : { kind: 'keys', keys }

/**
 * Keeps the JWK Sets of others for 10 minutes. A key that is missing brings one fetch a minute and address (OpenID Connect Core section 10.1.1),
 * concurrent callers share a fetch, and one that fails leaves the last good set in use for a day.
 */
export const createRemoteKeys = ({ fetchText, now, urisMax = 1000 }: RemoteKeysOptions): RemoteKeys => {
  const entries = new LRUCache<string, Entry>({ max: urisMax })
  const running = new Map<string, Promise<Entry>>()

  const fetchSet = async (uri: string): Promise<KeysOutcome> => {
    try {
      return parseJwkSet(await fetchText(uri))
    } catch {
      return { kind: 'unavailable', rule: unreachable }
    }
  }

  const load = async (uri: string): Promise<Entry> => {
    const before = entries.get(uri)
    const attemptedAt = now()
    const found = await fetchSet(uri)
    const isRefresh = before !== undefined && isFresh(before, attemptedAt)
    const refreshedAt = isRefresh ? attemptedAt : (before?.refreshedAt ?? Number.NEGATIVE_INFINITY)
    const entry: Entry =
      found.kind === 'keys'
        ? { keys: found.keys, rule: '', fetchedAt: attemptedAt, attemptedAt, refreshedAt }
        : { keys: before?.keys, rule: found.rule, fetchedAt: before?.fetchedAt ?? Number.NEGATIVE_INFINITY, attemptedAt, refreshedAt }
    entries.set(uri, entry)
    return entry
  }

  const loadOnce = (uri: string): Promise<Entry> => {
    const known = running.get(uri)
    if (known !== undefined) return known
    const started = load(uri).finally(() => running.delete(uri))
    running.set(uri, started)
    return started
  }

  return {
    get: async (jwksUri, query) => {
      const entry = entries.get(jwksUri)
      const current = entry !== undefined && !isDue(entry, query, now()) ? entry : await loadOnce(jwksUri)
      return outcomeOf(current, now())
    },
  }
}

import { LRUCache } from 'lru-cache'
import { growing } from '../platform/growing.ts'

/** A request that a rule of a specification refused: `rule` is one sentence for the developer, without a secret. */
export type RefusedRequest = { readonly error: string; readonly rule: string; readonly clientId: string | undefined }

const windowMs = 3_600_000
/** Refusals of one application that become events in an hour, and of all together: whoever makes them up fills no log. */
export const perClient = 60
export const perTenant = 1000

// What happens all the time and says nothing: a device that waits, and a page that looks silently whether somebody is signed in (OpenID Connect Core section 3.1.2.6).
const usual = new Set([
  ...['authorization_pending', 'slow_down', 'interaction'],
  ...['login_required', 'consent_required', 'interaction_required', 'account_selection_required'],
])

/** Says which refusals are worth an event. Each process counts what it sees itself. */
export const createRefusedRequests = (now: () => number): ((refused: RefusedRequest) => boolean) => {
  const counts = new LRUCache<string, { times: number }>({ ...growing(5000), perf: { now }, ttlResolution: 0, ttl: windowMs })
  const spend = (key: string, max: number): boolean => {
    const count = counts.get(key) ?? { times: 0 }
    if (count.times >= max) return false
    if (count.times === 0) counts.set(key, count)
    count.times += 1
    return true
  }
  return ({ error, clientId }) => !usual.has(error) && spend(`client ${clientId ?? ''}`, perClient) && spend('all', perTenant)
}

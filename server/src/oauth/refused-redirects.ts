import { LRUCache } from 'lru-cache'
import { growing } from '../platform/growing.ts'

export type RefusedRedirect = { readonly tenantId: string; readonly clientId: string; readonly redirectUri: string }

const windowMs = 3_600_000
/** The same address is told once in this time: a person who tries again adds nothing. */
const againMs = 60_000
/** Addresses of one application that are told in an hour: whoever makes them up fills no log. */
export const refusedPerHour = 10
const lengthMax = 512

/**
 * The address that an application sent, as far as it may be kept: a plain URI without query, fragment and user information, where secrets and names
 * would stand. Undefined where it is none.
 */
export const keptRedirect = (presented: string | undefined): string | undefined => {
  const uri = presented?.split(/[?#]/)[0]
  if (uri === undefined || uri.length > lengthMax || !/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return undefined
  const { protocol, username, password } = new URL(uri)
  const isKnown = ['http:', 'https:'].includes(protocol) || protocol.includes('.')
  return isKnown && username === '' && password === '' ? uri : undefined
}

/** Says which refused addresses are worth an event. Each process counts what it sees itself. */
export const createRefusedRedirects = (now: () => number) => {
  const options = { perf: { now }, ttlResolution: 0 }
  const told = new LRUCache<string, true>({ ...growing(5000), ...options, ttl: againMs })
  const counts = new LRUCache<string, { times: number }>({ ...growing(5000), ...options, ttl: windowMs })
  return ({ tenantId, clientId, redirectUri }: RefusedRedirect): boolean => {
    const [client, address] = [JSON.stringify([tenantId, clientId]), JSON.stringify([tenantId, clientId, redirectUri])]
    const count = counts.get(client) ?? { times: 0 }
    if (told.has(address) || count.times >= refusedPerHour) return false
    if (count.times === 0) counts.set(client, count)
    count.times += 1
    told.set(address, true)
    return true
  }
}

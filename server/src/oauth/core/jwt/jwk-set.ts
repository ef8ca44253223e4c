import { isObject } from './is-object.ts'
import type { Jwk, KeysOutcome } from './jwk.ts'

const charactersMax = 65_536
const keysMax = 100
// RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1: what only the owner may know.
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const unavailable = (rule: string): KeysOutcome => ({ kind: 'unavailable', rule })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads an already parsed JWK Set of public keys (RFC 7517 section 5). Keys of an unknown `kty` stay and fit no algorithm. */
export const readJwkSet = (value: unknown): KeysOutcome => {
  const members = isObject(value) ? value['keys'] : undefined
  if (!Array.isArray(members)) return unavailable('The JWK Set has no list of keys. Publish an object with the member "keys".')
  if (members.length > keysMax) return unavailable(`The JWK Set holds more than ${keysMax} keys. Publish only those in use.`)
  const keys: Jwk[] = []
  for (const member of members as unknown[]) {
    if (!isObject(member) || typeof member['kty'] !== 'string')
      return unavailable('The JWK Set holds something that is no key. Each entry needs "kty".')
    if (privateMembers.some((name) => Object.hasOwn(member, name)))
      return unavailable('The JWK Set holds a private or symmetric key. Publish public keys alone and replace the key that was shown.')
    keys.push(member as Jwk)
  }
  return { kind: 'keys', keys }
}

/** The same from text of at most 64 KiB. */
export const parseJwkSet = (text: string): KeysOutcome =>
  text.length > charactersMax
    ? unavailable(`The JWK Set is longer than ${charactersMax} characters. Publish fewer keys.`)
    : readJwkSet(parse(text))

import { type Base, keyChangesOf, rotationOf } from '../compose.ts'
import type { Outside } from '../compose-config-outside.ts'
import { ensureKeys } from '../keys/keys.ts'

const sizeBytesMax = 65_536
const waitMs = 5000

/** A document that the operator named on this machine; undefined where nothing usable came. */
const fetchJson = async (uri: string): Promise<unknown> => {
  try {
    const response = await fetch(uri, { redirect: 'error', signal: AbortSignal.timeout(waitMs), headers: { accept: 'application/json' } })
    if (response.status !== 200) return undefined
    const text = await response.text()
    return text.length > sizeBytesMax ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a change at the machine fetches, and makes keys with, before its transaction. */
export const outsideOf = (base: Base): Outside => ({
  fetchJson,
  ensureKey: (algorithm) => ensureKeys(keyChangesOf(base), rotationOf(base), [algorithm]),
})

import type { Parts } from './compose-config-parts.ts'
import type { Algorithm } from './keys/keys.ts'

/** What takes long, or asks other servers, and therefore has no place in a transaction. */
export type Outside = Pick<Parts, 'fetchJson' | 'ensureKey'>

// The first run tells what is needed, and is undone.
const ahead = ({ fetchJson, ensureKey }: Outside) => {
  const answers = new Map<string, Promise<unknown>>()
  const keys = new Set<Algorithm>()
  const missing: (() => Promise<unknown>)[] = []
  const later = (uri: string): Promise<unknown> => {
    missing.push(() => {
      const answer = fetchJson(uri)
      answers.set(uri, answer)
      return answer.catch(() => undefined)
    })
    return Promise.reject(new Error('It is fetched before the transaction.'))
  }
  return {
    outside: {
      fetchJson: (uri: string) => answers.get(uri) ?? later(uri),
      ensureKey: async (algorithm: Algorithm) => {
        if (!keys.has(algorithm)) missing.push(() => ensureKey(algorithm).then(() => keys.add(algorithm)))
      },
    },
    isMissing: () => missing.length > 0,
    provide: async () => {
      for (const one of missing.splice(0)) await one()
    },
  }
}

class Again extends Error {}

const attemptsMax = 3

/** `settled` runs the work inside of the transaction; it undoes that where something is needed first. */
export type Providing = { readonly outside: Outside; readonly settled: <R>(work: () => Promise<R>) => Promise<R> }

/** Runs `attempt`, which opens a transaction, until all that its work asks for from outside was provided before. */
export const providing = async <T>(from: Outside, attempt: (at: Providing) => Promise<T>): Promise<T> => {
  const needs = ahead(from)
  const settled = async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      const outcome = await work()
      if (!needs.isMissing()) return outcome
    } catch (error) {
      if (!needs.isMissing()) throw error
    }
    throw new Again()
  }
  for (let count = 0; count < attemptsMax; count += 1)
    try {
      return await attempt({ outside: needs.outside, settled })
    } catch (error) {
      if (!(error instanceof Again)) throw error
      await needs.provide()
    }
  throw new Error('The change needs what was provided.')
}

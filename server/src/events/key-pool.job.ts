import { madeAt } from '../platform/ids.ts'
import type { DataKey } from './sealing.ts'

export type KeyPoolDeps = {
  readonly make: () => DataKey
  readonly write: (keys: readonly DataKey[]) => Promise<void>
  readonly onError: (error: unknown) => void
}

export type KeyPool = {
  /** A key that nobody has. */
  readonly take: () => DataKey
  /** One that was taken, and sealed nothing that was written. */
  readonly giveBack: (key: DataKey) => void
  /** Fills it; throws where that cannot be done. */
  readonly begin: () => Promise<void>
  /** Writes what is owed still. */
  readonly close: () => Promise<void>
}

const poolSize = 256
/** Keys go some time after the events of the days that they were made in. */
const ageMaxMs = 24 * 3600_000
const againAfterMs = 1000

/**
 * Keys that are in the database before they are needed, so that writing an event asks for nothing more. Where the pool is empty, a key is made in memory and
 * written at once: of a process that dies in these milliseconds, address and browser in the events of that moment cannot be read again.
 */
export const createKeyPool = ({ make, write: store, onError }: KeyPoolDeps): KeyPool => {
  let [ready, owed]: [DataKey[], DataKey[]] = [[], []]
  let filling: Promise<void> | undefined
  let again: NodeJS.Timeout | undefined
  const write = async (): Promise<void> => {
    const [late, early] = [owed, Array.from({ length: Math.max(0, poolSize - ready.length) }, make)]
    owed = []
    await store([...late, ...early]).catch((error) => {
      owed = [...late, ...owed]
      throw error
    })
    ready = [...ready, ...early]
  }
  const refill = (): Promise<void> =>
    write().catch((error) => {
      again = setTimeout(fill, againAfterMs).unref()
      onError(error)
    })
  const fill = (): void => {
    again = undefined
    filling ??= refill().finally(() => {
      filling = undefined
      if (owed.length > 0 && again === undefined) fill()
    })
  }
  return {
    take: () => {
      let key = ready.pop()
      if (key !== undefined && Date.now() - madeAt(key.id) > ageMaxMs) [key, ready] = [undefined, []]
      if (key === undefined) {
        key = make()
        owed.push(key)
      }
      if (ready.length <= poolSize / 2 && again === undefined) fill()
      return key
    },
    giveBack: (key) => void ready.push(key),
    begin: write,
    close: async () => {
      await filling
      clearTimeout(again)
      if (owed.length > 0) await refill()
      clearTimeout(again)
    },
  }
}

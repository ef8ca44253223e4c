export type RefusalFloor = {
  /** Takes in what verifying against an imported hash took, the decoy after it included. */
  readonly learn: (encoded: string, milliseconds: number, now: number) => void
  /** How long a refusal takes at least; 0 where no imported hash was seen of late. */
  readonly floorMs: (now: number) => number
}

type Seen = { readonly times: readonly number[]; readonly at: number }

const rememberedMs = 3_600_000
const timesMax = 9
const formsMax = 32
// Above what a hash of the dearest form takes: what is refused earlier waits for it, so the usual scatter does not show.
const margin = 1.5
const longestMs = 2_000
const partCharactersMax = 20

/** Scheme and parameters: what is left without salt and digest. */
const formOf = (encoded: string): string =>
  encoded
    .split('$')
    .filter((part) => part.length <= partCharactersMax)
    .join('$')

const median = (times: readonly number[]): number => [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0

/**
 * Hashes of other systems may be dearer than the scheme in force, and no decoy is: without a floor the time of a refusal would name their owners.
 * It costs no work, only waiting, and goes when the hashes have been upgraded. The median of each form counts, so that one slow moment of the machine does not.
 */
export const createRefusalFloor = (): RefusalFloor => {
  const seen = new Map<string, Seen>()
  return {
    learn: (encoded, milliseconds, now) => {
      const form = formOf(encoded)
      const times = [...(seen.get(form)?.times ?? []), milliseconds].slice(-timesMax)
      seen.delete(form)
      seen.set(form, { times, at: now })
      const [oldest] = seen.keys()
      if (seen.size > formsMax && oldest !== undefined) seen.delete(oldest)
    },
    floorMs: (now) => {
      const fresh = [...seen.values()].filter(({ at }) => now - at < rememberedMs)
      return Math.min(longestMs, Math.max(0, ...fresh.map(({ times }) => median(times))) * margin)
    },
  }
}

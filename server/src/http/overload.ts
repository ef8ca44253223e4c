export type Overload = {
  /** Looks from now on: what keeps the event loop busy while a server starts is no overload, and its first requests are not refused for it. */
  readonly begin: () => void
  readonly isShedding: () => boolean
  readonly stop: () => void
}

const everyMs = 100

/**
 * Says when the event loop lags by more than `limitSeconds`, looking ten times a second; requests are then refused before any work is done for them. The lag is
 * how late the look itself came: a histogram of the loop that is read and reset has nothing to tell where each turn takes longer than the time between two looks.
 */
export const watchOverload = (limitSeconds: number): Overload => {
  let delay = 0
  let timer: NodeJS.Timeout | undefined
  return {
    begin: () => {
      if (timer !== undefined) return
      let last = performance.now()
      timer = setInterval(() => {
        const now = performance.now()
        delay = Math.max(0, now - last - everyMs) / 1000
        last = now
      }, everyMs).unref()
    },
    isShedding: () => delay > limitSeconds,
    stop: () => clearInterval(timer),
  }
}

import { monitorEventLoopDelay } from 'node:perf_hooks'

export type Overload = { readonly isShedding: () => boolean; readonly delaySeconds: () => number; readonly stop: () => void }

/** Says when the event loop lags by more than `limitSeconds`, looking four times a second; requests are then refused before any work is done for them. */
export const watchOverload = (limitSeconds: number): Overload => {
  const histogram = monitorEventLoopDelay({ resolution: 20 })
  histogram.enable()
  let delay = 0
  const timer = setInterval(() => {
    delay = histogram.mean > 0 ? histogram.mean / 1e9 : 0
    histogram.reset()
  }, 250)
  timer.unref()
  return {
    isShedding: () => delay > limitSeconds,
    delaySeconds: () => delay,
    stop: () => {
      clearInterval(timer)
      histogram.disable()
    },
  }
}

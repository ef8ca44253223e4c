type Window = { readonly start: number; readonly end: number; own: number; flushed: number; others: number }

/** Requests of one key in the present window that this process has counted and not yet told the others. */
export type LimitReport = { readonly key: string; readonly start: number; readonly added: number }
export type Limiter = {
  /** Seconds to wait when the budget is spent, otherwise 0. */
  readonly take: (key: string, max: number, seconds: number) => number
  readonly report: () => LimitReport[]
  readonly learn: (key: string, start: number, total: number) => void
  readonly size: () => number
}

const maxKeys = 200_000

/** Fixed windows in memory. Nodes exchange their counts through `report` and `learn`, so a budget holds over all of them within about a second. */
export const createLimiter = (now: () => number): Limiter => {
  const windows = new Map<string, Window>()
  // The oldest goes; a key that is in use is counted anew at worst.
  const makeRoom = (): void => {
    const [oldest] = windows.keys()
    if (oldest !== undefined && windows.size >= maxKeys) windows.delete(oldest)
  }
  return {
    take: (key, max, seconds) => {
      const time = now()
      const length = seconds * 1000
      const start = Math.floor(time / length) * length
      const known = windows.get(key)
      const window = known?.start === start ? known : { start, end: start + length, own: 0, flushed: 0, others: 0 }
      if (window !== known) {
        windows.delete(key)
        makeRoom()
        windows.set(key, window)
      }
      if (window.own + window.others >= max) return (start + length - time) / 1000
      window.own += 1
      return 0
    },
    report: () => {
      const out: LimitReport[] = []
      const time = now()
      for (const [key, window] of windows) {
        if (window.end <= time) windows.delete(key)
        const added = window.own - window.flushed
        if (added > 0 && window.own >= 10) out.push({ key, start: window.start, added })
        if (added > 0 && window.own >= 10) window.flushed = window.own
      }
      return out
    },
    learn: (key, start, total) => {
      const window = windows.get(key)
      if (window?.start === start) window.others = Math.max(window.others, total - window.flushed)
    },
    size: () => windows.size,
  }
}

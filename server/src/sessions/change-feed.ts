/** A row of the feed: an ended session's id, or the version of a kind of thing that is kept in memory. */
export type FeedRow = { readonly kind: string; readonly id: string; readonly version: number }

export type ChangeFeed = {
  readonly poll: () => Promise<void>
  /** True while the last successful look is recent enough to believe what is in memory. */
  readonly isInformed: () => boolean
  readonly stop: () => void
}

export type ChangeFeedOptions = {
  readonly read: (seconds: number) => Promise<readonly FeedRow[]>
  readonly onSessionEnded: (sessionId: string) => void
  readonly onVersion: (kind: string) => Promise<void> | void
  readonly now: () => number
  readonly onError: (error: unknown) => void
  readonly intervalMs?: number
}

// An ended session carries the time at which its transaction began; none lasts longer than the overlap.
const overlapSeconds = 15
const believeMs = 4000

/** Looks once a second for what other nodes changed. Polling alone keeps the bound of five seconds; nothing rests on notifications. */
export const createChangeFeed = (options: ChangeFeedOptions): ChangeFeed => {
  const { read, onSessionEnded, onVersion, now, onError, intervalMs = 1000 } = options
  const versions = new Map<string, number>()
  let informedAt = Number.NEGATIVE_INFINITY

  const poll = async (): Promise<void> => {
    const began = now()
    const silence = informedAt === Number.NEGATIVE_INFINITY ? 0 : (began - informedAt) / 1000
    const rows = await read(overlapSeconds + silence)
    for (const { kind, id, version } of rows) {
      if (kind === 'ended') onSessionEnded(id)
      else if (versions.get(kind) !== version) {
        await onVersion(kind)
        versions.set(kind, version)
      }
    }
    informedAt = began
  }

  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const schedule = (): void => {
    if (isStopped) return
    timer = setTimeout(() => poll().catch(onError).finally(schedule), intervalMs)
    timer.unref()
  }
  schedule()
  return {
    poll,
    isInformed: () => now() - informedAt < believeMs,
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

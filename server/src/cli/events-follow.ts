import type { StoredEvent } from '../events/search.job.ts'

export type Following = {
  /** Events from `since` on, the oldest first; `after` for the next page. */
  readonly read: (input: {
    since?: Date | undefined
    after?: { at: string; id: string } | undefined
    limit: number
  }) => Promise<readonly StoredEvent[]>
  /** What has been printed already, the newest last. */
  readonly latest: readonly StoredEvent[]
  readonly print: (event: StoredEvent) => void
}

// An event carries the time at which its transaction began; one that commits late comes in before events already seen.
const overlapMs = 15_000
const pageSize = 1000

const readSince = async ({ read }: Following, since: Date): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = []
  for (;;) {
    const last = events.at(-1)
    const page = await read({ since, after: last && { at: last.at, id: last.id }, limit: pageSize })
    events.push(...page)
    if (page.length < pageSize) return events
  }
}

const interrupted = (): { readonly is: () => boolean; readonly wait: (ms: number) => Promise<void> } => {
  const ended = Promise.withResolvers<void>()
  let isEnded = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      isEnded = true
      ended.resolve()
    })
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())
  return { is: () => isEnded, wait: (ms) => Promise.race([ended.promise, pause(ms)]) }
}

/** Prints new events each second until the process is told to stop. */
export const followEvents = async (following: Following): Promise<void> => {
  const stop = interrupted()
  const keepAlive = setInterval(() => undefined, 60_000)
  let newest = following.latest.at(-1)?.at ?? new Date(0).toISOString()
  let seen = new Map(following.latest.map(({ id, at }) => [id, at]))
  const first = new Date(newest)
  while (!stop.is()) {
    await stop.wait(1000)
    const since = new Date(Math.max(first.getTime(), Date.parse(newest) - overlapMs))
    const events = await readSince(following, since)
    for (const event of events.filter(({ id }) => !seen.has(id))) following.print(event)
    newest = events.at(-1)?.at ?? newest
    seen = new Map([...seen, ...events.map(({ id, at }) => [id, at] as const)].filter(([, at]) => Date.parse(at) >= since.getTime()))
  }
  clearInterval(keepAlive)
}

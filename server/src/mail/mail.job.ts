import type { Config } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import { type DeliverDeps, deliver } from './deliver.ts'
import { type ClaimedMessage, type MailStore, mailStore, removeOldMessages, type Settlement } from './mail.store.ts'
import { messageKeyPurpose } from './mail.ts'
import { type TemplateOverrides, templateSetting } from './overrides.ts'
import { isInboxOpen, openSenders, type Senders } from './senders.ts'

type Log = { readonly [level in 'warn' | 'info']: (fields: Record<string, unknown>, message: string) => void }

export type MailDeps = Pick<DeliverDeps, 'findOverrides' | 'isEmail' | 'findPlace'> & {
  readonly config: Config
  readonly db: Database
  readonly fetch: GuardedFetch
  readonly log: Log
  /** How long a stop waits for what is under way. */
  readonly stopWaitMs?: number
}

export type MailStats = { readonly due: number; readonly sent: number; readonly failed: number; readonly gaveUp: number }

export type MailJob = { readonly stats: () => MailStats; readonly stop: () => Promise<void> }

const concurrency = 5
const usualStopWaitMs = 5000
const countEveryMs = 15_000

/** How long to wait for the next look: a second, and up to two where nothing has come for a while. */
const idle = { leastMs: 1000, mostMs: 2000, growth: 1.1 }

/** The rows of a database and the ways out, put together. */
export const openDelivery = ({ config, db, fetch, log, ...rest }: MailDeps) => {
  const senders: Senders = openSenders({ config, connections: concurrency, fetch, log })
  const store: MailStore = mailStore(db)
  const deps: DeliverDeps = { ...rest, senders, key: config.key(messageKeyPurpose) }
  const isKept = isInboxOpen(config)
  const attempt = async (message: ClaimedMessage): Promise<Settlement> => {
    const settlement = await deliver(deps, message)
    if (settlement.error !== undefined) {
      const { id: messageId, tenantId, channel, template, attempts } = message
      const outcome = settlement.kind === 'again' ? 'a message was not delivered yet' : 'a message was given up'
      log.warn({ messageId, tenantId, channel, template, attempts, reason: settlement.error }, outcome)
    }
    await store.settle(message, settlement, isKept)
    return settlement
  }
  const close = (): void => {
    for (const sender of Object.values(senders)) sender.close()
  }
  return { store, attempt, close }
}

type Delivery = ReturnType<typeof openDelivery>

const createCounters = (store: MailStore) => {
  const counts = { due: 0, sent: 0, failed: 0, gaveUp: 0 }
  let countedAt = Number.NEGATIVE_INFINITY
  return {
    counts,
    note: ({ kind }: Settlement): void => {
      counts[kind === 'sent' ? 'sent' : kind === 'again' ? 'failed' : 'gaveUp'] += 1
    },
    look: async (): Promise<void> => {
      counts.gaveUp += await store.expire()
      if (performance.now() - countedAt < countEveryMs) return
      countedAt = performance.now()
      counts.due = await store.countDue()
    },
  }
}

/** Claims as much as there are hands free, and goes on as long as something is found. */
const createQueue = ({ store, attempt }: Delivery, onError: (error: unknown) => void) => {
  const running = new Set<Promise<void>>()
  const counters = createCounters(store)
  const begin = (message: ClaimedMessage): void => {
    const work = attempt(message)
      .then(counters.note)
      .catch(onError)
      .finally(() => running.delete(work))
    running.add(work)
  }
  /** True where something was found. */
  const look = async (isStopped: () => boolean): Promise<boolean> => {
    await counters.look()
    let hasFound = false
    while (!isStopped() && running.size < concurrency) {
      const claimed = await store.claim(concurrency - running.size)
      claimed.forEach(begin)
      if (claimed.length === 0) return hasFound
      hasFound = true
      if (running.size >= concurrency) await Promise.race(running)
    }
    return hasFound
  }
  return { look, running, stats: () => counters.counts }
}

/** Delivers the messages of every tenant from their rows: each is claimed with a lease, tried, and settled. */
export const startMail = (deps: MailDeps): MailJob => {
  const { stopWaitMs = usualStopWaitMs } = deps
  const delivery = openDelivery(deps)
  const onError = (err: unknown): void => deps.log.warn({ err }, 'messages could not be delivered')
  const queue = createQueue(delivery, onError)
  let isStopped = false
  let waitMs = idle.leastMs
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  const lookOnce = async (): Promise<void> => {
    const hasFound = await queue.look(() => isStopped)
    waitMs = hasFound ? idle.leastMs : Math.min(waitMs * idle.growth, idle.mostMs)
  }
  const schedule = (): void => {
    if (isStopped) return
    timer = setTimeout(() => {
      looking = lookOnce().catch(onError).finally(schedule)
    }, waitMs)
    timer.unref()
  }
  schedule()
  return {
    stats: queue.stats,
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      // What hangs longer is left to its lease.
      const patience = new Promise((resolve) => setTimeout(resolve, stopWaitMs).unref())
      await Promise.race([looking.then(() => Promise.allSettled(queue.running)), patience])
      delivery.close()
    },
  }
}

type Settings = { readonly get: <T>(tenantId: string, key: string) => Promise<T | undefined> }

/** The texts that tenants wrote anew, among their settings. */
export const overridesIn =
  (settings: Settings): MailDeps['findOverrides'] =>
  (tenantId) =>
    settings.get<TemplateOverrides>(tenantId, templateSetting)

/** Messages that were sent or given up are kept for a week. */
export const mailUpkeep: Upkeep = { task: 'mail.removal', everySeconds: 3600, run: removeOldMessages }

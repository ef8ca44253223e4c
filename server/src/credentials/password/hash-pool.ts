import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Secret } from '../../platform/secret.ts'
import { HashThreadFailed } from './hash-errors.ts'
import { createScheduler, type Place, type Scheduler } from './hash-scheduler.ts'
import type { HashReply } from './hash-task.ts'
import { startHashThreads } from './hash-threads.ts'
import { UnhashablePassword } from './hashability.ts'
import type { Verdict } from './hashing.ts'
import { createRefusalFloor } from './refusal-floor.ts'
import type { HashSettings } from './settings.ts'

export type HashPoolOptions = {
  settings: HashSettings
  /** How many hashes run at once; cores less one by default. */
  threads?: number
  /** The longest a job may wait for its turn; 2,000 by default. */
  maxWaitMs?: number
  /** How many jobs may wait; 2,048 by default. */
  queueMax?: number
  /** The niceness of hashing threads, on Linux; 10 by default. */
  osPriority?: number
  /** Also verifies salted SHA and MD5 forms; off by default. */
  weakAllowed?: boolean
  /** The program of the threads, for tests. */
  program?: URL
  /** Waits before a refusal, for tests. */
  wait?: (milliseconds: number) => Promise<unknown>
}

export type VerifyJob<Loaded> = {
  secret: Secret
  /** Spends the attempt budget and reads the stored hash; called when the job's turn comes. Without a hash one decoy is run. */
  load: () => Promise<Loaded>
  /** Jobs of one key, such as a user, run one after the other. */
  key?: string | undefined
}

export type HashPoolStats = {
  queued: number
  running: number
  threads: number
  /** What a job that came now would wait. */
  waitMsEstimate: number
  completed: number
  shed: number
}

/** Every method may reject with HashPoolOverloaded, HashPoolClosed or HashThreadFailed. */
export type HashPool = {
  /** Rejects with UnhashablePassword for a password that the scheme in force cannot take whole. */
  hash: (secret: Secret, options?: { key?: string }) => Promise<string>
  /** Rejects with what `load` rejects with; that frees the place in the pool. */
  verify: <Loaded extends { encoded: string | undefined }>(job: VerifyJob<Loaded>) => Promise<Verdict & { loaded: Loaded }>
  stats: () => HashPoolStats
  /** Turns away what waits, ends what runs, then stops the threads. */
  close: () => Promise<void>
}

const toBytes = (secret: Secret): Uint8Array<ArrayBuffer> => new TextEncoder().encode(secret.reveal())

const unwrap = <Kind extends HashReply['kind']>(reply: HashReply, kind: Kind): Extract<HashReply, { kind: Kind }> => {
  if (reply.kind === kind) return reply as Extract<HashReply, { kind: Kind }>
  if (reply.kind === 'unhashable') throw new UnhashablePassword(reply.problem)
  throw new HashThreadFailed(reply.kind === 'failed' ? reply.message : `unexpected reply ${reply.kind}`)
}

/**
 * The only place where passwords are hashed: a few threads of low priority behind a queue that sheds load.
 * One job more than there are threads is under way, so that loading the next hash overlaps the hash that runs.
 */
export const createHashPool = (options: HashPoolOptions): HashPool => {
  const { settings, maxWaitMs = 2_000, queueMax = 2_048, osPriority = 10, weakAllowed = false } = options
  const count = options.threads ?? Math.max(1, availableParallelism() - 1)
  const program = options.program ?? new URL('./hash-worker.ts', import.meta.url)
  const threads = startHashThreads({ count, setup: { settings, weakAllowed, osPriority }, program })
  const waitMsAt = ({ ahead, aheadOfKey }: Place) => threads.averageMs() * Math.max(0, (ahead - count + 1) / count, aheadOfKey)
  const scheduler: Scheduler = createScheduler({ slots: count + 1, maxWaitMs, queueMax, waitMsAt })
  const floor = createRefusalFloor()
  const wait = options.wait ?? sleep
  return {
    hash(secret, { key } = {}) {
      const run = async () => unwrap((await threads.run(() => ({ kind: 'hash', password: toBytes(secret) }))).reply, 'hashed').encoded
      return scheduler.submit({ key, run })
    },
    async verify({ secret, load, key }) {
      const run = async () => {
        const loaded = await load()
        const ran = await threads.run(() => ({ kind: 'verify', password: toBytes(secret), encoded: loaded.encoded }))
        return { ran, loaded }
      }
      const { ran, loaded } = await scheduler.submit({ key, run })
      const { verdict, isImported } = unwrap(ran.reply, 'verified')
      if (verdict.matches) return { ...verdict, loaded }
      if (isImported) floor.learn(loaded.encoded ?? '', ran.endedAt - ran.startedAt, ran.endedAt)
      // Nobody is kept waiting by it but the one who is refused: the place in the pool is free.
      const left = ran.startedAt + floor.floorMs(ran.endedAt) - performance.now()
      if (left > 0) await wait(left)
      return { ...verdict, loaded }
    },
    stats() {
      const counts = scheduler.counts()
      return { ...counts, threads: count, waitMsEstimate: waitMsAt({ ahead: counts.queued + counts.running, aheadOfKey: 0 }) }
    },
    async close() {
      await scheduler.close()
      await threads.close()
    },
  }
}

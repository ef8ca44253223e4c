import { HashPoolClosed, HashPoolOverloaded } from './hash-errors.ts'

/** `aheadOfKey` are those of `ahead` that bear the same key and so run before this job, whatever is free. */
export type Place = { ahead: number; aheadOfKey: number }

export type SchedulerOptions = {
  /** How many jobs are under way at once. */
  slots: number
  maxWaitMs: number
  queueMax: number
  /** The wait to expect at a place in the queue. */
  waitMsAt: (place: Place) => number
}

/** Jobs with one key run one after the other. */
export type Job<T> = { key?: string | undefined; run: () => Promise<T> }

export type Scheduler = {
  /** Rejects with HashPoolOverloaded, HashPoolClosed, or whatever the job itself rejects with. */
  submit: <T>(job: Job<T>) => Promise<T>
  counts: () => { queued: number; running: number; completed: number; shed: number }
  /** Turns away what waits; resolves when what runs has ended. */
  close: () => Promise<void>
}

type Entry = { key: string | undefined; deadlineAt: number; start: () => Promise<void>; refuse: (error: Error) => void }

type State = {
  waiting: Entry[]
  keys: Set<string>
  running: number
  completed: number
  shed: number
  timer: NodeJS.Timeout | undefined
  closed: PromiseWithResolvers<void> | undefined
}

const createEntry = <T>(job: Job<T>, maxWaitMs: number): { entry: Entry; outcome: Promise<T> } => {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const start = () => job.run().then(resolve, reject)
  return { entry: { key: job.key, deadlineAt: performance.now() + maxWaitMs, start, refuse: reject }, outcome: promise }
}

const placeOf = (key: string | undefined, state: State): Place => {
  const ahead = state.waiting.length + state.running
  if (key === undefined) return { ahead, aheadOfKey: 0 }
  const waitingOfKey = state.waiting.filter((entry) => entry.key === key).length
  return { ahead, aheadOfKey: waitingOfKey + (state.keys.has(key) ? 1 : 0) }
}

/** Every job may wait equally long, so the first in the queue is the first to be late. */
const shedLate = (state: State, options: SchedulerOptions): void => {
  clearTimeout(state.timer)
  const now = performance.now()
  const firstInTime = state.waiting.findIndex((entry) => entry.deadlineAt > now)
  const late = state.waiting.splice(0, firstInTime === -1 ? state.waiting.length : firstInTime)
  state.shed += late.length
  for (const entry of late) entry.refuse(new HashPoolOverloaded(options.waitMsAt(placeOf(undefined, state))))
  const first = state.waiting[0]
  state.timer = first && setTimeout(() => shedLate(state, options), Math.ceil(first.deadlineAt - now))
}

const takeNext = (state: State): Entry | undefined => {
  const index = state.waiting.findIndex(({ key }) => key === undefined || !state.keys.has(key))
  return index === -1 ? undefined : state.waiting.splice(index, 1)[0]
}

const run = async (entry: Entry, state: State): Promise<void> => {
  if (entry.key !== undefined) state.keys.add(entry.key)
  state.running += 1
  await entry.start()
  if (entry.key !== undefined) state.keys.delete(entry.key)
  state.running -= 1
  state.completed += 1
}

const admit = (state: State, options: SchedulerOptions): void => {
  shedLate(state, options)
  while (state.running < options.slots) {
    const entry = takeNext(state)
    if (!entry) break
    run(entry, state).then(() => admit(state, options))
  }
  if (state.running === 0) state.closed?.resolve()
}

/** A first-in, first-out queue that sheds load: at once when the expected wait is too long, and later whoever has in fact waited too long. */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const state: State = { waiting: [], keys: new Set(), running: 0, completed: 0, shed: 0, timer: undefined, closed: undefined }
  return {
    async submit(job) {
      if (state.closed) throw new HashPoolClosed()
      const waitMs = options.waitMsAt(placeOf(job.key, state))
      if (waitMs > options.maxWaitMs || state.waiting.length >= options.queueMax) {
        state.shed += 1
        throw new HashPoolOverloaded(waitMs)
      }
      const { entry, outcome } = createEntry(job, options.maxWaitMs)
      state.waiting.push(entry)
      admit(state, options)
      return outcome
    },
    counts: () => ({ queued: state.waiting.length, running: state.running, completed: state.completed, shed: state.shed }),
    close() {
      state.closed ??= Promise.withResolvers()
      for (const entry of state.waiting.splice(0)) entry.refuse(new HashPoolClosed())
      admit(state, options)
      return state.closed.promise
    },
  }
}

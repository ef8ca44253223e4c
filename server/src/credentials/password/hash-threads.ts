import type { HashReply, HashTask, HashThreadSetup } from './hash-task.ts'
import { type HashThread, startHashThread } from './hash-thread.ts'

/** What a thread answered, and between which times of the process's clock, in milliseconds. */
export type Ran = { reply: HashReply; startedAt: number; endedAt: number }

export type HashThreads = {
  /** Waits for a free thread, then makes the task, so that password bytes exist no longer than needed. */
  run: (makeTask: () => HashTask) => Promise<Ran>
  /** Moving average of one task. */
  averageMs: () => number
  close: () => Promise<void>
}

// Follows a change of load within some ten hashes and does not jump at a single slow one.
const newWeight = 0.1

export const startHashThreads = (options: { count: number; setup: HashThreadSetup; program: URL }): HashThreads => {
  const { count, setup, program } = options
  let averageMs: number | undefined
  const record = (ms: number) => {
    averageMs = averageMs === undefined ? ms : averageMs + newWeight * (ms - averageMs)
  }
  const threads = Array.from({ length: count }, () => startHashThread({ setup, program, onReady: record }))
  const idle = [...threads]
  const waiting: ((thread: HashThread) => void)[] = []

  const release = (thread: HashThread) => {
    const next = waiting.shift()
    if (next) next(thread)
    else idle.push(thread)
  }

  return {
    async run(makeTask) {
      const thread = idle.pop() ?? (await new Promise<HashThread>((resolve) => waiting.push(resolve)))
      const startedAt = performance.now()
      try {
        const reply = await thread.run(makeTask())
        const endedAt = performance.now()
        record(endedAt - startedAt)
        return { reply, startedAt, endedAt }
      } finally {
        release(thread)
      }
    },
    averageMs: () => averageMs ?? 0,
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

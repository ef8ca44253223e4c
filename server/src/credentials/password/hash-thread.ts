import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { HashThreadFailed } from './hash-errors.ts'
import type { HashReady, HashReply, HashTask, HashThreadSetup } from './hash-task.ts'

// A thread that strips types anew costs 15 MB more than one that finds them stripped.
const environment = (): Record<string, string> => {
  const folder = getCompileCacheDir()
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}

export type HashThreadOptions = { setup: HashThreadSetup; program: URL; onReady: (decoyMs: number) => void }

/** One worker thread that does one task at a time and is replaced when it stops. */
export type HashThread = {
  /** Takes over the password's bytes. Rejects with HashThreadFailed when the thread stops meanwhile. */
  run: (task: HashTask) => Promise<HashReply>
  close: () => Promise<void>
}

type State = { worker: Worker | undefined; pending: PromiseWithResolvers<HashReply> | undefined; isClosed: boolean }

// The hash functions allocate outside the JavaScript heap, which therefore stays small.
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 }

const start = (state: State, options: HashThreadOptions): Worker => {
  // Neither the environment nor flags of the process are any business of a hash function, but for where compiled code is kept.
  const worker = new Worker(options.program, {
    workerData: options.setup,
    name: 'password-hash',
    env: environment(),
    execArgv: [],
    resourceLimits,
  })
  let wasReady = false
  const lose = (cause: unknown) => {
    if (state.worker !== worker) return
    state.worker = undefined
    state.pending?.reject(new HashThreadFailed(cause))
    state.pending = undefined
    // A program that cannot even start is tried again with the next job only, not in a loop.
    if (!wasReady || state.isClosed) return
    try {
      start(state, options)
    } catch {
      // Out of threads for now: the next job tries again, and gets the error if that fails too.
    }
  }
  worker.on('message', (message: HashReady | HashReply) => {
    if (message.kind === 'ready') {
      wasReady = true
      options.onReady(message.decoyMs)
      return
    }
    state.pending?.resolve(message)
    state.pending = undefined
    worker.unref()
  })
  worker.once('error', lose)
  worker.once('exit', (code) => lose(new Error(`the hashing thread ended with code ${code}`)))
  worker.unref()
  state.worker = worker
  return worker
}

export const startHashThread = (options: HashThreadOptions): HashThread => {
  const state: State = { worker: undefined, pending: undefined, isClosed: false }
  start(state, options)
  return {
    run(task) {
      const worker = state.worker ?? start(state, options)
      const pending = Promise.withResolvers<HashReply>()
      state.pending = pending
      worker.ref()
      worker.postMessage(task, [task.password.buffer])
      return pending.promise
    },
    async close() {
      state.isClosed = true
      await state.worker?.terminate()
    },
  }
}

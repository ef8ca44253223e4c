import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { createTaskRunner, type HashReady, type HashTask, type HashThreadSetup } from './hash-task.ts'

const setup = workerData as HashThreadSetup

// Only Linux counts the calling thread as process 0; elsewhere the whole server would be slowed.
if (process.platform === 'linux') {
  try {
    setPriority(0, setup.osPriority)
  } catch {
    // Hashing at the usual priority is slower for others, not wrong.
  }
}

const startedAt = performance.now()
const run = createTaskRunner(setup)
const ready: HashReady = { kind: 'ready', decoyMs: performance.now() - startedAt }
parentPort?.postMessage(ready)
parentPort?.on('message', (task: HashTask) => parentPort?.postMessage(run(task)))

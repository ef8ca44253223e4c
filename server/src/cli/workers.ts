import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry } from 'prom-client'
import type { Config } from '../config/config.ts'
import type { Logger } from '../config/log.ts'
import { CliError } from './errors.ts'
import type { Serving } from './listen.ts'
import type { FromWorker, ToWorker } from './messages.ts'

export type WorkersOptions = { readonly config: Config; readonly log: Logger; readonly count: number }

const tell = (worker: Worker, message: ToWorker): void => {
  // A worker may die between the look and the word; its successor needs no telling.
  if (worker.isConnected()) worker.send(message, () => undefined)
}

const others = (worker: Worker): Worker[] =>
  Object.values(cluster.workers ?? {}).filter((other): other is Worker => other !== undefined && other.id !== worker.id)

const exited = (worker: Worker): Promise<void> =>
  worker.isDead() ? Promise.resolve() : new Promise((resolve) => worker.once('exit', () => resolve()))

const stopAll = async (graceMs: number): Promise<void> => {
  const workers = Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker !== undefined)
  for (const worker of workers) tell(worker, { kind: 'stop' })
  const timer = setTimeout(() => {
    for (const worker of workers) worker.process.kill('SIGKILL')
  }, graceMs)
  await Promise.all(workers.map(exited))
  clearTimeout(timer)
}

/** One process per core behind one listening socket, connections dealt out in turn; a process that dies is replaced, later each time it dies young. */
export const startWorkers = async ({ config, log, count }: WorkersOptions): Promise<Serving> => {
  cluster.schedulingPolicy = cluster.SCHED_RR
  cluster.setupPrimary({ serialization: 'advanced' })
  const ready = Promise.withResolvers<number>()
  let isStopping = false
  let waiting = count
  let pause = 100

  const fork = (): void => {
    const worker = cluster.fork()
    worker.on('error', (err) => log.warn({ worker: worker.id, err }, 'a server process could not be reached'))
    const born = performance.now()
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'session-ended') for (const other of others(worker)) tell(other, message)
      if (message.kind === 'failed') ready.reject(new CliError(message.reason))
      if (message.kind !== 'ready') return
      waiting -= 1
      if (waiting === 0) ready.resolve(message.port)
    })
    worker.on('exit', (code, signal) => {
      if (isStopping) return
      pause = performance.now() - born > 10_000 ? 100 : Math.min(pause * 2, 5000)
      log.error({ worker: worker.id, code, signal, pauseMs: pause }, 'a server process died and is replaced')
      setTimeout(() => isStopping || fork(), pause)
    })
  }
  for (let index = 0; index < count; index += 1) fork()
  const stop = async (): Promise<void> => {
    isStopping = true
    await stopAll(config.shutdownGrace * 1000 + 3000)
  }
  const aggregator = new AggregatorRegistry()
  const port = await ready.promise.catch(async (error) => {
    await stop()
    throw error
  })
  return { port, stop, metrics: () => aggregator.clusterMetrics() }
}

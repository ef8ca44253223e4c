import { AggregatorRegistry } from 'prom-client'
import { createPlatform, type Siblings } from '../compose.ts'
import { loadConfig } from '../config/config.ts'
import { createLog } from '../config/log.ts'
import { connectionOfParent, workerCount } from './database.ts'
import { hashThreadsOf, listen } from './listen.ts'
import type { FromWorker, ToWorker } from './messages.ts'

const tell = (message: FromWorker): void => {
  if (process.connected) process.send?.(message)
}

const siblings: Siblings = {
  tell: (sessionId) => tell({ kind: 'session-ended', sessionId }),
  onTold: (listener) =>
    process.on('message', (message: ToWorker) => {
      if (message.kind === 'session-ended') listener(message.sessionId)
    }),
}

/** One of several server processes. Its parent ends it; a terminal's Ctrl-C is the parent's to hear, and without a parent there is nothing to serve for. */
export const runWorker = async (): Promise<void> => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('disconnect', () => process.exit(1))
  try {
    const config = loadConfig()
    const log = createLog(config)
    const connection = await connectionOfParent(config)
    const platform = await createPlatform({ config, connection, log, hashThreads: hashThreadsOf(config, workerCount(config)), siblings })
    AggregatorRegistry.setRegistries([platform.metrics.registry])
    new AggregatorRegistry()
    const { port, stop } = await listen(platform, config)
    process.on('message', (message: ToWorker) => {
      if (message.kind === 'stop') stop().finally(() => process.exit(0))
    })
    tell({ kind: 'ready', port })
  } catch (error) {
    tell({ kind: 'failed', reason: (error as Error).message })
    process.exitCode = 1
    setTimeout(() => process.exit(1), 100)
  }
}

import type { Command } from 'commander'
import { createPlatform, openBase, type PlatformOptions } from '../compose.ts'
import { type Config, loadConfig } from '../config/config.ts'
import { createLog, type Logger } from '../config/log.ts'
import type { Connection } from '../db/database.ts'
import { openForServer, prepare, workerCount } from './database.ts'
import { fail } from './fail.ts'
import { type FirstSteps, takeFirstSteps } from './first-steps.ts'
import { hashThreadsOf, listen, type Serving } from './listen.ts'
import { startManagement } from './management.ts'
import { welcome } from './welcome.ts'
import { startWorkers } from './workers.ts'

const serveAlone = async (options: PlatformOptions): Promise<Serving> => {
  const platform = await createPlatform(options)
  const { port, stop } = await listen(platform, options.config)
  return { port, stop, metrics: () => platform.metrics.registry.metrics() }
}

const start = async (config: Config, log: Logger, connection: Connection): Promise<Serving & FirstSteps> => {
  await prepare(config, connection, (level, sentence) => log[level]({}, sentence))
  const base = await openBase(config, connection, log)
  const first = await takeFirstSteps(base).finally(() => base.db.close())
  const workers = workerCount(config)
  const serving =
    workers === 1
      ? await serveAlone({ config, connection, log, hashThreads: hashThreadsOf(config, 1) })
      : await startWorkers({ config, log, count: workers })
  return { ...serving, ...first }
}

const onSignals = (log: Logger, stop: () => Promise<void>): void => {
  let stoppingSince: number | undefined
  const end = (signal: string): void => {
    if (stoppingSince !== undefined) {
      // One Ctrl-C can arrive twice, from the terminal and from the starting script.
      if (performance.now() - stoppingSince > 500) log.warn({ signal }, 'still stopping; running requests get their grace')
      return
    }
    stoppingSince = performance.now()
    log.info({ signal }, 'stopping')
    stop().then(
      () => process.exit(0),
      (err) => {
        log.error({ err }, 'the stop failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal))
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'an error that nothing expected; stopping')
    stoppingSince ??= performance.now()
    process.exitCode = 1
    const giveUp = setTimeout(() => process.exit(1), 5000)
    giveUp.unref()
    stop().finally(() => process.exit(1))
  })
}

const serve = async (): Promise<void> => {
  const config = loadConfig()
  const log = createLog(config)
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end()
  }
  onSignals(log, stop)
  try {
    const database = await openForServer(config, log)
    stops.push(database.stop)
    const serving = await start(config, log, database.connection)
    stops.push(serving.stop)
    stops.push(await startManagement({ config, log, metrics: serving.metrics, port: serving.port }))
    const url = config.isPublicUrlSet ? config.publicUrl : `http://127.0.0.1:${serving.port}`
    log.info({ host: config.host, port: serving.port, workers: workerCount(config), version: config.version }, 'listening')
    if (config.logLevel !== 'silent') process.stdout.write(welcome(url, serving))
  } catch (error) {
    await stop()
    throw error
  }
}

/** The server without the rest of the command line. */
export const runServe = (): Promise<void> => serve().catch(fail)

export const serveCommand = (program: Command): void => {
  program.command('serve').description('start the server, with the embedded PostgreSQL where DATABASE_URL is absent').action(serve)
}

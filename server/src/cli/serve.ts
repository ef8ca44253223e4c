import type { AddressInfo } from 'node:net'
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { createPlatform, openBase, type Platform, type PlatformOptions } from '../compose.ts'
import { type Config, loadConfig } from '../config/config.ts'
import { createLog, type Logger } from '../config/log.ts'
import type { Connection } from '../db/database.ts'
import { openForServer, prepare, workerCount } from './database.ts'
import { CliError } from './errors.ts'
import { takeFirstSteps } from './first-steps.ts'
import { startManagement } from './management.ts'
import { welcome } from './welcome.ts'
import { startWorkers } from './workers.ts'

/** Something that serves: where, and how it ends. */
export type Serving = { readonly port: number; readonly metrics: () => Promise<string>; readonly stop: () => Promise<void> }

/** Hashes at once in one of `workers` processes, so that together they keep to the setting. */
export const hashThreadsOf = (config: Config, workers: number): number => {
  const total = config.hashThreads === 'auto' ? Math.max(1, availableParallelism() - 1) : config.hashThreads
  return Math.max(1, Math.floor(total / workers))
}

const listenProblem = (error: unknown, config: Config): Error => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new CliError(
      `Port ${config.port} of ${config.host} is in use. Stop what listens there, or start with another one: PORT=8080 npm start`,
    )
  if (code === 'EACCES')
    return new CliError(`Port ${config.port} may not be used by this user. Take one above 1023, or put a reverse proxy in front.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new CliError(`HOST ${config.host} is not an address of this machine. Correct it; 0.0.0.0 listens on all.`)
  return error as Error
}

/** Listens, and ends within the grace: first no longer ready, then no new connections, then the running requests, then their connections. */
export const listen = async (platform: Platform, config: Config): Promise<{ port: number; stop: () => Promise<void> }> => {
  const { app } = platform
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await platform.close()
    throw listenProblem(error, config)
  }
  const stop = async (): Promise<void> => {
    platform.drain()
    const timer = setTimeout(() => app.server.closeAllConnections(), config.shutdownGrace * 1000)
    await platform.close()
    clearTimeout(timer)
  }
  return { port: (app.server.address() as AddressInfo).port, stop }
}

const serveAlone = async (options: PlatformOptions): Promise<Serving> => {
  const platform = await createPlatform(options)
  const { port, stop } = await listen(platform, options.config)
  return { port, stop, metrics: () => platform.metrics.registry.metrics() }
}

const start = async (config: Config, log: Logger, connection: Connection): Promise<Serving & { readonly isNew: boolean }> => {
  await prepare(config, connection, (level, sentence) => log[level]({}, sentence))
  const base = await openBase(config, connection, log)
  const isNew = await takeFirstSteps(base).finally(() => base.db.close())
  const workers = workerCount(config)
  const serving =
    workers === 1
      ? await serveAlone({ config, connection, log, hashThreads: hashThreadsOf(config, 1) })
      : await startWorkers({ config, log, count: workers })
  return { ...serving, isNew }
}

const onSignals = (log: Logger, stop: () => Promise<void>): void => {
  let isStopping = false
  const end = (signal: string): void => {
    if (isStopping) {
      if (signal === 'SIGINT') log.warn({}, 'still stopping; the running requests get their grace')
      return
    }
    isStopping = true
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
    isStopping = true
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
    if (config.logLevel !== 'silent') process.stdout.write(welcome(url, serving.isNew))
  } catch (error) {
    await stop()
    throw error
  }
}

export const serveCommand = (program: Command): void => {
  program.command('serve').description('start the server, with the embedded PostgreSQL where DATABASE_URL is absent').action(serve)
}

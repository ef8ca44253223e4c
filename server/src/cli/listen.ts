import type { AddressInfo } from 'node:net'
import { availableParallelism } from 'node:os'
import type { Platform } from '../compose.ts'
import type { Config } from '../config/config.ts'
import { CliError } from './errors.ts'

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

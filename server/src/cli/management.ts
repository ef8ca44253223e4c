import { createManagementServer } from '../compose.ts'
import type { Config } from '../config/config.ts'
import type { Logger } from '../config/log.ts'
import { CliError } from './errors.ts'

export type ManagementOptions = {
  readonly config: Config
  readonly log: Logger
  readonly metrics: () => Promise<string>
  readonly port: number
}

const probe = async (url: string): Promise<boolean> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  await response.body?.cancel()
  return response.ok
}

/** `/metrics`, `/healthz` and `/readyz` for operators. A default port that is taken is no reason not to serve. */
export const startManagement = async ({ config, log, metrics, port }: ManagementOptions): Promise<() => Promise<void>> => {
  const { managementHost: host, managementPort } = config
  if (managementPort === 0) return async () => undefined
  const target =
    config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host.includes(':') ? `[${config.host}]` : config.host
  const app = createManagementServer({ log, metrics, isReady: () => probe(`http://${target}:${port}/readyz`) })
  try {
    await app.listen({ port: managementPort, host })
  } catch (error) {
    await app.close()
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' || config.isManagementPortSet)
      throw new CliError(
        `The management address ${host}:${managementPort} cannot be used (${code}). Set CIP_MANAGEMENT_PORT to another port, or to 0 to do without.`,
      )
    log.warn({ host, port: managementPort }, 'the management port is in use: no metrics from this server; set CIP_MANAGEMENT_PORT')
  }
  return () => app.close()
}

import { createServer } from 'node:net'
import type { Config } from '../../config/config.ts'
import { type Finding, fail, ok } from './check.ts'

const tryPort = (port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })

const isOurs = async (port: number, host: string): Promise<boolean> => {
  const target = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  try {
    const options = { signal: AbortSignal.timeout(2000), redirect: 'error' } as const
    const [health, keys] = await Promise.all(
      ['healthz', '.well-known/jwks.json'].map((path) => fetch(`http://${target}:${port}/${path}`, options)),
    )
    const set: unknown = await keys?.json()
    return health?.ok === true && typeof set === 'object' && set !== null && 'keys' in set
  } catch {
    return false
  }
}

/** Whether the port is free, or our own server is on it. */
export const checkPort = async ({ port, host }: Config): Promise<Finding> => {
  if (port === 0) return ok('port', 'PORT 0 takes a free one')
  const problem = await tryPort(port, host)
  if (problem === undefined) return ok('port', `${port} on ${host} is free`)
  if (problem !== 'EADDRINUSE') return fail('port', `${port} on ${host} cannot be used (${problem})`, 'Correct PORT or HOST.')
  if (await isOurs(port, host)) return ok('port', `${port} on ${host} is served by a running server of this product`)
  return fail('port', `${port} on ${host} is used by another program`, 'Stop that program, or set PORT to a free one.')
}

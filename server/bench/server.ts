import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Environment, endChild, hasEnded, startChild } from './children.ts'
import type { Pinning } from './pinning.ts'
import type { Scope } from './scope.ts'

export const mainProgram = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const bareProgram = fileURLToPath(new URL('./bare.ts', import.meta.url))

/** The flags that `npm start` gives. */
export const nodeCommand = [process.execPath, '--disable-warning=ExperimentalWarning', '--max-semi-space-size=4'] as const

export type Running = { readonly pid: number; readonly url: string }

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('error', () => resolve(false))
  })

/** Asks `/readyz` every few milliseconds until it says 200. */
export const untilReady = async (url: string, child: ChildProcess, said: () => string): Promise<void> => {
  const deadline = performance.now() + 60_000
  while (!(await answers(`${url}/readyz`))) {
    if (hasEnded(child)) throw new Error(`The server did not start. ${said()}`)
    if (performance.now() > deadline) throw new Error('The server did not get ready within a minute.')
    await sleep(4)
  }
}

// No limit may answer in the server's place; tokens outlast the run.
const settings = {
  NODE_ENV: 'production',
  CIP_MANAGEMENT_PORT: '0',
  CIP_LOG_LEVEL: 'warn',
  CIP_LOG_FORMAT: 'json',
  CIP_LIMIT_REGISTER: '1000000',
  CIP_LIMIT_SIGN_IN: '1000000',
  CIP_LIMIT_REQUESTS: '100000000',
  CIP_FAILURES_PER_ADDRESS: '1000000',
  CIP_FAILURES_PER_ADDRESS_AND_USER: '1000000',
  CIP_ACCESS_TOKEN_TTL: '86400',
  ...(process.env['NODE_COMPILE_CACHE'] === undefined ? {} : { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] }),
} as const

export const serverEnvironment = (own: Environment): Environment => ({ ...settings, ...own })

type ServerInput = { readonly pinning: Pinning; readonly scope: Scope; readonly env: Environment }

/** The platform's server on the serving core. */
export const startServer = async ({ pinning, scope, env }: ServerInput): Promise<Running> => {
  const port = await freePort()
  const command = pinning.on('serving', [...nodeCommand, mainProgram, 'serve'])
  const { child, said } = startChild(command, { env: serverEnvironment({ ...env, PORT: String(port) }) })
  scope.onEnd(() => endChild(child))
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, child, said)
  return { pid: child.pid ?? 0, url }
}

/** The bare `node:http` server on the serving core. */
export const startBare = async (pinning: Pinning, scope: Scope): Promise<Running> => {
  const { child } = startChild(pinning.on('serving', [process.execPath, bareProgram]), { hasChannel: true })
  scope.onEnd(() => endChild(child))
  const [port] = await once(child, 'message')
  return { pid: child.pid ?? 0, url: `http://127.0.0.1:${port}` }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atEnd, endWithUs } from './closing.ts'
import { type Environment, testEnvironment } from './environment.ts'
import { makeFolder } from './folder.ts'

export const checkout = fileURLToPath(new URL('../../../', import.meta.url))
export const pinnedNode = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type ServerRequest = {
  readonly env?: Environment
  readonly dataDir?: string
  readonly databaseUrl?: string | undefined
  readonly args?: readonly string[]
  /** In a process group of its own, which can then be sent a terminal's Ctrl-C. */
  readonly isGroup?: boolean
}

export type RunningServer = {
  readonly pid: number
  readonly dataDir: string
  /** What it has written to standard output and standard error so far. */
  readonly logs: () => string
  readonly exited: Promise<Exit>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Asks it to end and waits until it has; kills it after 20 s. */
  readonly stop: () => Promise<Exit>
  readonly kill: () => Promise<Exit>
}

export type TestServer = RunningServer & { readonly url: string; readonly port: number }

const start = (request: ServerRequest, dataDir: string): ChildProcess => {
  const { env, args = ['serve'], databaseUrl, isGroup = false } = request
  const extra = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  return spawn(pinnedNode, [main, ...args], {
    cwd: dataDir,
    env: { PATH, NODE_COMPILE_CACHE, ...testEnvironment(dataDir, { ...env, ...extra }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: isGroup,
  })
}

/** Starts the program without waiting until it serves. */
export const spawnServer = async (request: ServerRequest = {}): Promise<RunningServer> => {
  const dataDir = request.dataDir ?? (await makeFolder())
  const child = start(request, dataDir)
  endWithUs(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const exited = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }))
  const kill = (): Promise<Exit> => {
    child.kill('SIGKILL')
    return exited
  }
  const stop = async (): Promise<Exit> => {
    child.kill('SIGTERM')
    const timer = setTimeout(kill, 20_000)
    return exited.finally(() => clearTimeout(timer))
  }
  atEnd(stop)
  return { pid: child.pid ?? 0, dataDir, logs: () => output, exited, signal: (signal) => void child.kill(signal), stop, kill }
}

const portIn = (logs: string): number | undefined => {
  const line = logs.split('\n').find((one) => one.includes('"msg":"listening"'))
  return line === undefined ? undefined : Number(/"port":(\d+)/.exec(line)?.[1])
}

/** Starts a server and waits until it serves; fails with what it wrote where it ends before. */
export const startTestServer = async (request: ServerRequest = {}): Promise<TestServer> => {
  const server = await spawnServer(request)
  let hasEnded = false
  void server.exited.then(() => {
    hasEnded = true
  })
  const deadline = performance.now() + 40_000
  for (let port = portIn(server.logs()); ; port = portIn(server.logs())) {
    if (port !== undefined) return { ...server, port, url: `http://127.0.0.1:${port}` }
    if (hasEnded || performance.now() > deadline) throw new Error(`The server did not start:\n${server.logs()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Runs the program to its end. */
export const runToEnd = async (request: ServerRequest): Promise<Exit & { readonly output: string }> => {
  const server = await spawnServer(request)
  const timer = setTimeout(server.kill, 40_000)
  const exit = await server.exited.finally(() => clearTimeout(timer))
  return { ...exit, output: server.logs() }
}

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export type Server = {
  readonly url: string
  readonly port: number
  /** What the operator does at the command line; the answer is what it prints as JSON. */
  readonly cip: (...words: string[]) => Promise<Record<string, unknown>>
  /** What it has printed so far. */
  readonly output: () => string
  readonly stop: () => Promise<void>
}

const [node, main] = [join(root, 'node_modules/node/bin/node'), join(root, 'server/src/main.ts')]

const isReady = async (url: string): Promise<boolean> => {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok === true
}

type Settings = Readonly<Record<string, string>>

/** The server as a person starts it, on a free port and with a data folder of its own. Settings may depend on the port. */
export const startServer = async (settings: Settings | ((port: number) => Settings) = {}): Promise<Server> => {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'cip-e2e-'))
  await chmod(folder, 0o755)
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const environment = {
    ...{ PATH, NODE_COMPILE_CACHE },
    DATA_DIR: folder,
    PORT: String(port),
    CIP_MANAGEMENT_PORT: '0',
    ...(typeof settings === 'function' ? settings(port) : settings),
  }
  const child = spawn(node, [main, 'serve'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const exited = once(child, 'close')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  const deadline = performance.now() + 60_000
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop()
      throw new Error(`The server did not start:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const cip: Server['cip'] = async (...words) => {
    const { stdout } = await promisify(execFile)(node, [main, ...words, '--json'], { env: environment })
    return JSON.parse(stdout)
  }
  return { url, port, cip, output: () => output, stop }
}

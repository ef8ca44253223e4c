import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkoutRoot } from '../src/config/config.ts'
import { type Environment, endChild, hasEnded, startChild } from './children.ts'
import { temporaryFolder } from './database.ts'
import { type Spread, spread } from './numbers.ts'
import { type Memory, memoryOf, treeOf } from './proc.ts'
import type { Scope } from './scope.ts'
import { freePort, mainProgram, nodeCommand, serverEnvironment, untilReady } from './server.ts'

/** Milliseconds from the spawn to the first 200 of `/readyz`; memory of the idle processes ten seconds after the start. */
export type Starts = {
  readonly firstRun: Spread
  readonly laterRun: Spread
  readonly npmStart: Spread | undefined
  readonly idleServer: Memory
  readonly idleDatabase: Memory
}

const idleSeconds = 10
const repetitions = { firstRun: 3, laterRun: 5, npmStart: 3 }

type Started = { readonly milliseconds: number; readonly pid: number; readonly stop: () => Promise<void> }

const environmentOf = async (dataDir: string): Promise<{ env: Environment; url: string }> => {
  const port = await freePort()
  return {
    env: serverEnvironment({ DATA_DIR: dataDir, PORT: String(port), DATABASE_URL: '', SECRET_KEY: '' }),
    url: `http://127.0.0.1:${port}`,
  }
}

const startDirectly = async (dataDir: string, scope: Scope): Promise<Started> => {
  const { env, url } = await environmentOf(dataDir)
  const began = performance.now()
  const { child, said } = startChild([...nodeCommand, mainProgram, 'serve'], { env })
  const stop = (): Promise<void> => endChild(child)
  scope.onEnd(stop)
  await untilReady(url, child, said)
  return { milliseconds: performance.now() - began, pid: child.pid ?? 0, stop }
}

// In a process group of its own, so that the signal reaches npm, its shell and the server at once.
const startByNpm = async (dataDir: string, scope: Scope): Promise<Started> => {
  const { env, url } = await environmentOf(dataDir)
  const began = performance.now()
  const child = spawn('npm', ['start'], { cwd: checkoutRoot, env: { ...process.env, ...env }, stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  const pid = child.pid ?? 0
  const stop = async (): Promise<void> => {
    const members = treeOf(pid).slice(1)
    if (pid > 0 && !hasEnded(child)) process.kill(-pid, 'SIGTERM')
    for (let waited = 0; waited < 10_000 && members.some((member) => memoryOf([member]).rss > 0); waited += 20) await sleep(20)
  }
  scope.onEnd(stop)
  await untilReady(url, child, () => 'npm is not there.')
  return { milliseconds: performance.now() - began, pid, stop }
}

type Start = (dataDir: string, scope: Scope) => Promise<Started>

const repeat = async (count: number, start: () => Promise<Started>): Promise<Spread> => {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const { milliseconds, stop } = await start()
    times.push(milliseconds)
    await stop()
  }
  return spread(times)
}

/** Starts the server as an operator does, embedded PostgreSQL included, on all cores. */
export const measureStarts = async (scope: Scope, say: (text: string) => void): Promise<Starts> => {
  const folder = await temporaryFolder(scope)
  const kept = join(folder, 'run-0')
  let run = 0
  const from = (start: Start, dataDir: () => string) => () => start(dataDir(), scope)
  say('first runs')
  const firstRun = await repeat(
    repetitions.firstRun,
    from(startDirectly, () => join(folder, `run-${run++}`)),
  )
  say('later runs')
  const laterRun = await repeat(
    repetitions.laterRun,
    from(startDirectly, () => kept),
  )
  say('npm start')
  const npmStart = await repeat(
    repetitions.npmStart,
    from(startByNpm, () => kept),
  ).catch(() => undefined)
  say(`an idle server after ${idleSeconds} s`)
  const { pid, stop } = await startDirectly(kept, scope)
  await sleep(idleSeconds * 1000)
  const [idleServer, idleDatabase] = [memoryOf([pid]), memoryOf(treeOf(pid).slice(1))]
  await stop()
  return { firstRun, laterRun, npmStart, idleServer, idleDatabase }
}

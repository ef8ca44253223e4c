import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

export type Environment = Readonly<Record<string, string | undefined>>

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined

/** Asks a child to end and, after ten seconds, ends it. */
export const endChild = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const patience = new AbortController()
  await Promise.race([gone, sleep(10_000, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
  if (!hasEnded(child)) child.kill('SIGKILL')
  await gone
}

type SpawnOptions = { readonly env?: Environment; readonly hasChannel?: boolean; readonly cwd?: string }

/** Starts a program whose errors are kept for the moment it fails; `hasChannel` gives it an IPC channel. */
export const startChild = (command: readonly string[], options: SpawnOptions = {}): { child: ChildProcess; said: () => string } => {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe', ...(options.hasChannel ? (['ipc'] as const) : [])],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  let text = ''
  child.on('error', (error) => {
    text += `${error.message}\n`
  })
  child.stderr?.on('data', (bytes: Buffer) => {
    text = (text + bytes.toString()).slice(-4000)
  })
  return { child, said: () => text.trim() }
}

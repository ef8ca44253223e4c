import { AsyncLocalStorage } from 'node:async_hooks'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { fail } from '../../src/cli/fail.ts'
import { createProgram } from '../../src/cli/program.ts'
import { endWithUs } from '../harness/closing.ts'
import type { Environment } from '../harness/environment.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string }
export type CipOptions = { readonly env: Environment; readonly input?: string; readonly cwd?: string }

/** Runs `cip` to its end in a process of its own, without a terminal. */
export const cipProcess = async (args: readonly string[], { env, input = '', cwd = tmpdir() }: CipOptions): Promise<Outcome> => {
  const kept = process.env['NODE_COMPILE_CACHE']
  const options = { env: { PATH: process.env['PATH'] ?? '', ...(kept === undefined ? {} : { NODE_COMPILE_CACHE: kept }), ...env }, cwd }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], options)
  endWithUs(child)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.on('error', reject)
  child.on('close', resolve)
  return { code: await promise, ...output }
}

/** What ends a command in place of the process. */
class Ended extends Error {}

type Replaced = { readonly name: 'env' | 'exit' | 'stdin' | 'argv'; readonly value: unknown }

// Puts values in the place of members of `process`, and gives what puts the former ones back.
const replace = (members: readonly Replaced[]): (() => void) => {
  const before = members.map(({ name }) => [name, Object.getOwnPropertyDescriptor(process, name)] as const)
  for (const { name, value } of members)
    Object.defineProperty(process, name, { value, configurable: true, writable: true, enumerable: true })
  return () => {
    for (const [name, descriptor] of before) if (descriptor !== undefined) Object.defineProperty(process, name, descriptor)
  }
}

// The test runner reports over the same streams: what a command writes is known by where it was called from.
const command = new AsyncLocalStorage<true>()

const capture = (stream: NodeJS.WriteStream, take: (text: string) => void): (() => void) => {
  const { write } = stream
  stream.write = ((...args: Parameters<typeof write>) => {
    if (command.getStore() === undefined) return write.apply(stream, args)
    take(typeof args[0] === 'string' ? args[0] : Buffer.from(args[0]).toString())
    const done = (args as readonly unknown[]).findLast((one) => typeof one === 'function') as (() => void) | undefined
    if (done !== undefined) process.nextTick(done)
    return true
  }) as typeof write
  return () => {
    stream.write = write
  }
}

const runHere = async (args: readonly string[], { env, input = '', cwd = tmpdir() }: CipOptions): Promise<Outcome> => {
  const output = { stdout: '', stderr: '' }
  let code: number | undefined
  const add = (name: keyof typeof output) => (text: string) => {
    if (code === undefined) output[name] += text
  }
  const exit = (given?: number): never => {
    code ??= given ?? Number(process.exitCode ?? 0)
    throw new Ended()
  }
  const folder = process.cwd()
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const argv = [process.execPath, main, ...args]
  const restore = [
    capture(process.stdout, add('stdout')),
    capture(process.stderr, add('stderr')),
    replace([
      { name: 'env', value: { PATH, NODE_COMPILE_CACHE, ...env } },
      { name: 'exit', value: exit },
      { name: 'stdin', value: Readable.from(input === '' ? [] : [Buffer.from(input)]) },
      { name: 'argv', value: argv },
    ]),
  ]
  const exitCode = process.exitCode
  process.exitCode = undefined
  process.chdir(cwd)
  try {
    await command.run(true, () => createProgram().parseAsync(argv).catch(fail))
    code ??= Number(process.exitCode ?? 0)
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  } finally {
    for (const undo of restore.reverse()) undo()
    process.exitCode = exitCode
    process.chdir(folder)
  }
  return { code: code ?? null, ...output }
}

let isBusy = false

/** Runs `cip` to its end, without a terminal: in this process, which spares its start, or in its own while another command runs. */
export const cip = async (args: readonly string[], options: CipOptions): Promise<Outcome> => {
  if (isBusy) return cipProcess(args, options)
  isBusy = true
  return runHere(args, options).finally(() => {
    isBusy = false
  })
}

/** The answer of a command that must succeed, as JSON. */
export const cipJson = async <T>(args: readonly string[], options: CipOptions): Promise<T> => {
  const { code, stdout, stderr } = await cip([...args, '--json'], options)
  if (code !== 0) throw new Error(`cip ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`)
  return JSON.parse(stdout) as T
}

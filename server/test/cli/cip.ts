import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { endWithUs } from '../harness/closing.ts'
import type { Environment } from '../harness/environment.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string }
export type CipOptions = { readonly env: Environment; readonly input?: string; readonly cwd?: string }

/** Runs `cip` to its end, without a terminal. */
export const cip = async (args: readonly string[], { env, input = '', cwd = tmpdir() }: CipOptions): Promise<Outcome> => {
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

/** The answer of a command that must succeed, as JSON. */
export const cipJson = async <T>(args: readonly string[], options: CipOptions): Promise<T> => {
  const { code, stdout, stderr } = await cip([...args, '--json'], options)
  if (code !== 0) throw new Error(`cip ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`)
  return JSON.parse(stdout) as T
}

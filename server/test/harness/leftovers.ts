import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { birthOf } from '../../src/db/embedded/processes.ts'

let input: Socket | undefined

// Detached and held by nothing but its input, so that it notices every end of this process, a kill included.
const sweeperInput = (): Socket => {
  if (input !== undefined) return input
  const program = fileURLToPath(new URL('./sweeper.ts', import.meta.url))
  const child = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.unref()
  input = child.stdin as unknown as Socket
  input.unref()
  return input
}

/** The folder is deleted when this process has ended, after the PostgreSQL that may still run in it. */
export const leaveFolder = (folder: string): void => void sweeperInput().write(`${JSON.stringify({ folder })}\n`)

/** The process is killed when this one has ended, should it still run. */
export const leaveProcess = (pid: number): void => void sweeperInput().write(`${JSON.stringify({ pid, birth: birthOf(pid) })}\n`)

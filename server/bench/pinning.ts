import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { treeOf } from './proc.ts'

/** Which core serves and which one loads; without `taskset` or a second core nothing is pinned. */
export type Pinning = {
  readonly isPinned: boolean
  readonly why: string
  /** The command line that runs a program on a core. */
  readonly on: (core: 'serving' | 'loading', command: readonly string[]) => readonly string[]
  /** Moves running processes to the serving core. */
  readonly move: (pid: number) => void
}

const cores = { serving: '0', loading: '1' }

const unpinned = (why: string): Pinning => ({ isPinned: false, why, on: (_, command) => command, move: () => undefined })

export const choosePinning = (): Pinning => {
  if (process.platform !== 'linux') return unpinned('not pinned: cores are assigned on Linux only')
  if (availableParallelism() < 2) return unpinned('not pinned: one core serves and loads')
  if (spawnSync('taskset', ['-c', cores.loading, 'true']).status !== 0)
    return unpinned('not pinned: taskset (package util-linux) is not there, or cores 0 and 1 are not ours')
  return {
    isPinned: true,
    why: 'server and PostgreSQL on core 0, load generator on core 1',
    on: (core, command) => ['taskset', '-c', cores[core], ...command],
    move: (pid) => {
      for (const member of treeOf(pid)) spawnSync('taskset', ['-a', '-c', '-p', cores.serving, String(member)])
    },
  }
}

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './embedded-error.ts'

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

// The command name in the second field may hold spaces and brackets, so counting starts after its closing bracket (proc(5)).
const statOf = (pid: number): { state: string; startTicks: string } | undefined => {
  const text = readOrEmpty(`/proc/${pid}/stat`)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields[0], fields[19]]
  return state && startTicks ? { state, startTicks } : undefined
}

const askPs = (pid: number, column: string): string => {
  if (process.platform === 'win32') return ''
  const answer = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  })
  return (answer.stdout ?? '').trim()
}

/** Whether a process runs under this id. A zombie does not: it only waits to be buried by its parent. */
export const isAlive = (pid: number): boolean => {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  return !['Z', 'X'].includes(statOf(pid)?.state ?? '')
}

/** A text that differs between two processes that got the same id one after the other; empty where the system cannot say. */
export const birthOf = (pid: number): string => {
  const stat = statOf(pid)
  if (stat) return `${readOrEmpty('/proc/sys/kernel/random/boot_id').trim()} ${stat.startTicks}`
  return askPs(pid, 'lstart')
}

const workingDirectoryOf = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

// Never signal what belongs to another user, whatever a file in the cluster claims.
const ownerOf = (pid: number): number | undefined => {
  try {
    return statSync(`/proc/${pid}`).uid
  } catch {
    return undefined
  }
}

/** Whether the process is a PostgreSQL of ours on this cluster (an absolute path without symbolic links). */
export const isPostgresOf = (pid: number, cluster: string): boolean => {
  if (!isAlive(pid)) return false
  if (!statOf(pid)) return askPs(pid, 'command').includes(`postgres -D ${cluster} `)
  if (ownerOf(pid) !== statSync(cluster).uid) return false
  const [program = '', ...words] = readOrEmpty(`/proc/${pid}/cmdline`).split('\0')
  return basename(program).startsWith('postgres') && (words.includes(cluster) || workingDirectoryOf(pid) === cluster)
}

/** All server processes on the cluster, the ones that outlived their postmaster included. Empty where the system has no `/proc`. */
export const postgresProcessesOf = (cluster: string): number[] => {
  try {
    const pids = readdirSync('/proc').map(Number).filter(Number.isSafeInteger)
    return pids.filter((pid) => workingDirectoryOf(pid) === cluster && isPostgresOf(pid, cluster))
  } catch {
    return []
  }
}

export const until = async (condition: () => boolean, milliseconds: number): Promise<boolean> => {
  const deadline = performance.now() + milliseconds
  while (!condition()) {
    if (performance.now() > deadline) return false
    await sleep(5)
  }
  return true
}

/**
 * Ends a postmaster: fast shutdown, then immediate shutdown, then the signal that nothing survives.
 * Windows knows no such signals and ends it at once; the write-ahead log then repairs the cluster at the next start.
 */
export const endPostmaster = async (pid: number, hasGone: () => boolean): Promise<boolean> => {
  const steps = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const
  for (const [signal, milliseconds] of steps) {
    if (hasGone()) return true
    try {
      process.kill(pid, signal)
    } catch {
      // It went between the question and the signal.
    }
    if (await until(hasGone, milliseconds)) return true
  }
  return hasGone()
}

import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { type Binaries, programOf } from './binaries.ts'
import { minimalEnvironment } from './cluster.ts'
import { EmbeddedError, type Log } from './embedded-error.ts'
import { type Endpoint, removeStaleSocket } from './endpoint.ts'
import { openLogFile, rotateLogFile } from './log-file.ts'
import type { Place } from './place.ts'
import { endPostmaster, isAlive, isPostgresOf, postgresProcessesOf, until } from './processes.ts'
import { fixedSettings } from './settings.ts'

export type Launch = { binaries: Binaries; place: Place; endpoint: Endpoint; settingsFile: string; logPath: string; log: Log }

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ path, timeout: 1000 })
    const end = (outcome: boolean) => {
      socket.destroy()
      resolve(outcome)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', () => end(false))
  })

/** Ends a postmaster that a killed server left on the cluster, and clears away what would keep a new one from starting. */
export const clearTheWay = async ({ place, log }: Pick<Launch, 'place' | 'log'>): Promise<void> => {
  const { cluster } = place
  const pidFile = join(cluster, 'postmaster.pid')
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
  if (lines.length < 2) return
  const pid = Number(lines[0])
  if (isPostgresOf(pid, cluster)) {
    log({ level: 'warn', msg: 'Ending the PostgreSQL that an earlier server left running', pid })
    await endPostmaster(pid, () => !isPostgresOf(pid, cluster))
  } else if (lines[4] && (await answers(join(lines[4], `.s.PGSQL.${lines[3]}`)))) {
    const advice = 'Stop the server in the other container or machine that shares this directory.'
    throw new EmbeddedError('cluster-in-use-elsewhere', `Another PostgreSQL runs on ${cluster}. ${advice}`)
  }
  // Those that a killed postmaster leaves notice its death and end themselves. Starting beside them would destroy data.
  if (!(await until(() => postgresProcessesOf(cluster).length === 0, 10_000)))
    throw new EmbeddedError(
      'data-dir-in-use',
      `Processes ${postgresProcessesOf(cluster).join(', ')} of PostgreSQL still use ${cluster}. End them first.`,
    )
  // PostgreSQL itself judges a dead id, and looks for shared memory too; an id that now belongs to another program it takes for a rival.
  if (isAlive(pid)) await rm(pidFile, { force: true })
}

/** Starts one postmaster, in a session of its own so that Ctrl-C in the terminal reaches us alone. */
export const launch = async (input: Launch): Promise<ChildProcess> => {
  const { place, endpoint } = input
  await clearTheWay(input)
  await removeStaleSocket(endpoint)
  const file = await openLogFile(input.logPath)
  try {
    await rotateLogFile(input.logPath)
    const args = ['-D', place.cluster, '-c', `config_file=${input.settingsFile}`, ...fixedSettings(endpoint)]
    const child = spawn(programOf(input.binaries, 'postgres'), args, {
      ...place.account,
      cwd: place.cluster,
      env: minimalEnvironment(place.cluster),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', file.fd, file.fd],
    })
    child.on('error', (error) => input.log({ level: 'error', msg: 'PostgreSQL could not be run', detail: String(error) }))
    return child
  } finally {
    await file.close()
  }
}

export const hasExited = (child: ChildProcess): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null

export type Supervised = { pid(): number | undefined; stop(): Promise<void> }

const DELAY_MILLISECONDS_MIN = 100
const DELAY_MILLISECONDS_MAX = 5000
const STEADY_MILLISECONDS = 10_000
const ROTATION_MILLISECONDS = 60_000

type Watched = {
  child: ChildProcess
  startedAt: number
  delay: number
  timer: NodeJS.Timeout | undefined
  restarting: Promise<void>
  isStopping: boolean
}

const restart = async (watched: Watched, input: Launch): Promise<void> => {
  try {
    watched.child = await launch(input)
    watched.startedAt = performance.now()
    input.log({ level: 'info', msg: 'PostgreSQL was started again', pid: watched.child.pid })
    watch(watched, input)
  } catch (error) {
    input.log({ level: 'error', msg: 'PostgreSQL could not be started again', detail: String(error) })
    schedule(watched, input)
  }
}

const schedule = (watched: Watched, input: Launch): void => {
  if (watched.isStopping) return
  watched.timer = setTimeout(() => {
    watched.restarting = restart(watched, input)
  }, watched.delay)
  watched.delay = Math.min(watched.delay * 2, DELAY_MILLISECONDS_MAX)
}

const watch = (watched: Watched, input: Launch): void => {
  const { child, startedAt } = watched
  const ended = () => {
    if (watched.isStopping) return
    if (performance.now() - startedAt > STEADY_MILLISECONDS) watched.delay = DELAY_MILLISECONDS_MIN
    const retryMilliseconds = watched.delay
    input.log({
      level: 'error',
      msg: 'PostgreSQL ended unexpectedly',
      exitCode: child.exitCode,
      signal: child.signalCode,
      retryMilliseconds,
    })
    schedule(watched, input)
  }
  if (hasExited(child)) ended()
  else child.once('exit', ended)
}

/** Keeps a postmaster running: when it ends by itself the next starts after 100 ms, or after up to 5 s when it happens again and again. */
export const supervise = (child: ChildProcess, input: Launch): Supervised => {
  const watched: Watched = {
    child,
    startedAt: performance.now(),
    delay: DELAY_MILLISECONDS_MIN,
    timer: undefined,
    restarting: Promise.resolve(),
    isStopping: false,
  }
  const rotation = setInterval(() => void rotateLogFile(input.logPath).catch(() => undefined), ROTATION_MILLISECONDS).unref()
  watch(watched, input)
  return {
    pid: () => (hasExited(watched.child) ? undefined : watched.child.pid),
    async stop() {
      watched.isStopping = true
      clearTimeout(watched.timer)
      clearInterval(rotation)
      await watched.restarting
      const last = watched.child
      if (last.pid === undefined || (await endPostmaster(last.pid, () => hasExited(last)))) return
      input.log({ level: 'error', msg: 'PostgreSQL did not end', pid: last.pid })
    },
  }
}

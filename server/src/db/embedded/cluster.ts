import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, lchown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, programOf, programsDoNotRun } from './binaries.ts'
import { codeOf, EmbeddedError, type Log, unreadable } from './embedded-error.ts'
import type { Place } from './place.ts'
import type { Account } from './reach.ts'

export const SUPERUSER = 'cip'
export const DATABASE = 'cip'

/** The environment of every process of PostgreSQL: nothing of ours leaks into it. */
export const minimalEnvironment = (folder: string) => ({ PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C', TZ: 'UTC' })

const PASSWORD_FILE = 'postgres-password'

const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

export const readPassword = async (dataDir: string): Promise<string | undefined> => {
  try {
    return (await readFile(join(dataDir, PASSWORD_FILE), 'utf8')).trim() || undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unreadable(join(dataDir, PASSWORD_FILE), error)
  }
}

// Written before the cluster that needs it and forced to disk: a password that is lost is a database that is lost.
const makePassword = async (dataDir: string): Promise<string> => {
  const password = randomBytes(32).toString('base64url')
  const path = join(dataDir, PASSWORD_FILE)
  await writeFile(`${path}.new`, `${password}\n`, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  await syncFolder(dataDir)
  return password
}

const run = (program: string, args: string[], options: { cwd: string; account: Account | undefined }) =>
  new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const env = minimalEnvironment(options.cwd)
    const child = spawn(program, args, { ...options.account, cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })

const give = async (path: string, account: Account | undefined): Promise<void> => {
  if (account) await chown(path, account.uid, account.gid)
}

const initdbArguments = (cluster: string, passwordFile: string): string[] => [
  `--pgdata=${cluster}`,
  `--username=${SUPERUSER}`,
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
]

const initialise = async (place: Place, binaries: Binaries, password: string): Promise<void> => {
  const passing = `${place.cluster}.new-${randomBytes(4).toString('hex')}`
  const passwordFile = `${passing}.password`
  try {
    await mkdir(passing, { mode: 0o700 })
    await give(passing, place.account)
    await writeFile(passwordFile, password, { flag: 'wx', mode: 0o600 })
    await give(passwordFile, place.account)
    const args = initdbArguments(passing, passwordFile)
    const { code, output } = await run(programOf(binaries, 'initdb'), args, { cwd: passing, account: place.account })
    if (code !== 0)
      throw new EmbeddedError(
        'initdb-failed',
        `PostgreSQL could not make its files in ${place.home}; the log says why. Is the disk full?`,
        output.slice(-2000),
      )
    await rename(passing, place.cluster)
    await syncFolder(place.home)
    await place.settle()
  } catch (error) {
    await rm(passing, { recursive: true, force: true })
    throw error instanceof EmbeddedError ? error : programsDoNotRun(binaries, error)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

// What an interrupted first start has left. A process of it may still be writing there, which must not keep the next start from working.
const sweepUnfinished = async (place: Place): Promise<void> => {
  const leftovers = (await readdir(place.home)).filter((name) => name.startsWith('postgres.new-'))
  for (const name of leftovers)
    await rm(join(place.home, name), { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }).catch(() => undefined)
}

const FIRST_USER_DATABASE = 16384

// initdb writes this file late and PostgreSQL cannot start without it.
// Databases beside the templates are somebody's data: leave them to a person.
const setUnfinishedAside = async (cluster: string, log: Log): Promise<void> => {
  if (!existsSync(cluster) || existsSync(join(cluster, 'global', 'pg_control'))) return
  const databases = await readdir(join(cluster, 'base')).catch(() => [])
  if (databases.some((name) => Number(name) >= FIRST_USER_DATABASE))
    throw new EmbeddedError('cluster-damaged', `${cluster} holds data, but global/pg_control is missing. Restore it from a backup.`)
  const aside = `${cluster}.unfinished-${randomBytes(4).toString('hex')}`
  await rename(cluster, aside)
  log({ level: 'warn', msg: 'An unfinished database was set aside; it can be deleted', path: aside })
}

const refuseOtherMajor = async (cluster: string, binaries: Binaries): Promise<void> => {
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (found === String(binaries.major)) return
  const problem = `${cluster} was made by PostgreSQL ${found || 'of an unknown version'}, this release brings ${binaries.major}`
  const advice = 'Run "cip backup" with the release that made it, start this release with a new data directory, and run "cip restore" there'
  throw new EmbeddedError('cluster-version', `${problem}. ${advice}.`)
}

const takeOver = async (path: string, account: Account): Promise<void> => {
  await lchown(path, account.uid, account.gid)
  const entries = await readdir(path, { withFileTypes: true })
  for (const entry of entries) {
    const child = join(path, entry.name)
    if (entry.isDirectory()) await takeOver(child, account)
    else await lchown(child, account.uid, account.gid)
  }
}

// PostgreSQL insists on owning its files; those that root has restored from an archive belong to root.
const setOwnership = async ({ cluster, account }: Place): Promise<void> => {
  const { uid, mode } = await stat(cluster)
  if (account && uid !== account.uid) await takeOver(cluster, account)
  if ((mode & 0o777) !== 0o700) await chmod(cluster, 0o700)
}

/** Makes the cluster when there is none, or checks the one that is there. Returns the password of the superuser. */
export const ensureCluster = async (input: { dataDir: string; place: Place; binaries: Binaries; log: Log }): Promise<string> => {
  const { dataDir, place, binaries, log } = input
  await sweepUnfinished(place)
  await setUnfinishedAside(place.cluster, log)
  const known = await readPassword(dataDir)
  if (!existsSync(place.cluster)) {
    const password = known ?? (await makePassword(dataDir))
    await initialise(place, binaries, password)
    return password
  }
  await refuseOtherMajor(place.cluster, binaries)
  if (known === undefined)
    throw new EmbeddedError(
      'password-missing',
      `${join(dataDir, PASSWORD_FILE)} is missing. Put it back from a backup of the data directory.`,
    )
  await setOwnership(place)
  if (!place.isSettled) await place.settle()
  return known
}

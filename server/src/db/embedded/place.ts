import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, sep } from 'node:path'
import { serviceAccount } from './account.ts'
import { codeOf, EmbeddedError, type Log } from './embedded-error.ts'
import { isAlive } from './processes.ts'
import { type Account, firstClosedDirectory, makeOpenFolder } from './reach.ts'

/**
 * `home` is ours and holds the cluster's folder; `account` is whom PostgreSQL runs as when we are root.
 * `isSettled` says that a finished cluster is known to be there; `settle` writes that down.
 */
export type Place = { home: string; cluster: string; account: Account | undefined; isSettled: boolean; settle(): Promise<void> }

/** Where root keeps what the system user must reach, when the data directory or the installation is closed to it. */
export const SYSTEM_FOLDER = '/var/lib/custom-identity-platform'

const POINTER = 'postgres-location.json'
type Pointer = { home: string; isComplete: boolean }

export const clusterOf = (home: string): string => join(home, 'postgres')

const isRoot = (): boolean => process.getuid?.() === 0

/** Makes the data directory when missing and returns its path without symbolic links. Under root others may pass, not list. */
export const openDataDir = async (dataDir: string): Promise<string> => {
  try {
    const isNew = (await mkdir(dataDir, { recursive: true, mode: 0o700 })) !== undefined
    if (isNew && isRoot()) await chmod(dataDir, 0o711)
    return await realpath(dataDir)
  } catch (error) {
    const advice = 'Give this user the right to do so, or name another data directory.'
    throw new EmbeddedError('data-dir-not-writable', `The data directory ${dataDir} cannot be made. ${advice}`, String(error))
  }
}

const readPointer = async (dataDir: string): Promise<Pointer | undefined> => {
  const text = await readFile(join(dataDir, POINTER), 'utf8').catch(() => undefined)
  const pointer: unknown = text === undefined ? undefined : JSON.parse(text)
  return pointer as Pointer | undefined
}

const writePointer = async (dataDir: string, pointer: Pointer): Promise<void> => {
  const path = join(dataDir, POINTER)
  await writeFile(`${path}.new`, `${JSON.stringify(pointer)}\n`, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}

const isTemporary = (dataDir: string, temporary: string): boolean => dataDir.startsWith(temporary + sep)

// A data directory under the temporary folder that is gone took its meaning with it. Any other may be a disk that is not mounted yet.
const sweep = async (clusters: string): Promise<void> => {
  const temporary = await realpath(tmpdir())
  for (const name of await readdir(clusters)) {
    const home = join(clusters, name)
    const dataDir = await readFile(join(home, 'data-dir'), 'utf8').catch(() => '')
    if (!isTemporary(dataDir, temporary) || existsSync(dataDir)) continue
    const postmaster = await readFile(join(clusterOf(home), 'postmaster.pid'), 'utf8').catch(() => '')
    if (isAlive(Number.parseInt(postmaster, 10))) continue
    // In this order, so that a removal that fails half-way is found and finished by the next one.
    const remove = (path: string) => rm(path, { recursive: true, force: true })
    await remove(clusterOf(home))
      .then(() => remove(home))
      .catch(() => undefined)
  }
}

// The name ends in random digits: a new data directory at the path of a deleted one must not find its cluster.
const chooseSystemHome = async (dataDir: string): Promise<string> => {
  const clusters = await makeOpenFolder(join(await makeOpenFolder(SYSTEM_FOLDER), 'clusters'))
  await sweep(clusters)
  const name = `${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-${randomBytes(3).toString('hex')}`
  const home = join(clusters, name)
  await writePointer(dataDir, { home, isComplete: false })
  return home
}

const inSystemFolder = async (dataDir: string, pointer: Pointer, account: Account | undefined): Promise<Place> => {
  const { home } = pointer
  const cluster = clusterOf(home)
  if (pointer.isComplete && !existsSync(cluster)) {
    const where = `${join(dataDir, POINTER)} says that the database is in ${cluster}, but it is not there`
    throw new EmbeddedError('cluster-missing', `${where}. Put it back, or delete that file to begin with an empty database.`)
  }
  if (isRoot() && !existsSync(home)) {
    await mkdir(home)
    await chmod(home, 0o711)
    await writeFile(join(home, 'data-dir'), dataDir)
  }
  const settle = () => writePointer(dataDir, { home, isComplete: true })
  return { home, cluster, account, isSettled: pointer.isComplete, settle }
}

const ownerOf = async (cluster: string): Promise<Account | undefined> => {
  try {
    const { uid, gid } = await stat(cluster)
    return { uid, gid }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new EmbeddedError(
      'cluster-owned-by-other',
      `${cluster} is closed to this user. Start the server as the user that owns it.`,
      String(error),
    )
  }
}

// An existing cluster is run by the one who owns it, so that a directory made by an ordinary user also starts under root.
const chooseAccount = async (owner: Account | undefined, cluster: string, log: Log): Promise<Account | undefined> => {
  if (isRoot()) return owner && owner.uid !== 0 ? owner : serviceAccount(log)
  if (owner && process.getuid && owner.uid !== process.getuid())
    throw new EmbeddedError('cluster-owned-by-other', `${cluster} belongs to another user. Start the server as root or as that user.`)
  return undefined
}

/** Decides where the cluster of a data directory is, or will be, and who runs it. The caller holds the lock of the data directory. */
export const findPlace = async (dataDir: string, log: Log): Promise<Place> => {
  const pointer = await readPointer(dataDir)
  const home = pointer?.home ?? dataDir
  const owner = await ownerOf(clusterOf(home))
  const account = await chooseAccount(owner, clusterOf(home), log)
  if (pointer) return inSystemFolder(dataDir, pointer, account)

  const closed = account && (await firstClosedDirectory(dataDir, account))
  if (!closed) return { home, cluster: clusterOf(home), account, isSettled: owner !== undefined, settle: async () => undefined }
  if (owner) {
    const advice = `Let it pass: chmod o+x '${closed}'`
    throw new EmbeddedError(
      'cluster-unreachable',
      `The user that runs PostgreSQL cannot reach ${basename(clusterOf(home))} in ${dataDir}. ${advice}`,
    )
  }
  const systemHome = await chooseSystemHome(dataDir)
  log({
    level: 'info',
    msg: 'The data directory is closed to the user that runs PostgreSQL; the database is kept elsewhere',
    path: systemHome,
  })
  return inSystemFolder(dataDir, { home: systemHome, isComplete: false }, account)
}

import { existsSync } from 'node:fs'
import { chmod, mkdir, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { programsDoNotRun, usableBinaries } from './binaries.ts'
import { DATABASE, ensureCluster, readPassword, SUPERUSER } from './cluster.ts'
import { EmbeddedError, type Log } from './embedded-error.ts'
import { chooseEndpoint } from './endpoint.ts'
import { acquireLock, type Lock, readPublished } from './lock.ts'
import { tailOfLogFile } from './log-file.ts'
import { findPlace, openDataDir, type Place, SYSTEM_FOLDER } from './place.ts'
import { hasExited, type Launch, launch, supervise } from './postmaster.ts'
import { endPostmaster } from './processes.ts'
import { createDatabase, type EmbeddedConnection, untilReady } from './ready.ts'
import { accessText, settingsText } from './settings.ts'

export { EmbeddedError } from './embedded-error.ts'
export type { EmbeddedConnection } from './ready.ts'

/** `pid` is the postmaster's, undefined while none runs. `isFirstRun`: the database was made by this start and is empty. */
export type EmbeddedServer = {
  connection: EmbeddedConnection
  isFirstRun: boolean
  stop(): Promise<void>
  pid(): number | undefined
}

export type EmbeddedOptions = { dataDir: string; log: Log; maxConnections?: number }

// They hold no secrets, and who reads them is another user under root; the umask must not decide that.
const writeReadable = async (path: string, text: string): Promise<void> => {
  await writeFile(path, text)
  await chmod(path, 0o644)
}

const writeSettings = async (runFolder: string, maxConnections: number): Promise<string> => {
  const [settingsFile, hbaFile] = [join(runFolder, 'postgresql.conf'), join(runFolder, 'pg_hba.conf')]
  const localFile = join(runFolder, 'local.conf')
  if (!existsSync(localFile))
    await writeFile(localFile, '# Your own settings of PostgreSQL; they are read after those of postgresql.conf.\n')
  await writeReadable(hbaFile, accessText())
  await writeReadable(settingsFile, settingsText({ maxConnections, hbaFile, localFile }))
  return settingsFile
}

// A folder that root has made can be passed by the one who runs PostgreSQL, whatever the umask.
const makeRunFolder = async ({ home, account }: Place): Promise<string> => {
  const folder = join(home, 'postgres-run')
  await mkdir(folder, { recursive: true })
  await chmod(folder, account ? 0o755 : 0o700)
  return folder
}

const explain = async (error: unknown, logPath: string): Promise<unknown> => {
  if (!(error instanceof EmbeddedError) || error.code !== 'postgres-did-not-start') return error
  return new EmbeddedError(error.code, `${error.message} The reason is at the end of ${logPath}.`, await tailOfLogFile(logPath))
}

type Prepared = { input: Launch; connection: EmbeddedConnection }

const prepare = async (dataDir: string, { log, maxConnections = 60 }: EmbeddedOptions): Promise<Prepared> => {
  const found = await findPlace(dataDir, log)
  const binaries = await usableBinaries(found.account ? SYSTEM_FOLDER : join(dataDir, 'postgres-programs'), found.account)
  const password = await ensureCluster({ dataDir, place: found, binaries, log })
  const place = { ...found, cluster: await realpath(found.cluster) }
  const runFolder = await makeRunFolder(place)
  const settingsFile = await writeSettings(runFolder, maxConnections)
  const endpoint = await chooseEndpoint({ runFolder, account: place.account })
  const input = { binaries, place, endpoint, settingsFile, logPath: join(dataDir, 'log', 'postgres.log'), log }
  return { input, connection: { host: endpoint.host, port: endpoint.port, user: SUPERUSER, password, database: DATABASE } }
}

const publish = (lock: Lock, { host, port, user, database }: EmbeddedConnection) => lock.publish({ host, port, user, database })

const run = async ({ input, connection }: Prepared, lock: Lock): Promise<EmbeddedServer> => {
  const child = await launch(input)
  if (child.pid === undefined) throw programsDoNotRun(input.binaries, child.spawnfile)
  try {
    const state = await untilReady({ connection, hasExited: () => hasExited(child), log: input.log })
    if (state === 'no-database') await createDatabase(connection)
    await publish(lock, connection)
    const supervised = supervise(child, input)
    let stopped: Promise<void> | undefined
    const stop = async () => {
      await supervised.stop()
      await input.endpoint.remove()
      await lock.release()
    }
    return {
      connection,
      isFirstRun: state === 'no-database',
      pid: supervised.pid,
      stop: () => {
        stopped ??= stop()
        return stopped
      },
    }
  } catch (error) {
    if (child.pid !== undefined) await endPostmaster(child.pid, () => hasExited(child))
    throw await explain(error, input.logPath)
  }
}

/**
 * Starts PostgreSQL for a data directory, made when missing, and keeps it running until `stop`. The connection stays valid over restarts.
 * Throws `EmbeddedError`; `data-dir-in-use` while another live process holds the directory.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedServer> => {
  const dataDir = await openDataDir(options.dataDir)
  const lock = await acquireLock(dataDir)
  let prepared: Prepared | undefined
  try {
    prepared = await prepare(dataDir, options)
    return await run(prepared, lock)
  } catch (error) {
    await prepared?.input.endpoint.remove()
    await lock.release()
    throw error
  }
}

/**
 * How to reach the PostgreSQL of the live server that holds the data directory; undefined when none does.
 * Waits up to 15 s for one that is still starting. Throws `data-dir-unreadable` for a user who may not know the password.
 */
export const findRunning = async (dataDir: string): Promise<EmbeddedConnection | undefined> => {
  const published = await readPublished(dataDir)
  if (!published) return undefined
  const password = await readPassword(dataDir)
  return password === undefined ? undefined : { ...published, password }
}

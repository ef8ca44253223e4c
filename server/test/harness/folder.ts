import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endPostmaster, isPostgresOf } from '../../src/db/embedded/processes.ts'
import { atEnd } from './closing.ts'

/** Where the embedded PostgreSQL of a data directory keeps its files, and who its postmaster is while one runs. */
export const postgresOf = async (dataDir: string): Promise<{ cluster: string; pid: number | undefined }> => {
  const pointer = await readFile(join(dataDir, 'postgres-location.json'), 'utf8').catch(() => undefined)
  const cluster = join(pointer === undefined ? dataDir : JSON.parse(pointer).home, 'postgres')
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  return { cluster, pid: existsSync(cluster) && isPostgresOf(pid, cluster) ? pid : undefined }
}

// A disk that discards what is freed takes a second for a cluster; nobody needs to wait for it.
const deleteBehindUs = (folder: string): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const child = spawn('rm', ['-rf', folder], { detached: true, stdio: 'ignore' })
  child.once('spawn', () => {
    child.unref()
    resolve()
  })
  child.once('error', () => resolve(rm(folder, { recursive: true, force: true })))
  return promise
}

const remove = async (folder: string): Promise<void> => {
  const { cluster, pid } = await postgresOf(folder)
  if (pid !== undefined) await endPostmaster(pid, () => !isPostgresOf(pid, cluster))
  await deleteBehindUs(folder)
}

/** A folder of its own that the user who runs PostgreSQL can pass; removed at the end, with the PostgreSQL that may still run in it. */
export const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cip-test-'))
  await chmod(folder, 0o755)
  atEnd(() => remove(folder))
  return folder
}

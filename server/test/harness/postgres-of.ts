import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { endPostmaster, isPostgresOf } from '../../src/db/embedded/processes.ts'

/** Where the embedded PostgreSQL of a data directory keeps its files, and who its postmaster is while one runs. */
export const postgresOf = async (dataDir: string): Promise<{ cluster: string; pid: number | undefined }> => {
  const pointer = await readFile(join(dataDir, 'postgres-location.json'), 'utf8').catch(() => undefined)
  const cluster = join(pointer === undefined ? dataDir : JSON.parse(pointer).home, 'postgres')
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  return { cluster, pid: existsSync(cluster) && isPostgresOf(pid, cluster) ? pid : undefined }
}

export const endPostgresOf = async (dataDir: string): Promise<void> => {
  const { cluster, pid } = await postgresOf(dataDir)
  if (pid !== undefined) await endPostmaster(pid, () => !isPostgresOf(pid, cluster))
}

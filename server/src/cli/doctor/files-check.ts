import { constants, existsSync, statSync } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config/config.ts'
import { installationSecret } from '../../config/installation.ts'
import { installedBinaries } from '../../db/embedded/binaries.ts'
import { type Finding, fail, ok, warn } from './check.ts'

const nearest = (path: string): string => (existsSync(path) || dirname(path) === path ? path : nearest(dirname(path)))

const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )

/** The data directory: there or to be made, writable by us and by nobody else. */
export const checkDataDir = async ({ dataDir }: Config): Promise<Finding> => {
  const existing = nearest(dataDir)
  if (!(await isWritable(existing)))
    return fail(
      'data directory',
      `${existing} cannot be written by this user`,
      'Run this as the user that runs the server, or correct DATA_DIR.',
    )
  if (existing !== dataDir) return ok('data directory', `${dataDir} will be made at the first start`)
  const { mode } = statSync(dataDir)
  if (process.platform !== 'win32' && (mode & 0o022) !== 0)
    return warn('data directory', `others can write to ${dataDir}`, `Run: chmod go-w ${dataDir}`)
  return ok('data directory', dataDir)
}

/** The secret key, and that its owner alone can read it. */
export const checkSecretKey = (): Finding => {
  const { kind, file } = installationSecret()
  if (kind === 'environment') return ok('secret key', 'from the environment')
  if (kind === 'none') return ok('secret key', 'will be made at the first start')
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    return fail('secret key', 'others can read it', `Run: chmod 600 ${file}`)
  return ok('secret key', `${file}, readable by its owner alone`)
}

/** The programs of the embedded PostgreSQL, where that is used. */
export const checkBinaries = async ({ databaseUrl }: Config): Promise<Finding> => {
  if (databaseUrl !== undefined) return ok('embedded PostgreSQL', 'not used: DATABASE_URL is set')
  try {
    const { version } = await installedBinaries()
    return ok('embedded PostgreSQL', `version ${version} is installed`)
  } catch (error) {
    return fail('embedded PostgreSQL', (error as Error).message)
  }
}

const mebibyte = 1_048_576

/** Free space where the data is kept. */
export const checkDisk = async ({ dataDir }: Config): Promise<Finding> => {
  const { bavail, bsize } = await statfs(nearest(dataDir))
  const free = Math.floor((bavail * bsize) / mebibyte)
  const detail = `${free.toLocaleString('en')} MiB are free for ${dataDir}`
  const advice = 'Free some space or move DATA_DIR: a full disk stops the database.'
  if (free < 200) return fail('disk', detail, advice)
  return free < 2048 ? warn('disk', detail, advice) : ok('disk', detail)
}

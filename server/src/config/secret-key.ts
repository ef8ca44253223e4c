import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../platform/problem.ts'
import { randomText } from '../platform/random.ts'

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const read = (path: string): string | undefined => {
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret.length < 32)
      throw new Problem(`The secret key in ${path} is damaged. Restore it from a backup: without it the signing keys cannot be opened.`)
    return secret
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Written whole under another name and linked into place, so that two first starts agree on one key and a crash leaves none half-written. */
export const writeSecretKey = (dataDir: string, secret: string): void => {
  const path = secretKeyPath(dataDir)
  const draft = `${path}.${process.pid}`
  const file = openSync(draft, 'wx', 0o600)
  writeSync(file, `${secret}\n`)
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}

export const secretKeyPath = (dataDir: string): string => join(dataDir, 'secret.key')

/** The installation's secret: made on first run, readable by its owner alone. */
export const loadSecretKey = (dataDir: string): string => {
  const path = secretKeyPath(dataDir)
  const existing = read(path)
  if (existing === undefined) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    writeSecretKey(dataDir, randomText(48))
  } else if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new Problem(`Others can read the secret key. Run: chmod 600 ${path}`)
  }
  return existing ?? read(path) ?? ''
}

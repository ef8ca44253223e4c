import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, EmbeddedError, unreadable } from './embedded-error.ts'
import { birthOf, isAlive, until } from './processes.ts'

/** Where the PostgreSQL of the holder listens; the password is in its own file. */
export type PublishedConnection = { host: string; port: number; user: string; database: string }

/** `birth` tells the holder from a later process that got the same id; `token` is 16 hexadecimal digits, new for each claim. */
type Holder = { pid: number; birth: string; token: string; connection?: PublishedConnection }

export type Lock = { publish(connection: PublishedConnection): Promise<void>; release(): Promise<void> }

export const lockPath = (dataDir: string): string => join(dataDir, 'server.lock')

const parse = (text: string): Holder | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    const holder = value as Holder
    return Number.isSafeInteger(holder.pid) && typeof holder.birth === 'string' && /^[0-9a-f]{16}$/.test(holder.token) ? holder : undefined
  } catch {
    return undefined
  }
}

const readText = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unreadable(path, error)
  }
}

// A claim is created and written in two steps, so an unreadable file may be a claim in the making: give it half a second.
const readHolder = async (path: string): Promise<Holder | undefined> => {
  let text = await readText(path)
  for (let attempt = 0; attempt < 20 && text !== undefined && !parse(text); attempt++) {
    await sleep(25)
    text = await readText(path)
  }
  if (text === undefined) return undefined
  return parse(text) ?? { pid: 0, birth: '', token: createHash('sha256').update(text).digest('hex').slice(0, 16) }
}

const isLive = (holder: Holder): boolean => {
  if (!isAlive(holder.pid)) return false
  const birth = birthOf(holder.pid)
  return holder.birth === '' || birth === '' || birth === holder.birth
}

const create = (path: string, holder: Holder): boolean => {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new EmbeddedError(
      'data-dir-not-writable',
      `${path} cannot be written. Give this user the data directory, or name another.`,
      String(error),
    )
  }
}

const replace = async (path: string, holder: Holder): Promise<void> => {
  const next = `${path}.${holder.token}.new`
  await writeFile(next, JSON.stringify(holder), { mode: 0o600 })
  await rename(next, path)
}

const inUse = ({ pid }: Holder, path: string): EmbeddedError => {
  const advice = 'Stop that process first, or give this one another data directory.'
  return new EmbeddedError('data-dir-in-use', `The data directory is in use by process ${pid}. ${advice}`, path)
}

// A process that was just killed is seen for a moment longer.
const DYING_MILLISECONDS = 300

// A stale file is replaced only under a second lock named after the stale claim: of all that find the same stale claim
// one gets it, and whoever comes late sees under it that the claim has changed.
const claim = async (path: string, holder: Holder): Promise<void> => {
  while (!create(path, holder)) {
    const found = await readHolder(path)
    if (!found) continue
    if (isLive(found)) {
      await until(() => !isLive(found), DYING_MILLISECONDS)
      if ((await readHolder(path))?.token === found.token && isLive(found)) throw inUse(found, path)
      continue
    }
    const guard = `${path}.${found.token}`
    await claim(guard, holder)
    try {
      if ((await readHolder(path))?.token === found.token) return await replace(path, holder)
    } finally {
      await rm(guard, { force: true })
    }
  }
}

/** Takes the data directory for this process. Throws `data-dir-in-use` while a live process holds it. */
export const acquireLock = async (dataDir: string): Promise<Lock> => {
  const path = lockPath(dataDir)
  const holder: Holder = { pid: process.pid, birth: birthOf(process.pid), token: randomBytes(8).toString('hex') }
  await claim(path, holder)
  return {
    publish: (connection) => replace(path, { ...holder, connection }),
    async release() {
      const text = await readText(path)
      if (text !== undefined && parse(text)?.token === holder.token) await rm(path, { force: true })
    },
  }
}

/** What the live holder of the data directory has published; waits while it is still starting. */
export const readPublished = async (dataDir: string): Promise<PublishedConnection | undefined> => {
  const deadline = performance.now() + 15_000
  for (;;) {
    const holder = await readHolder(lockPath(dataDir))
    if (!holder || !isLive(holder)) return undefined
    if (holder.connection) return holder.connection
    if (performance.now() > deadline)
      throw new EmbeddedError('data-dir-starting', `Process ${holder.pid} is still starting PostgreSQL. Try again when it is ready.`)
    await sleep(25)
  }
}

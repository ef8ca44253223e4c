import { readFile, stat } from 'node:fs/promises'
import type { Reader, Response } from 'mmdb-lib'
import { locatable, placeName } from './place.ts'

export type Places = {
  /** Roughly where an address is, in a language of ours; undefined where nobody knows. */
  readonly find: (address: string | null | undefined, language: string) => string | undefined
  readonly stop: () => void
}

const nowhere: Places = { find: () => undefined, stop: () => undefined }

type Opened = { readonly reader: Reader<Response>; readonly version: string }

/** Which file stands at the path now: another one, or one that was written anew, has another version. */
const versionOf = async (path: string): Promise<string> => {
  const { ino, size, mtimeMs } = await stat(path)
  return `${ino} ${size} ${mtimeMs}`
}

/** What a database says of itself, for operators. */
export type GeoipFacts = { readonly type: string; readonly builtAt: Date; readonly bytes: number }

const open = async (path: string): Promise<Opened & { readonly facts: GeoipFacts }> => {
  const version = await versionOf(path)
  const bytes = await readFile(path)
  const { Reader } = await import('mmdb-lib')
  const reader = new Reader<Response>(bytes)
  // A file that was cut off has its tree, but not what the tree leads to.
  for (const address of ['1.1.1.1', '8.8.8.8', '203.0.113.1']) reader.get(address)
  const { databaseType: type, buildEpoch: builtAt } = reader.metadata
  return { reader, version, facts: { type, builtAt, bytes: bytes.length } }
}

const reasonOf = (error: unknown): string => {
  const code = (error as { code?: unknown }).code
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'this user may not read it'
  if (code === 'EISDIR') return 'it is a folder'
  return 'it is no MaxMind database (.mmdb), or it is damaged'
}

/** Whether a file is a database that places can be read from, and why not. */
export const inspectPlaces = (path: string): Promise<GeoipFacts | string> => open(path).then(({ facts }) => facts, reasonOf)

type PlacesOptions = {
  readonly path: string | undefined
  /** Told once for each file that cannot be read; places are unknown, or come from the file before. */
  readonly onProblem: (sentence: string) => void
  readonly everyMs?: number
}

const usualMs = 30_000

/** Opens the database of places and follows the file at its path. The server serves on whatever the file is. */
export const openPlaces = async ({ path, onProblem, everyMs = usualMs }: PlacesOptions): Promise<Places> => {
  if (path === undefined) return nowhere
  let opened: Opened | undefined
  let refused: string | undefined
  const load = async (version: string): Promise<void> => {
    try {
      opened = await open(path)
      refused = undefined
    } catch (error) {
      refused = version
      const consequence = opened === undefined ? 'Places of sessions are not shown' : 'The one before stays in use'
      onProblem(
        `GEOIP_DATABASE: ${path} cannot be used: ${reasonOf(error)}. ${consequence}. Correct it; the server takes it within two minutes.`,
      )
    }
  }
  let seen = await versionOf(path).catch(() => 'none')
  await load(seen)
  let isLooking = false
  // A file that is being written changes from look to look; it is read when it has come to rest.
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    const before = seen
    seen = await versionOf(path).catch(() => 'none')
    if (seen === before && seen !== opened?.version && seen !== refused) await load(seen)
    isLooking = false
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  const find: Places['find'] = (address, language) => {
    const plain = address === null || address === undefined ? undefined : locatable(address)
    if (opened === undefined || plain === undefined) return undefined
    try {
      return placeName(opened.reader.get(plain), language)
    } catch {
      // Damage deep inside of a file, or an address of a kind that it does not hold.
      return undefined
    }
  }
  return { find, stop: () => clearInterval(timer) }
}

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { TableShape } from '../../db/backup.ts'
import { CliError } from '../errors.ts'
import { splitLines } from '../transfer/lines.ts'
import type { EndLine, Head, TableLine } from './contents.ts'
import { unsealStream } from './envelope.ts'

/** What a backup holds, in its order. Rows of a table come in pages after it. */
export type Item =
  | { readonly kind: 'head'; readonly head: Head }
  | { readonly kind: 'table'; readonly table: TableShape }
  | { readonly kind: 'rows'; readonly table: string; readonly lines: readonly string[] }
  | { readonly kind: 'end'; readonly end: EndLine }

const pageRows = 500
const pageCharacters = 4_194_304
const lineBytesMax = 1_073_741_824

const inconsistent = (): CliError =>
  new CliError('The backup contradicts itself: its rows are not those it was made of. Use another backup.')

async function* linesOf(file: string, passphrase: string): AsyncGenerator<string> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`The file ${file} cannot be read (${error.code}). Check its path and permissions.`)
  })
  try {
    const gunzip = createGunzip()
    const feeding = pipeline(Readable.from(unsealStream(handle, passphrase)), gunzip)
    feeding.catch(() => undefined)
    yield* splitLines(gunzip, lineBytesMax)
    await feeding
  } finally {
    await handle.close()
  }
}

/** Rows of one table, collected into pages. */
const createPage = () => {
  let lines: string[] = []
  let size = 0
  return {
    add: (line: string): boolean => {
      lines.push(line)
      size += line.length
      return lines.length >= pageRows || size >= pageCharacters
    },
    take: (): readonly string[] => {
      const taken = lines
      lines = []
      size = 0
      return taken
    },
  }
}

const checkEnd = (end: EndLine, counts: ReadonlyMap<string, number>, digest: string): void => {
  const told = Object.entries(end.rows)
  const agrees = told.length === counts.size && told.every(([name, count]) => counts.get(name) === count)
  if (!agrees || end.digest !== digest) throw inconsistent()
}

/** Reads a whole backup. Everything is checked as it comes: authenticity, order, the number of rows of each table, and at the end the digest. */
export async function* readBackup(file: string, passphrase: string): AsyncGenerator<Item> {
  const hash = createHash('sha256')
  const counts = new Map<string, number>()
  const page = createPage()
  let table: string | undefined
  let isEnded = false
  for await (const line of linesOf(file, passphrase)) {
    if (isEnded) throw inconsistent()
    if (line.startsWith('[') && table !== undefined) {
      hash.update(line).update('\n')
      counts.set(table, (counts.get(table) ?? 0) + 1)
      if (page.add(line)) yield { kind: 'rows', table, lines: page.take() }
      continue
    }
    const lines = page.take()
    if (table !== undefined && lines.length > 0) yield { kind: 'rows', table, lines }
    const control = JSON.parse(line) as Head | TableLine | EndLine
    if (control.kind === 'end') {
      checkEnd(control, counts, hash.digest('hex'))
      isEnded = true
      yield { kind: 'end', end: control }
      continue
    }
    hash.update(line).update('\n')
    if (control.kind === 'backup') {
      if (control.format !== 1) throw new CliError('The backup was made by a newer release. Restore it with that release.')
      yield { kind: 'head', head: control }
    } else {
      table = control.name
      counts.set(table, 0)
      yield { kind: 'table', table: { name: control.name, columns: control.columns } }
    }
  }
  if (!isEnded) throw inconsistent()
}

export type Verified = { readonly head: Head; readonly end: EndLine }

/** Reads a backup to its end and keeps nothing of it but what it says of itself. */
export const verifyBackup = async (file: string, passphrase: string): Promise<Verified> => {
  let head: Head | undefined
  let end: EndLine | undefined
  for await (const item of readBackup(file, passphrase)) {
    if (item.kind === 'head') head = item.head
    if (item.kind === 'end') end = item.end
  }
  if (head === undefined || end === undefined) throw inconsistent()
  return { head, end }
}

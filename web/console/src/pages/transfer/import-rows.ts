type ImportRow = Readonly<Record<string, unknown>>
export type Format = 'csv' | 'jsonl'
export type Part = { readonly firstRow: number; readonly rows: readonly ImportRow[] }

export const formatOf = (name: string): Format => (/\.csv$/i.test(name) ? 'csv' : 'jsonl')

/** A file that is not what it should be, with the place. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

async function* textOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of file.stream()) yield decoder.decode(bytes as Uint8Array<ArrayBuffer>, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw new UnreadableFile('encoding')
    throw error
  }
}

type CsvState = { cells: string[]; cell: string; quote: 'none' | 'open' | 'closed'; isFresh: boolean; wasReturn: boolean }

/** Takes one character (RFC 4180); true where a record ends with it. */
const takeCharacter = (state: CsvState, character: string): boolean => {
  const wasReturn = state.wasReturn
  state.wasReturn = character === '\r' && state.quote !== 'open'
  if (state.quote === 'open') {
    if (character === '"') state.quote = 'closed'
    else state.cell += character
    return false
  }
  if (character === '"') {
    // A quote within quotes is written twice.
    if (state.quote === 'closed') state.cell += '"'
    if (state.quote === 'closed' || state.isFresh) state.quote = 'open'
    else state.cell += '"'
    state.isFresh = false
    return false
  }
  if (character === ',') {
    state.cells.push(state.cell)
    Object.assign(state, { cell: '', quote: 'none', isFresh: true })
    return false
  }
  if (character === '\n' && wasReturn) return false
  if (character === '\n' || character === '\r') {
    state.cells.push(state.cell)
    Object.assign(state, { cell: '', quote: 'none', isFresh: true })
    return true
  }
  state.cell += character
  state.isFresh = false
  return false
}

async function* records(file: Blob): AsyncGenerator<readonly string[]> {
  const state: CsvState = { cells: [], cell: '', quote: 'none', isFresh: true, wasReturn: false }
  for await (const text of textOf(file))
    for (const character of text)
      if (takeCharacter(state, character)) {
        if (state.cells.length > 1 || state.cells[0] !== '') yield state.cells
        state.cells = []
      }
  if (state.quote === 'open') throw new UnreadableFile('quote')
  if (state.cell !== '' || state.cells.length > 0) yield [...state.cells, state.cell]
}

// The export puts a quote before what a spreadsheet would run.
const withoutGuard = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

async function* csvRows(file: Blob): AsyncGenerator<ImportRow> {
  let head: readonly string[] | undefined
  for await (const cells of records(file)) {
    if (head === undefined) {
      head = cells.map((one) => one.trim())
      continue
    }
    const names = head
    yield Object.fromEntries(cells.map((cell, index) => [names[index] ?? `column ${index + 1}`, withoutGuard(cell)]))
  }
}

const readLine = (line: string): ImportRow => {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ImportRow
  } catch {}
  // The server refuses it by this name, so that it stands among the problems with its number.
  return { 'not a JSON object': true }
}

async function* jsonRows(file: Blob): AsyncGenerator<ImportRow> {
  let rest = ''
  for await (const text of textOf(file)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield readLine(line)
  }
  if (rest.trim() !== '') yield readLine(rest)
}

/** The rows of a file, one after the other: memory does not grow with it. */
export const rowsOf = (file: Blob, format: Format): AsyncGenerator<ImportRow> => (format === 'csv' ? csvRows(file) : jsonRows(file))

const [rowsMax, bytesMax, passwordsMax] = [250, 60_000, 25]

/** Rows by parts that the server takes in one request. */
export async function* partsOf(rows: AsyncIterable<ImportRow>, hashesPasswords: boolean): AsyncGenerator<Part> {
  let [part, bytes, firstRow]: [ImportRow[], number, number] = [[], 0, 1]
  const most = hashesPasswords ? passwordsMax : rowsMax
  const encoder = new TextEncoder()
  for await (const row of rows) {
    const size = encoder.encode(JSON.stringify(row)).length + 1
    if (part.length > 0 && (part.length === most || bytes + size > bytesMax)) {
      yield { firstRow, rows: part }
      firstRow += part.length
      part = []
      bytes = 0
    }
    part.push(row)
    bytes += size
  }
  if (part.length > 0) yield { firstRow, rows: part }
}

const previewMax = 5

/** What a file holds: its first rows, its columns, and how many rows there are. */
export const survey = async (file: Blob, format: Format) => {
  const first: ImportRow[] = []
  const columns = new Set<string>()
  let count = 0
  for await (const row of rowsOf(file, format)) {
    count += 1
    if (first.length < previewMax) first.push(row)
    if (count <= rowsMax) for (const name of Object.keys(row)) columns.add(name)
  }
  return { first, columns: [...columns], count }
}

export type Survey = Awaited<ReturnType<typeof survey>>

export const knownColumns: readonly string[] =
  'id number username email email_verified emailVerified password_hash password credential credentials status enabled created_at createdTimestamp'.split(
    ' ',
  )
export const neededColumns: readonly string[] = ['username', 'email']

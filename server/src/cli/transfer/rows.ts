import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { fuse } from '../../platform/formula.ts'
import { CliError } from '../errors.ts'
import { splitLines } from './lines.ts'

export type Format = 'jsonl' | 'csv'
/** A record of the file, or why it cannot be read. `line` counts from 1. */
export type FileRow = { readonly line: number; readonly raw: unknown } | { readonly line: number; readonly problem: string }
export type OpenFile = { readonly rows: AsyncIterable<FileRow>; readonly bytesRead: () => number }

const lineBytesMax = 4 * 1_048_576

export const formatOf = (file: string, given: Format | undefined): Format => {
  if (given !== undefined) return given
  if (/\.(jsonl|ndjson|json)$/i.test(file)) return 'jsonl'
  if (/\.csv$/i.test(file)) return 'csv'
  throw new CliError('The name of the file does not tell its format. Add --format jsonl or --format csv.', 2)
}

async function* jsonRows(source: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  let line = 0
  for await (const text of splitLines(source, lineBytesMax)) {
    line += 1
    const json = (line === 1 ? text.replace(/^\uFEFF/, '') : text).trim()
    if (json === '') continue
    try {
      yield { line, raw: JSON.parse(json) }
    } catch {
      yield { line, problem: 'the line is not JSON' }
    }
  }
}

type CsvRecord = { readonly record: Record<string, string>; readonly info: { readonly lines: number; readonly error?: Error } }

const fuseAll = (record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, cell]) => [name, fuse(cell)]))

const csvProblem = (error: unknown): Error => {
  const { message, code } = error as Error & { code?: string }
  return code?.startsWith('CSV_') ? new CliError(`The CSV cannot be read: ${message}`) : (error as Error)
}

async function* csvRows(source: ReturnType<typeof createReadStream>): AsyncGenerator<FileRow> {
  const columns = (header: string[]) => header.map((name) => name.trim())
  const options = { columns, bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: lineBytesMax }
  const parser = source.pipe(parse(options))
  source.on('error', (error) => parser.destroy(error))
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      if (info.error !== undefined) yield { line: info.lines, problem: 'the line has more or fewer columns than the heading' }
      else yield { line: info.lines, raw: fuseAll(record) }
    }
  } catch (error) {
    throw csvProblem(error)
  }
}

/** Opens a file of users as a stream of rows; memory does not grow with the file. */
export const openRows = (file: string, format: Format): OpenFile => {
  const source = createReadStream(file, { highWaterMark: 262_144 })
  return { rows: format === 'jsonl' ? jsonRows(source) : csvRows(source), bytesRead: () => source.bytesRead }
}

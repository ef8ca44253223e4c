import { CliError } from '../errors.ts'

const lineFeed = 0x0a

/**
 * The lines of a byte stream as UTF-8, split at line feeds alone: other separators of Unicode may stand inside a JSON text.
 * A line longer than `bytesMax` ends the reading with an error.
 */
export async function* splitLines(source: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<string> {
  let rest: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let start = 0
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      const part = bytes.subarray(start, end)
      yield rest.length === 0 ? part.toString('utf8') : Buffer.concat([...rest, part]).toString('utf8')
      rest = []
      size = 0
      start = end + 1
    }
    if (start < bytes.length) {
      rest.push(bytes.subarray(start))
      size += bytes.length - start
    }
    if (size > bytesMax)
      throw new CliError(`A line is longer than ${Math.floor(bytesMax / 1_048_576)} MiB. Is this the right file and format?`)
  }
  if (size > 0) yield Buffer.concat(rest).toString('utf8')
}

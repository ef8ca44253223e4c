import type { Command } from 'commander'

/** Writes the answer of a command: JSON for programs, lines for people. */
export const answer = (isJson: boolean, value: unknown, lines: () => string | readonly string[]): void => {
  if (isJson) return void process.stdout.write(`${JSON.stringify(value)}\n`)
  const text = lines()
  process.stdout.write(`${typeof text === 'string' ? text : text.join('\n')}\n`)
}

export const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

const controls = /\p{Cc}/gu

/** Text of others for a terminal: control characters would move its cursor or colour its lines. */
export const plain = (text: string): string => text.replace(controls, '?')

/** Columns of text, as wide as their widest cell; the first row is the heading. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const safe = rows.map((row) => row.map(plain))
  const widths = (safe[0] ?? []).map((_, column) => Math.max(...safe.map((row) => [...(row[column] ?? '')].length)))
  return safe.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Lines `name  value` of one thing. */
export const facts = (pairs: readonly (readonly [string, string])[]): string[] => table(pairs)

export const withJson = (command: Command): Command => command.option('--json', 'answer as JSON')

/** Examples below the help of a command. */
export const withExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ cip ${line}`).join('\n')}`)

/** Ends quietly when the reader of the output has gone, as in `cip users list | head`. */
export const endWithReader = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

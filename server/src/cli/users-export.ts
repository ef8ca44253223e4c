import { createWriteStream } from 'node:fs'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { stringify } from 'csv-stringify/sync'
import type { Base } from '../compose.ts'
import { defuse } from '../platform/formula.ts'
import { countAccounts, type ExportedUser, exportedLines, exportPage, membersToExport } from '../users/export.job.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { answer, tell, withExamples, withJson } from './output.ts'
import { startBar } from './transfer/bar.ts'
import type { Format } from './transfer/rows.ts'

type Options = { readonly format?: Format; readonly hashes: boolean; readonly force?: boolean; readonly json?: boolean }

const pageSize = 1000

type Printer = { readonly head: string; readonly page: (users: readonly ExportedUser[]) => string }

const cellOf = (value: unknown): string => (value === null ? '' : defuse(String(value)))

const printerOf = (format: Format, withHashes: boolean): Printer => {
  if (format === 'jsonl') return { head: '', page: (users) => exportedLines(users, withHashes) }
  const columns = membersToExport(withHashes)
  return { head: stringify([[...columns]]), page: (users) => stringify(users.map((user) => columns.map((name) => cellOf(user[name])))) }
}

const targetOf = (file: string | undefined, isForced: boolean): Writable =>
  file === undefined
    ? new Writable({ write: (chunk, _encoding, done) => void process.stdout.write(chunk, (error) => done(error)) })
    : createWriteStream(file, { flags: isForced ? 'w' : 'wx', mode: 0o600 })

const writePages = async ({ db, tenantId }: Base, target: Writable, printer: Printer): Promise<number> => {
  const bar = startBar('Exporting', await countAccounts(tenantId, db))
  let count = 0
  let after = 0
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => target.write(text, (error) => (error ? reject(error) : resolve())))
  try {
    if (printer.head !== '') await write(printer.head)
    for (;;) {
      const users = await exportPage(tenantId, db, { after, limit: pageSize })
      const last = users.at(-1)
      if (last === undefined) return count
      await write(printer.page(users))
      count += users.length
      after = last.number
      bar.update(count)
    }
  } finally {
    bar.stop()
  }
}

const writeProblem = (error: unknown, file: string | undefined): unknown => {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return new CliError(`${file} is there already. Name another file, or add --force to overwrite it.`)
  return syscall === undefined ? error : new CliError(`${file ?? 'Standard output'} cannot be written (${code}).`)
}

const run = (file: string | undefined, { format = file?.endsWith('.csv') ? 'csv' : 'jsonl', ...options }: Options): Promise<void> =>
  onDatabase(async (base) => {
    const target = targetOf(file, options.force ?? false)
    target.on('error', () => undefined)
    try {
      const users = await writePages(base, target, printerOf(format, options.hashes))
      target.end()
      await finished(target)
      if (file !== undefined) answer(options.json ?? false, { file, format, users }, () => `Exported ${users} users to ${file}.`)
      if (file !== undefined && options.hashes)
        tell('The file holds password hashes. Keep it closed to others, and remove it when it is not needed.')
    } catch (error) {
      throw writeProblem(error, file)
    }
  })

export const usersExport = (): Command =>
  withExamples(
    withJson(new Command('export').description('export users as JSON Lines or CSV, readable by users import'))
      .argument('[file]', 'where to; standard output without it')
      .addOption(new Option('--format <format>', 'by the name of the file, else jsonl').choices(['jsonl', 'csv']))
      .option('--without-hashes', 'leave the password hashes out')
      .option('--force', 'overwrite the file')
      .action((file: string | undefined, { withoutHashes = false, ...options }: Omit<Options, 'hashes'> & { withoutHashes?: boolean }) =>
        run(file, { ...options, hashes: !withoutHashes }),
      ),
    'users export users.jsonl',
    'users export users.csv --without-hashes',
    'users export | gzip > users.jsonl.gz',
  )

import { Command, Option } from 'commander'
import { createFailpoint } from '../platform/failpoint.ts'
import { onDatabase } from './context.ts'
import { wholeNumber } from './options.ts'
import { answer, withExamples, withJson } from './output.ts'
import { type ImportReport, importFile } from './transfer/import-file.ts'
import { type Format, formatOf } from './transfer/rows.ts'

type Options = {
  readonly format?: Format
  readonly dryRun?: boolean
  readonly errors?: string
  readonly resume?: boolean
  readonly batch: number
  readonly update?: boolean
  readonly hashPasswords?: boolean
  readonly json?: boolean
}

export const reportLines = ({ dryRun, rows, created, updated, present, errors, errorsFile }: ImportReport): string[] => [
  ...(dryRun ? ['Dry run: nothing was changed.'] : []),
  `Rows read            ${rows}`,
  `${dryRun ? 'Would be created' : 'Created'}`.padEnd(21) + created,
  ...(updated > 0 ? [`${dryRun ? 'Would get a password' : 'Got a password'}`.padEnd(21) + updated] : []),
  `Already there        ${present}`,
  `Errors               ${errors}${errorsFile === null ? '' : ` (see ${errorsFile})`}`,
]

const run = async (file: string, { dryRun = false, json = false, ...options }: Options): Promise<void> => {
  const format = formatOf(file, options.format)
  await onDatabase(async (base) => {
    const report = await importFile({
      base,
      file,
      format,
      errorsFile: options.errors ?? `${file}.errors.jsonl`,
      batch: options.batch,
      isDryRun: dryRun,
      isResumed: options.resume ?? false,
      addsPasswords: options.update ?? false,
      hashesPasswords: options.hashPasswords ?? false,
      failpoint: createFailpoint(base.config.failpoint),
    })
    answer(json, report, () => reportLines(report))
    if (report.errors > 0) process.exitCode = 1
  })
}

export const usersImport = (): Command =>
  withExamples(
    withJson(
      new Command('import').description('import users from JSON Lines or CSV; see docs/import.md for the columns').argument('<file>'),
    )
      .addOption(new Option('--format <format>', 'where the name of the file does not tell').choices(['jsonl', 'csv']))
      .option('--dry-run', 'check every row and change nothing')
      .option('--errors <file>', 'where refused rows go (default: <file>.errors.jsonl)')
      .option('--resume', 'go on with an import that was interrupted')
      .option('--batch <rows>', 'rows per transaction', wholeNumber(1, 5000), 500)
      .option('--update', 'give a hash of the file to users that are there without a password')
      .option('--hash-passwords', 'accept a column "password" in the clear and hash it')
      .action(run),
    'users import users.jsonl --dry-run',
    'users import users.csv',
    'users import users.csv --resume',
  )

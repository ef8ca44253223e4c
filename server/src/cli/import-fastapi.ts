import { Command } from 'commander'
import type { Base } from '../compose.ts'
import { nothingTaken } from '../users/import.job.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { readStandardInput } from './input.ts'
import { answer, withExamples, withJson } from './output.ts'
import { startBar } from './transfer/bar.ts'
import { openErrorFile } from './transfer/error-file.ts'
import { openSource, type Source } from './transfer/fastapi-source.ts'
import { rowRules } from './transfer/hash-rules.ts'
import type { ImportReport } from './transfer/import-file.ts'
import { importRows } from './transfer/import-rows.ts'
import { reportLines } from './users-import.ts'

type Options = { readonly dryRun?: boolean; readonly errors: string; readonly json?: boolean }

const transfer = async (base: Base, source: Source, { dryRun = false, errors: errorsFile }: Options): Promise<ImportReport> => {
  const errorFile = await openErrorFile(errorsFile, 0)
  const bar = startBar(dryRun ? 'Checking' : 'Importing', source.count)
  const total = { rows: 0, created: 0, updated: 0, present: 0, errors: 0 }
  try {
    await importRows({
      base,
      rows: source.rows,
      rules: rowRules(base.config, false),
      options: { source: 'fastapi', addsPasswords: false, dryRun: dryRun ? nothingTaken() : undefined },
      batch: 500,
      onBatch: async ({ rows, result, errors }) => {
        // The place of a row in a database is its id.
        await errorFile.write(errors)
        total.rows += rows
        for (const name of ['created', 'present', 'errors'] as const) total[name] += result[name]
        bar.update(total.rows)
      },
    })
  } finally {
    bar.stop()
    await errorFile.close()
  }
  return { dryRun, ...total, errorsFile: total.errors > 0 ? errorsFile : null }
}

const run = async (given: string, options: Options): Promise<void> => {
  const url = given === '-' ? await readStandardInput() : given
  if (url === '') throw new CliError('Standard input held no URL.', 2)
  const source = await openSource(url)
  try {
    await onDatabase(async (base) => {
      const report = await transfer(base, source, options)
      answer(options.json ?? false, report, () => reportLines(report))
      if (report.errors > 0) process.exitCode = 1
    })
  } finally {
    await source.close()
  }
}

const importFastapi = (): Command =>
  withExamples(
    withJson(new Command('fastapi').description('import the users of the Python edition: ids, names and password hashes stay as they are'))
      .argument('<url>', 'its database, as in its own settings; - reads the URL from standard input')
      .option('--dry-run', 'check every row and change nothing')
      .option('--errors <file>', 'where refused rows go; "line" is the id there', 'fastapi.errors.jsonl')
      .action(run),
    'import fastapi sqlite:///app.db --dry-run',
    'import fastapi postgresql+asyncpg://app@db.example.com/app   (with PGPASSWORD in the environment)',
    'import fastapi - < database-url.txt',
  )

export const importCommand = (program: Command): void =>
  group(program, { name: 'import', description: 'import from other systems', children: [importFastapi()] })

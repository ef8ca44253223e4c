import { stat } from 'node:fs/promises'
import type { Base } from '../../compose.ts'
import type { Failpoint } from '../../platform/failpoint.ts'
import { nothingTaken } from '../../users/import.job.ts'
import { CliError } from '../errors.ts'
import { startBar } from './bar.ts'
import { openErrorFile } from './error-file.ts'
import { openHashing, rowRules } from './hash-rules.ts'
import { importRows } from './import-rows.ts'
import { beginning, type Counts, fingerprintOf, type Progress, readProgress, removeProgress, writeProgress } from './progress-file.ts'
import { type FileRow, type Format, openRows } from './rows.ts'

export type FileImport = {
  readonly base: Base
  readonly file: string
  readonly format: Format
  readonly errorsFile: string
  readonly batch: number
  readonly isDryRun: boolean
  readonly isResumed: boolean
  readonly addsPasswords: boolean
  readonly hashesPasswords: boolean
  readonly failpoint: Failpoint
}

export type ImportReport = Counts & { readonly dryRun: boolean; readonly rows: number; readonly errorsFile: string | null }

const startFrom = async ({ file, isDryRun, isResumed }: FileImport): Promise<Progress> => {
  const fingerprint = await fingerprintOf(file)
  const known = isDryRun ? undefined : await readProgress(file)
  if (known === undefined) return beginning(fingerprint)
  if (!isResumed)
    throw new CliError(
      `An import of this file was interrupted after ${known.rows} rows. Go on with --resume, or remove ${file}.progress.json.`,
    )
  if (known.fingerprint !== fingerprint)
    throw new CliError(`${file} has changed since its import was interrupted. Remove ${file}.progress.json and import it from the start.`)
  return known
}

async function* after(rows: AsyncIterable<FileRow>, count: number): AsyncGenerator<FileRow> {
  let left = count
  for await (const row of rows) {
    if (left > 0) left -= 1
    else yield row
  }
}

const add = (left: Counts, right: Counts): Counts => ({
  created: left.created + right.created,
  updated: left.updated + right.updated,
  present: left.present + right.present,
  errors: left.errors + right.errors,
})

/** Imports a file of users. After each committed batch its progress is written, so that an interrupted import can go on. */
export const importFile = async (input: FileImport): Promise<ImportReport> => {
  const { base, file, format, isDryRun, errorsFile, failpoint } = input
  let progress = await startFrom(input)
  const errorFile = await openErrorFile(errorsFile, progress.errorBytes)
  const hashing = input.hashesPasswords && !isDryRun ? openHashing(base.config) : undefined
  const bar = startBar(isDryRun ? 'Checking' : 'Importing', (await stat(file)).size)
  const { rows, bytesRead } = openRows(file, format)
  try {
    await importRows({
      base,
      rows: after(rows, progress.rows),
      rules: rowRules(base.config, input.hashesPasswords),
      options: { source: 'file', addsPasswords: input.addsPasswords, dryRun: isDryRun ? nothingTaken() : undefined },
      batch: input.batch,
      hash: hashing?.hash,
      onBatch: async ({ rows: count, line, result, errors }) => {
        await failpoint('import-batch')
        await errorFile.write(errors)
        const { fingerprint, rows: before, counts } = progress
        const done = { fingerprint, rows: before + count, line, bytes: bytesRead(), errorBytes: errorFile.size() }
        progress = { ...done, counts: add(counts, result) }
        if (!isDryRun) await writeProgress(file, progress)
        bar.update(bytesRead())
      },
    })
    if (!isDryRun) await removeProgress(file)
  } finally {
    bar.stop()
    await errorFile.close()
    await hashing?.close()
  }
  return { dryRun: isDryRun, rows: progress.rows, ...progress.counts, errorsFile: progress.counts.errors > 0 ? errorsFile : null }
}

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { CliError } from '../errors.ts'

export type Counts = { readonly created: number; readonly updated: number; readonly present: number; readonly errors: number }

/** How far an import has come: `rows` of the file are done, and the error file had `errorBytes`. */
export type Progress = {
  readonly fingerprint: string
  readonly rows: number
  readonly line: number
  readonly bytes: number
  readonly errorBytes: number
  readonly counts: Counts
}

const progressPath = (file: string): string => `${file}.progress.json`

/** SHA-256 of the content, so that a resumed import goes on in the file it began with. */
export const fingerprintOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  } catch (error) {
    throw new CliError(`The file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`)
  }
  return hash.digest('hex')
}

export const beginning = (fingerprint: string): Progress => ({
  fingerprint,
  rows: 0,
  line: 0,
  bytes: 0,
  errorBytes: 0,
  counts: { created: 0, updated: 0, present: 0, errors: 0 },
})

/** The progress of an interrupted import; undefined where there is none. */
export const readProgress = async (file: string): Promise<Progress | undefined> => {
  const text = await readFile(progressPath(file), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Progress
  } catch {
    throw new CliError(`${progressPath(file)} is damaged. Remove it and import again: users that are there already are skipped.`)
  }
}

/** Written whole under another name and renamed, so that a crash leaves the progress of a batch before. */
export const writeProgress = async (file: string, progress: Progress): Promise<void> => {
  const draft = `${progressPath(file)}.new`
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(progress)}\n`)
  } finally {
    await handle.close()
  }
  await rename(draft, progressPath(file))
}

export const removeProgress = (file: string): Promise<void> => rm(progressPath(file), { force: true })

import { existsSync, readFileSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { InstallationSecret } from '../../config/installation.ts'
import { CliError } from '../errors.ts'

export type SecretPlan = {
  /** Makes sure that the key can be written; before the database commits. */
  readonly prepare: () => Promise<void>
  /** Puts the key in place; after the commit. The path under which the former key is kept, where there was another. */
  readonly finish: () => Promise<string | undefined>
  readonly abandon: () => Promise<void>
}

const nothing: SecretPlan = { prepare: async () => undefined, finish: async () => undefined, abandon: async () => undefined }

export type SecretQuestion = {
  /** Where the secret was before this command began. */
  readonly before: InstallationSecret
  readonly wanted: string
  /** Whether something in use could depend on the present key. */
  readonly isInUse: boolean
  readonly mayReplace: boolean
}

const writeDraft = async (draft: string, secret: string): Promise<void> => {
  await mkdir(dirname(draft), { recursive: true })
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(`${secret}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What becomes of the secret key at a restore: the backup's goes to the data directory, unless the environment gives the same one. */
export const planSecret = ({ before, wanted, isInUse, mayReplace }: SecretQuestion): SecretPlan => {
  if (before.kind === 'environment') {
    if (before.secret === wanted) return nothing
    throw new CliError(
      'SECRET_KEY of the environment is not the one of the backup, whose signing keys it could not open. Set the one of the backup, or remove SECRET_KEY so that the restore writes it to the data directory.',
    )
  }
  if (before.secret === wanted) return nothing
  if (before.kind === 'file' && isInUse && !mayReplace)
    throw new CliError(
      `Another secret key is in use in ${before.file}. Add --replace to put the backup's in its place; the present one is kept beside it.`,
    )
  const draft = `${before.file}.restored`
  return {
    prepare: () => writeDraft(draft, wanted),
    finish: async () => {
      const isOther = before.kind === 'file' && existsSync(before.file) && readFileSync(before.file, 'utf8').trim() !== wanted
      const kept = isOther ? `${before.file}.replaced-${new Date().toISOString().replaceAll(/[:.]/g, '-')}` : undefined
      if (kept !== undefined) await rename(before.file, kept)
      await rename(draft, before.file)
      return kept
    },
    abandon: () => rm(draft, { force: true }),
  }
}

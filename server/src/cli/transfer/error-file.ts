import { type FileHandle, open, rm } from 'node:fs/promises'
import { CliError } from '../errors.ts'

export type RowError = { readonly line: number; readonly reason: string; readonly username?: string | undefined }

export type ErrorFile = {
  readonly write: (errors: readonly RowError[]) => Promise<void>
  /** Bytes written so far. */
  readonly size: () => number
  readonly close: () => Promise<void>
}

const openAt = async (path: string, keepBytes: number): Promise<FileHandle> => {
  const handle = await open(path, keepBytes > 0 ? 'r+' : 'w', 0o600)
  await handle.truncate(keepBytes)
  return handle
}

/** The file of refused rows, one JSON object per line; it is made with the first of them. `keepBytes` of an earlier run stay. */
export const openErrorFile = async (path: string, keepBytes: number): Promise<ErrorFile> => {
  if (keepBytes === 0) await rm(path, { force: true })
  let handle: FileHandle | undefined
  let size = keepBytes
  return {
    write: async (errors) => {
      if (errors.length === 0) return
      try {
        handle ??= await openAt(path, size)
      } catch (error) {
        throw new CliError(
          `The error file ${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Name another with --errors.`,
        )
      }
      const bytes = Buffer.from(errors.map((one) => `${JSON.stringify(one)}\n`).join(''))
      await handle.write(bytes, 0, bytes.length, size)
      size += bytes.length
    },
    size: () => size,
    close: async () => {
      await handle?.close()
    },
  }
}

import { copyFile, mkdir, open, rename, stat, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'

const SIZE_BYTES_MAX = 10 * 1024 * 1024
const KEPT = 3

/** PostgreSQL inherits the descriptor: the log goes on when we have gone, and it needs no rights on the folder. */
export const openLogFile = async (path: string) => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return open(path, 'a', 0o600)
}

/**
 * Moves the text on to `path.1` once it is over `sizeBytesMax`, and keeps three such files.
 * It is copied and cut, not renamed, because the writer holds the file open.
 */
export const rotateLogFile = async (path: string, sizeBytesMax = SIZE_BYTES_MAX): Promise<void> => {
  if ((await stat(path)).size <= sizeBytesMax) return
  for (let age = KEPT - 1; age >= 1; age--) await rename(`${path}.${age}`, `${path}.${age + 1}`).catch(() => undefined)
  await copyFile(path, `${path}.1`)
  await truncate(path, 0)
}

/** The last `lines` lines, at most 4 KiB of them. */
export const tailOfLogFile = async (path: string, lines = 10): Promise<string> => {
  const handle = await open(path, 'r').catch(() => undefined)
  if (!handle) return ''
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, Math.max(0, size - 4096))
    return buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } finally {
    await handle.close()
  }
}

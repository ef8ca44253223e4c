import { chmod, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { EmbeddedError } from './embedded-error.ts'

export type Account = { uid: number; gid: number }
export type Ownership = { mode: number; uid: number; gid: number }

/** Whether the permission bits let an account read, or enter or run. Access control lists are not looked at. */
export const isAllowed = (right: 'read' | 'enter', subject: Ownership, account: Account): boolean => {
  const bit = right === 'read' ? 4 : 1
  const shift = subject.uid === account.uid ? 6 : subject.gid === account.gid ? 3 : 0
  return ((subject.mode >> shift) & bit) !== 0
}

const parentsOf = (path: string): string[] => (dirname(path) === path ? [path] : [...parentsOf(dirname(path)), path])

/** The first directory on the way to (and including) `path` that the account cannot enter; undefined when it gets there. */
export const firstClosedDirectory = async (path: string, account: Account): Promise<string | undefined> => {
  for (const directory of parentsOf(await realpath(path))) {
    if (!isAllowed('enter', await stat(directory), account)) return directory
  }
  return undefined
}

/** Makes a folder that every user can enter, whatever the umask, and returns its path without symbolic links. */
export const makeOpenFolder = async (path: string): Promise<string> => {
  try {
    await mkdir(path, { recursive: true })
    await chmod(path, 0o755)
    return await realpath(path)
  } catch (error) {
    const advice = 'Let root write there, or start the server as an ordinary user with a data directory of its own.'
    throw new EmbeddedError('system-folder-not-writable', `${path} cannot be made. ${advice}`, String(error))
  }
}

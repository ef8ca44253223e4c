import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leaveFolder } from './leftovers.ts'

/** A folder of its own that the user who runs PostgreSQL can pass; deleted after the tests, with the PostgreSQL that may still run in it. */
export const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cip-test-'))
  leaveFolder(folder)
  await chmod(folder, 0o755)
  return folder
}

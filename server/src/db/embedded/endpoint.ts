import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, firstClosedDirectory } from './reach.ts'

/** `host` is the directory of the socket, or the loopback address. `remove` takes away what was made for this run alone. */
export type Endpoint = { host: string; port: number; isSocket: boolean; remove(): Promise<void> }

// The kernel's limit for the whole path is 104 bytes on macOS and 108 on Linux.
const PATH_BYTES_MAX = 100
const SOCKET_PORT = 5432

const socketPath = (folder: string): string => join(folder, `.s.PGSQL.${SOCKET_PORT}`)
const isShortEnough = (folder: string): boolean => Buffer.byteLength(socketPath(folder)) <= PATH_BYTES_MAX

/** Clears away the socket of a postmaster that is known to be gone: its process id may belong to another program by now. */
export const removeStaleSocket = async (endpoint: Endpoint): Promise<void> => {
  if (!endpoint.isSocket) return
  for (const path of [socketPath(endpoint.host), `${socketPath(endpoint.host)}.lock`]) await rm(path, { force: true })
}

const give = async (folder: string, account: Account | undefined): Promise<void> => {
  await chmod(folder, 0o700)
  if (account) await chown(folder, account.uid, account.gid)
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

// A fresh name each time: a folder that waits under a known name in the temporary folder could be somebody else's.
const inTemporaryFolder = async (temporary: string, account: Account | undefined): Promise<string | undefined> => {
  if (!isShortEnough(join(temporary, 'cip-123456'))) return undefined
  if (account && (await firstClosedDirectory(temporary, account))) return undefined
  const folder = await mkdtemp(join(temporary, 'cip-'))
  await give(folder, account)
  return folder
}

type Choice = { runFolder: string; account: Account | undefined; platform?: string; temporary?: string }

/** A socket beside the cluster, or in the temporary folder where the path would be too long, or else a loopback port. */
export const chooseEndpoint = async ({
  runFolder,
  account,
  platform = process.platform,
  temporary = tmpdir(),
}: Choice): Promise<Endpoint> => {
  if (platform !== 'win32') {
    const beside = join(runFolder, 'socket')
    if (isShortEnough(beside)) {
      await mkdir(beside, { recursive: true, mode: 0o700 })
      await give(beside, account)
      return { host: beside, port: SOCKET_PORT, isSocket: true, remove: async () => undefined }
    }
    const folder = await inTemporaryFolder(temporary, account)
    if (folder) return { host: folder, port: SOCKET_PORT, isSocket: true, remove: () => rm(folder, { recursive: true, force: true }) }
  }
  return { host: '127.0.0.1', port: await freePort(), isSocket: false, remove: async () => undefined }
}

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '../src/db/connect.ts'
import { type Database, openDatabase } from '../src/db/database.ts'
import { type EmbeddedConnection, startEmbedded } from '../src/db/embedded/embedded.ts'
import type { Pinning } from './pinning.ts'
import type { Scope } from './scope.ts'

export type BenchDatabase = {
  readonly db: Database
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  readonly tenantId: string
}

/** A folder that the user who runs PostgreSQL under root can enter, removed at the end. */
export const temporaryFolder = async (scope: Scope): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cip-bench-'))
  await chmod(folder, 0o755)
  scope.onEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}

// The parameter "host" names the folder of the socket and goes before the URL's own.
const urlOf = ({ host, port, user, password, database }: EmbeddedConnection): string => {
  const account = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  return host.startsWith('/')
    ? `postgres://${account}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${account}@${host}:${port}/${database}`
}

/** A PostgreSQL of the bench's own with the schema of this release, on the serving core. */
export const startDatabase = async (pinning: Pinning, scope: Scope): Promise<BenchDatabase> => {
  const dataDir = join(await temporaryFolder(scope), 'data')
  const embedded = await startEmbedded({ dataDir, log: ({ level, msg }) => level !== 'info' && process.stderr.write(`${msg}\n`) })
  scope.onEnd(() => embedded.stop())
  const { connection } = embedded
  await prepareDatabase({ connection, isPooled: false, waitSeconds: 10, say: () => undefined, withMigrations: true })
  const db = openDatabase({ connection, size: 1, statementTimeoutMs: 0 })
  scope.onEnd(() => db.close())
  const [tenant] = await db.text<{ tenant_id: string }>(`select tenant_id from tenants where slug = 'default'`)
  const pid = embedded.pid()
  if (tenant === undefined || pid === undefined) throw new Error('The database of the bench did not start.')
  pinning.move(pid)
  return { db, url: urlOf(connection), dataDir, pid, tenantId: tenant.tenant_id }
}

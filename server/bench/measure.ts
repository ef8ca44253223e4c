import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchDatabase } from './database.ts'
import type { LoadProcess } from './load-process.ts'
import type { LoadResult, Operation } from './load-protocol.ts'
import type { Measured } from './operations.ts'
import { cpuOf, cpuOfTree, memoryOf, treeOf } from './proc.ts'
import type { Running } from './server.ts'

export type Bench = {
  readonly database: BenchDatabase
  readonly server: Running
  readonly bare: Running
  readonly load: LoadProcess
  readonly sessions: number
  /** A sign-in page with a request under way. */
  readonly signInPath: string
}

/** One operation in one round. CPU in microseconds per answered request, memory in MB after it, `busy` as the share of the core. */
export type Sample = {
  readonly operation: Operation
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly serverCpu: number
  readonly databaseCpu: number
  readonly serverMemory: number
  readonly databaseMemory: number
  readonly busy: number
  readonly errors: number
}

const errorsOf = ({ statuses, faults }: LoadResult): number =>
  Object.entries(statuses).reduce((sum, [status, count]) => sum + (status.startsWith('2') ? 0 : count), faults)

// The change feed is read once a second: the new version empties the memory of sessions.
const forgetSessions = async ({ db, tenantId }: BenchDatabase): Promise<void> => {
  await db.text(
    `insert into cache_epochs (tenant_id, kind) values ($1, 'sessions') on conflict (tenant_id, kind) do update set version = cache_epochs.version + 1`,
    [tenantId],
  )
  await sleep(1300)
}

const lengthOf = async ({ load, sessions }: Bench, { operation, isFresh, amountMax }: Measured, wanted: number): Promise<number> => {
  if (isFresh) return (await load.accessTokens()).length
  return operation === 'refresh' ? Math.min(sessions, wanted) : Math.min(amountMax ?? wanted, wanted)
}

/** A run without a figure, to warm the code up and to learn the rate. */
export const rehearse = async (bench: Bench, { operation, connections }: Measured, seconds: number): Promise<number> => {
  const { url } = operation === 'bare' ? bench.bare : bench.server
  const { requests, seconds: took } = await bench.load.run({ operation, url, connections, seconds })
  return requests / took
}

/** Sends `amount` requests and weighs them. A fixed amount ends with no request under way that would be paid but not counted. */
export const measure = async (bench: Bench, measured: Measured, amount: number): Promise<Sample> => {
  const { operation, connections } = measured
  const { url, pid } = operation === 'bare' ? bench.bare : bench.server
  if (measured.isFresh) await forgetSessions(bench.database)
  if (measured.warmUp !== undefined) await bench.load.run({ operation, url, connections, amount: measured.warmUp })
  const length = Math.max(connections, await lengthOf(bench, measured, amount))
  const look = () => ({ server: cpuOf(pid), database: operation === 'bare' ? 0 : cpuOfTree(bench.database.pid) })
  const before = look()
  const result = await bench.load.run({ operation, url, connections, amount: length })
  const after = look()
  const [server, database] = [after.server - before.server, after.database - before.database]
  const requests = Math.max(1, result.requests)
  return {
    operation,
    requestsPerSecond: result.requests / result.seconds,
    p50: result.p50,
    p99: result.p99,
    serverCpu: server / requests,
    databaseCpu: database / requests,
    serverMemory: memoryOf([pid]).rss,
    databaseMemory: operation === 'bare' ? 0 : memoryOf(treeOf(bench.database.pid)).pss,
    busy: (server + database) / 1_000_000 / result.seconds,
    errors: errorsOf(result),
  }
}

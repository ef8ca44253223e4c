/** A figure that is read at each scrape: metric name, help, and the function that gives the present value. */
export type Gauge = readonly [name: string, help: string, read: () => number]

type HashStats = () => { readonly queued: number; readonly running: number; readonly completed: number; readonly shed: number }
type PoolStats = () => { readonly size: number; readonly waiting: number; readonly waitSeconds: number; readonly statements: number }

export const hashGauges = (stats: HashStats): readonly Gauge[] => [
  ['cip_hash_queue_jobs', 'Password hashes that wait for their turn.', () => stats().queued],
  ['cip_hash_running_jobs', 'Password hashes under way.', () => stats().running],
  ['cip_hash_completed_jobs', 'Password hashes done so far.', () => stats().completed],
  ['cip_hash_shed_jobs', 'Password hashes refused because the queue was too long.', () => stats().shed],
]

export const databaseGauges = (stats: PoolStats): readonly Gauge[] => [
  ['cip_database_pool_connections', 'Open database connections.', () => stats().size],
  ['cip_database_pool_waiting', 'Requests that wait for a database connection.', () => stats().waiting],
  ['cip_database_pool_wait_seconds', 'Time spent waiting for database connections so far.', () => stats().waitSeconds],
  ['cip_database_statements', 'SQL statements so far.', () => stats().statements],
]

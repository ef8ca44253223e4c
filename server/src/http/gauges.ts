/** A figure that is read at each scrape: metric name, help, and the function that gives the present value. */
export type Gauge = readonly [name: string, help: string, read: () => number]

/** Figures that only grow, one for each value of a label: metric name, help, label, and the function that gives the present values. */
export type CounterRow = readonly [name: string, help: string, label: string, read: () => Readonly<Record<string, number>>]

type HashStats = () => { readonly queued: number; readonly running: number; readonly completed: number; readonly shed: number }
type PoolStats = () => { readonly size: number; readonly waiting: number; readonly waitSeconds: number; readonly statements: number }
type MailStats = () => { readonly due: number; readonly sent: number; readonly failed: number; readonly gaveUp: number }

export const hashGauges = (stats: HashStats): readonly Gauge[] => [
  ['cip_hash_queue_jobs', 'Password hashes that wait for their turn.', () => stats().queued],
  ['cip_hash_running_jobs', 'Password hashes under way.', () => stats().running],
  ['cip_hash_completed_jobs', 'Password hashes done so far.', () => stats().completed],
  ['cip_hash_shed_jobs', 'Password hashes refused because the queue was too long.', () => stats().shed],
]

export const reuseCounters = ({ counts }: { readonly counts: CounterRow[3] }): readonly CounterRow[] => [
  ['cip_oauth_reused_values_total', 'Authorization requests with a nonce or code_challenge that had come too often.', 'parameter', counts],
]

export const databaseGauges = (stats: PoolStats): readonly Gauge[] => [
  ['cip_database_pool_connections', 'Open database connections.', () => stats().size],
  ['cip_database_pool_waiting', 'Requests that wait for a database connection.', () => stats().waiting],
  ['cip_database_pool_wait_seconds', 'Time spent waiting for database connections so far.', () => stats().waitSeconds],
  ['cip_database_statements', 'SQL statements so far.', () => stats().statements],
]

export const mailGauges = (stats: MailStats): readonly Gauge[] => [
  ['cip_mail_due_messages', 'Messages of the installation that are due and not delivered, counted each 15 s.', () => stats().due],
  ['cip_mail_sent_messages', 'Messages that this process delivered so far.', () => stats().sent],
  ['cip_mail_failed_attempts', 'Attempts of this process that failed and are tried again.', () => stats().failed],
  ['cip_mail_gave_up_messages', 'Messages that this process gave up: refused, unreadable or expired.', () => stats().gaveUp],
]

/** Everything that can differ between two embedded servers; the rest of the settings below is the same for all. */
export type SettingsInput = { maxConnections: number; hbaFile: string; localFile: string }

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

const sameForAll = `unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
shared_preload_libraries = ''

# memory: the budget is that of a small virtual machine
shared_buffers = '64MB'
effective_cache_size = '256MB'
work_mem = '4MB'
maintenance_work_mem = '32MB'
io_method = 'sync'
max_worker_processes = 4
max_parallel_workers = 2
max_parallel_workers_per_gather = 0
autovacuum_worker_slots = 4
autovacuum_max_workers = 2
jit = off
random_page_cost = 1.1

# write-ahead log
synchronous_commit = on
wal_level = 'replica'
max_wal_senders = 2
max_replication_slots = 2
max_logical_replication_workers = 0
min_wal_size = '64MB'
max_wal_size = '512MB'

# nobody holds up the others; each session may set its own
statement_timeout = '5s'
lock_timeout = '2s'
idle_in_transaction_session_timeout = '5s'
client_connection_check_interval = '2s'
tcp_keepalives_idle = 3
tcp_keepalives_interval = 1
tcp_keepalives_count = 3

# language and time
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'

# the log names no values of rows: DETAIL lines and statements may hold them
logging_collector = off
log_destination = 'stderr'
log_line_prefix = '%m [%p] '
log_error_verbosity = 'terse'
log_min_error_statement = 'panic'
log_parameter_max_length = 0
log_checkpoints = off
log_lock_waits = on
`

/** The text of `postgresql.conf`: for a small machine, durable, with limits that keep one client from holding up the others. */
export const settingsText = ({ maxConnections, hbaFile, localFile }: SettingsInput): string =>
  [
    `# Written at every start. Put your own settings into ${localFile.replaceAll('\n', ' ')}`,
    `hba_file = ${quoted(hbaFile)}`,
    `max_connections = ${maxConnections}`,
    sameForAll,
    `include_if_exists ${quoted(localFile)}`,
    '',
  ].join('\n')

/** The text of `pg_hba.conf`: the password on every way in, and no way in from another machine. */
export const accessText = (): string =>
  ['local all all scram-sha-256', 'local replication all scram-sha-256', 'host all all 127.0.0.1/32 scram-sha-256', ''].join('\n')

/** Stands on the command line, where no file and no ALTER SYSTEM can loosen it. */
export const fixedSettings = (endpoint: { host: string; port: number; isSocket: boolean }): string[] =>
  [
    `listen_addresses=${endpoint.isSocket ? '' : endpoint.host}`,
    `unix_socket_directories=${endpoint.isSocket ? `"${endpoint.host.replaceAll('"', '""')}"` : ''}`,
    `port=${endpoint.port}`,
    'fsync=on',
    'full_page_writes=on',
  ].flatMap((setting) => ['-c', setting])

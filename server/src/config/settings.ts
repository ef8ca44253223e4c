import { outboundTargets } from './outbound-targets.ts'
import { optional, row, type Setting, secret } from './setting.ts'
import { mailSettings } from './settings-mail.ts'
import { boolean, choice, countOrAuto, duration, integer, nameServers, networks, origin, origins, text, url } from './types.ts'

const anyText = text(/^.+$/s, 'a value that is not empty')
const day = 86_400

export const settings = {
  port: row({ name: 'PORT', type: integer(0, 65_535), fallback: 8000, help: 'Port the server listens on; 0 takes a free one.' }),
  host: row({
    name: 'HOST',
    type: text(/^[0-9A-Za-z.:[\]%_-]+$/, 'a host name or address'),
    fallback: '127.0.0.1',
    help: 'Address the server listens on; 0.0.0.0 for all.',
  }),
  publicUrl: optional({
    name: 'PUBLIC_URL',
    type: origin,
    help: 'Origin that people and applications reach this server at, and the issuer of its tokens; default http://127.0.0.1 with the port.',
  }),
  databaseUrl: secret({
    name: 'DATABASE_URL',
    type: url('postgres', 'postgresql'),
    help: 'PostgreSQL 15 to 18 to use; absent: the embedded PostgreSQL 18, kept in DATA_DIR.',
  }),
  databaseOwnerUrl: secret({
    name: 'CIP_DATABASE_OWNER_URL',
    type: url('postgres', 'postgresql'),
    help: 'The same database for migrations, months of events and the deletion of tenants, by a role that owns its tables. DATABASE_URL can then be of a role that cannot change the audit: cip database grants. Absent: DATABASE_URL does everything.',
  }),
  dataDir: row({
    name: 'DATA_DIR',
    type: anyText,
    fallback: 'data',
    help: 'Folder for the secret key, the embedded database and its log; a relative path starts at the checkout.',
  }),
  secretKey: secret({
    name: 'SECRET_KEY',
    type: anyText,
    help: 'At least 32 random characters from which every key at rest is derived; absent: made on first run and kept in DATA_DIR with mode 0600.',
  }),
  workers: row({ name: 'WORKERS', type: countOrAuto(256), fallback: 1, help: 'Server processes; auto starts one per core.' }),
  trustedProxies: row({
    name: 'TRUSTED_PROXIES',
    type: networks,
    fallback: [],
    help: 'Reverse proxies whose X-Forwarded-For is believed; nobody else is.',
  }),
  ...mailSettings,

  logLevel: row({
    name: 'CIP_LOG_LEVEL',
    type: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    fallback: 'info',
    help: 'Least level that is logged; debug adds a line for every read request.',
  }),
  logFormat: row({
    name: 'CIP_LOG_FORMAT',
    type: choice('auto', 'json', 'text'),
    fallback: 'auto',
    help: 'auto writes text to a terminal and JSON lines elsewhere.',
  }),
  managementHost: row({
    name: 'CIP_MANAGEMENT_HOST',
    type: text(/^[0-9A-Za-z.:[\]%_-]+$/, 'a host name or address'),
    fallback: '127.0.0.1',
    help: 'Address of the management port.',
  }),
  managementPort: row({
    name: 'CIP_MANAGEMENT_PORT',
    type: integer(0, 65_535),
    fallback: 8001,
    help: 'Port for /metrics, /healthz and /readyz of operators; 0 turns it off.',
  }),
  corsOrigins: row({
    name: 'CIP_CORS_ORIGINS',
    type: origins,
    fallback: [],
    help: 'Origins whose scripts may call the account API; * for all.',
  }),
  outboundAllow: row({
    name: 'CIP_OUTBOUND_ALLOW',
    type: outboundTargets,
    fallback: [],
    help: 'Hosts and networks that the server may fetch from although they are not public; those on this machine also by http.',
  }),
  geoipDatabase: optional({
    name: 'GEOIP_DATABASE',
    type: anyText,
    help: 'A city or country database of the MaxMind format (.mmdb), by which sessions show a place; a relative path starts at the checkout; absent: no place is shown.',
  }),
  dnsServers: row({
    name: 'CIP_DNS_SERVERS',
    type: nameServers,
    fallback: [],
    help: 'Name servers that are asked for the records of domains, as addresses with commas between; none: those of the system.',
  }),
  hosts: row({
    name: 'CIP_HOSTS',
    type: integer(1, 10_000),
    fallback: 1,
    help: 'Hosts that serve this installation together; more than one needs DATABASE_URL and SECRET_KEY.',
  }),

  databasePoolSize: row({
    name: 'CIP_DATABASE_POOL_SIZE',
    type: integer(1, 100),
    fallback: 6,
    help: 'Database connections per server process.',
  }),
  databaseWait: row({
    name: 'CIP_DATABASE_WAIT',
    type: duration(0, 600),
    fallback: 30,
    help: 'How long the start waits for a database that does not answer.',
  }),
  databasePooled: row({
    name: 'CIP_DATABASE_POOLED',
    type: boolean,
    fallback: false,
    help: 'true behind PgBouncer in transaction mode: no start-up options are sent; set the time limits on the role.',
  }),

  passwordHash: row({
    name: 'CIP_PASSWORD_HASH',
    type: choice('argon2id', 'bcrypt'),
    fallback: 'argon2id',
    help: 'Scheme of new password hashes; others are replaced at the next sign-in.',
  }),
  argon2MemoryKib: row({
    name: 'CIP_ARGON2_MEMORY_KIB',
    type: integer(19_456, 262_144),
    fallback: 19_456,
    help: 'Memory of one argon2id hash in KiB.',
  }),
  argon2Passes: row({ name: 'CIP_ARGON2_PASSES', type: integer(2, 20), fallback: 2, help: 'Passes of one argon2id hash.' }),
  bcryptCost: row({ name: 'CIP_BCRYPT_COST', type: integer(12, 15), fallback: 12, help: 'Cost of one bcrypt hash (2^cost rounds).' }),
  hashThreads: row({
    name: 'CIP_HASH_THREADS',
    type: countOrAuto(256),
    fallback: 'auto',
    help: 'Password hashes at once on this machine; auto leaves one core free.',
  }),
  hashWait: row({
    name: 'CIP_HASH_WAIT',
    type: duration(0.1, 60),
    fallback: 2,
    help: 'Longest wait for a hash before a request is refused with 503.',
  }),
  passwordLengthMin: row({
    name: 'CIP_PASSWORD_LENGTH_MIN',
    type: integer(8, 64),
    fallback: 8,
    help: 'Least number of characters of a new password.',
  }),
  passwordWeakImports: row({
    name: 'CIP_PASSWORD_WEAK_IMPORTS',
    type: boolean,
    fallback: false,
    help: 'true accepts imported salted SHA and MD5 hashes until their next sign-in.',
  }),

  accessTokenTtl: row({ name: 'CIP_ACCESS_TOKEN_TTL', type: duration(60, 86_400), fallback: 900, help: 'Lifetime of an access token.' }),
  refreshTokenIdleTtl: row({
    name: 'CIP_REFRESH_TOKEN_IDLE_TTL',
    type: duration(60, 365 * day),
    fallback: 14 * day,
    help: 'A refresh token that is not used for so long has expired.',
  }),
  refreshTokenTtl: row({
    name: 'CIP_REFRESH_TOKEN_TTL',
    type: duration(60, 730 * day),
    fallback: 90 * day,
    help: 'Longest life of a sign-in through refresh tokens.',
  }),
  refreshTokenLeeway: row({
    name: 'CIP_REFRESH_TOKEN_LEEWAY',
    type: duration(0, 60),
    fallback: 10,
    help: 'A refresh token just spent gets the same successor again for so long.',
  }),
  sessionTtl: row({
    name: 'CIP_SESSION_TTL',
    type: duration(300, 30 * day),
    fallback: day,
    help: 'Longest life of a session in a browser.',
  }),
  sessionIdleTtl: row({
    name: 'CIP_SESSION_IDLE_TTL',
    type: duration(60, 30 * day),
    fallback: 3600,
    help: 'A session in a browser that is not used for so long has ended.',
  }),
  adminSessionTtl: row({
    name: 'CIP_ADMIN_SESSION_TTL',
    type: duration(300, 30 * day),
    fallback: 12 * 3600,
    help: 'So long after a sign-in the console and other applications that act with the admin API for a person ask for another one.',
  }),
  adminIdleTtl: row({
    name: 'CIP_ADMIN_IDLE_TTL',
    type: duration(60, 30 * day),
    fallback: 15 * 60,
    help: 'They ask for another sign-in after so long without use, too.',
  }),
  sessionsPerUser: row({
    name: 'CIP_SESSIONS_PER_USER',
    type: integer(1, 10_000),
    fallback: 50,
    help: 'Live sessions of one user; a further sign-in ends the oldest.',
  }),
  keyRotation: row({
    name: 'CIP_KEY_ROTATION',
    type: duration(day, 3650 * day),
    fallback: 90 * day,
    help: 'Age at which a signing key is replaced.',
  }),
  eventRetention: row({
    name: 'CIP_EVENT_RETENTION',
    type: duration(31 * day, 36_500 * day),
    fallback: 400 * day,
    help: 'Events older than this are dropped, month by month.',
  }),

  limitRegister: row({
    name: 'CIP_LIMIT_REGISTER',
    type: integer(1, 1_000_000),
    fallback: 600,
    help: 'Registrations per minute from one network (/24, /64).',
  }),
  limitSignIn: row({
    name: 'CIP_LIMIT_SIGN_IN',
    type: integer(1, 1_000_000),
    fallback: 1200,
    help: 'Sign-ins per minute from one network.',
  }),
  limitRequests: row({
    name: 'CIP_LIMIT_REQUESTS',
    type: integer(1, 100_000_000),
    fallback: 60_000,
    help: 'Other requests per minute and endpoint from one network.',
  }),
  limitUserCodes: row({
    name: 'CIP_LIMIT_USER_CODES',
    type: integer(1, 1_000_000),
    fallback: 10,
    help: 'User codes of devices that one network may try in a minute.',
  }),
  failuresPerAddress: row({
    name: 'CIP_FAILURES_PER_ADDRESS',
    type: integer(1, 1_000_000),
    fallback: 300,
    help: 'Failed sign-ins from one network in 15 minutes before it gets 429.',
  }),
  failuresPerAddressUser: row({
    name: 'CIP_FAILURES_PER_ADDRESS_AND_USER',
    type: integer(1, 1_000_000),
    fallback: 20,
    help: 'Failed sign-ins for one name from one network in 15 minutes before they get 429.',
  }),
  lockAfter: row({
    name: 'CIP_LOCK_AFTER',
    type: integer(3, 100),
    fallback: 5,
    help: 'Consecutive failures after which a password is locked for 2^(n-this) seconds, at most 15 minutes.',
  }),
  disablePasswordAfter: row({
    name: 'CIP_DISABLE_PASSWORD_AFTER',
    type: integer(10, 1000),
    fallback: 100,
    help: 'Consecutive failures after which a password is off until it is set anew.',
  }),

  shutdownGrace: row({
    name: 'CIP_SHUTDOWN_GRACE',
    type: duration(0, 300),
    fallback: 10,
    help: 'Longest time that running requests get at a stop.',
  }),
  overloadDelay: row({
    name: 'CIP_OVERLOAD_DELAY',
    type: duration(0.05, 60),
    fallback: 1,
    help: 'Event loop delay at which requests are refused with 503 until it has gone.',
  }),
  failpoint: optional({
    name: 'CIP_FAILPOINT',
    type: text(/^[a-z-]+:\d+:(kill|delay|throw)$/, 'name:nth:kill, name:nth:delay or name:nth:throw'),
    help: 'For tests of faults only (NODE_ENV=test): what breaks, at which pass.',
  }),
} as const

type ValueOf<S> = S extends Setting<infer T, infer F> ? (F extends undefined ? T | undefined : T) : never

/** Every setting's value, frozen. */
export type Settings = { readonly [K in keyof typeof settings]: ValueOf<(typeof settings)[K]> }
export type SettingKey = keyof typeof settings

export const settingRows: readonly (readonly [SettingKey, Setting<unknown, unknown>])[] = Object.entries(settings) as never

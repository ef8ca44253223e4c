import { authApiRoutes } from './auth-api/auth-api.routes.ts'
import { createTokens } from './auth-api/tokens.ts'
import type { Config } from './config/config.ts'
import type { Logger } from './config/log.ts'
import {
  type HashPool,
  HashPoolClosed,
  HashPoolOverloaded,
  HashThreadFailed,
  openHashPool,
  passwordPolicyOf,
} from './credentials/password/password.ts'
import { type Connection, type Database, openDatabase, type Tx } from './db/database.ts'
import { DatabaseUnavailable } from './db/errors.ts'
import { migrationState } from './db/migrate.ts'
import { eventUpkeep } from './events/events.job.ts'
import { record } from './events/events.store.ts'
import { bearerAuthentication } from './http/bearer.ts'
import { clientAddress } from './http/client-address.ts'
import { cors } from './http/cors.ts'
import { docsRoutes } from './http/docs.routes.ts'
import { databaseGauges, hashGauges } from './http/gauges.ts'
import { type Check, healthRoutes } from './http/health.routes.ts'
import { startLimitExchange, windowUpkeep } from './http/limits.job.ts'
import { createLimiter } from './http/limits.ts'
import { createMetrics, type HttpMetrics } from './http/metrics.ts'
import { type MountDeps, mount } from './http/mount.ts'
import { watchOverload } from './http/overload.ts'
import type { AnyRoute } from './http/route.ts'
import { createServer, type ServerOptions } from './http/server.ts'
import { upkeepStore } from './jobs/jobs.store.ts'
import { startUpkeep } from './jobs/jobs.ts'
import { keyChanges, keyUpkeep, type LoadedKeys, loadKeys } from './keys/keys.job.ts'
import { jwksRoutes } from './keys/keys.routes.ts'
import { type KeyChanges, NoSigner } from './keys/keys.ts'
import { signInStore } from './login/login.store.ts'
import { createSignIn, createSignUp, signInLimits } from './login/login.ts'
import { epochSeconds, systemClock } from './platform/clock.ts'
import { createFailpoint } from './platform/failpoint.ts'
import { Problem } from './platform/problem.ts'
import { tokenStore } from './sessions/grants.store.ts'
import { sessionUpkeep, watchSessions } from './sessions/sessions.job.ts'
import { createAuthenticator, type SessionCache } from './sessions/sessions.ts'
import { findTenantId } from './tenants/tenants.store.ts'
import { registrationStore } from './users/registration.store.ts'

/** Carries word of ended sessions to the other processes of this host. */
export type Siblings = { readonly tell: (sessionId: string) => void; readonly onTold: (listener: (sessionId: string) => void) => void }
export type Base = { readonly config: Config; readonly db: Database; readonly tenantId: string }
export type PlatformOptions = {
  readonly config: Config
  readonly connection: Connection
  readonly log: Logger
  readonly hashThreads: number
  readonly siblings?: Siblings | undefined
}

/** Key changes of the tenant with their events, for the start, the upkeep and the command line. */
export const keyChangesOf = ({ config, db, tenantId }: Base): KeyChanges<Tx> =>
  keyChanges({ db, tenantId, keepSeconds: config.accessTokenTtl + 60, record })

export const rotationOf = ({ config, tenantId }: Base) => ({ tenantId, sealingKey: config.key('signing-keys'), now: systemClock })

/** A pool and the tenant that answers at the root; the database has been prepared. */
export const openBase = async (config: Config, connection: Connection, log: Logger): Promise<Base> => {
  const onError = (err: Error) => log.warn({ err }, 'a database connection was lost')
  const db = openDatabase({ connection, size: config.databasePoolSize, isPooled: config.databasePooled, onError })
  const tenantId = await findTenantId('default', db)
  if (tenantId === undefined) throw new Problem('The database has no tenant "default". Run: cip migrate')
  return { config, db, tenantId }
}

type Parts = Base & {
  readonly keys: LoadedKeys
  readonly sessions: SessionCache
  readonly hashes: HashPool
  readonly announceEnd: (sessionId: string) => void
}

const nowSeconds = (): number => epochSeconds(systemClock)

const accountRoutes = ({ config, db, keys, sessions, hashes, announceEnd }: Parts): readonly AnyRoute[] => {
  const limits = signInLimits(config)
  return authApiRoutes({
    signUp: createSignUp({ store: registrationStore(db), hashes, policy: passwordPolicyOf(config) }),
    signIn: createSignIn({ store: signInStore(db, limits), hashes, scheme: config.passwordHash, ...limits.attempts }),
    tokens: createTokens({
      access: { ring: keys.ring, issuer: config.publicUrl, ttlSeconds: config.accessTokenTtl, nowSeconds },
      refreshKey: config.key('refresh-tokens'),
      store: tokenStore(db, { leewaySeconds: config.refreshTokenLeeway, idleTtlSeconds: config.refreshTokenIdleTtl }),
      sessions,
      announceEnd: (_, sessionId) => announceEnd(sessionId),
    }),
    failpoint: createFailpoint(config.failpoint),
    limits: { register: config.limitRegister, signIn: config.limitSignIn, others: config.limitRequests },
  })
}

const authenticateWith = ({ config, tenantId, keys, sessions }: Parts): MountDeps['authenticate'] => {
  const tokens = { ring: keys.ring, issuer: config.publicUrl, nowSeconds }
  return bearerAuthentication(createAuthenticator({ tenantId, tokens, sessions, keyVersion: keys.version }))
}

const allRoutes = (parts: Parts, isDraining: () => boolean): readonly AnyRoute[] => {
  const { config, db, keys } = parts
  const checks: readonly Check[] = [
    { name: 'serving', run: async () => !isDraining() },
    { name: 'database', run: async () => (await db.text('select 1')).length === 1 },
    { name: 'migrations', run: async () => (await migrationState(db.pool)).pending.length === 0 },
    { name: 'keys', run: async () => keys.ring.count() > 0 },
  ]
  const documented = [...accountRoutes(parts), ...jwksRoutes(keys.ring), ...healthRoutes(checks)]
  return [...documented, ...docsRoutes(documented, { version: config.version, tokenPath: '/auth/token' })]
}

/** How every server of ours treats errors, logs and outages. */
const serverOptions = (config: Config, log: Logger, rest: Pick<ServerOptions, 'metrics' | 'isDraining'>): ServerOptions => ({
  ...rest,
  log,
  isHttps: config.publicUrl.startsWith('https:'),
  isOutage: (error) => error instanceof DatabaseUnavailable || error instanceof NoSigner,
  overloadOf: (error) =>
    error instanceof HashPoolOverloaded
      ? error.retryAfterSeconds
      : error instanceof HashPoolClosed || error instanceof HashThreadFailed
        ? 1
        : undefined,
})

const startJobs = (base: Base, log: Logger): { readonly stop: () => void } => {
  const { config, db } = base
  return startUpkeep({
    ...upkeepStore(db),
    tasks: [
      eventUpkeep(db, config.eventRetention),
      ...keyUpkeep(keyChangesOf(base), rotationOf(base), config.keyRotation),
      windowUpkeep,
      sessionUpkeep,
    ],
    onError: (task, err) => log.warn({ task, err }, 'upkeep failed'),
  })
}

export type Platform = {
  readonly app: ReturnType<typeof createServer>
  readonly base: Base
  readonly metrics: HttpMetrics
  readonly routes: readonly AnyRoute[]
  /** Answers not ready from now on, so that load balancers look elsewhere. */
  readonly drain: () => void
  readonly close: () => Promise<void>
}

/** Builds one server process: configuration, database, slices, routes and jobs. Nothing listens yet. */
export const createPlatform = async ({ config, connection, log, hashThreads, siblings }: PlatformOptions): Promise<Platform> => {
  const base = await openBase(config, connection, log)
  const { db, tenantId } = base
  const keys = await loadKeys(db, rotationOf(base))
  const onError = (err: unknown) => log.warn({ err }, 'changes of other nodes could not be read')
  const watch = await watchSessions({ db, tenantId, onKeysChanged: keys.reload, onError })
  const hashes = openHashPool(config, hashThreads)
  const endHere = (sessionId: string): void => watch.sessions.end(tenantId, sessionId)
  const announceEnd = (sessionId: string): void => {
    endHere(sessionId)
    siblings?.tell(sessionId)
  }
  siblings?.onTold(endHere)

  let isDraining = false
  const parts: Parts = { ...base, keys, sessions: watch.sessions, hashes, announceEnd }
  const routes = allRoutes(parts, () => isDraining)
  const metrics = createMetrics([...hashGauges(hashes.stats), ...databaseGauges(db.metrics.read)])
  const limiter = createLimiter(systemClock)
  const overload = watchOverload(config.overloadDelay)
  const app = createServer(serverOptions(config, log, { metrics, isDraining: () => isDraining }))
  const edge = { cors: cors(config.corsOrigins), address: clientAddress(config.trustedProxies), isShedding: overload.isShedding }
  mount(app, { tenantId, authenticate: authenticateWith(parts), limiter, metrics, ...edge }, routes)
  const running = [startJobs(base, log), startLimitExchange(tenantId, db, limiter), watch, overload]
  return {
    ...{ app, base, metrics, routes },
    drain: () => {
      isDraining = true
    },
    close: async () => {
      for (const part of running) part.stop()
      await app.close()
      await hashes.close()
      await db.close()
    },
  }
}

export { createManagementServer } from './http/management.ts'

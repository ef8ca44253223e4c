import { authApiRoutes } from './auth-api/auth-api.routes.ts'
import { createTokens } from './auth-api/tokens.ts'
import { openClients, openRegistration } from './clients/clients.ts'
import type { Config } from './config/config.ts'
import type { Logger } from './config/log.ts'
import { type HashPool, openHashPool, retryAfterOf } from './credentials/password/password.ts'
import type { Connection, Tx } from './db/database.ts'
import { DatabaseUnavailable } from './db/errors.ts'
import { eventUpkeep } from './events/events.job.ts'
import { record } from './events/events.store.ts'
import { bearerAuthentication } from './http/bearer.ts'
import { clientAddress } from './http/client-address.ts'
import { cors } from './http/cors.ts'
import { docsRoutes } from './http/docs.routes.ts'
import { databaseGauges, hashGauges } from './http/gauges.ts'
import { healthRoutes, readiness } from './http/health.routes.ts'
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
import { ensureKeys, type KeyChanges, NoSigner } from './keys/keys.ts'
import { type Doors, openDoors } from './login/login.ts'
import { oauthRoutes } from './oauth/endpoints/oauth.routes.ts'
import { failurePageWith } from './oauth/endpoints/page-failure.routes.ts'
import { type OpenedProvider, openProvider, providerUpkeep } from './oauth/provider.job.ts'
import { assetUrls, pagesRoutes } from './pages/pages.routes.ts'
import { epochSeconds, systemClock } from './platform/clock.ts'
import { createFailpoint } from './platform/failpoint.ts'
import { jsonBy } from './platform/guarded-fetch/json-by.ts'
import { tokenStore } from './sessions/grants.store.ts'
import { sessionUpkeep, watchSessions } from './sessions/sessions.job.ts'
import { createAuthenticator, endSession, findBrowserSessions, type SessionCache } from './sessions/sessions.ts'
import { openSettings } from './settings/settings.ts'
import { type Base, openBase } from './tenants/base.job.ts'

/** Carries word of ended sessions to the other processes of this host. */
export type Siblings = { readonly tell: (sessionId: string) => void; readonly onTold: (listener: (sessionId: string) => void) => void }
export type PlatformOptions = {
  readonly config: Config
  readonly connection: Connection
  readonly log: Logger
  readonly hashThreads: number
  readonly siblings?: Siblings | undefined
}

/** Key changes of the tenant with their events, for the start, the upkeep and the command line. */
export const keyChangesOf = ({ config, db, tenantId }: Base): KeyChanges<Tx> =>
  keyChanges({ db, tenantId, keepSeconds: Math.max(config.accessTokenTtl, 86_400) + 60, record })

export const rotationOf = ({ config, tenantId }: Base) => ({ tenantId, sealingKey: config.key('signing-keys'), now: systemClock })

type Parts = Base & {
  readonly keys: LoadedKeys
  readonly sessions: SessionCache
  readonly hashes: HashPool
  readonly opened: OpenedProvider
  readonly forgetClients: () => void
  readonly announceEnd: (sessionId: string) => void
}

const nowSeconds = (): number => epochSeconds(systemClock)

const providerRoutes = (parts: Parts, doors: Doors): readonly AnyRoute[] => {
  const { config, db, announceEnd, forgetClients } = parts
  const { provider, fetch } = parts.opened
  const registration = openRegistration(db, {
    sealingKey: config.key('client-secrets'),
    fetchJson: jsonBy(fetch),
    ensureKey: (algorithm) => ensureKeys(keyChangesOf(parts), rotationOf(parts), [algorithm]),
    now: systemClock,
  })
  return oauthRoutes({
    ...{ ...doors, provider, assets: assetUrls, failpoint: createFailpoint(config.failpoint) },
    register: { registration, forgetClients, limits: { register: config.limitRegister, manage: config.limitRequests } },
    endSession: (tenantId, input) => endSession(tenantId, db, input),
    announceEnd,
  })
}

const accountRoutes = ({ config, db, keys, sessions, announceEnd }: Parts, doors: Doors): readonly AnyRoute[] =>
  authApiRoutes({
    ...{ ...doors, failpoint: createFailpoint(config.failpoint) },
    tokens: createTokens({
      access: { ring: keys.ring, issuer: config.publicUrl, ttlSeconds: config.accessTokenTtl, nowSeconds },
      refreshKey: config.key('refresh-tokens'),
      store: tokenStore(db, { leewaySeconds: config.refreshTokenLeeway, idleTtlSeconds: config.refreshTokenIdleTtl }),
      sessions,
      announceEnd: (_, sessionId) => announceEnd(sessionId),
    }),
    limits: { register: config.limitRegister, signIn: config.limitSignIn, others: config.limitRequests },
  })

const authenticateWith = ({ config, tenantId, keys: { ring, version }, sessions }: Parts): MountDeps['authenticate'] =>
  bearerAuthentication(
    createAuthenticator({ tenantId, tokens: { ring, issuer: config.publicUrl, nowSeconds }, sessions, keyVersion: version }),
  )

const allRoutes = (parts: Parts, isDraining: () => boolean): readonly AnyRoute[] => {
  const { config, db, keys } = parts
  const checks = readiness({ isDraining, db, hasKeys: () => keys.ring.count() > 0 })
  const doors = openDoors(parts)
  const documented = [
    ...accountRoutes(parts, doors),
    ...providerRoutes(parts, doors),
    ...pagesRoutes(),
    ...jwksRoutes(keys.ring),
    ...healthRoutes(checks),
  ]
  return [...documented, ...docsRoutes(documented, { version: config.version, tokenPath: '/auth/token' })]
}

/** How every server of ours treats errors, logs and outages. */
const serverOptions = (config: Config, log: Logger, rest: Pick<ServerOptions, 'metrics' | 'isDraining'>): ServerOptions => ({
  ...rest,
  log,
  isHttps: config.publicUrl.startsWith('https:'),
  failurePage: failurePageWith(assetUrls),
  isOutage: (error) => error instanceof DatabaseUnavailable || error instanceof NoSigner,
  overloadOf: retryAfterOf,
})

const startJobs = (base: Base, log: Logger): { readonly stop: () => void } => {
  const { config, db } = base
  return startUpkeep({
    ...upkeepStore(db),
    tasks: [
      ...[eventUpkeep(db, config.eventRetention), windowUpkeep, sessionUpkeep, providerUpkeep],
      ...keyUpkeep(keyChangesOf(base), rotationOf(base), config.keyRotation),
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
  const changes: Record<string, () => Promise<void> | void> = { keys: keys.reload }
  const watch = await watchSessions({ db, tenantId, onChanged: (kind) => changes[kind]?.(), onError })
  const [cache, settings] = [openClients(db), openSettings(db)]
  const opened = await openProvider({
    ...{ config, db, tenantId, keys, log, findClient: cache.client, findResource: cache.resource },
    settings,
    findSessions: (tenant, ids) => findBrowserSessions(tenant, db, ids),
    sessionView: watch.sessions.get,
  })
  Object.assign(changes, { clients: cache.clear, settings: settings.clear, users: opened.forget })
  const hashes = openHashPool(config, hashThreads)
  const endHere = (sessionId: string): void => watch.sessions.end(tenantId, sessionId)
  const announceEnd = (sessionId: string): void => {
    endHere(sessionId)
    siblings?.tell(sessionId)
  }
  siblings?.onTold(endHere)

  let isDraining = false
  const parts: Parts = { ...base, keys, sessions: watch.sessions, hashes, opened, forgetClients: cache.clear, announceEnd }
  const routes = allRoutes(parts, () => isDraining)
  const metrics = createMetrics([...hashGauges(hashes.stats), ...databaseGauges(db.metrics.read)])
  const limiter = createLimiter(systemClock)
  const overload = watchOverload(config.overloadDelay)
  const app = createServer(serverOptions(config, log, { metrics, isDraining: () => isDraining }))
  const edge = { cors: cors(config.corsOrigins), address: clientAddress(config.trustedProxies), isShedding: overload.isShedding }
  mount(app, { tenantId, authenticate: authenticateWith(parts), limiter, metrics, ...edge }, routes)
  const running = [startJobs(base, log), startLimitExchange(tenantId, db, limiter), watch, opened, overload]
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
export { type Base, openBase } from './tenants/base.job.ts'

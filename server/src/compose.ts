import { openClients } from './clients/clients.ts'
import { documentationSections } from './compose-documentation.ts'
import { upkeepTasks } from './compose-jobs.ts'
import { type OpenTenant, openTenant, type Shared } from './compose-tenant.ts'
import { startWebhooks } from './compose-webhooks.ts'
import type { Config } from './config/config.ts'
import type { Logger } from './config/log.ts'
import { openHashPool, retryAfterOf } from './credentials/password/password.ts'
import type { Connection } from './db/database.ts'
import { DatabaseUnavailable } from './db/errors.ts'
import { openEventKeys } from './events/event-keys.job.ts'
import { eventSecrets } from './events/sealing.ts'
import { clientAddress } from './http/client-address.ts'
import { cors } from './http/cors.ts'
import { docsRoutes } from './http/docs.routes.ts'
import { databaseGauges, hashGauges, mailGauges, reuseCounters } from './http/gauges.ts'
import { healthRoutes, readiness } from './http/health.routes.ts'
import { startLimitExchange } from './http/limits.job.ts'
import { createLimiter } from './http/limits.ts'
import { createMetrics, type HttpMetrics } from './http/metrics.ts'
import { mount } from './http/mount.ts'
import { watchOverload } from './http/overload.ts'
import type { AnyRoute } from './http/route.ts'
import { createServer, type ServerOptions } from './http/server.ts'
import { upkeepStore } from './jobs/jobs.store.ts'
import { startUpkeep } from './jobs/jobs.ts'
import { NoSigner } from './keys/keys.ts'
import { type InboxPages, inboxRoutes } from './mail/inbox.routes.ts'
import { type MailDeps, overridesIn, startMail } from './mail/mail.job.ts'
import { createClientLogos } from './oauth/client-logos.ts'
import { failurePageWith } from './oauth/endpoints/page-failure.routes.ts'
import { startDeliveries } from './oauth/provider.job.ts'
import { watchReuse } from './oauth/watch-reuse.ts'
import { inboxMessagePage, inboxPage } from './pages/inbox-page.ts'
import { assetUrls, pagesRoutes } from './pages/pages.routes.ts'
import { systemClock } from './platform/clock.ts'
import { cookieJar } from './platform/cookies.ts'
import { createGuardedBytes, createGuardedFetch } from './platform/guarded-fetch/guarded-fetch.ts'
import { openPlaces } from './sessions/places.job.ts'
import { openSettings } from './settings/settings.ts'
import { type Base, openBase } from './tenants/base.job.ts'
import { createOpenTenants } from './tenants/open-tenants.ts'
import { findServedTenant, findTenantSlug } from './tenants/tenants.store.ts'
import { createPictureEncoder } from './users/picture-encoder.job.ts'
import { checkEmail } from './users/users.ts'

/** Carries word of ended sessions to the other processes of this host. */
export type Siblings = { readonly tell: (sessionId: string) => void; readonly onTold: (listener: (sessionId: string) => void) => void }
export type PlatformOptions = {
  readonly config: Config
  readonly connection: Connection
  readonly log: Logger
  readonly hashThreads: number
  readonly siblings?: Siblings | undefined
}

const inboxPages: InboxPages = {
  list: (messages) => inboxPage({ assets: assetUrls, messages }),
  message: (message) => inboxMessagePage({ assets: assetUrls, message }),
}

const isEmail = (text: string): boolean => checkEmail(text).kind === 'ok'

type RoutesInput = Pick<MailDeps, 'findOverrides'> & { readonly root: OpenTenant; readonly isDraining: () => boolean }

const allRoutes = (base: Base, { root, findOverrides, isDraining }: RoutesInput): readonly AnyRoute[] => {
  const { db, config } = base
  const checks = readiness({ isDraining, db, hasKeys: () => root.keys.ring.count() > 0 })
  const documented = [
    ...root.routes,
    ...pagesRoutes(),
    ...inboxRoutes({ config, db, findOverrides, pages: inboxPages }),
    ...healthRoutes(checks),
  ]
  return [...documented, ...docsRoutes(documented, { version: config.version, tokenPath: '/auth/token', sections: documentationSections })]
}

/** How every server of ours treats errors, logs and outages. */
const serverOptions = (config: Config, log: Logger, rest: Pick<ServerOptions, 'metrics' | 'isDraining'>): ServerOptions => ({
  ...rest,
  log,
  isHttps: config.publicUrl.startsWith('https:'),
  failurePage: failurePageWith(assetUrls, cookieJar(config.publicUrl.startsWith('https:'))),
  isOutage: (error) => error instanceof DatabaseUnavailable || error instanceof NoSigner,
  overloadOf: retryAfterOf,
})

const startJobs = (base: Base, log: Logger): { readonly stop: () => void } => {
  const onError = (task: string, err: unknown): void => log.warn({ task, err }, 'upkeep failed')
  return startUpkeep({ ...upkeepStore(base.db), tasks: upkeepTasks(base), onError })
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

/** The tenants of this process: the one at the root is open from the start, the others when they are asked for. */
const openTenants = async (base: Base, shared: Omit<Shared, 'announceEnd'>, siblings: Siblings | undefined) => {
  const { db, tenantId } = base
  const here: OpenTenant[] = []
  const endHere = (sessionId: string): void => {
    for (const one of [...here, ...others.all()]) one.sessions.end(one.tenantId, sessionId)
  }
  const announceEnd = (_: string, sessionId: string): void => {
    endHere(sessionId)
    siblings?.tell(sessionId)
  }
  const open = (tenant: { id: string; slug: string }): Promise<OpenTenant> => openTenant({ ...shared, announceEnd }, tenant)
  const others = createOpenTenants({ look: (slug) => findServedTenant(db, slug), open })
  siblings?.onTold(endHere)
  const root = await open({ id: tenantId, slug: 'default' })
  here.push(root)
  const findById = async (id: string): Promise<OpenTenant | undefined> => {
    const slug = id === tenantId ? 'default' : await findTenantSlug(db, id)
    if (slug === 'default') return root
    return slug === undefined ? undefined : others.find(slug)
  }
  const stop = (): void => {
    root.stop()
    others.stop()
  }
  return { root, find: others.find, findById, stop }
}

/** Builds one server process: configuration, database, slices, routes and jobs. Nothing listens yet. */
export const createPlatform = async ({ config, connection, log, hashThreads, siblings }: PlatformOptions): Promise<Platform> => {
  const base = await openBase(config, connection, log)
  const { db, tenantId } = base
  const [cache, hashes] = [openClients(db), openHashPool(config, hashThreads)]
  const [outbound, settings] = [{ allow: config.outboundAllow }, openSettings(db)]
  const [fetch, findOverrides] = [createGuardedFetch(outbound), overridesIn(settings)]
  const logos = createClientLogos({ fetch: createGuardedBytes(outbound) })
  const clients = { findClient: cache.client, findResource: cache.resource, clear: cache.clear }
  const reused = watchReuse(log)
  const places = await openPlaces({ path: config.geoipDatabase, onProblem: (sentence) => log.warn(sentence) })
  const kept = { config, db, log, hashes, clients, settings, fetch, reused, logos }
  const shared = { ...kept, findPlace: places.find, encodePicture: createPictureEncoder() }
  const tenants = await openTenants(base, shared, siblings)
  let isDraining = false
  const routes = allRoutes(base, { root: tenants.root, findOverrides, isDraining: () => isDraining })
  const mail = startMail({ config, db, log, fetch, findOverrides, isEmail, findPlace: places.find })
  const gauges = [...hashGauges(hashes.stats), ...databaseGauges(db.metrics.read), ...mailGauges(mail.stats)]
  const metrics = createMetrics(gauges, reuseCounters(reused))
  const [limiter, overload] = [createLimiter(systemClock), watchOverload(config.overloadDelay)]
  const app = createServer(serverOptions(config, log, { metrics, isDraining: () => isDraining }))
  const eventKeys = await openEventKeys(db, eventSecrets(config.key), (err) => log.warn({ err }, 'keys of events could not be written'))
  const edge = { cors: cors(config.corsOrigins), address: clientAddress(config.trustedProxies), isShedding: overload.isShedding }
  const findTenant = async (slug: string) => (slug === 'default' ? undefined : (await tenants.find(slug))?.edge)
  mount(
    app,
    { root: { ...tenants.root.edge, routeOf: (route) => route }, findTenant, limiter, metrics, sealEvents: eventKeys.ofRequest, ...edge },
    routes,
  )
  app.addHook('onListen', async () => overload.begin())
  const deliveries = startDeliveries({ config, db, log, fetch, findClient: cache.client, findTenant: tenants.findById })
  const webhooks = startWebhooks({ config, db, log, fetch })
  const running = [startJobs(base, log), startLimitExchange(tenantId, db, limiter), deliveries, webhooks, tenants, overload, places]
  return {
    ...{ app, base, metrics, routes },
    drain: () => {
      isDraining = true
    },
    close: async () => {
      const mailEnd = mail.stop()
      for (const part of running) part.stop()
      await app.close()
      await hashes.close()
      await mailEnd
      await eventKeys.close()
      await db.close()
    },
  }
}

export { keyChangesOf, rotationOf } from './compose-keys.ts'
export { auditOrigin, issuerOf } from './compose-tenant.ts'
export { createManagementServer } from './http/management.ts'
export { type Base, openBase } from './tenants/base.job.ts'

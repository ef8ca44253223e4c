import type { FastifyInstance } from 'fastify'
import { systemClock } from '../platform/clock.ts'
import { invalidCredentials } from './bearer.ts'
import { clientAddress } from './client-address.ts'
import { cors } from './cors.ts'
import { healthRoutes } from './health.routes.ts'
import { noIdempotency } from './idempotency.ts'
import { createLimiter } from './limits.ts'
import { metricsRoutes } from './metrics.routes.ts'
import { createMetrics } from './metrics.ts'
import { mount } from './mount.ts'
import { noSeals } from './request-events.ts'
import type { AnyRoute } from './route.ts'
import { createServer, type Log } from './server.ts'

export type ManagementOptions = { readonly log: Log; readonly metrics: () => Promise<string>; readonly isReady: () => Promise<boolean> }

/** The server of the management address: metrics and health, nothing of the account API. */
export const createManagementServer = ({ log, metrics, isReady }: ManagementOptions): FastifyInstance => {
  const own = createMetrics()
  const never = () => false
  const app = createServer({ log, metrics: own, isHttps: false, isDraining: never, isOutage: never, overloadOf: () => undefined })
  const deps = {
    root: {
      tenantId: '',
      authenticate: () => Promise.reject(invalidCredentials()),
      administrator: () => Promise.reject(invalidCredentials()),
      missing: async () => undefined,
      idempotency: noIdempotency,
      routeOf: (route: AnyRoute) => route,
    },
    findTenant: async () => undefined,
    limiter: createLimiter(systemClock),
    metrics: own,
    cors: cors([]),
    address: clientAddress([]),
    isShedding: never,
    sealEvents: noSeals,
  }
  mount(app, deps, [...metricsRoutes(metrics), ...healthRoutes([{ name: 'server', run: isReady }])])
  return app
}

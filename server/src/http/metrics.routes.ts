import { content } from './content.ts'
import { type AnyRoute, publicRoute, route, unlimited } from './route.ts'

/** `/metrics` in the Prometheus text format; served on the management address only. */
export const metricsRoutes = (read: () => Promise<string>): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/metrics',
    summary: 'Prometheus metrics',
    tag: 'operations',
    auth: publicRoute('the management address is reached by operators alone'),
    limit: unlimited('scraped by the monitoring'),
    audit: { none: 'reads only' },
    responses: { 200: content('text/plain; version=0.0.4; charset=utf-8') },
    handle: async () => ({ status: 200, body: await read(), headers: { 'cache-control': 'no-store' } }),
  }),
]

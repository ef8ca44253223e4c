import type { Logger } from './config/log.ts'
import type { Database, Tx } from './db/database.ts'
import { record } from './events/events.store.ts'
import { eventTypeFilters } from './events/events.ts'
import type { AnyRoute } from './http/route.ts'
import { systemClock } from './platform/clock.ts'
import { type GuardedFetch, urlProblem } from './platform/guarded-fetch/guarded-fetch.ts'
import type { Base } from './tenants/base.job.ts'
import { startWebhookDeliveries } from './webhooks/deliver.job.ts'
import { webhooksAdminRoutes } from './webhooks/webhooks.admin.routes.ts'
import { createWebhookAdmin } from './webhooks/webhooks.job.ts'

type At = Pick<Base, 'config' | 'tenantId'> & { readonly db: Database | Tx }

/** Webhooks of a tenant, and what may be asked of them. */
export const webhookAdminOf = ({ config, db, tenantId }: At) => ({
  webhooks: createWebhookAdmin({ db, tenantId, record, sealingKey: config.key('webhook-secrets'), now: systemClock }),
  urlProblemOf: (url: string) => urlProblem(url, config.outboundAllow),
  eventTypes: eventTypeFilters,
})

/** The webhooks of a tenant below the admin API. */
export const webhookRoutes = (at: At, edge: { readonly cursorKey: Uint8Array; readonly limit: number }): readonly AnyRoute[] => {
  const { urlProblemOf: checkUrl, ...rest } = webhookAdminOf(at)
  return webhooksAdminRoutes({ ...edge, ...rest, checkUrl })
}

type Delivering = Pick<Base, 'config' | 'db'> & { readonly log: Logger; readonly fetch: GuardedFetch }

/** Sends the events of all tenants to their webhooks. */
export const startWebhooks = ({ config, db, log, fetch }: Delivering): { readonly stop: () => void } =>
  startWebhookDeliveries({
    ...{ sql: db, fetch, sealingKey: config.key('webhook-secrets'), now: systemClock },
    onFailure: ({ webhook_id: webhook, event_type: event, attempts }, reason) =>
      log.warn({ webhook, event, attempts, reason }, 'a webhook was not delivered'),
    onError: (err) => log.warn({ err }, 'webhooks could not be delivered'),
  })

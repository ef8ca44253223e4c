import { Type } from 'typebox'
import type { ItemOutcome, SectionItems } from './admin/config-run.job.ts'
import type { Item } from './admin/document.ts'
import { done, type Parts, type SectionOf } from './compose-config-parts.ts'
import type { Tx } from './db/database.ts'
import { record } from './events/events.store.ts'
import { eventTypeFilters } from './events/events.ts'
import { systemClock } from './platform/clock.ts'
import { urlProblem } from './platform/guarded-fetch/guarded-fetch.ts'
import { createWebhookAdmin, type WebhookAdmin, type WebhookOutcome, type WebhookRow } from './webhooks/webhooks.job.ts'
import { listWebhooks } from './webhooks/webhooks.store.ts'

const Webhook = Type.Object(
  {
    description: Type.Optional(Type.String({ maxLength: 200 })),
    event_types: Type.Array(Type.String({ enum: ['*', ...eventTypeFilters] }), { minItems: 1, maxItems: 100, uniqueItems: true }),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
type WebhookItem = { readonly description?: string; readonly event_types: readonly string[]; readonly enabled?: boolean }

// A second webhook of the same address carries its id behind a "#", which no address has.
const twin = /#([0-9a-f]{8}-[0-9a-f-]{27})$/

const keysOf = (rows: readonly WebhookRow[]): ReadonlyMap<string, WebhookRow> => {
  const byKey = new Map<string, WebhookRow>()
  for (const row of rows) byKey.set(byKey.has(row.url) ? `${row.url}#${row.id}` : row.url, row)
  return byKey
}

const shown = ({ description, event_types: types, is_enabled: enabled }: WebhookRow): Item => ({ description, event_types: types, enabled })

const outcomeOf = (outcome: WebhookOutcome): ItemOutcome => {
  if (outcome.kind === 'done') return { ...done, secret: outcome.secret }
  const sentence =
    outcome.kind === 'too-many' ? 'The tenant has as many webhooks as may be. Delete one first.' : 'There is no such webhook any more.'
  return { kind: 'refused', sentence }
}

/** How the configuration calls a webhook; undefined where there is none of this id. */
export const keyOfWebhook = async (tenantId: string, tx: Tx, id: string): Promise<string | undefined> =>
  [...keysOf(await listWebhooks(tenantId, tx))].find(([, row]) => row.id === id)?.[0]

const found = async (webhooks: WebhookAdmin, key: string): Promise<WebhookRow | undefined> => keysOf(await webhooks.list()).get(key)

const webhookItems = ({ config, tenantId }: Parts, ...[tx, acting]: Parameters<SectionOf['items']>): SectionItems => {
  const webhooks = createWebhookAdmin({ db: tx, tenantId, record, sealingKey: config.key('webhook-secrets'), now: systemClock })
  return {
    list: async () => new Map([...keysOf(await webhooks.list())].map(([key, row]) => [key, shown(row)])),
    find: async (key) => {
      const row = await found(webhooks, key)
      return row && shown(row)
    },
    save: async (key, item) => {
      const { description = '', event_types, enabled: is_enabled = true } = item as WebhookItem
      const url = key.replace(twin, '')
      const problem = urlProblem(url, config.outboundAllow)
      if (problem !== undefined) return { kind: 'refused', sentence: problem }
      const [row, to] = [await found(webhooks, key), { url, description, event_types, is_enabled }]
      return outcomeOf(row === undefined ? await webhooks.create(acting, to) : await webhooks.change(acting, { id: row.id, to }))
    },
    remove: async (key) => {
      const removed = await webhooks.remove(acting, { id: (await found(webhooks, key))?.id ?? '' })
      return removed === 'done' ? done : { kind: 'refused', sentence: 'There is no such webhook any more.' }
    },
  }
}

/** Where events are sent to. */
export const webhooksSection = (parts: Parts): SectionOf => ({
  ...{ name: 'webhooks', isFixed: false, read: 'webhooks:read', write: 'webhooks:write', schema: Webhook },
  about: 'Webhooks by address. Their secrets are made with them and shown once.',
  keys: '^https?://[^\\s]{1,1990}$',
  items: (...at) => webhookItems(parts, ...at),
})

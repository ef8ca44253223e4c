import type { Base } from '../compose.ts'
import { keyOfWebhook } from '../compose-config-webhooks.ts'
import { webhookAdminOf } from '../compose-webhooks.ts'
import type { WebhookAdmin, WebhookOutcome } from '../webhooks/webhooks.job.ts'
import { changeConfig } from './config-change.ts'

type Change<T> = {
  readonly idOf: (outcome: T | undefined) => string | undefined
  readonly isRefused: (outcome: T) => boolean
  readonly work: (webhooks: WebhookAdmin) => Promise<T>
}

const isUndone = ({ kind }: WebhookOutcome): boolean => kind !== 'done'

/** Webhooks of the tenant, and what may be asked of them; each change of one is a version of the configuration. */
export const configuredWebhooks = (base: Base): ReturnType<typeof webhookAdminOf> => {
  const { config, db, tenantId } = base
  const outside = webhookAdminOf({ config, db, tenantId })
  const change = <T>({ idOf, isRefused, work }: Change<T>): Promise<T> =>
    changeConfig<T>(base, {
      ...{ section: 'webhooks', isRefused, work: ({ tx }) => work(webhookAdminOf({ config, db: tx, tenantId }).webhooks) },
      name: (tx, outcome) => {
        const id = idOf(outcome)
        return id === undefined ? undefined : keyOfWebhook(tenantId, tx, id)
      },
    })
  const webhooks: WebhookAdmin = {
    ...outside.webhooks,
    create: (by, settings) =>
      change({
        idOf: (outcome) => (outcome?.kind === 'done' ? outcome.webhook.id : undefined),
        ...{ isRefused: isUndone, work: (inside) => inside.create(by, settings) },
      }),
    change: (by, input) => change({ idOf: () => input.id, isRefused: isUndone, work: (inside) => inside.change(by, input) }),
    remove: (by, named) =>
      change({ idOf: () => named.id, isRefused: (outcome) => outcome !== 'done', work: (inside) => inside.remove(by, named) }),
  }
  return { ...outside, webhooks }
}

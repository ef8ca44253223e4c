import { type Database, inTransaction, type Tx } from '../db/database.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import { listDeliveries, replayDeliveries } from './deliveries.store.ts'
import { rotateSecrets, sealSecrets } from './secrets.ts'
import { newWebhookSecret } from './webhook-signature.ts'
import { deleteWebhook, findWebhook, insertWebhook, listWebhooks, lockWebhook, updateWebhook, type WebhookRow } from './webhooks.store.ts'

export type { DeliveryRow } from './deliveries.store.ts'
export type { WebhookRow } from './webhooks.store.ts'

export type WebhookDeps = {
  /** Inside a transaction of the caller's, a change belongs to that. */
  readonly db: Database | Tx
  readonly tenantId: string
  readonly sealingKey: Uint8Array
  readonly now: () => number
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

export type WebhookOutcome =
  | { readonly kind: 'done'; readonly webhook: WebhookRow; readonly secret?: string }
  | { readonly kind: 'gone' | 'changed' | 'too-many' }

type Settings = {
  readonly url: string
  readonly description: string
  readonly event_types: readonly string[]
  readonly is_enabled: boolean
}
type By = Pick<EventMaker, 'make'>
type Named = { readonly id: string; readonly version?: string | undefined }

const create = ({ db, tenantId, sealingKey, record }: WebhookDeps, { make }: By, settings: Settings): Promise<WebhookOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const [id, secret] = [newId(), newWebhookSecret()]
    const secrets = sealSecrets(sealingKey, { tenantId, id }, [{ secret, until: null }])
    const webhook = await insertWebhook(tenantId, tx, { id, secrets, ...settings })
    if (webhook === undefined) return { kind: 'too-many' }
    await record(tx, make({ type: 'webhook.created', payload: { webhook: id } }))
    return { kind: 'done', webhook, secret }
  })

type Changing = Named & { readonly to: (before: WebhookRow) => Partial<Settings> & { secrets?: Uint8Array }; readonly event: EventRow }

const change = ({ db, tenantId, record }: WebhookDeps, { id, version, to, event }: Changing): Promise<WebhookOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const before = await lockWebhook(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const webhook = await updateWebhook(tenantId, tx, { ...before, ...to(before) })
    if (webhook === undefined) return { kind: 'gone' }
    await record(tx, event)
    return { kind: 'done', webhook }
  })

const rotate = async (
  deps: WebhookDeps,
  { make }: By,
  { id, overlapSeconds }: Named & { overlapSeconds: number },
): Promise<WebhookOutcome> => {
  const { tenantId, sealingKey, now } = deps
  const secret = newWebhookSecret()
  const event = make({ type: 'webhook.secret_rotated', payload: { webhook: id, overlapSeconds } })
  const until = now() + overlapSeconds * 1000
  const to = ({ secrets: sealed }: WebhookRow) => ({ secrets: rotateSecrets(sealingKey, { tenantId, id, sealed }, { secret, until }) })
  const changed = await change(deps, { id, to, event })
  return changed.kind === 'done' ? { ...changed, secret } : changed
}

const remove = (
  { db, tenantId, record }: WebhookDeps,
  { make }: By,
  { id, version }: Named,
): Promise<Exclude<WebhookOutcome['kind'], 'too-many'>> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const before = await lockWebhook(tenantId, tx, id)
    if (before === undefined) return 'gone'
    if (version !== undefined && version !== String(before.version)) return 'changed'
    await deleteWebhook(tenantId, tx, id)
    await record(tx, make({ type: 'webhook.deleted', payload: { webhook: id } }))
    return 'done'
  })

type Replay = { readonly webhookId: string; readonly id?: string | undefined }

/** Undefined where there is no such webhook, or no such delivery of it that has ended. */
const replay = ({ db, tenantId, record }: WebhookDeps, { make }: By, { webhookId, id }: Replay): Promise<number | undefined> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    if ((await lockWebhook(tenantId, tx, webhookId)) === undefined) return undefined
    const deliveries = await replayDeliveries(tenantId, tx, { webhookId, id })
    if (deliveries === 0) return id === undefined ? 0 : undefined
    await record(tx, make({ type: 'webhook.replayed', payload: { webhook: webhookId, deliveries } }))
    return deliveries
  })

/** Webhooks of a tenant; each change commits with its event. */
export const createWebhookAdmin = (deps: WebhookDeps) => {
  const { db, tenantId, record } = deps
  return {
    list: () => listWebhooks(tenantId, db),
    find: (id: string) => findWebhook(tenantId, db, id),
    create: (by: By, settings: Settings) => create(deps, by, settings),
    change: (by: By, { to, ...named }: Named & { to: Partial<Settings> }) =>
      change(deps, { ...named, to: () => to, event: by.make({ type: 'webhook.changed', payload: { webhook: named.id } }) }),
    rotate: (by: By, input: Named & { overlapSeconds: number }) => rotate(deps, by, input),
    remove: (by: By, named: Named) => remove(deps, by, named),
    deliveries: (page: Parameters<typeof listDeliveries>[2]) => listDeliveries(tenantId, db, page),
    replay: (by: By, input: Replay) => replay(deps, by, input),
    /** An event of its own that the webhook is sent where it asks for it, like any other. */
    test: (by: By, id: string): Promise<boolean> =>
      inTransaction(db, { isIdempotent: false }, async (tx) => {
        if ((await lockWebhook(tenantId, tx, id)) === undefined) return false
        await record(tx, by.make({ type: 'webhook.tested', payload: { webhook: id } }))
        return true
      }),
  }
}

export type WebhookAdmin = ReturnType<typeof createWebhookAdmin>

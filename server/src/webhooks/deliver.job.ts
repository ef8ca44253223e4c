import type { Sql } from '../db/database.ts'
import { makeEvent } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import {
  type ClaimedDelivery,
  claimDeliveries,
  dropOldDeliveries,
  fanOutEvents,
  type Outcome,
  settleDelivery,
  shutWebhook,
} from './deliveries.store.ts'
import { openSecrets } from './secrets.ts'
import { webhookHeaders } from './webhook-signature.ts'

/** Seconds between tries (Standard Webhooks): quick at first, for about three days in all. */
const waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const timeoutMs = 10_000
const claimSeconds = 30
const batch = 40
const perWebhook = 4
const underWayMax = 200
const failingDays = 5
const recentSeconds = 15
/** No transaction of ours takes longer: what was committed late is found by the slower look. */
const lateSeconds = 600

export type DeliverDeps = {
  readonly sql: Sql
  readonly fetch: GuardedFetch
  readonly sealingKey: Uint8Array
  readonly now: () => number
  readonly onFailure: (delivery: Pick<ClaimedDelivery, 'webhook_id' | 'event_type' | 'attempts'>, reason: string) => void
  readonly onError: (error: unknown) => void
}

/** What a receiver gets: no network address, no browser, and nothing that is a secret (attack case X-04). */
export const webhookBody = (delivery: ClaimedDelivery): string =>
  JSON.stringify({
    type: delivery.event_type,
    timestamp: delivery.event_at,
    data: {
      id: delivery.event_id,
      tenant_id: delivery.tenant_id,
      user_id: delivery.user_id,
      session_id: delivery.session_id,
      client_id: delivery.client_id,
      request_id: delivery.request_id,
      actor: delivery.actor,
      payload: delivery.payload,
    },
  })

const failed = ({ attempts }: ClaimedDelivery, result: Pick<Outcome, 'status' | 'error' | 'milliseconds'>): Outcome => {
  const wait = waits[attempts - 1]
  // A little apart, so that a receiver that comes back does not get everything in one moment.
  if (wait !== undefined) return { ...result, state: 'waiting', waitSeconds: wait * (1 + Math.random() / 10) }
  return { ...result, state: 'dead', waitSeconds: 0 }
}

const send = async (deps: DeliverDeps, delivery: ClaimedDelivery): Promise<Outcome> => {
  if (delivery.payload === null) return { state: 'dead', waitSeconds: 0, status: null, error: 'the event has expired', milliseconds: 0 }
  const began = performance.now()
  const body = webhookBody(delivery)
  const timestampSeconds = Math.floor(deps.now() / 1000)
  const secrets = openSecrets(
    deps.sealingKey,
    { tenantId: delivery.tenant_id, id: delivery.webhook_id, sealed: delivery.secrets },
    deps.now(),
  )
  const took = (): number => performance.now() - began
  try {
    const headers = webhookHeaders(secrets, { id: delivery.id, timestampSeconds, body })
    const { status } = await deps.fetch(delivery.url, { method: 'POST', headers, body, timeoutMs })
    const result = { status, milliseconds: took() }
    if (status >= 200 && status < 300) return { ...result, state: 'delivered', waitSeconds: 0, error: null }
    return failed(delivery, { ...result, error: `answered ${status}` })
  } catch (error) {
    return failed(delivery, { status: null, error: (error as Error).message.slice(0, 300), milliseconds: took() })
  }
}

const shutIfGone = async (
  { sql }: DeliverDeps,
  { tenant_id: tenantId, webhook_id: id }: ClaimedDelivery,
  { status }: Outcome,
): Promise<void> => {
  // 410 Gone: the receiver says that it wants nothing more (Standard Webhooks).
  const isGone = status === 410
  const reason = isGone ? 'the receiver answered 410 Gone' : `every delivery failed for ${failingDays} days`
  const event = makeEvent({ tenantId, type: 'webhook.shut', payload: { webhook: id, reason } })
  await shutWebhook(tenantId, sql, { id, reason, failingDays: isGone ? null : failingDays, event })
}

const deliverOne = async (deps: DeliverDeps, delivery: ClaimedDelivery): Promise<void> => {
  const outcome = await send(deps, delivery)
  await settleDelivery(deps.sql, delivery, outcome)
  if (outcome.state === 'delivered') return
  deps.onFailure(delivery, outcome.error ?? 'no reason given')
  await shutIfGone(deps, delivery, outcome)
}

/** Tries that are under way, by webhook: one whose receiver hangs has its own few, and the others go on beside it. */
const createTries = () => {
  const underWay = new Map<string, number>()
  return {
    busy: (): readonly string[] => [...underWay].flatMap(([id, count]) => (count >= perWebhook ? [id] : [])),
    count: (): number => [...underWay.values()].reduce((sum, one) => sum + one, 0),
    during: async (id: string, work: () => Promise<void>): Promise<void> => {
      underWay.set(id, (underWay.get(id) ?? 0) + 1)
      try {
        await work()
      } finally {
        const left = (underWay.get(id) ?? 1) - 1
        if (left > 0) underWay.set(id, left)
        else underWay.delete(id)
      }
    },
  }
}
type Tries = ReturnType<typeof createTries>

/** Delivers what is due until nothing is, or everything that is due belongs to webhooks that are busy. */
export const deliverDue = async (
  deps: DeliverDeps,
  tries: Tries = createTries(),
  isStopped: () => boolean = () => false,
): Promise<void> => {
  while (!isStopped() && tries.count() < underWayMax) {
    const claimed = await claimDeliveries(deps.sql, { limit: batch, perWebhook, seconds: claimSeconds, busy: tries.busy() })
    if (claimed.length === 0) return
    await Promise.all(claimed.map((one) => tries.during(one.webhook_id, () => deliverOne(deps, one))))
  }
}

/** Looks once a second for new events and what is due. */
export const startWebhookDeliveries = (deps: DeliverDeps): { readonly stop: () => void } => {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  const tries = createTries()
  const look = async (): Promise<void> => {
    await fanOutEvents(deps.sql, recentSeconds)
    // Not waited for: receivers that hang must not keep new events from being seen.
    void deliverDue(deps, tries, () => isStopped).catch(deps.onError)
  }
  const schedule = (): void => {
    if (isStopped) return
    timer = setTimeout(() => look().catch(deps.onError).finally(schedule), 1000)
    timer.unref()
  }
  schedule()
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Finds events that were committed late, and forgets old deliveries. */
export const webhookUpkeep: readonly Upkeep[] = [
  {
    task: 'webhooks.late-events',
    everySeconds: 60,
    run: async (sql) => {
      await fanOutEvents(sql, lateSeconds)
    },
  },
  { task: 'webhooks.removal', everySeconds: 3600, run: dropOldDeliveries },
]

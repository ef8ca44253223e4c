import { inTransaction, type Tx } from '../db/database.ts'
import { type EventRow, makeEvent } from '../events/events.ts'
import { type MailDeps, openDelivery } from './mail.job.ts'
import { writeMessages } from './mail.store.ts'
import { messageKeyPurpose, messengerOf } from './mail.ts'
import { brandOf, findMessage, listMessages, type MessageState, requeueMessage } from './mail-admin.store.ts'

export type { MessageState } from './mail-admin.store.ts'
export { probeSmtp } from './smtp.provider.ts'

export type MailAdminDeps = MailDeps & {
  readonly tenantId: string
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

export type RetryResult = 'queued' | 'unknown' | 'sent' | 'waiting' | 'expired'

const testLifeSeconds = 300
const testWaitMs = 60_000
const lookEveryMs = 200

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, lookEveryMs))

const isSettled = (state: MessageState | undefined): boolean =>
  state === undefined || state.sent_at !== null || state.gave_up_at !== null || state.last_error !== null

/** Queues a test message and delivers it here, unless a running server is faster; how it went. */
const sendTest = async (deps: MailAdminDeps, input: { to: string; language: string; channel: 'email' | 'sms' }) => {
  const { config, db, tenantId, record } = deps
  const time = new Date().toISOString()
  const { to: recipient, language, channel } = input
  const row = messengerOf(config.key(messageKeyPurpose))({
    ...{ tenantId, channel, language, recipient, template: 'test', words: { time }, lifeSeconds: testLifeSeconds },
  })
  await inTransaction(db, { isIdempotent: true }, async (tx) => {
    await writeMessages(tx, row)
    await record(tx, makeEvent({ tenantId, type: 'message.queued', payload: { message: row.id, template: 'test', channel, by: 'test' } }))
  })
  const delivery = openDelivery(deps)
  try {
    for (const until = performance.now() + testWaitMs; performance.now() < until; await pause()) {
      const claimed = await delivery.store.claimOne(tenantId, row.id)
      if (claimed !== undefined) await delivery.attempt(claimed)
      const state = await findMessage(tenantId, db, row.id)
      if (isSettled(state)) return state
    }
    return findMessage(tenantId, db, row.id)
  } finally {
    delivery.close()
  }
}

const whyNot = (state: MessageState | undefined): RetryResult => {
  if (state === undefined) return 'unknown'
  if (state.sent_at !== null) return 'sent'
  return state.gave_up_at === null ? 'waiting' : 'expired'
}

const retry = ({ db, tenantId, record }: MailAdminDeps, id: string): Promise<RetryResult> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    const queued = await requeueMessage(tenantId, tx, id)
    if (queued === undefined) return whyNot(await findMessage(tenantId, tx, id))
    const { template, channel } = queued
    await record(tx, makeEvent({ tenantId, type: 'message.queued', payload: { message: id, template, channel, by: 'retry' } }))
    return 'queued'
  })

/** What operators do with the messages of a tenant. */
export const createMailAdmin = (deps: MailAdminDeps) => ({
  test: (input: { to: string; language: string; channel: 'email' | 'sms' }) => sendTest(deps, input),
  list: (input: { limit: number; isFailed: boolean }) => listMessages(deps.tenantId, deps.db, input),
  retry: (id: string) => retry(deps, id),
  brand: () => brandOf(deps.tenantId, deps.db),
})
export type MailAdmin = ReturnType<typeof createMailAdmin>

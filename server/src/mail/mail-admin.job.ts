import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventMaker, type EventRow, makeEvent } from '../events/events.ts'
import { type MailDeps, openDelivery } from './mail.job.ts'
import { writeMessages } from './mail.store.ts'
import { messageKeyPurpose, messengerOf } from './mail.ts'
import { brandOf, findMessage, listMessages, type MessageState, pageOfMessages, requeueMessage } from './mail-admin.store.ts'

export type { MessageState } from './mail-admin.store.ts'
export { probeSmtp } from './smtp.provider.ts'

export type MailQueueDeps = {
  readonly db: Database
  readonly tenantId: string
  /** Seals what messages say. */
  readonly sealingKey: Uint8Array
  /** Makes the events of whoever asks; those of the command line where nothing is said. */
  readonly make?: EventMaker['make'] | undefined
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

export type MailAdminDeps = MailDeps & Pick<MailQueueDeps, 'tenantId' | 'record'>

type TestInput = { readonly to: string; readonly language: string; readonly channel: 'email' | 'sms' }

export type RetryResult = 'queued' | 'unknown' | 'sent' | 'waiting' | 'expired'

const testLifeSeconds = 300
const testWaitMs = 60_000
const lookEveryMs = 200

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, lookEveryMs))

const isSettled = (state: MessageState | undefined): boolean =>
  state === undefined || state.sent_at !== null || state.gave_up_at !== null || state.last_error !== null

const makerOf = ({ tenantId, make }: MailQueueDeps): EventMaker['make'] => make ?? ((input) => makeEvent({ ...input, tenantId }))

/** Queues a test message; its id. */
const queueTest = async (deps: MailQueueDeps, { to: recipient, language, channel }: TestInput): Promise<string> => {
  const { db, tenantId, sealingKey, record } = deps
  const time = new Date().toISOString()
  const row = messengerOf(sealingKey)({
    ...{ tenantId, channel, language, recipient, template: 'test', words: { time }, lifeSeconds: testLifeSeconds },
  })
  const event = makerOf(deps)({ type: 'message.queued', payload: { message: row.id, template: 'test', channel, by: 'test' } })
  await inTransaction(db, { isIdempotent: false }, async (tx) => {
    await writeMessages(tx, row)
    await record(tx, event)
  })
  return row.id
}

/** Queues a test message and delivers it here, unless a running server is faster; how it went. */
const sendTest = async (deps: MailAdminDeps, input: TestInput) => {
  const { db, tenantId } = deps
  const id = await queueTest(queueDepsOf(deps), input)
  const delivery = openDelivery(deps)
  try {
    for (const until = performance.now() + testWaitMs; performance.now() < until; await pause()) {
      const claimed = await delivery.store.claimOne(tenantId, id)
      if (claimed !== undefined) await delivery.attempt(claimed)
      const state = await findMessage(tenantId, db, id)
      if (isSettled(state)) return state
    }
    return findMessage(tenantId, db, id)
  } finally {
    delivery.close()
  }
}

const whyNot = (state: MessageState | undefined): RetryResult => {
  if (state === undefined) return 'unknown'
  if (state.sent_at !== null) return 'sent'
  return state.gave_up_at === null ? 'waiting' : 'expired'
}

const retry = (deps: MailQueueDeps, id: string): Promise<RetryResult> => {
  const { db, tenantId, record } = deps
  return inTransaction(db, { isIdempotent: true }, async (tx) => {
    const queued = await requeueMessage(tenantId, tx, id)
    if (queued === undefined) return whyNot(await findMessage(tenantId, tx, id))
    const { template, channel } = queued
    await record(tx, makerOf(deps)({ type: 'message.queued', payload: { message: id, template, channel, by: 'retry' } }))
    return 'queued'
  })
}

const queueDepsOf = ({ config, db, tenantId, record }: MailAdminDeps): MailQueueDeps => ({
  ...{ db, tenantId, record },
  sealingKey: config.key(messageKeyPurpose),
})

/** What an administrator does with the messages of a tenant: the server at hand delivers them. */
export const createMailQueue = (deps: MailQueueDeps) => ({
  test: (input: TestInput) => queueTest(deps, input),
  page: (input: { below?: string | undefined; limit: number; isFailed: boolean }) => pageOfMessages(deps.tenantId, deps.db, input),
  find: (id: string) => findMessage(deps.tenantId, deps.db, id),
  retry: (id: string) => retry(deps, id),
  brand: () => brandOf(deps.tenantId, deps.db),
})
export type MailQueue = ReturnType<typeof createMailQueue>

/** What an operator does with them at the command line, where no server may be running. */
export const createMailAdmin = (deps: MailAdminDeps) => ({
  test: (input: TestInput) => sendTest(deps, input),
  list: (input: { limit: number; isFailed: boolean }) => listMessages(deps.tenantId, deps.db, input),
  retry: (id: string) => retry(queueDepsOf(deps), id),
  brand: () => brandOf(deps.tenantId, deps.db),
})
export type MailAdmin = ReturnType<typeof createMailAdmin>

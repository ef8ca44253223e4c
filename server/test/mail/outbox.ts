import { type Config, loadConfig } from '../../src/config/config.ts'
import { prepareDatabase } from '../../src/db/connect.ts'
import type { Database } from '../../src/db/database.ts'
import { type MailDeps, type MailJob, startMail } from '../../src/mail/mail.job.ts'
import { insertMessages, makeMessage, messagesParameter, type OutgoingMessage, type TemplateName } from '../../src/mail/mail.ts'
import { createGuardedFetch } from '../../src/platform/guarded-fetch/guarded-fetch.ts'
import { findTenantId } from '../../src/tenants/tenants.store.ts'
import { checkEmail } from '../../src/users/users.ts'
import { atEnd } from '../harness/closing.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { until } from '../harness/until.ts'

export type State = {
  readonly id: string
  readonly attempts: number
  readonly sent_at: Date | null
  readonly gave_up_at: Date | null
  readonly last_error: string | null
  readonly wait: number
  readonly sealed: Buffer
}

/** An outbox of its own: rows are written as other slices write them, and looked at afterwards. */
export type Outbox = {
  readonly database: FreshDatabase
  readonly sql: Database
  readonly tenantId: string
  readonly key: Uint8Array
  readonly write: (message?: Partial<OutgoingMessage>) => Promise<string>
  readonly state: (id: string) => Promise<State>
  readonly settled: (id: string) => Promise<State>
  /** Lets the next attempt be due now. */
  readonly hurry: (id: string) => Promise<void>
}

export const key = Buffer.alloc(32, 7)

const signInCode: Pick<OutgoingMessage<'sign-in-code'>, 'template' | 'words'> = {
  template: 'sign-in-code',
  words: { code: '482913', link: 'https://id.example.com/s#secret-canary', minutes: '10' },
}

const columns = `id, attempts, sent_at, gave_up_at, last_error, sealed, extract(epoch from due_at - now())::float8 as wait`

export const openOutbox = async (sealingKey: Uint8Array = key): Promise<Outbox> => {
  const database = await (await startTestDatabase()).create()
  const { connection, sql } = database
  await prepareDatabase({ connection, isPooled: false, waitSeconds: 5, say: () => undefined, withMigrations: true })
  const tenantId = (await findTenantId('default', sql)) ?? ''
  const write = async (message: Partial<OutgoingMessage> = {}): Promise<string> => {
    const row = makeMessage<TemplateName>(sealingKey, {
      ...{ tenantId, channel: 'email', language: 'en', recipient: 'person@example.com', lifeSeconds: 600 },
      ...signInCode,
      ...message,
    })
    await sql.text(insertMessages('$1'), [messagesParameter(row)])
    return row.id
  }
  const state = async (id: string): Promise<State> => {
    const [row] = await sql.text<State>(`select ${columns} from messages where id = $1`, [id])
    if (row === undefined) throw new Error('There is no such message.')
    return row
  }
  const isTried = async (id: string): Promise<boolean> => {
    const { sent_at: sentAt, gave_up_at: gaveUpAt, last_error: error } = await state(id)
    return sentAt !== null || gaveUpAt !== null || error !== null
  }
  return {
    ...{ database, sql, tenantId, key: sealingKey, write, state },
    settled: async (id) => {
      await until(() => isTried(id), 15_000, 'the message was tried')
      return state(id)
    },
    hurry: async (id) => {
      await sql.text('update messages set due_at = now(), last_error = null where id = $1', [id])
    },
  }
}

export type LogLine = { readonly fields: Record<string, unknown>; readonly message: string }
export type Delivering = MailJob & { readonly log: readonly LogLine[] }

/** The delivery of a node, as the composition root starts it. */
export const startDelivering = async (
  { sql }: Pick<Outbox, 'sql'>,
  env: Environment,
  rest: Partial<MailDeps> = {},
): Promise<Delivering> => {
  const log: LogLine[] = []
  const note = (fields: Record<string, unknown>, message: string): void => void log.push({ fields, message })
  const loaded = loadConfig(testEnvironment(await makeFolder(), { PUBLIC_URL: 'https://id.example.com', ...env }))
  const config: Config = { ...loaded, key: () => Buffer.from(key) }
  const job = startMail({
    ...{ config, db: sql, log: { info: note, warn: note }, fetch: createGuardedFetch({ allow: config.outboundAllow }) },
    findOverrides: async () => undefined,
    isEmail: (text) => checkEmail(text).kind === 'ok',
    ...rest,
  })
  atEnd(() => job.stop())
  return { ...job, log }
}

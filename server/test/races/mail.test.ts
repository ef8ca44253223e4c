import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insertMessages, makeMessage, messagesParameter } from '../../src/mail/mail.ts'
import { deriveKey } from '../../src/platform/digest.ts'
import { findTenantId } from '../../src/tenants/tenants.store.ts'
import { testSecret } from '../harness/environment.ts'
import { until } from '../harness/until.ts'
import { startMailSink } from '../mail/mail-sink.ts'
import { readMail } from '../mail/read-mail.ts'
import { startNodes } from './nodes.ts'

const sink = await startMailSink()
const { database, servers } = await startNodes({ SMTP_URL: sink.url, PUBLIC_URL: 'https://id.example.com', TRUSTED_PROXIES: '127.0.0.1' })
const { sql } = database
const tenantId = (await findTenantId('default', sql)) ?? ''
const key = deriveKey(testSecret, 'messages')

const write = async (count: number): Promise<string[]> => {
  const rows = Array.from({ length: count }, (_, index) =>
    makeMessage(key, {
      ...{ tenantId, channel: 'email', template: 'test', language: 'en', recipient: `p${index}@example.com`, lifeSeconds: 600 },
      words: { time: '2026-01-31T12:00:00Z' },
    }),
  )
  await sql.text(insertMessages('$1'), [messagesParameter(...rows)])
  return rows.map(({ id }) => id)
}

const unsent = async (): Promise<number> =>
  (await sql.text<{ count: number }>('select count(*) as count from messages where sent_at is null'))[0]?.count ?? 0

const received = (): string[] => sink.received.map(({ raw }) => (readMail(raw).headers.get('message-id') ?? '').replace(/^<|@.*$/g, ''))

test('I10 two processes deliver each of 300 messages once', async () => {
  const ids = await write(300)
  await until(async () => (await unsent()) === 0, 60_000, 'everything was sent')
  assert.deepEqual(received().sort(), ids.sort())
})

test('F13 a node that is killed while it delivers loses nothing: another one sends what it held, under the same Message-ID', async () => {
  sink.received.length = 0
  const ids = await write(200)
  await until(() => sink.received.length > 20, 30_000, 'some were sent')
  await servers[0]?.kill()
  await until(async () => (await unsent()) <= 5, 60_000, 'all but those under way were sent')
  // The leases of the dead node run out; here at once.
  await sql.text('update messages set due_at = now() where sent_at is null')
  await until(async () => (await unsent()) === 0, 60_000, 'the rest was sent')
  const messageIds = received()
  assert.deepEqual([...new Set(messageIds)].sort(), ids.sort())
  assert.ok(messageIds.length - ids.length <= 5, `${messageIds.length - ids.length} were repeated`)
})

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { insertMessages, makeMessage, messagesParameter, type OutgoingMessage } from '../../src/mail/mail.ts'
import { deriveKey } from '../../src/platform/digest.ts'
import { findTenantId } from '../../src/tenants/tenants.store.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment, testSecret } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { until } from '../harness/until.ts'
import { type MailSink, startMailSink } from '../mail/mail-sink.ts'
import { readMail } from '../mail/read-mail.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment
let folder: string
let sink: MailSink
let tenantId: string

before(async () => {
  database = await (await startTestDatabase()).create()
  sink = await startMailSink()
  folder = await makeFolder()
  env = testEnvironment(folder, { ...database.env, SMTP_URL: sink.url })
  assert.equal((await cip(['migrate'], { env })).code, 0)
  tenantId = (await findTenantId('default', database.sql)) ?? ''
})

const count = async (type: string): Promise<number> =>
  (await database.sql.text<{ count: number }>('select count(*) as count from events where type = $1', [type]))[0]?.count ?? 0

const write = async (change: Partial<OutgoingMessage<'test'>> = {}): Promise<string> => {
  const row = makeMessage(deriveKey(testSecret, 'messages'), {
    ...{ tenantId, channel: 'email', template: 'test', language: 'en', recipient: 'p@example.com' },
    ...{ words: { time: '2026-01-31T12:00:00Z' }, lifeSeconds: 600, ...change },
  })
  await database.sql.text(insertMessages('$1'), [messagesParameter(row)])
  return row.id
}

test('sends a test message and tells that it went out, with an event', async () => {
  const { id } = await cipJson<{ id: string }>(['mail', 'test', 'me@example.com', '--language', 'fr'], { env })
  const { headers } = readMail(sink.received.at(-1)?.raw ?? '')
  assert.match(headers.get('message-id') ?? '', new RegExp(`^<${id}@`))
  assert.equal(headers.get('subject'), 'Message d’essai de Custom Identity Platform')
  assert.equal(await count('message.queued'), 1)
})

test('tells what the mail server said where it takes nothing, and refuses what is no address', async () => {
  sink.manners.rcpt = () => ({ code: 550, text: 'we know nobody here' })
  const refused = await cip(['mail', 'test', 'me@example.com'], { env })
  assert.deepEqual([refused.code, /550 we know nobody here/.test(refused.stderr)], [1, true])
  sink.manners.rcpt = () => ({ code: 451, text: 'too busy' })
  const failed = await cip(['mail', 'test', 'me@example.com'], { env })
  assert.deepEqual([failed.code, /451 too busy/.test(failed.stderr)], [1, true])
  sink.manners.rcpt = undefined
  for (const address of ['nobody', 'a@example.com\r\nBcc: b@example.com', '+12'])
    assert.equal((await cip(['mail', 'test', address], { env })).code, 2, address)
})

type Listed = { messages: { id: string; state: string; last_error: string | null }[] }
const list = async (...more: string[]): Promise<Listed['messages']> => (await cipJson<Listed>(['mail', 'list', ...more], { env })).messages

test('lists messages without what they say, and only those that failed', async () => {
  const id = await write()
  const all = await cip(['mail', 'list'], { env })
  assert.match(all.stdout, new RegExp(`${id} .* waiting`))
  assert.ok((await list()).length > (await list('--failed')).length)
  assert.ok((await list('--failed')).every(({ last_error: error }) => error !== null))
  assert.ok(!JSON.stringify(await list()).includes('sealed'))
})

test('queues a message again that was given up, and no other', async () => {
  const [gaveUp, expired, sent, waiting] = [await write(), await write(), await write(), await write()]
  await database.sql.text(`update messages set gave_up_at = now(), last_error = '550 no' where id = any($1)`, [[gaveUp, expired]])
  await database.sql.text(`update messages set expires_at = now() where id = $1`, [expired])
  await database.sql.text(`update messages set sent_at = now() where id = $1`, [sent])
  const events = await count('message.queued')
  assert.deepEqual(await cipJson(['mail', 'retry', gaveUp], { env }), { id: gaveUp, queued: true })
  assert.equal(await count('message.queued'), events + 1)
  const none = '00000000-0000-7000-8000-000000000000'
  for (const [id, reason] of [
    [expired, /has expired/],
    [sent, /was sent already/],
    [waiting, /waits for its next attempt/],
    [none, /no such message/],
  ] as const) {
    const { code, stderr } = await cip(['mail', 'retry', id], { env })
    assert.deepEqual([code, reason.test(stderr)], [1, true], stderr)
  }
  assert.equal((await cip(['mail', 'retry', 'x'], { env })).code, 2)
})

test('previews every part of a template in a language, with sample words', async () => {
  const text = await cip(['mail', 'preview', 'reset-password', '--language', 'de'], { env })
  assert.match(text.stdout, /^Neues Passwort für Custom Identity Platform setzen\n\n[\s\S]*482913/)
  const html = await cip(['mail', 'preview', 'reset-password', '--html'], { env })
  assert.match(html.stdout, /^<!doctype html>\n<html lang="en" dir="ltr">/)
  const unknown = await cip(['mail', 'preview', 'nonsense'], { env })
  assert.deepEqual([unknown.code, /There are: sign-in-code, /.test(unknown.stderr)], [1, true])
  assert.equal((await cip(['mail', 'preview', 'test', '--language', 'tlh'], { env })).code, 2)
})

test('a text of the tenant is checked, kept with its event, sent from then on, and taken back', async () => {
  const file = join(folder, 'test.txt')
  await writeFile(file, 'Hello from {brand} at {time}.\n')
  const bad = await cip(['mail', 'template', 'set', 'test', '--subject', 'For {user}'], { env })
  assert.deepEqual([bad.code, /\{user\} is no word of test/.test(bad.stderr)], [1, true])
  assert.equal((await cip(['mail', 'template', 'set', 'test'], { env })).code, 2)
  const events = await count('setting.saved')
  await cipJson(['mail', 'template', 'set', 'test', '--subject', 'Ours', '--text', file], { env })
  assert.equal(await count('setting.saved'), events + 1)
  const shown = await cipJson<{ parts: object; words: string[] }>(['mail', 'template', 'show', 'test'], { env })
  assert.deepEqual([shown.parts, shown.words], [{ subject: 'Ours', text: 'Hello from {brand} at {time}.\n' }, ['time', 'brand']])
  await cipJson(['mail', 'test', 'me@example.com'], { env })
  const { headers, parts } = readMail(sink.received.at(-1)?.raw ?? '')
  assert.equal(headers.get('subject'), 'Ours')
  assert.match(parts.get('text/plain') ?? '', /^Hello from Custom Identity Platform at /)
  await cipJson(['mail', 'template', 'reset', 'test'], { env })
  const { parts: none } = await cipJson<{ parts: object }>(['mail', 'template', 'show', 'test'], { env })
  assert.deepEqual(none, {})
})

test('a running server delivers with the texts of the tenant within seconds of their change', async () => {
  const running = await startTestPlatform(database, { SMTP_URL: sink.url })
  await until(
    () => running.platform.metrics.registry.metrics().then((text) => /cip_mail_sent_messages [1-9]/.test(text)),
    10_000,
    'the queue was emptied',
  )
  await cipJson(['mail', 'template', 'set', 'test', '--subject', 'Changed'], { env })
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const before = sink.received.length
  await write()
  await until(() => sink.received.length > before, 10_000, 'the mail arrived')
  assert.equal(readMail(sink.received.at(-1)?.raw ?? '').headers.get('subject'), 'Changed')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailStore, removeOldMessages } from '../../src/mail/mail.store.ts'
import { messageContext } from '../../src/mail/mail.ts'
import { seal } from '../../src/platform/seal.ts'
import { until } from '../harness/until.ts'
import { startMailSink } from './mail-sink.ts'
import { key, openOutbox, startDelivering } from './outbox.ts'

const outbox = await openOutbox()
const { write, state, settled, sql, tenantId } = outbox
const sink = await startMailSink()

const resealed = async (change: (id: string) => Uint8Array): Promise<string> => {
  const id = await write()
  await sql.text('update messages set sealed = $2 where id = $1', [id, change(id)])
  return id
}

const sealedWords = (words: string) => (id: string) => seal(key, Buffer.from(words), messageContext(tenantId, id))
const fine = { code: '482913', link: 'https://id.example.com/', minutes: '10' }

const poison: readonly (readonly [string, () => Promise<string>, RegExp])[] = [
  ['bytes that no key opens', () => resealed(() => Buffer.from('rubbish')), /cannot be unsealed/],
  [
    'words sealed with another key',
    () => resealed((id) => seal(Buffer.alloc(32, 9), Buffer.from('{}'), messageContext(tenantId, id))),
    /cannot be unsealed/,
  ],
  [
    'words of another message',
    () => resealed(() => seal(key, Buffer.from(JSON.stringify(fine)), messageContext(tenantId, 'other'))),
    /cannot be unsealed/,
  ],
  ['no JSON', () => resealed(sealedWords('{"code":')), /has not the words/],
  ['a list', () => resealed(sealedWords('[]')), /has not the words/],
  ['a missing word', () => resealed(sealedWords('{"code":"1"}')), /has not the words/],
  ['a word that is no text', () => resealed(sealedWords(JSON.stringify({ ...fine, code: 1 }))), /has not the words/],
  ['a link that is a script', () => resealed(sealedWords(JSON.stringify({ ...fine, link: 'javascript:alert(1)' }))), /"link" is no URL/],
  ['a number that is none', () => resealed(sealedWords(JSON.stringify({ ...fine, minutes: 'ten' }))), /"minute" is no number/],
  ['N-09 a recipient with a line break', () => write({ recipient: 'a@example.com\r\nBcc: evil@example.net' }), /no e-mail address/],
  ['N-09 two recipients', () => write({ recipient: 'a@example.com, evil@example.net' }), /no e-mail address/],
  ['N-09 a quoted local part', () => write({ recipient: '"a"@example.com>\r\nBcc: evil@example.net' }), /no e-mail address/],
  ['N-09 a local part that is too long', () => write({ recipient: `${'a'.repeat(300)}@example.com` }), /no e-mail address/],
  ['N-09 nested groups', () => write({ recipient: 'g1: g2: g3: evil@example.net;;;' }), /no e-mail address/],
  ['N-09 a telephone number that is none', () => write({ channel: 'sms', recipient: '+41 79;evil' }), /no telephone number/],
]

test('a row that nobody can read is set aside with its reason, and those behind it are delivered', async () => {
  const rows = await Promise.all(poison.map(async ([what, make, reason]) => ({ what, id: await make(), reason })))
  const good = await write()
  const job = await startDelivering(outbox, { SMTP_URL: sink.url })
  for (const { what, id, reason } of rows) {
    const { gave_up_at: gaveUpAt, last_error: error, attempts } = await settled(id)
    assert.ok(gaveUpAt !== null, what)
    assert.equal(attempts, 1, what)
    assert.match(error ?? '', reason, what)
  }
  assert.notEqual((await settled(good)).sent_at, null)
  assert.deepEqual(
    sink.received.flatMap(({ to }) => to),
    ['person@example.com'],
  )
  assert.ok(job.stats().gaveUp >= rows.length)
  await job.stop()
})

test('a template of a later release waits for a node that knows it', async () => {
  const id = await write()
  await sql.text(`update messages set template = 'of-tomorrow' where id = $1`, [id])
  const job = await startDelivering(outbox, { SMTP_URL: sink.url })
  const { gave_up_at: gaveUpAt, sent_at: sentAt, last_error: error } = await settled(id)
  assert.deepEqual([gaveUpAt, sentAt], [null, null])
  assert.match(error ?? '', /no template "of-tomorrow"/)
  await sql.text(`update messages set template = 'sign-in-code', due_at = now() where id = $1`, [id])
  await until(async () => (await state(id)).sent_at !== null, 10_000, 'it was sent')
  await job.stop()
})

test('several that claim at once never get the same message', async () => {
  await sql.text('delete from messages')
  const ids = new Set(await Promise.all(Array.from({ length: 60 }, () => write())))
  const store = mailStore(sql)
  const claims = await Promise.all(Array.from({ length: 40 }, () => store.claim(3)))
  const claimed = claims.flat().map(({ id }) => id)
  assert.equal(claimed.length, 60)
  assert.deepEqual(new Set(claimed), ids)
  assert.deepEqual(await store.claim(10), [], 'a lease holds')
  const [first = ''] = claimed
  await sql.text(`update messages set due_at = now() where id = $1`, [first])
  const [again] = await store.claim(10)
  assert.deepEqual([again?.id, again?.attempts], [first, 2], 'a lease that ran out is taken over')
})

test('a delivery that outlived its lease overwrites nothing but a failure', async () => {
  await sql.text('delete from messages')
  const id = await write()
  const store = mailStore(sql)
  const [first] = await store.claim(1)
  await sql.text('update messages set due_at = now() where id = $1', [id])
  const [second] = await store.claim(1)
  assert.ok(first !== undefined && second !== undefined)
  await store.settle(first, { kind: 'given-up', waitSeconds: 0, error: 'late' }, false)
  assert.deepEqual([(await state(id)).gave_up_at, (await state(id)).last_error], [null, null])
  await store.settle(second, { kind: 'given-up', waitSeconds: 0, error: 'refused' }, false)
  await store.settle(first, { kind: 'sent', waitSeconds: 0, error: undefined }, false)
  const { sent_at: sentAt, gave_up_at: gaveUpAt, last_error: error } = await state(id)
  assert.ok(sentAt !== null && gaveUpAt === null && error === null, 'what has left has left')
  await store.settle(second, { kind: 'again', waitSeconds: 5, error: 'late' }, false)
  assert.equal((await state(id)).last_error, null)
})

test('a message is removed a week after it was sent or given up, and never while it waits', async () => {
  await sql.text('delete from messages')
  const [sent, gaveUp, waiting, fresh] = [await write(), await write(), await write({ lifeSeconds: 100 * 86_400 }), await write()]
  await sql.text(`update messages set created_at = now() - interval '8 days' where id <> $1`, [fresh])
  await sql.text(`update messages set sent_at = now() - interval '169 hours' where id = $1`, [sent])
  await sql.text(`update messages set gave_up_at = now() - interval '169 hours' where id = $1`, [gaveUp])
  await sql.text('update messages set sent_at = now() where id = $1', [fresh])
  await removeOldMessages(sql)
  const left = (await sql.text<{ id: string }>('select id from messages')).map(({ id }) => id)
  assert.deepEqual(left.sort(), [waiting, fresh].sort())
})

test('without a mail server in production nothing is sent, shown or logged, and the mail waits', async () => {
  const id = await write()
  const job = await startDelivering(outbox, { NODE_ENV: 'production' })
  const { sent_at: sentAt, gave_up_at: gaveUpAt, last_error: error } = await settled(id)
  assert.deepEqual([sentAt, gaveUpAt, error], [null, null, 'SMTP_URL is not set'])
  assert.doesNotMatch(JSON.stringify(job.log), /482913|secret-canary/)
  await job.stop()
})

test('without a mail server in development the message stays in its row, and the log tells its code and link once', async () => {
  const id = await write()
  const job = await startDelivering(outbox, {})
  const { sent_at: sentAt, sealed } = await settled(id)
  assert.ok(sentAt !== null && sealed.length > 0)
  const lines = job.log.filter(({ fields }) => fields['messageId'] === id)
  assert.deepEqual(
    lines.map(({ message, fields }) => [message, fields['code'], fields['link']]),
    [['a message waits in the development inbox', '482913', 'https://id.example.com/s#secret-canary']],
  )
  await job.stop()
})

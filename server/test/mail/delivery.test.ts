import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { freePort } from '../harness/free-port.ts'
import { until } from '../harness/until.ts'
import { startMailSink } from './mail-sink.ts'
import { openOutbox, startDelivering } from './outbox.ts'
import { readMail } from './read-mail.ts'

const outbox = await openOutbox()
const { write, state, settled, hurry, sql } = outbox
const sink = await startMailSink()
const delivering = await startDelivering(outbox, { SMTP_URL: sink.url, CIP_MAIL_FROM: 'Example <no-reply@mail.example.com>' })

beforeEach(async () => {
  // What an earlier test left waiting becomes due at some time, and would be counted here.
  await sql.text('delete from messages')
  sink.received.length = 0
  Object.assign(sink.manners, { rcpt: undefined, data: undefined, isSilentAfterData: false, hold: undefined })
})

test('delivers a mail once, with both parts and the headers of a machine', async () => {
  const id = await write()
  const { sent_at: sentAt, last_error: error, sealed } = await settled(id)
  assert.ok(sentAt !== null && error === null)
  assert.equal(sealed.length, 0, 'what it said is not kept')
  assert.equal(sink.received.length, 1)
  const [received] = sink.received
  assert.deepEqual([received?.from, received?.to], ['no-reply@mail.example.com', ['person@example.com']])
  const { headers, parts } = readMail(received?.raw ?? '')
  assert.equal(headers.get('from'), 'Example <no-reply@mail.example.com>')
  assert.equal(headers.get('to'), 'person@example.com')
  assert.equal(headers.get('subject'), 'Your code to sign in to Custom Identity Platform')
  assert.equal(headers.get('message-id'), `<${id}@mail.example.com>`)
  assert.equal(headers.get('auto-submitted'), 'auto-generated')
  assert.equal(headers.get('content-language'), 'en')
  assert.match(headers.get('content-type') ?? '', /^multipart\/alternative;/)
  assert.ok(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now()) < 60_000)
  for (const name of ['list-unsubscribe', 'x-mailer', 'bcc', 'cc']) assert.equal(headers.has(name), false, name)
  const [text, html] = [parts.get('text/plain') ?? '', parts.get('text/html') ?? '']
  assert.match(text, /\n482913\n/)
  assert.match(text, /\nhttps:\/\/id\.example\.com\/s#secret-canary\n/)
  assert.match(html, />482913</)
  assert.match(html, /<a href="https:\/\/id\.example\.com\/s#secret-canary"/)
})

test('writes in the language of the message, and names the tenant where the setting names nobody', async () => {
  await sql.text(`update tenants set name = 'Käse & Söhne' where slug = 'default'`)
  const other = await startMailSink()
  const second = await startDelivering(outbox, { SMTP_URL: other.url })
  await delivering.stop()
  const id = await write({ language: 'de-AT' })
  await settled(id)
  await second.stop()
  await sql.text(`update tenants set name = 'Default' where slug = 'default'`)
  const { headers } = readMail(other.received[0]?.raw ?? '')
  assert.match(headers.get('from') ?? '', /^"?Käse & Söhne"? <no-reply@id\.example\.com>$/)
  assert.equal(headers.get('subject'), 'Ihr Code für die Anmeldung bei Käse & Söhne')
  assert.equal(headers.get('content-language'), 'de')
})

test('tries again after 421, later and later, with the same Message-ID, and is delivered once', async () => {
  const own = await startDelivering(outbox, { SMTP_URL: sink.url })
  sink.manners.rcpt = () => ({ code: 421, text: 'try later' })
  const id = await write()
  for (const [attempt, least, most] of [
    [1, 0, 5.6],
    [2, 5.6, 33.1],
    [3, 33.1, 132.1],
  ] as const) {
    const { attempts, wait, sent_at: sentAt, last_error: error } = await settled(id)
    assert.deepEqual([attempts, sentAt], [attempt, null])
    assert.match(error ?? '', /421/)
    assert.ok(wait > least && wait < most, `attempt ${attempt} waits ${wait} s`)
    if (attempt === 3) sink.manners.rcpt = undefined
    await hurry(id)
  }
  assert.notEqual((await settled(id)).sent_at, null)
  assert.deepEqual(
    sink.received.map(({ raw }) => readMail(raw).headers.get('message-id')),
    [`<${id}@id.example.com>`],
  )
  await own.stop()
})

test('gives up at once what the server refuses for good, at the recipient and at the content', async () => {
  const own = await startDelivering(outbox, { SMTP_URL: sink.url })
  sink.manners.rcpt = (address) => (address.startsWith('nobody') ? { code: 550, text: 'no such user' } : undefined)
  sink.manners.data = () => ({ code: 554, text: 'blocked: https://id.example.com/s#secret-canary (code 482913)' })
  for (const [recipient, reason] of [
    ['nobody@example.com', /550 no such user/],
    ['person@example.com', /554 blocked: .*\(code \[\.\.\.\]\)/],
  ] as const) {
    const { gave_up_at: gaveUpAt, last_error: error, attempts } = await settled(await write({ recipient }))
    assert.ok(gaveUpAt !== null)
    assert.equal(attempts, 1)
    assert.match(error ?? '', reason)
    assert.doesNotMatch(error ?? '', /secret-canary|482913/, 'the error tells nothing of what the mail says')
  }
  assert.doesNotMatch(JSON.stringify(own.log), /secret-canary|482913/)
  assert.equal(sink.received.length, 0)
  await own.stop()
})

test('N-08 neither the row, the errors nor the log show a code or a link in the clear', async () => {
  const own = await startDelivering(outbox, { SMTP_URL: `smtp://127.0.0.1:${await freePort()}` })
  const id = await write()
  await settled(id)
  const [row] = await sql.text<{ all: string }>('select messages::text as all from messages where id = $1', [id])
  for (const text of [row?.all ?? '', JSON.stringify(own.log)]) {
    assert.ok(text.length > 0)
    assert.doesNotMatch(text, /secret-canary|482913/)
    assert.equal(text.includes(Buffer.from('secret-canary').toString('hex')), false)
  }
  await own.stop()
})

test('a mail server that refuses connections delays mails and loses none: each arrives once after it has come back', async () => {
  const port = await freePort()
  const own = await startDelivering(outbox, { SMTP_URL: `smtp://127.0.0.1:${port}` })
  const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => write({ recipient: `p${index}@example.com` })))
  for (const id of ids) {
    const { sent_at: sentAt, gave_up_at: gaveUpAt, last_error: error } = await settled(id)
    assert.deepEqual([sentAt, gaveUpAt], [null, null])
    assert.match(error ?? '', /ECONNREFUSED|ESOCKET/)
  }
  const back = await startMailSink(port)
  for (const id of ids) await hurry(id)
  for (const id of ids) assert.notEqual((await settled(id)).sent_at, null)
  const messageIds = back.received.map(({ raw }) => readMail(raw).headers.get('message-id'))
  assert.deepEqual(messageIds.sort(), ids.map((id) => `<${id}@id.example.com>`).sort())
  assert.ok(own.stats().sent >= 20 && own.stats().failed >= 20)
  await own.stop()
})

test('sends nothing late: what expired during an outage is given up as expired', async () => {
  const port = await freePort()
  const during = await startDelivering(outbox, { SMTP_URL: `smtp://127.0.0.1:${port}` })
  const id = await write()
  await settled(id)
  await during.stop()
  const back = await startMailSink(port)
  await sql.text('update messages set due_at = now(), expires_at = now() where id = $1', [id])
  const dead = await write({ lifeSeconds: -1 })
  const afterwards = await startDelivering(outbox, { SMTP_URL: back.url })
  for (const one of [id, dead]) await until(async () => (await state(one)).gave_up_at !== null, 30_000, 'the message was given up')
  await afterwards.stop()
  assert.match((await state(id)).last_error ?? '', /^expired: /)
  assert.deepEqual([(await state(dead)).last_error, (await state(dead)).attempts, back.received.length], ['expired', 0, 0])
})

test('stops cleanly: what is under way is finished and settled, nothing is claimed afterwards', async () => {
  const answer = Promise.withResolvers<void>()
  sink.manners.hold = answer.promise
  const own = await startDelivering(outbox, { SMTP_URL: sink.url }, { stopWaitMs: 60_000 })
  const ids = await Promise.all(Array.from({ length: 12 }, () => write()))
  // As many as are delivered at once: each was taken, and none is answered yet.
  await until(() => sink.received.length === 5, 30_000, 'five mails are under way')
  const stopped = own.stop()
  answer.resolve()
  await stopped
  const states = await Promise.all(ids.map(state))
  assert.equal(states.filter(({ sent_at: sentAt, attempts }) => sentAt !== null && attempts === 1).length, 5)
  assert.equal(states.filter(({ sent_at: sentAt, attempts }) => sentAt === null && attempts === 0).length, 7)
  assert.equal(sink.received.length, 5)
})

import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import { atEnd } from '../harness/closing.ts'
import { openOutbox, startDelivering } from './outbox.ts'

type Post = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string }

const posts: Post[] = []
let status = 200
const service = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
  request.on('end', () => {
    posts.push({ headers: request.headers, body, path: request.url ?? '' })
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
  })
})
await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
atEnd(async () => void service.close())
const address = service.address()
const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`

const keyBytes = randomBytes(32)
const secret = `whsec_${keyBytes.toString('base64')}`
const outbox = await openOutbox()
const { write, settled, hurry } = outbox
const env = { CIP_SMS_WEBHOOK_URL: `http://${host}/sms?from=x`, CIP_SMS_WEBHOOK_SECRET: secret, SMTP_URL: 'smtp://127.0.0.1:9' }
const job = await startDelivering(outbox, { ...env, CIP_OUTBOUND_ALLOW: host })

const phoneCode = { channel: 'sms', recipient: '+41791234567', template: 'phone-code', words: { code: '482913', minutes: '10' } } as const

// Written after the specification alone: https://www.standardwebhooks.com, "Signature scheme".
const isGenuine = ({ headers, body }: Post): boolean => {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return headers['webhook-signature'] === `v1,${createHmac('sha256', keyBytes).update(signed).digest('base64')}`
}

test('posts an SMS as JSON that carries the signature of Standard Webhooks', async () => {
  const id = await write(phoneCode)
  assert.notEqual((await settled(id)).sent_at, null)
  const [post] = posts
  assert.ok(post !== undefined && posts.length === 1)
  assert.deepEqual(JSON.parse(post.body), {
    to: '+41791234567',
    text: '482913 is your code for Custom Identity Platform. It is valid for 10 minutes. Never pass it on.',
    id,
  })
  assert.equal(post.path, '/sms?from=x')
  assert.equal(post.headers['webhook-id'], id)
  assert.ok(Math.abs(Number(post.headers['webhook-timestamp']) - Date.now() / 1000) < 60)
  assert.ok(isGenuine(post))
  assert.ok(!isGenuine({ ...post, body: post.body.replace('482913', '482914') }), 'another body has another signature')
  assert.equal(post.headers['content-type'], 'application/json')
})

test('is repeated with the same id and a new time where the service fails, redirects or limits, and given up where it refuses', async () => {
  posts.length = 0
  for (const one of [500, 302, 429, 404]) {
    status = one
    const id = await write(phoneCode)
    const { gave_up_at: gaveUpAt, sent_at: sentAt, wait } = await settled(id)
    assert.deepEqual([gaveUpAt, sentAt], [null, null], String(one))
    assert.ok(wait > 2)
    status = 200
    await hurry(id)
    assert.notEqual((await settled(id)).sent_at, null)
    const [first, second] = posts.splice(0)
    assert.ok(first !== undefined && second !== undefined && isGenuine(first) && isGenuine(second))
    assert.equal(second.headers['webhook-id'], first.headers['webhook-id'])
  }
  for (const one of [400, 422]) {
    status = one
    assert.notEqual((await settled(await write(phoneCode))).gave_up_at, null)
  }
  status = 200
})

test('U-01 a service on an address that is not public gets nothing unless it is let through', async () => {
  posts.length = 0
  await job.stop()
  const blocked = await startDelivering(outbox, env)
  const { sent_at: sentAt, last_error: error } = await settled(await write(phoneCode))
  assert.equal(sentAt, null)
  assert.match(error ?? '', /https|public|scheme|address/i)
  assert.equal(posts.length, 0)
  assert.doesNotMatch(JSON.stringify(blocked.log), /482913/)
  await blocked.stop()
})

test('without a service an SMS waits where mail really leaves, and is neither shown nor logged', async () => {
  const own = await startDelivering(outbox, { SMTP_URL: 'smtp://127.0.0.1:9' })
  const { sent_at: sentAt, last_error: error } = await settled(await write(phoneCode))
  assert.deepEqual([sentAt, error], [null, 'CIP_SMS_WEBHOOK_URL is not set'])
  assert.doesNotMatch(JSON.stringify(own.log), /482913/)
  await own.stop()
})

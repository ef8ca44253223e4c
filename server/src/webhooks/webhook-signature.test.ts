import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { newWebhookSecret, webhookHeaders } from './webhook-signature.ts'

const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampSeconds: 1614265330, body: '{"test": 2432232314}' }

describe('X-01 the signature of a delivery', () => {
  test('is that of the example of Standard Webhooks', () => {
    const headers = webhookHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message)
    assert.deepEqual(headers, {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  test('is made with both secrets while one replaces the other', () => {
    const [one, two] = [newWebhookSecret(), newWebhookSecret()]
    const both = webhookHeaders([one, two], message)['webhook-signature']
    assert.equal(both, `${webhookHeaders([one], message)['webhook-signature']} ${webhookHeaders([two], message)['webhook-signature']}`)
  })

  test('changes with the id, the time, the body and the secret', () => {
    const secret = newWebhookSecret()
    const signed = webhookHeaders([secret], message)['webhook-signature']
    for (const other of [
      { ...message, id: 'msg_other' },
      { ...message, timestampSeconds: message.timestampSeconds + 1 },
      { ...message, body: `${message.body} ` },
    ])
      assert.notEqual(webhookHeaders([secret], other)['webhook-signature'], signed)
    assert.notEqual(webhookHeaders([newWebhookSecret()], message)['webhook-signature'], signed)
  })

  test('has a secret of 32 random bytes, of which every one counts', () => {
    const secret = newWebhookSecret()
    const bytes = Buffer.from(secret.replace('whsec_', ''), 'base64')
    assert.equal(bytes.length, 32)
    const expected = createHmac('sha256', bytes).update(`${message.id}.${message.timestampSeconds}.${message.body}`).digest('base64')
    assert.equal(webhookHeaders([secret], message)['webhook-signature'], `v1,${expected}`)
  })
})

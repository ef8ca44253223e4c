import { hmacSha256 } from '../platform/digest.ts'
import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import type { Sender } from './sender.ts'

export type SmsWebhookOptions = {
  readonly url: string
  /** `whsec_` and the key in base64. */
  readonly secret: string
  readonly fetch: GuardedFetch
  readonly nowSeconds: () => number
}

// What the service says of this message rather than of itself: the number cannot be called, the text cannot be sent.
const forGood = new Set([400, 422])

/** Posts SMS as `{to, text, id}`, signed as Standard Webhooks say: HMAC-SHA256 over id, time and body. */
export const smsWebhookSender = ({ url, secret, fetch, nowSeconds }: SmsWebhookOptions): Sender => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return {
    send: async ({ id, to, text }) => {
      const body = JSON.stringify({ to, text, id })
      const timestamp = String(nowSeconds())
      const signature = hmacSha256(key, `${id}.${timestamp}.${body}`).toString('base64')
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      }
      try {
        const { status } = await fetch(url, { method: 'POST', headers, body, timeoutMs: 10_000 })
        if (status >= 200 && status < 300) return { kind: 'sent' }
        return { kind: forGood.has(status) ? 'refused' : 'failed', error: `the SMS service answered ${status}` }
      } catch (error) {
        return { kind: 'failed', error: (error as Error).message }
      }
    },
    close: () => undefined,
  }
}

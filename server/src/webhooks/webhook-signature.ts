import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'
const secretBytes = 32

/** A new signing secret (Standard Webhooks): the prefix and 32 random bytes in base64. */
export const newWebhookSecret = (): string => prefix + randomBytes(secretBytes).toString('base64')

export type SignedMessage = { readonly id: string; readonly timestampSeconds: number; readonly body: string }

const signatureOf = (secret: string, { id, timestampSeconds, body }: SignedMessage): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
    .update(`${id}.${timestampSeconds}.${body}`)
    .digest('base64')}`

/** The headers of a delivery (Standard Webhooks): with two secrets, as while one replaces the other, both sign. */
export const webhookHeaders = (secrets: readonly string[], message: SignedMessage): Readonly<Record<string, string>> => ({
  'content-type': 'application/json',
  'webhook-id': message.id,
  'webhook-timestamp': String(message.timestampSeconds),
  'webhook-signature': secrets.map((secret) => signatureOf(secret, message)).join(' '),
})

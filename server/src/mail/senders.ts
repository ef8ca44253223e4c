import { isIP } from 'node:net'
import type { Config } from '../config/config.ts'
import type { Mailbox } from '../config/mailbox.ts'
import { epochSeconds, systemClock } from '../platform/clock.ts'
import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import { inboxSender } from './inbox.provider.ts'
import type { Sender } from './sender.ts'
import { smsWebhookSender } from './sms-webhook.provider.ts'
import { smtpSender } from './smtp.provider.ts'

type InboxConfig = Pick<Config, 'smtpUrl' | 'devInbox' | 'isProduction'>

/** Whether messages can be read at /dev/inbox: in development, where no mail leaves or the operator asked for it. */
export const isInboxOpen = ({ smtpUrl, devInbox, isProduction }: InboxConfig): boolean =>
  !isProduction && (smtpUrl === undefined || devInbox)

/** Whom mails come from: the setting, or no-reply at the host of the public URL. */
export const senderOf = ({ mailFrom, publicUrl }: Pick<Config, 'mailFrom' | 'publicUrl'>): Mailbox => {
  const host = new URL(publicUrl).hostname
  return mailFrom ?? { name: '', address: `no-reply@${isIP(host.replace(/^\[|\]$/g, '')) === 0 ? host : 'localhost'}` }
}

/** A way that is not set up: the message waits for it until it expires. */
const absent = (setting: string): Sender => ({
  send: async () => ({ kind: 'failed', error: `${setting} is not set` }),
  close: () => undefined,
})

export type SenderDeps = {
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'smsWebhookUrl' | 'smsWebhookSecret' | 'devInbox' | 'isProduction' | 'publicUrl'>
  readonly connections: number
  readonly fetch: GuardedFetch
  readonly log: Parameters<typeof inboxSender>[0]
}

/** The way out of each channel. */
export type Senders = { readonly email: Sender; readonly sms: Sender }

export const openSenders = ({ config, connections, fetch, log }: SenderDeps): Senders => {
  const { smtpUrl, smsWebhookUrl: url, smsWebhookSecret: secret } = config
  const instead = (setting: string): Sender => (isInboxOpen(config) ? inboxSender(log) : absent(setting))
  return {
    email:
      smtpUrl === undefined ? instead('SMTP_URL') : smtpSender({ url: smtpUrl, from: senderOf(config), connections, now: systemClock }),
    sms:
      url === undefined || secret === undefined
        ? instead('CIP_SMS_WEBHOOK_URL')
        : smsWebhookSender({ url, secret, fetch, nowSeconds: () => epochSeconds(systemClock) }),
  }
}

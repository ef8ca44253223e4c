import { mailbox } from './mailbox.ts'
import { optional, row, secret } from './setting.ts'
import { boolean, text, url } from './types.ts'

// Standard Webhooks: 24 to 64 bytes in base64 behind a prefix.
const webhookSecret = /^whsec_(?=[A-Za-z0-9+/]{32,88}={0,2}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Settings of what leaves by mail and SMS. */
export const mailSettings = {
  smtpUrl: secret({
    name: 'SMTP_URL',
    type: url('smtp', 'smtps'),
    help: 'Mail server for the mails of the platform; absent: mails wait in the development inbox at /dev/inbox, and in production nothing is sent.',
  }),
  mailFrom: optional({
    name: 'CIP_MAIL_FROM',
    type: mailbox,
    help: 'Sender of mails; default no-reply at the host of PUBLIC_URL. Without a name of its own the tenant’s is shown.',
  }),
  smsWebhookUrl: optional({
    name: 'CIP_SMS_WEBHOOK_URL',
    type: url('https', 'http'),
    help: 'Where SMS are posted to as signed JSON (docs/mail.md); http only to a host of CIP_OUTBOUND_ALLOW on this machine.',
  }),
  smsWebhookSecret: secret({
    name: 'CIP_SMS_WEBHOOK_SECRET',
    type: text(webhookSecret, 'whsec_ and 24 to 64 random bytes in base64'),
    help: 'Key that the posts to CIP_SMS_WEBHOOK_URL are signed with; to make one: echo whsec_$(openssl rand -base64 32).',
  }),
  devInbox: row({
    name: 'CIP_DEV_INBOX',
    type: boolean,
    fallback: false,
    help: 'true shows every message at /dev/inbox although SMTP_URL is set, to this machine alone; refused in production.',
  }),
} as const

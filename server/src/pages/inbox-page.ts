import { type Html, html } from '../platform/html.ts'
import type { Assets } from './frame.ts'
import { layout } from './layout.ts'
import { webUrl } from './web-url.ts'

/** A message as the development inbox shows it. */
export type InboxItem = {
  readonly id: string
  readonly tenant: string
  readonly channel: string
  readonly to: string
  readonly template: string
  readonly state: string
  readonly error?: string | undefined
  readonly createdAt: string
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly code?: string | undefined
  readonly link?: string | undefined
}

// For developers alone, so in English alone.
const lang = 'en'
const timeOf = (createdAt: string): string => createdAt.slice(0, 19).replace('T', ' ')

const item = ({ id, to, subject, createdAt, code, channel, tenant, state }: InboxItem): Html => html`<li><a href="/dev/inbox/${id}">
<span class="who"><bdi>${subject}</bdi><small><bdi>${to}</bdi></small></span>
<span class="inbox-side">${code !== undefined && html`<code>${code}</code>`}<small>${state === 'sent' ? timeOf(createdAt) : state}${
  channel === 'sms' && ' · SMS'
}${tenant !== 'default' && ` · ${tenant}`}</small></span>
</a></li>
`

/** The newest messages, each with its code. */
export const inboxPage = (model: { readonly assets: Assets; readonly messages: readonly InboxItem[] }): string =>
  layout(
    { lang, assets: model.assets },
    {
      page: 'inbox',
      heading: 'Development inbox',
      lead: 'Mails and SMS of this server stay here while it has no mail server (SMTP_URL). Nobody but this machine sees them.',
      body:
        model.messages.length === 0
          ? html`<p class="aside" id="empty">No messages yet. They come here as soon as one is sent.</p>`
          : html`<ul class="inbox" id="messages">
${model.messages.map(item)}</ul>`,
    },
  )

const fact = (name: string, value: string | undefined): Html | false =>
  value !== undefined &&
  html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>
`

/** One message: what it carries, its text, and its HTML part in a frame that can do nothing. */
export const inboxMessagePage = ({ assets, message }: { readonly assets: Assets; readonly message: InboxItem }): string => {
  const { id, to, channel, template, tenant, state, error, createdAt, code, text } = message
  const link = webUrl(message.link)
  return layout(
    { lang, assets },
    {
      page: 'inbox-message',
      heading: message.subject,
      lead: html`<bdi>${to}</bdi>`,
      body: html`${code !== undefined && html`<div class="compare"><code class="code" id="code">${code}</code></div>`}
${link !== undefined && html`<div class="actions"><a class="button primary" id="link" href="${link}" rel="noopener noreferrer">Open the link</a></div>`}
${message.html !== undefined && html`<iframe class="mail" id="html" title="HTML part" sandbox="" referrerpolicy="no-referrer" src="/dev/inbox/${id}/html"></iframe>`}
<pre class="mail" id="text">${text}</pre>
<dl class="facts">
${fact('Time', timeOf(createdAt))}${fact('Channel', channel)}${fact('Template', template)}${fact('Tenant', tenant)}${fact('State', state)}${fact(
  'Last error',
  error,
)}</dl>
<div class="actions"><a class="button text" id="back" href="/dev/inbox">All messages</a></div>`,
    },
  )
}

import { type Html, html } from '../platform/html.ts'
import { applicationUrl } from './application-url.ts'
import type { Frame } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf, type Messages } from './messages.ts'
import { verdict } from './verdict.ts'

export type ErrorModel = Frame & {
  readonly title?: string | undefined
  readonly code: string
  readonly description: string
  readonly hint?: string | undefined
  readonly details?: readonly { readonly name: string; readonly value: string }[] | undefined
  readonly requestId?: string | undefined
  readonly retryUrl?: string | undefined
}

const row = (name: string, value: string | undefined): Html | false =>
  value !== undefined && html`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>\n`

const facts = ({ code, details = [], requestId }: ErrorModel, messages: Messages): Html => html`<dl class="facts">
${row(messages.rule, code)}${details.map(({ name, value }) => row(name, value))}${row(messages.requestId, requestId)}</dl>`

// A path of this server, or an address of the web.
const retryable = (url: string | undefined): string | undefined => (url && /^\/(?![/\\])/.test(url) ? url : applicationUrl(url))

/** Says which rule refused a request and how to mend it. */
export const errorPage = (model: ErrorModel): string => {
  const { messages } = languageOf(model.lang)
  const { description, hint } = model
  const retryUrl = retryable(model.retryUrl)
  return layout(model, {
    page: 'error',
    heading: model.title ?? messages.requestError,
    mark: verdict('bad'),
    lead: description,
    body: html`${hint !== undefined && html`<section class="mend"><h2>${messages.howToMend}</h2><p>${hint}</p></section>`}
${facts(model, messages)}
${retryUrl !== undefined && html`<div class="actions"><a class="button primary" id="retry" href="${retryUrl}">${messages.retry}</a></div>`}`,
  })
}

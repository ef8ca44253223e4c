import { type Html, type HtmlValue, html } from '../platform/html.ts'
import { applicationUrl } from './application-url.ts'
import type { Frame } from './frame.ts'
import { layout } from './layout.ts'
import { type Language, languageOf, type Messages } from './messages.ts'
import { type RefusalReason, refusalWords } from './refusal-words.ts'
import { verdict } from './verdict.ts'

export type ErrorModel = Frame & {
  readonly title?: string | undefined
  readonly code: string
  /** In English; the words of `reason` come before it. */
  readonly description: string
  readonly hint?: string | undefined
  readonly reason?: RefusalReason | undefined
  readonly clientId?: string | undefined
  readonly details?: readonly { readonly name: string; readonly value: string }[] | undefined
  readonly requestId?: string | undefined
  readonly retryUrl?: string | undefined
}

const row = (name: string, value: string | undefined): Html | false =>
  value !== undefined && html`<div><dt>${name}</dt><dd><code dir="ltr">${value}</code></dd></div>\n`

const facts = ({ code, details = [], requestId }: ErrorModel, messages: Messages): Html => html`<dl class="facts">
${row(messages.rule, code)}${details.map(({ name, value }) => row(name, value))}${row(messages.requestId, requestId)}</dl>`

// A path of this server, or an address of the web.
const retryable = (url: string | undefined): string | undefined => (url && /^\/(?![/\\])/.test(url) ? url : applicationUrl(url))

/** A sentence for developers that exists in English alone says so, to whoever reads it aloud. */
const inEnglish = (sentence: string, { tag }: Language): HtmlValue =>
  tag === 'en' ? sentence : html`<span lang="en" dir="ltr">${sentence}</span>`

const wordsOf = ({ reason, clientId, description, hint }: ErrorModel, language: Language) =>
  reason === undefined
    ? { description: inEnglish(description, language), hint: hint === undefined ? undefined : inEnglish(hint, language) }
    : refusalWords(language.messages, reason, clientId)

/** Says which rule refused a request and how to mend it. */
export const errorPage = (model: ErrorModel): string => {
  const language = languageOf(model.lang)
  const { messages } = language
  const { description, hint } = wordsOf(model, language)
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

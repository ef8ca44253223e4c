import { type Html, html } from '../platform/html.ts'
import type { Messages } from './messages.ts'

export type ScopeInWords = { readonly name: string; readonly description: string }

const tick = html`<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="m3.5 9.5 3.5 3.5 7.5-8"/></svg>`

const item = (words: Html | string): Html => html`<li>${tick}<span>${words}</span></li>\n`

/** What an application asks for, in words; the scope's own name beside them for those who know it. */
export const scopeList = (scopes: readonly ScopeInWords[], messages: Messages): Html => html`<section class="list">
<h2>${messages.willBeAble}</h2>
<ul class="scopes">
${
  scopes.length === 0 ? item(messages.noScopes) : scopes.map(({ name, description }) => item(html`${description} <code>${name}</code>`))
}</ul>
</section>`

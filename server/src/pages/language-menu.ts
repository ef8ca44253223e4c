import { type Html, html } from '../platform/html.ts'
import { type Language, languages } from './messages.ts'

/** The parameter by which a page is asked for in another language, and the cookie that remembers it. */
export const languageParameter = 'cip_language'

const link = (query: string, { tag, name }: Language): Html =>
  html`<li><a href="?${query === '' ? '' : `${query}&`}${languageParameter}=${tag}" lang="${tag}" hreflang="${tag}">${name}</a></li>\n`

/** Every language, as links that open the same page again: an address of a query alone cannot lead elsewhere. */
export const languageMenu = (query: string, language: Language): Html => html`<details class="languages">
<summary><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5"/><path d="M1.5 8h13M8 1.5c2.3 2 2.3 11 0 13M8 1.5c-2.3 2-2.3 11 0 13"/></svg><span class="unseen">${language.messages.language}: </span>${language.name}</summary>
<ul>
${languages.map((one) => (one === language ? html`<li><span aria-current="true">${one.name}</span></li>\n` : link(query, one)))}</ul>
</details>`

import { type Html, html } from '../platform/html.ts'
import type { Brand, Card } from './frame.ts'
import type { Messages } from './messages.ts'
import { webUrl } from './web-url.ts'

const link = (url: string | undefined, words: Html | string): Html | false => {
  const safe = webUrl(url)
  return safe !== undefined && html`<a href="${safe}" rel="noopener noreferrer">${words}</a>\n`
}

/** What a client says of itself (OpenID Connect Dynamic Client Registration section 2: client_uri, policy_uri, tos_uri). */
export const clientLinks = (client: Card, messages: Messages): Html => {
  const name = html`<bdi>${client.name}</bdi>`
  return html`<p class="links">
${link(client.clientUri, name) || html`<span>${name}</span>\n`}${link(client.policyUri, messages.privacy)}${link(client.tosUri, messages.terms)}</p>\n`
}

/** What the tenant says of itself; its name tells its links from those of the client. */
export const brandLinks = ({ name, privacyUrl, termsUrl, helpUrl }: Brand, messages: Messages): Html | false =>
  [privacyUrl, termsUrl, helpUrl].some((url) => url !== undefined) &&
  html`<p class="links">
${name !== undefined && html`<span><bdi>${name}</bdi></span>\n`}${link(privacyUrl, messages.privacy)}${link(termsUrl, messages.terms)}${link(helpUrl, messages.help)}</p>\n`

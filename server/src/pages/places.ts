import { type Html, html } from '../platform/html.ts'
import { agoInWords } from './ago-in-words.ts'
import { fill, type Language } from './messages.ts'

/** Where somebody is signed in: what device, unused for how long, and whether it is the browser that shows the page. */
export type Place = { readonly device: string | undefined; readonly unusedSeconds: number; readonly isHere: boolean }

const place = ({ device, unusedSeconds, isHere }: Place, { messages, tag }: Language): Html => html`<li>
<bdi>${device ?? messages.unknownDevice}</bdi>
<small>${isHere ? messages.thisBrowser : fill(messages.lastUsed, { when: agoInWords(unusedSeconds, tag) })}</small>
</li>
`

/** The places at which somebody is about to be signed out; `total` counts those, too, that are not listed. */
export const placeList = (places: readonly Place[], { total, language }: { readonly total: number; readonly language: Language }): Html => {
  const { messages } = language
  if (total === 0) return html`<p class="note">${messages.noSessions}</p>`
  const rest = total - places.length
  return html`<section class="list">
<h2>${fill(messages.sessionsWillEnd, { count: total })}</h2>
<ul class="places">
${places.map((one) => place(one, language))}</ul>
${rest > 0 && html`<p class="note">${fill(messages.andMore, { count: rest })}</p>`}
</section>`
}

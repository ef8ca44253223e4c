import { type Html, type HtmlValue, html } from '../platform/html.ts'

export type Tone = 'plain' | 'careful'

/** A sentence that belongs to the whole page. */
export const notice = (tone: Tone, words: HtmlValue): Html => html`<p class="notice ${tone}">${words}</p>`

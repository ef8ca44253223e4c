import { type Html, type HtmlValue, html } from '../platform/html.ts'
import type { Messages } from './messages.ts'

type OtherWays = {
  readonly messages: Messages
  /** A passkey, which is asked for by the script of the page. */
  readonly passkey?: Html | undefined
  /** Buttons, each of which submits the form. */
  readonly ways: readonly Html[]
  readonly isOpen?: boolean
}

/** The ways to go on besides the one that the page shows; it opens without script. */
export const otherWays = ({ messages, passkey, ways, isOpen = false }: OtherWays): HtmlValue =>
  (passkey !== undefined || ways.length > 0) &&
  html`<details class="ways"${isOpen && html` open`}>
<summary>${messages.otherWays}</summary>
${passkey}
${
  ways.length > 0 &&
  html`<div class="choices">
${ways}</div>`
}
</details>`

/** One of the ways, as a value of the field `name`. */
export const wayButton = (way: { readonly name: string; readonly value: string; readonly id?: string }, words: HtmlValue): Html =>
  html`<button class="button text"${way.id !== undefined && html` id="${way.id}"`} type="submit" name="${way.name}" value="${way.value}" formnovalidate>${words}</button>\n`

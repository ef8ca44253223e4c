import { type Html, type HtmlValue, html } from '../platform/html.ts'
import type { Frame } from './frame.ts'
import type { Messages } from './messages.ts'

/** What the browser is asked for: options of Web Authentication as JSON, and the sealed challenge that comes back with the answer. */
export type PasskeyAsk = { readonly options: object; readonly token: string; readonly use: 'get' | 'create' }

const sign = html`<svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true"><circle cx="9" cy="9" r="5"/><path d="M3 21c0-3 2.5-5.2 6-5.2M16.5 14.5a2.7 2.7 0 1 0-1.3-.4M16.5 14.5V21l2-1.6M16.5 17.4h2.2"/></svg>`

/**
 * The inputs that carry a passkey's answer, at the end of the form of the page: the Enter key presses the first button that sends a form, though nobody
 * sees it (HTML section 4.10.21.2, implicit submission).
 */
export const passkeyInputs = ({ token }: PasskeyAsk): Html => html`<input type="hidden" name="passkey_token" value="${token}">
<input type="hidden" name="passkey_answer" value="">
<button id="passkey-send" type="submit" name="action" value="passkey" formnovalidate hidden></button>`

/** The script that asks for a passkey, loaded before the page is drawn so that nothing moves. */
export const passkeyScript = ({ assets, isPreview = false }: Pick<Frame, 'assets' | 'isPreview'>): Html | false =>
  !isPreview && html`<script src="${assets.passkey}" type="module" blocking="render"></script>\n`

type Block = {
  readonly messages: Messages
  /** Seen without script, for nothing can be done with it. */
  readonly isPreview?: boolean | undefined
  /** In the place of the usual words of the button. */
  readonly words?: string
  readonly look?: 'primary' | ''
  readonly before?: HtmlValue
  readonly after?: HtmlValue
}

/** The button that asks for a passkey. It shows itself where the browser can; without script the page says so. */
export const passkeyBlock = (
  { options, use }: PasskeyAsk,
  { messages, isPreview = false, words, look = '', before, after }: Block,
): Html => html`<div class="passkey" data-passkey="${JSON.stringify(options)}" data-use="${use}" data-failed="${messages.passkeyFailed}"${!isPreview && html` hidden`}>
${before}
<button class="button${look && ` ${look}`}" id="passkey" type="button" data-ask="">${sign}${words ?? (use === 'get' ? messages.usePasskey : messages.addPasskey)}</button>
<p class="note" role="status"></p>
${after}</div>
${!isPreview && html`<noscript><p class="note">${messages.passkeyNeedsScript}</p></noscript>`}`

/** What to do without one, where nothing but a passkey counts. The page stays open for when it was added. */
export const passkeyMissing = (accountUrl: string | undefined, messages: Messages): HtmlValue =>
  accountUrl !== undefined &&
  html`<p class="aside">${messages.noPasskeyYet} <a id="add-passkey" href="${accountUrl}" target="_blank" rel="noopener">${messages.openAccount}</a></p>`

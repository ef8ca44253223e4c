import { type Html, type HtmlValue, html } from '../platform/html.ts'
import type { Target } from './frame.ts'

/** The one form of a page, with its hidden inputs. */
export const form = ({ action, hidden }: Target, body: HtmlValue): Html => html`<form method="post" action="${action}">
${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}${body}
</form>`

import { type Html, html } from '../platform/html.ts'
import { button } from './button.ts'
import type { Messages } from './messages.ts'

/** Allow or deny, by two buttons of equal size. */
export const decision = (messages: Messages): Html => html`<div class="actions two">
${button({ id: 'consent-allow', name: 'decision', value: 'allow', look: 'primary' }, messages.allow)}
${button({ id: 'consent-deny', name: 'decision', value: 'deny' }, messages.deny)}
</div>`

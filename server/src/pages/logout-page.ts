import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf } from './messages.ts'
import { notice } from './notice.ts'
import { outsideName } from './outside-name.ts'

export type LogoutModel = Frame &
  Target & { readonly client?: Card | undefined; readonly account?: string | undefined; readonly notice?: 'not-returning' | undefined }

/** Asks before signing out: no link may do it alone (OpenID Connect RP-Initiated Logout section 2). */
export const logoutPage = (model: LogoutModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, account } = model
  return layout(model, {
    page: 'logout',
    heading: messages.signOut,
    client,
    lead: client && fill(messages.askedBy, { client: outsideName(client.name) }),
    body: html`${model.notice === 'not-returning' && notice('careful', messages.notReturning)}
<p>${account === undefined ? messages.signOutPlain : fill(messages.signOutOf, { account: outsideName(account) })}</p>
${form(
  model,
  html`<div class="actions two">
${button({ id: 'logout-confirm', name: 'decision', value: 'logout', look: 'primary' }, messages.signOut)}
${button({ id: 'logout-cancel', name: 'decision', value: 'stay' }, messages.stay)}
</div>`,
)}`,
  })
}

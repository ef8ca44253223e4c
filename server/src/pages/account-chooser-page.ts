import { type Html, html } from '../platform/html.ts'
import { button } from './button.ts'
import { monogram } from './client-mark.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf } from './messages.ts'
import { outsideName } from './outside-name.ts'

export type KnownAccount = { readonly id: string; readonly name: string; readonly email?: string | undefined }
export type AccountChooserModel = Frame & Target & { readonly client?: Card | undefined; readonly accounts: readonly KnownAccount[] }

const chevron = html`<svg class="chevron" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="m7 4 5 5-5 5"/></svg>`
const plus = html`<span class="monogram round other" aria-hidden="true">+</span>`

const choice = ({ id, name, email }: KnownAccount): Html =>
  html`<button class="choice" type="submit" name="account" value="${id}">${monogram(name, 'round')}<span class="who"><bdi>${name}</bdi>${
    email !== undefined && html` <small><bdi>${email}</bdi></small>`
  }</span>${chevron}</button>\n`

/** Asks which of the signed-in accounts is meant. */
export const accountChooserPage = (model: AccountChooserModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, accounts } = model
  return layout(model, {
    page: 'select-account',
    heading: messages.chooseAccount,
    client,
    lead: client && fill(messages.continueTo, { client: outsideName(client.name) }),
    body: form(
      model,
      html`<div class="choices">
${accounts.map(choice)}<button class="choice" id="account-other" type="submit" name="account" value="other">${plus}<span class="who">${messages.anotherAccount}</span>${chevron}</button>
</div>
<div class="actions">
${button({ id: 'login-cancel', name: 'account', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>`,
    ),
  })
}

import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf } from './messages.ts'
import { outsideName } from './outside-name.ts'
import { type Place, placeList } from './places.ts'

export type NewPasswordModel = Frame &
  Target & {
    readonly client?: Card | undefined
    readonly account: string
    /** A sentence that says what is wrong with the password. */
    readonly problem?: string | undefined
    readonly places: readonly Place[]
    /** How many places there are, of which the list may be a part. */
    readonly placesTotal: number
  }

/** Takes the new password of somebody who has proved to read the address of the account. */
export const newPasswordPage = (model: NewPasswordModel): string => {
  const language = languageOf(model.lang)
  const { messages } = language
  const { account, places, placesTotal, problem } = model
  return layout(model, {
    page: 'new-password',
    heading: messages.newPassword,
    client: model.client,
    lead: fill(messages.newPasswordLead, { account: outsideName(account) }),
    body: form(
      model,
      html`<input type="hidden" name="username" value="${account}" autocomplete="username">
${field({
  ...{ id: 'password', name: 'password', type: 'password', label: messages.newPasswordLabel, autocomplete: 'new-password' },
  ...{ hint: messages.newPasswordHint, problem, isFocused: true },
})}
${placeList(places, { total: placesTotal, language })}
<div class="actions">
${button({ id: 'password-submit', name: 'action', value: 'save', look: 'primary' }, messages.savePassword)}
</div>`,
    ),
  })
}

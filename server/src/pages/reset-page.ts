import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf } from './messages.ts'
import { notice } from './notice.ts'
import { type PasskeyAsk, passkeyBlock, passkeyInputs, passkeyScript } from './passkey-block.ts'

export type ResetModel = Frame &
  Target & {
    readonly client?: Card | undefined
    readonly username?: string | undefined
    readonly isMissing?: boolean
    readonly isExpired?: boolean
    readonly signInUrl: string
    /** A passkey makes the new password needless: it is offered first. */
    readonly passkey?: PasskeyAsk | undefined
    readonly isPasskeyRefused?: boolean
  }

/** Asks whose password is to be set anew; the answer never tells whether there is such an account. */
export const resetPage = (model: ResetModel): string => {
  const { messages } = languageOf(model.lang)
  const { passkey } = model
  return layout(model, {
    page: 'reset',
    heading: messages.resetPassword,
    client: model.client,
    lead: messages.resetLead,
    head: passkey && passkeyScript(model),
    body: html`${model.isExpired && notice('careful', messages.expired)}
${model.isPasskeyRefused && notice('careful', messages.passkeyFailed)}
${passkey && passkeyBlock(passkey, { messages, isPreview: model.isPreview, words: messages.passkeyInstead, after: html`<div class="or">${messages.orElse}</div>` })}
${form(
  model,
  html`${field({
    ...{ id: 'username', name: 'username', type: 'text', label: messages.username, autocomplete: 'username', isFocused: true },
    ...{ value: model.username, problem: model.isMissing ? messages.usernameMissing : undefined },
  })}
<div class="actions">
${button({ id: 'reset-submit', name: 'action', value: 'send', look: 'primary' }, messages.sendCode)}
</div>
${passkey && passkeyInputs(passkey)}`,
)}
<p class="aside"><a href="${model.signInUrl}">${messages.backToSignIn}</a></p>`,
  })
}

import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf } from './messages.ts'
import { notice } from './notice.ts'
import { outsideName } from './outside-name.ts'
import { type PasskeyAsk, passkeyBlock, passkeyInputs, passkeyMissing, passkeyScript } from './passkey-block.ts'

export type SignInNameModel = Frame &
  Target & {
    readonly client?: Card | undefined
    readonly username?: string | undefined
    readonly problem?: 'incomplete' | 'expired' | 'passkey' | undefined
    readonly reason?: 'reauthentication' | 'second-account' | undefined
    readonly signUpUrl?: string | undefined
    /** Offered to everybody: nothing is known yet of who is there. */
    readonly passkey?: PasskeyAsk | undefined
    /** Where a passkey can be added, given where nothing else counts. */
    readonly accountUrl?: string | undefined
  }

/** Asks for the name alone; how to go on is asked on the page after it. */
export const signInNamePage = (model: SignInNameModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, username, problem, reason, signUpUrl, passkey } = model
  return layout(model, {
    page: 'sign-in',
    heading: messages.signIn,
    client,
    lead: client === undefined ? messages.signInPlain : fill(messages.continueTo, { client: outsideName(client.name) }),
    head: passkey && passkeyScript(model),
    body: html`${reason && notice('plain', reason === 'reauthentication' ? messages.reauthentication : messages.secondAccount)}
${problem === 'expired' && notice('careful', messages.expired)}
${problem === 'passkey' && notice('careful', messages.passkeyFailed)}
${form(
  model,
  html`${field({
    ...{ id: 'username', name: 'username', type: 'text', label: messages.username, autocomplete: 'username webauthn', isFocused: true },
    ...{ value: username, problem: problem === 'incomplete' ? messages.usernameMissing : undefined },
  })}
<div class="actions">
${button({ id: 'login-continue', name: 'action', value: 'name', look: 'primary' }, messages.continue)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>
${passkey && html`${passkeyInputs(passkey)}<input type="hidden" name="webauthn" value="">`}`,
)}
${passkey && passkeyBlock(passkey, { messages, isPreview: model.isPreview, before: html`<div class="or">${messages.orElse}</div>` })}
${passkeyMissing(model.accountUrl, messages)}
${signUpUrl !== undefined && html`<p class="aside">${messages.newHere} <a href="${signUpUrl}">${messages.createOne}</a></p>`}`,
  })
}

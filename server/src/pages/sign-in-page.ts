import { type Html, html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { inWords } from './in-words.ts'
import { layout } from './layout.ts'
import { fill, type Language, languageOf } from './messages.ts'
import { notice } from './notice.ts'
import { otherWays, wayButton } from './other-ways.ts'
import { outsideName } from './outside-name.ts'
import { type PasskeyAsk, passkeyBlock, passkeyInputs, passkeyScript } from './passkey-block.ts'

export type SignInModel = Frame &
  Target & {
    readonly client?: Card | undefined
    readonly username?: string | undefined
    readonly problem?: 'incorrect' | 'limited' | 'incomplete' | 'expired' | 'passkey' | undefined
    readonly retryAfterSeconds?: number | undefined
    readonly reason?: 'reauthentication' | 'second-account' | undefined
    readonly signUpUrl?: string | undefined
    readonly resetUrl?: string | undefined
    readonly passkey?: PasskeyAsk | undefined
    /** Whether a code by mail is offered beside the password. */
    readonly hasMailCode?: boolean
  }

type Problems = { readonly username?: string; readonly password?: string }

const problemsOf = ({ problem, username, retryAfterSeconds: wait }: SignInModel, { tag, messages }: Language): Problems => {
  switch (problem) {
    case 'incorrect':
      return { password: messages.incorrect }
    case 'limited':
      return {
        password: wait === undefined ? messages.limitedLater : messages.limited.replace('{when}', () => inWords(wait, tag)),
      }
    case 'incomplete':
      return username ? { password: messages.passwordMissing } : { username: messages.usernameMissing }
    case 'expired':
      return { password: messages.expired }
    case 'passkey':
      return { password: messages.passkeyFailed }
    case undefined:
      return {}
  }
}

const fields = (model: SignInModel, language: Language): Html => {
  const { messages } = language
  const problems = problemsOf(model, language)
  const isKnown = Boolean(model.username)
  return html`${field({
    ...{ id: 'username', name: 'username', type: 'text', label: messages.username, autocomplete: 'username webauthn' },
    ...{ value: model.username, problem: problems.username, isFocused: !isKnown },
    isWrongWith: model.problem === 'incorrect' ? 'password' : undefined,
  })}
${field({
  ...{ id: 'password', name: 'password', type: 'password', label: messages.password, autocomplete: 'current-password' },
  ...{ problem: problems.password, isFocused: isKnown },
  beside: model.resetUrl === undefined ? undefined : html`<a id="forgotten" href="${model.resetUrl}">${messages.forgotten}</a>`,
})}`
}

const lead = ({ client }: SignInModel, { messages }: Language) =>
  client === undefined ? messages.signInPlain : fill(messages.continueTo, { client: outsideName(client.name) })

/** Asks for a user name and a password. */
export const signInPage = (model: SignInModel): string => {
  const language = languageOf(model.lang)
  const { messages } = language
  const { client, reason, signUpUrl, passkey } = model
  return layout(model, {
    page: 'sign-in',
    heading: messages.signIn,
    client,
    lead: lead(model, language),
    head: passkey && passkeyScript(model),
    body: html`${reason && notice('plain', reason === 'reauthentication' ? messages.reauthentication : messages.secondAccount)}
${passkey && passkeyBlock(passkey, { messages, isPreview: model.isPreview, after: html`<div class="or">${messages.orElse}</div>` })}
${form(
  model,
  html`${fields(model, language)}
<div class="actions">
${button({ id: 'login-submit', name: 'action', value: 'sign-in', look: 'primary' }, messages.signIn)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>
${model.hasMailCode && otherWays({ messages, ways: [wayButton({ id: 'mail-code', name: 'action', value: 'mail-code' }, messages.mailCode)] })}
${passkey && html`${passkeyInputs(passkey)}<input type="hidden" name="webauthn" value="">`}`,
)}
${signUpUrl !== undefined && html`<p class="aside">${messages.newHere} <a href="${signUpUrl}">${messages.createOne}</a></p>`}`,
  })
}

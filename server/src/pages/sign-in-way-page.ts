import { type Html, type HtmlValue, html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { inWords } from './in-words.ts'
import { layout } from './layout.ts'
import { fill, type Language, languageOf, type Messages } from './messages.ts'
import { notice } from './notice.ts'
import { otherWays, wayButton } from './other-ways.ts'
import { outsideName } from './outside-name.ts'
import { type PasskeyAsk, passkeyBlock, passkeyInputs, passkeyMissing, passkeyScript } from './passkey-block.ts'

/** How a person shows who they are at first. */
export type SignInWay = 'password' | 'passkey' | 'email-code'

export type SignInWayModel = Frame &
  Target & {
    readonly client?: Card | undefined
    /** What the person typed; whether there is such an account, the page does not know. */
    readonly username: string
    readonly way: SignInWay
    /** Every way that the tenant allows, to whoever it may be. */
    readonly ways: readonly SignInWay[]
    readonly problem?: 'incorrect' | 'limited' | 'incomplete' | 'expired' | 'passkey' | undefined
    readonly retryAfterSeconds?: number | undefined
    readonly reason?: 'reauthentication' | 'second-account' | undefined
    /** Back to the page that asks for the name. */
    readonly nameUrl: string
    readonly resetUrl: string
    readonly passkey?: PasskeyAsk | undefined
    /** Where a passkey can be added, given where nothing else counts. */
    readonly accountUrl?: string | undefined
  }

const leads = { passkey: 'passkeyWay', 'email-code': 'mailWay' } as const satisfies Partial<Record<SignInWay, keyof Messages>>

const passwordProblem = ({ problem, retryAfterSeconds: wait }: SignInWayModel, { tag, messages }: Language): string | undefined => {
  if (problem === 'incorrect') return messages.incorrect
  if (problem === 'incomplete') return messages.passwordMissing
  if (problem !== 'limited') return undefined
  return wait === undefined ? messages.limitedLater : messages.limited.replace('{when}', () => inWords(wait, tag))
}

const passwordPart = (model: SignInWayModel, language: Language): Html => {
  const { messages } = language
  return html`${field({
    ...{ id: 'password', name: 'password', type: 'password', label: messages.password, isFocused: true },
    // A password manager shows passkeys in the same list.
    ...{ autocomplete: 'current-password webauthn', problem: passwordProblem(model, language) },
    beside: html`<a id="forgotten" href="${model.resetUrl}">${messages.forgotten}</a>`,
  })}`
}

const primary = (way: SignInWay, messages: Messages): HtmlValue => {
  if (way === 'password') return button({ id: 'login-submit', name: 'action', value: 'sign-in', look: 'primary' }, messages.signIn)
  return way === 'email-code' && button({ id: 'mail-code', name: 'action', value: 'mail-code', look: 'primary' }, messages.mailCode)
}

const rest = ({ way, ways, passkey, isPreview }: SignInWayModel, messages: Messages): HtmlValue =>
  otherWays({
    messages,
    // Where it is the passkey that may not be there, the others are seen at once.
    isOpen: way === 'passkey',
    passkey: way === 'passkey' ? undefined : passkey && passkeyBlock(passkey, { messages, isPreview }),
    ways: [
      ...(way !== 'password' && ways.includes('password')
        ? [wayButton({ id: 'way-password', name: 'way', value: 'password' }, messages.password)]
        : []),
      ...(way !== 'email-code' && ways.includes('email-code')
        ? [wayButton({ id: 'mail-code', name: 'action', value: 'mail-code' }, messages.mailCode)]
        : []),
    ],
  })

const who = ({ username, nameUrl }: SignInWayModel, messages: Messages): Html => html`<p class="row who-is-it">
<span id="account">${outsideName(username)}</span> <a id="not-you" href="${nameUrl}">${messages.notYou}</a>
</p>`

/** Asks whoever named an account to show that it is theirs. The page is the same for every name, whatever is behind it. */
export const signInWayPage = (model: SignInWayModel): string => {
  const language = languageOf(model.lang)
  const { messages } = language
  const { client, way, reason, problem, passkey } = model
  return layout(model, {
    page: 'sign-in',
    heading: messages.signIn,
    client,
    lead: client === undefined ? messages.signInPlain : fill(messages.continueTo, { client: outsideName(client.name) }),
    head: passkey && passkeyScript(model),
    body: html`${reason && notice('plain', reason === 'reauthentication' ? messages.reauthentication : messages.secondAccount)}
${problem === 'expired' && notice('careful', messages.expired)}
${problem === 'passkey' && notice('careful', messages.passkeyFailed)}
${who(model, messages)}
${way !== 'password' && html`<p>${messages[leads[way]]}</p>`}
${way === 'passkey' && passkey && passkeyBlock(passkey, { messages, isPreview: model.isPreview, look: 'primary' })}
${form(
  model,
  html`<input type="hidden" name="username" value="${model.username}" autocomplete="username">
${way === 'password' && passwordPart(model, language)}
<div class="actions">
${primary(way, messages)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>
${rest(model, messages)}
${passkey && html`${passkeyInputs(passkey)}<input type="hidden" name="webauthn" value="">`}`,
)}
${passkeyMissing(model.accountUrl, messages)}`,
  })
}

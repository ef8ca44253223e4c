import { type Html, html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { inWords } from './in-words.ts'
import { layout } from './layout.ts'
import { fill, languageOf, type Messages } from './messages.ts'
import { notice } from './notice.ts'
import { otherWays, wayButton } from './other-ways.ts'
import { outsideName } from './outside-name.ts'
import { type PasskeyAsk, passkeyBlock, passkeyInputs, passkeyScript } from './passkey-block.ts'

/** What the page asks for: the code of an authenticator, of a mail or a text message, or one of the recovery codes. */
export type CodeKind = 'totp' | 'recovery-code' | 'email-code' | 'sms-code' | 'reset' | 'verify-email' | 'sign-up'

export type CodeProblem = 'wrong' | 'gone' | 'limited' | 'missing' | 'expired'

/** Another way to go on: a value of the field `way`. */
export type Way = { readonly value: string; readonly words: string }

export type CodeModel = Frame &
  Target & {
    readonly kind: CodeKind
    readonly client?: Card | undefined
    /** Where the code went, as the person typed it. */
    readonly address?: string | undefined
    readonly account?: string | undefined
    readonly problem?: CodeProblem | undefined
    readonly retryAfterSeconds?: number | undefined
    readonly wasSent?: boolean
    /** A passkey does as well. */
    readonly passkey?: PasskeyAsk | undefined
    readonly ways: readonly Way[]
    /** Days for which the browser can be trusted; undefined where it is not offered. */
    readonly trustDays?: number | undefined
  }

const headings = {
  totp: 'secondFactor',
  'recovery-code': 'secondFactor',
  'email-code': 'checkMail',
  'sms-code': 'checkPhone',
  reset: 'checkMail',
  'verify-email': 'verifyEmail',
  'sign-up': 'verifyEmail',
} as const satisfies Record<CodeKind, keyof Messages>

const leads = {
  totp: 'totpLead',
  'recovery-code': 'recoveryLead',
  'email-code': 'codeSentTo',
  'sms-code': 'codeSentTo',
  reset: 'resetSentTo',
  'verify-email': 'codeSentTo',
  'sign-up': 'signUpSentTo',
} as const satisfies Record<CodeKind, keyof Messages>

const problemOf = ({ problem, retryAfterSeconds: wait, lang }: CodeModel, messages: Messages): string | undefined => {
  const { tag } = languageOf(lang)
  if (problem === 'limited')
    return wait === undefined ? messages.limitedLater : messages.limited.replace('{when}', () => inWords(wait, tag))
  return (
    problem && { wrong: messages.codeWrong, gone: messages.codeGone, missing: messages.codeMissing, expired: messages.expired }[problem]
  )
}

const isSent = (kind: CodeKind): boolean => kind !== 'totp' && kind !== 'recovery-code'

const codeField = (model: CodeModel, messages: Messages): Html =>
  field({
    ...{ id: 'code', name: 'code', type: 'text', autocomplete: 'one-time-code', isFocused: true },
    label: model.kind === 'recovery-code' ? messages.recoveryCode : messages.code,
    isDigits: model.kind !== 'recovery-code',
    isCode: model.kind === 'recovery-code',
    hint: isSent(model.kind) ? messages.codeSpamHint : undefined,
    problem: problemOf(model, messages),
  })

const trust = (days: number, messages: Messages): Html => html`<label class="check" for="trust">
<input type="checkbox" id="trust" name="trust" value="yes">
<span>${fill(messages.trustBrowser, { days })}</span>
</label>`

/** Asks for a code, whichever way it came. */
export const codePage = (model: CodeModel): string => {
  const { messages } = languageOf(model.lang)
  const { kind, client, address, wasSent, ways, trustDays, passkey } = model
  return layout(model, {
    page: isSent(kind) ? 'code' : 'second-factor',
    heading: messages[headings[kind]],
    client,
    lead: fill(messages[leads[kind]], { address: outsideName(address ?? '') }),
    head: passkey && passkeyScript(model),
    body: html`${wasSent && notice('plain', messages.codeSentAgain)}
${passkey && passkeyBlock(passkey, { messages, isPreview: model.isPreview, after: html`<div class="or">${messages.orElse}</div>` })}
${form(
  model,
  html`${codeField(model, messages)}
${trustDays !== undefined && trust(trustDays, messages)}
<div class="actions">
${button({ id: 'code-submit', name: 'action', value: 'continue', look: 'primary' }, messages.continue)}
${isSent(kind) && button({ id: 'code-resend', name: 'way', value: 'resend', look: 'text', isLeaving: true }, messages.sendAgain)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>
${otherWays({ messages, ways: ways.map(({ value, words }) => wayButton({ name: 'way', value }, words)) })}
${passkey && passkeyInputs(passkey)}`,
)}`,
  })
}

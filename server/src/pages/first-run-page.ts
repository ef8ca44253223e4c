import { type Html, type HtmlValue, html } from '../platform/html.ts'
import { button } from './button.ts'
import { form } from './form.ts'
import type { Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf, type Messages } from './messages.ts'
import { notice } from './notice.ts'
import { outsideName } from './outside-name.ts'
import { type PasskeyAsk, passkeyBlock, passkeyInputs } from './passkey-block.ts'
import { type AccountFields, accountFields } from './sign-up-page.ts'

export type FirstRunModel = Frame &
  Target &
  Pick<AccountFields, 'values' | 'problems'> & {
    /** Whether an account with a passkey in the place of a password is offered; or the address at which it is. */
    readonly passkey?: 'offered' | { readonly at: string } | undefined
  }

const passkeyWay = ({ passkey }: FirstRunModel, messages: Messages): HtmlValue => {
  if (passkey === undefined) return undefined
  // The words of the link are its address: somebody may have to type it at another browser.
  if (passkey !== 'offered')
    return html`<p class="aside">${fill(messages.passkeyNeedsName, { link: html`<a href="${passkey.at}" dir="ltr">${new URL(passkey.at).origin}</a>` })}</p>`
  return html`${button({ id: 'passkey-instead', name: 'action', value: 'passkey', look: 'text', isLeaving: true }, messages.passkeyForPassword)}
<noscript><p class="note">${messages.passkeyNeedsScript}</p></noscript>`
}

/** Makes the first administrator, by the link that the terminal printed. */
export const firstRunPage = (model: FirstRunModel): string => {
  const { messages } = languageOf(model.lang)
  return layout(model, {
    page: 'first-run',
    heading: messages.firstRun,
    lead: messages.firstRunLead,
    body: form(
      model,
      html`${accountFields(model, model.lang)}
<div class="actions">
${button({ id: 'register-submit', name: 'action', value: 'password', look: 'primary' }, messages.claim)}
${passkeyWay(model, messages)}
</div>`,
    ),
  })
}

export type FirstPasskeyModel = Frame &
  Target & {
    readonly account: string
    readonly passkey: PasskeyAsk
    readonly isRefused?: boolean
    /** Back to the form that asks for a password. */
    readonly passwordUrl: string
  }

/** Makes the passkey of the first administrator, whose account is written with it. */
export const firstPasskeyPage = (model: FirstPasskeyModel): string => {
  const { messages } = languageOf(model.lang)
  const { account, passkey, isRefused, passwordUrl } = model
  return layout(model, {
    page: 'first-run-passkey',
    heading: messages.firstPasskey,
    lead: fill(messages.firstPasskeyLead, { account: outsideName(account) }),
    head: html`<script src="${model.assets.passkey}" type="module" blocking="render"></script>\n`,
    body: html`${isRefused && notice('careful', messages.passkeyFailed)}
${passkeyBlock(passkey, { messages, look: 'primary', words: messages.firstPasskey })}
${form(model, passkeyInputs(passkey))}
<p class="actions"><a class="button text" id="password-instead" href="${passwordUrl}">${messages.passwordInstead}</a></p>`,
  })
}

export type NextStepsModel = Frame & {
  readonly issuer: string
  readonly accountUrl: string
  readonly consoleUrl: string
  readonly documentationUrl: string
}

const step = (heading: string, words: Html): Html => html`<li><strong>${heading}</strong> ${words}</li>\n`

/** What to do once the platform has an owner. */
export const nextStepsPage = (model: NextStepsModel): string => {
  const { messages } = languageOf(model.lang)
  const { issuer, accountUrl, consoleUrl, documentationUrl } = model
  // The link that led here has been spent.
  return layout(
    { ...model, query: undefined },
    {
      page: 'next-steps',
      heading: messages.nextSteps,
      lead: messages.nextStepsLead,
      body: html`<ol class="steps">
${step(messages.tryDemo, html`<code>npm run demo</code>`)}${step(
  messages.connectFirst,
  html`<code>./cip clients create --template web --name Notes --redirect-uri https://app.example.com/callback</code>`,
)}${step(messages.itsIssuer, html`<code>${issuer}</code>`)}${step(messages.readOn, html`<a href="${documentationUrl}" dir="ltr">/docs</a>`)}</ol>
<p class="actions"><a class="button primary" id="next-console" href="${consoleUrl}">${messages.openConsole}</a>
<a class="button" id="next-account" href="${accountUrl}">${messages.openAccount}</a></p>`,
    },
  )
}

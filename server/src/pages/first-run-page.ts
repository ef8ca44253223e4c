import { type Html, html } from '../platform/html.ts'
import { button } from './button.ts'
import { form } from './form.ts'
import type { Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf } from './messages.ts'
import { accountFields, type SignUpModel } from './sign-up-page.ts'

export type FirstRunModel = Frame & Target & Pick<SignUpModel, 'values' | 'problems'>

/** Makes the first administrator, by the link that the terminal printed. */
export const firstRunPage = (model: FirstRunModel): string => {
  const { messages } = languageOf(model.lang)
  const { problems } = model
  return layout(model, {
    page: 'first-run',
    heading: messages.firstRun,
    lead: messages.firstRunLead,
    body: form(
      model,
      html`${problems.form !== undefined && html`<p class="notice careful" id="form-problem" role="alert">${problems.form}</p>`}
${accountFields(model, messages)}
<div class="actions">
${button({ id: 'register-submit', look: 'primary' }, messages.claim)}
</div>`,
    ),
  })
}

export type NextStepsModel = Frame & { readonly issuer: string; readonly accountUrl: string; readonly documentationUrl: string }

const step = (heading: string, words: Html): Html => html`<li><strong>${heading}</strong> ${words}</li>\n`

/** What to do once the platform has an owner. */
export const nextStepsPage = (model: NextStepsModel): string => {
  const { messages } = languageOf(model.lang)
  const { issuer, accountUrl, documentationUrl } = model
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
<p class="actions"><a class="button primary" id="next-account" href="${accountUrl}">${messages.openAccount}</a></p>`,
    },
  )
}

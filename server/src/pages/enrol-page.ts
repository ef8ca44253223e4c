import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf } from './messages.ts'

export type EnrolModel = Frame &
  Target & {
    readonly client?: Card | undefined
    readonly qr: { readonly path: string; readonly size: number }
    readonly key: string
    readonly uri: string
    readonly problem?: 'wrong' | 'missing' | 'expired' | undefined
  }

/** Sets up an authenticator app where the sign-in needs a second factor and the person has none. */
export const enrolPage = (model: EnrolModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, qr, key, uri, problem } = model
  const words = { wrong: messages.codeWrong, missing: messages.codeMissing, expired: messages.expired }
  return layout(model, {
    page: 'enrol',
    heading: messages.setUpSecond,
    client,
    lead: messages.setUpSecondLead,
    body: html`<div class="qr">
<svg viewBox="0 0 ${qr.size} ${qr.size}" width="196" height="196" role="img" aria-label="${messages.qrLabel}"><path d="${qr.path}"/></svg>
</div>
<div class="by-hand">
<p>${messages.typeKey} <code class="key">${key}</code></p>
<p><a href="${uri}">${messages.openApp}</a></p>
</div>
${form(
  model,
  html`${field({
    ...{ id: 'code', name: 'code', type: 'text', label: messages.code, autocomplete: 'one-time-code', isDigits: true, isFocused: true },
    problem: problem && words[problem],
  })}
<div class="actions">
${button({ id: 'code-submit', name: 'action', value: 'continue', look: 'primary' }, messages.continue)}
${button({ id: 'login-cancel', name: 'action', value: 'cancel', look: 'text', isLeaving: true }, messages.cancel)}
</div>`,
)}`,
  })
}

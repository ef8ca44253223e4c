import { html } from '../platform/html.ts'
import { applicationUrl } from './application-url.ts'
import { form } from './form.ts'
import type { Fields, Frame } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf } from './messages.ts'

export type FormPostModel = Frame & { readonly action: string; readonly fields: Fields }

/** Carries an authorization response to the client by a form that posts itself (OAuth 2.0 Form Post Response Mode section 2). */
export const formPostPage = (model: FormPostModel): string => {
  const { messages } = languageOf(model.lang)
  const action = applicationUrl(model.action)
  if (action === undefined) throw new TypeError('A response cannot be posted to the redirect URI. Register an https URL.')
  // To open it again would ask for another answer: there is no choice of a language here.
  return layout(
    { ...model, query: undefined },
    {
      page: 'form-post',
      heading: messages.oneMoment,
      lead: messages.returning,
      head: html`<script src="${model.assets.formPost}" defer></script>\n`,
      body: form(
        { action, hidden: model.fields },
        html`<noscript>
<p class="note">${messages.returningByHand}</p>
<div class="actions"><button class="button primary" type="submit">${messages.continue}</button></div>
</noscript>`,
      ),
    },
  )
}

import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf } from './messages.ts'
import { notice } from './notice.ts'
import { type PasskeyAsk, passkeyBlock, passkeyInputs, passkeyScript } from './passkey-block.ts'

export type PasskeyOfferModel = Frame &
  Target & { readonly client?: Card | undefined; readonly passkey: PasskeyAsk; readonly isRefused?: boolean }

/** Offers a passkey to somebody who has just signed in with a password. Nothing is asked where the browser makes one by itself. */
export const passkeyOfferPage = (model: PasskeyOfferModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, passkey, isRefused } = model
  return layout(model, {
    page: 'passkey-offer',
    heading: messages.passkeyOffer,
    client,
    lead: messages.passkeyOfferLead,
    head: passkeyScript(model),
    body: html`${isRefused && notice('careful', messages.passkeyFailed)}
${passkeyBlock(passkey, { messages, isPreview: model.isPreview, look: 'primary' })}
${form(
  model,
  html`${passkeyInputs(passkey)}
<div class="actions">
${button({ id: 'passkey-later', name: 'action', value: 'later', look: 'text' }, messages.notNow)}
</div>`,
)}`,
  })
}

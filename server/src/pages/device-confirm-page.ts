import { html } from '../platform/html.ts'
import { decision } from './decision.ts'
import { form } from './form.ts'
import type { Card, Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf } from './messages.ts'
import { notice } from './notice.ts'
import { outsideName } from './outside-name.ts'
import { type ScopeInWords, scopeList } from './scope-list.ts'

export type DeviceConfirmModel = Frame &
  Target & {
    readonly client: Card
    readonly account: string
    readonly userCode: string
    readonly scopes: readonly ScopeInWords[]
  }

/** Asks to compare the code and to allow the device: the step against remote phishing (RFC 8628 section 5.4). */
export const deviceConfirmPage = (model: DeviceConfirmModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, account, userCode, scopes } = model
  return layout(model, {
    page: 'device',
    heading: messages.connectDevice,
    client,
    lead: fill(messages.compareLead, { client: outsideName(client.name), account: outsideName(account) }),
    body: html`<section class="compare">
<h2 id="compare">${messages.compareCode}</h2>
<p class="code" id="code-to-compare" aria-labelledby="compare"><bdi>${userCode}</bdi></p>
</section>
${notice('careful', messages.compareWarning)}
${scopeList(scopes, messages)}
${form(model, decision(messages))}`,
  })
}

import { html } from '../platform/html.ts'
import type { Card, Frame } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf } from './messages.ts'

export type RecoveryCodesModel = Frame & {
  readonly client?: Card | undefined
  readonly codes: readonly string[]
  readonly continueUrl: string
}

/** Shows recovery codes, the only time that they can be read. */
export const recoveryCodesPage = (model: RecoveryCodesModel): string => {
  const { messages } = languageOf(model.lang)
  // They are shown once: to open the page again would lose them.
  return layout(
    { ...model, query: undefined },
    {
      page: 'recovery-codes',
      heading: messages.recoveryCodes,
      client: model.client,
      lead: messages.recoveryCodesLead,
      body: html`<ul class="codes">
${model.codes.map((code) => html`<li><code>${code}</code></li>\n`)}</ul>
<p class="actions"><a class="button primary" id="codes-continue" href="${model.continueUrl}">${messages.codesKept}</a></p>`,
    },
  )
}

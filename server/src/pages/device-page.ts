import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { field } from './field.ts'
import { form } from './form.ts'
import type { Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf, type Messages } from './messages.ts'

export type DeviceModel = Frame &
  Target & { readonly userCode?: string | undefined; readonly problem?: 'unknown' | 'expired' | 'limited' | 'used' | undefined }

const problemOf = (problem: DeviceModel['problem'], messages: Messages): string | undefined =>
  problem &&
  { unknown: messages.codeUnknown, expired: messages.codeExpired, limited: messages.codeLimited, used: messages.codeUsed }[problem]

/** Asks for the code that a device shows (RFC 8628 section 3.3). */
export const devicePage = (model: DeviceModel): string => {
  const { messages } = languageOf(model.lang)
  return layout(model, {
    page: 'device',
    heading: messages.connectDevice,
    lead: messages.deviceLead,
    body: form(
      model,
      html`${field({
        ...{ id: 'user-code', name: 'user_code', type: 'text', label: messages.deviceCode, autocomplete: 'off', isCode: true },
        ...{ value: model.userCode, hint: messages.deviceCodeHint, problem: problemOf(model.problem, messages), isFocused: true },
      })}
<div class="actions">
${button({ id: 'device-continue', look: 'primary' }, messages.continue)}
</div>`,
    ),
  })
}

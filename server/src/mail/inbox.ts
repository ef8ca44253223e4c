import { openWords } from './deliver.ts'
import type { InboxRow } from './inbox.store.ts'
import { mailLanguageOf } from './languages.ts'
import type { TemplateOverrides } from './overrides.ts'
import { printMessage, printSms } from './print-message.ts'
import { isTemplateName } from './templates.ts'

/** A message of the development inbox, with all that it says. */
export type InboxMessage = {
  readonly id: string
  readonly tenant: string
  readonly channel: 'email' | 'sms'
  readonly to: string
  readonly template: string
  readonly language: string
  readonly state: 'waiting' | 'sent' | 'gave-up'
  readonly error: string | undefined
  readonly createdAt: string
  readonly subject: string
  readonly text: string
  /** Absent of an SMS, and where the message cannot be read. */
  readonly html: string | undefined
  readonly code: string | undefined
  readonly link: string | undefined
}

export type InboxDeps = {
  readonly key: Uint8Array
  readonly findOverrides: (tenantId: string) => Promise<TemplateOverrides | undefined>
}

type Content = Pick<InboxMessage, 'subject' | 'text' | 'html' | 'code' | 'link'>

const contentOf = async ({ key, findOverrides }: InboxDeps, row: InboxRow): Promise<Content> => {
  const { template, channel, tenant_id: tenantId, id, sealed } = row
  const nothing = { html: undefined, code: undefined, link: undefined }
  if (sealed.length === 0) return { ...nothing, subject: 'Sent', text: 'What it said was removed when it was sent.' }
  try {
    if (!isTemplateName(template)) throw new Error(`this release has no template "${template}"`)
    const words = openWords(key, { tenantId, id, sealed }, template)
    const override = (await findOverrides(tenantId))?.[template]?.[mailLanguageOf(row.language).tag]
    const input = { template, language: row.language, words, brand: { name: row.brand }, override }
    const { subject, text, html } = printMessage(input)
    const secrets = { code: words['code'], link: words['link'] }
    return channel === 'sms' ? { ...secrets, subject, text: printSms(input), html: undefined } : { ...secrets, subject, text, html }
  } catch (error) {
    return { ...nothing, subject: 'Unreadable', text: (error as Error).message }
  }
}

/** Opens a message of the development inbox. */
export const openInboxMessage = async (deps: InboxDeps, row: InboxRow): Promise<InboxMessage> => ({
  ...(await contentOf(deps, row)),
  id: row.id,
  tenant: row.tenant,
  channel: row.channel,
  to: row.recipient,
  template: row.template,
  language: row.language,
  state: row.sent_at !== null ? 'sent' : row.gave_up_at !== null ? 'gave-up' : 'waiting',
  error: row.last_error ?? undefined,
  createdAt: row.created_at.toISOString(),
})

import { newId } from '../platform/ids.ts'
import { seal } from '../platform/seal.ts'
import type { TemplateName, Templates } from './templates.ts'

export { type MailLanguage, mailLanguages } from './languages.ts'
export {
  checkOverride,
  type OverrideCheck,
  type TemplateOverride,
  type TemplateOverrides,
  templateSetting,
  withOverride,
} from './overrides.ts'
export { type Brand, type MessageInput, type PrintedMessage, printMessage } from './print-message.ts'
export { sampleWords, type TemplateName, type Templates, templateNames, type Words, wordNames } from './templates.ts'

export type OutgoingMessage<T extends TemplateName = TemplateName> = {
  readonly tenantId: string
  readonly channel: 'email' | 'sms'
  readonly template: T
  /** BCP 47; the language that the person chose goes before it, and the nearest one there is is used. */
  readonly language: string
  /** Absent: the person's own e-mail address, as it is when the statement runs. */
  readonly recipient?: string | undefined
  readonly userId?: string | undefined
  readonly words: Templates[T]
  /** After this it is not sent any more. */
  readonly lifeSeconds: number
}

/** A message ready to be written, shaped for `insertMessages`. */
export type MessageRow = {
  readonly tenant_id: string
  readonly id: string
  readonly channel: string
  readonly template: TemplateName
  readonly language: string
  readonly recipient: string | undefined
  readonly user_id: string | undefined
  readonly sealed: string
  readonly life_seconds: number
}

/** The purpose of the key that messages are sealed with: `config.key(messageKeyPurpose)`. */
export const messageKeyPurpose = 'messages'

export const messageContext = (tenantId: string, id: string): string => `message ${tenantId} ${id}`

/** Seals what a message says: only the job that delivers it reads it again. */
export const makeMessage = <T extends TemplateName>(key: Uint8Array, message: OutgoingMessage<T>): MessageRow => {
  const { tenantId, channel, template, language, recipient, userId, words, lifeSeconds } = message
  const id = newId()
  const sealed = seal(key, Buffer.from(JSON.stringify(words)), messageContext(tenantId, id)).toString('base64')
  return { tenant_id: tenantId, id, channel, template, language, recipient, user_id: userId, sealed, life_seconds: lifeSeconds }
}

/** Makes messages of a tenant with the key of this installation. */
export type Messenger = <T extends TemplateName>(message: OutgoingMessage<T>) => MessageRow

export const messengerOf =
  (key: Uint8Array): Messenger =>
  (message) =>
    makeMessage(key, message)

const shape =
  'tenant_id uuid, id uuid, channel text, template text, language text, recipient text, user_id uuid, sealed text, life_seconds float8'

/** The SQL that writes the messages in the JSON array `source`, for use inside the statement of the change, as `insertEvents` is. */
export const insertMessages = (source: string, condition = 'true'): string =>
  `insert into messages (tenant_id, id, channel, template, language, recipient, user_id, sealed, expires_at)
   select m.tenant_id, m.id, m.channel, m.template, coalesce(u.language, m.language), coalesce(m.recipient, a.written), m.user_id,
     decode(m.sealed, 'base64'), now() + make_interval(secs => m.life_seconds)
   from jsonb_to_recordset(${source}::jsonb) as m(${shape})
   left join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
   left join lateral (select written from identifiers i
     where i.tenant_id = m.tenant_id and i.user_id = m.user_id and i.kind = 'email' order by i.created_at limit 1) a on true
   where coalesce(m.recipient, a.written) is not null and ${condition}`

/** The parameter that `insertMessages` reads. */
export const messagesParameter = (...messages: readonly MessageRow[]): string => JSON.stringify(messages)

import { unseal } from '../platform/seal.ts'
import { mailLanguageOf } from './languages.ts'
import type { ClaimedMessage, Settlement } from './mail.store.ts'
import { messageContext } from './mail.ts'
import type { TemplateOverrides } from './overrides.ts'
import { printMessage, printSms } from './print-message.ts'
import { UnreadableMessage } from './printed-words.ts'
import type { Letter, Sending } from './sender.ts'
import type { Senders } from './senders.ts'
import { isTemplateName, readWords, type TemplateName, type Words } from './templates.ts'

export type DeliverDeps = {
  readonly key: Uint8Array
  readonly senders: Senders
  /** Texts that the tenant's operator wrote anew. */
  readonly findOverrides: (tenantId: string) => Promise<TemplateOverrides | undefined>
  /** Whether the text is an address by the grammar of this platform's users. */
  readonly isEmail: (text: string) => boolean
  /** Roughly where an address is, in a language; absent: no message names a place. */
  readonly findPlace?: ((address: string, language: string) => string | undefined) | undefined
}

/** Waits between attempts in seconds; the last one for all after it, until the message expires. */
const waits = [5, 30, 120, 600, 1800, 3600, 7200]
const deadlineSeconds = 45

const again = (attempts: number, error: string): Settlement => ({
  kind: 'again',
  // Spread out, so that a server that comes back is not met by all at once.
  waitSeconds: (waits[Math.min(attempts, waits.length) - 1] ?? 5) * (0.9 + Math.random() * 0.2),
  error,
})

const givenUp = (error: string): Settlement => ({ kind: 'given-up', waitSeconds: 0, error })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a row says, or that nobody can read it. */
export const openWords = (
  key: Uint8Array,
  { tenantId, id, sealed }: Pick<ClaimedMessage, 'tenantId' | 'id' | 'sealed'>,
  template: TemplateName,
): Words => {
  const plain = unseal(key, sealed, messageContext(tenantId, id))
  if (plain === undefined) throw new UnreadableMessage('it cannot be unsealed: the key or a byte is another')
  const words = readWords(template, parse(plain.toString('utf8')))
  if (words === undefined) throw new UnreadableMessage(`it has not the words of ${template}`)
  return words
}

const numberForm = /^\+[1-9]\d{6,14}$/

const checkRecipient = ({ isEmail }: DeliverDeps, { channel, recipient }: ClaimedMessage): void => {
  const isFine = channel === 'sms' ? numberForm.test(recipient) : isEmail(recipient)
  if (!isFine) throw new UnreadableMessage(`the recipient is no ${channel === 'sms' ? 'telephone number' : 'e-mail address'}`)
}

const letterOf = async (deps: DeliverDeps, message: ClaimedMessage, template: TemplateName): Promise<Letter> => {
  const { id, channel, recipient: to, brand, tenantId } = message
  checkRecipient(deps, message)
  const words = openWords(deps.key, message, template)
  const { tag: language } = mailLanguageOf(message.language)
  const override = (await deps.findOverrides(tenantId))?.[template]?.[language]
  const place = words['ip'] === undefined ? undefined : deps.findPlace?.(words['ip'], language)
  const input = { template, language, words, brand: { name: brand }, override, place }
  const printed = printMessage(input)
  return { ...printed, id, channel, to, template, language, brand, words, text: channel === 'sms' ? printSms(input) : printed.text }
}

/** What a server said, without what the message says: filters like to quote the link that they did not like. */
const withoutSecrets = (error: string, { code, link }: Words): string =>
  [code, link]
    .reduce<string>((text, secret) => (secret === undefined ? text : text.replaceAll(secret, '[...]')), error)
    .replace(/https?:\/\/\S+/gi, '[link]')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')

const settlementOf = (sending: Sending, { attempts }: ClaimedMessage, words: Words): Settlement => {
  if (sending.kind === 'sent') return { kind: 'sent', waitSeconds: 0, error: undefined }
  const error = withoutSecrets(sending.error, words)
  return sending.kind === 'refused' ? givenUp(error) : again(attempts, error)
}

/** One attempt, without a connection of the database being held. What nobody can read is set aside, so that the queue goes on. */
export const deliver = async (deps: DeliverDeps, message: ClaimedMessage): Promise<Settlement> => {
  const { template, channel, attempts, secondsLeft } = message
  // A node of the next release may know it.
  if (!isTemplateName(template)) return again(attempts, `this release has no template "${template}"`)
  try {
    const letter = await letterOf(deps, message, template)
    const signal = AbortSignal.timeout(Math.ceil(Math.min(deadlineSeconds, secondsLeft) * 1000))
    return settlementOf(await deps.senders[channel].send(letter, signal), message, letter.words)
  } catch (error) {
    if (error instanceof UnreadableMessage) return givenUp(`unreadable: ${error.message}`)
    return again(attempts, `failed inside: ${(error as Error).name}`)
  }
}

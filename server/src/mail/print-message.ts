import { type Html, html, printHtml } from '../platform/html.ts'
import { type MailLanguage, mailLanguageOf } from './languages.ts'
import { letterHtml } from './letter-html.ts'
import type { TemplateOverride } from './overrides.ts'
import { fillText, oneLine, plainValue, printedWords } from './printed-words.ts'
import type { TemplateName, Words } from './templates.ts'
import { plans } from './wording.ts'

/** Whom a message speaks for: the name of the tenant. */
export type Brand = { readonly name: string }

export type MessageInput = {
  readonly template: TemplateName
  /** BCP 47; the nearest language there is is used. */
  readonly language: string
  readonly words: Words
  readonly brand: Brand
  /** Roughly where the address of the words is, in that language. */
  readonly place?: string | undefined
  readonly override?: TemplateOverride | undefined
}

export type PrintedMessage = { readonly subject: string; readonly text: string; readonly html: string }

/** What a template says in a language, filled in; `sentence` isolates its words for HTML, where directions may differ. */
const readTemplate = ({ template, words: given, brand, place }: MessageInput, { tag, catalogue }: MailLanguage) => {
  const words = printedWords(tag, given, brand.name)
  const { subject, lead, button } = catalogue.templates[template]
  const { note, reason } = plans[template]
  const facts = (['time', 'ip', 'device'] as const).flatMap((name) => {
    const value = words[name]
    if (!('ip' in words) || value === undefined) return []
    return [{ name: catalogue.facts[name], value: name === 'ip' && place !== undefined ? `${value} (${plainValue(place)})` : value }]
  })
  const texts = { subject, lead, note: note && catalogue.notes[note], reason: catalogue.reasons[reason] }
  return { words, button, facts, texts }
}

const sentence = (text: string, words: Words): Html =>
  html`${text.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : html`<bdi>${words[part] ?? ''}</bdi>`))}`

type Read = ReturnType<typeof readTemplate>

const printText = ({ words, button, facts, texts }: Read): string =>
  [
    fillText(texts.lead, words),
    words['code'],
    button && `${button}:\n${words['link']}`,
    facts.map(({ name, value }) => `${name}: ${value}`).join('\n'),
    texts.note && fillText(texts.note, words),
    `--\n${fillText(texts.reason, words)}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n')
    .concat('\n')

const printHtmlPart = (language: MailLanguage, { words, button, facts, texts }: Read): string =>
  letterHtml(language, {
    subject: sentence(texts.subject, words),
    brand: words['brand'] ?? '',
    lead: sentence(texts.lead, words),
    code: words['code'],
    button: button === undefined ? undefined : { label: button, url: words['link'] ?? '' },
    facts,
    note: texts.note && sentence(texts.note, words),
    reason: sentence(texts.reason, words),
  })

const escaped = (words: Words): Words => Object.fromEntries(Object.entries(words).map(([name, text]) => [name, printHtml(html`${text}`)]))

// A text that was written anew without an HTML part of its own stands in the frame of all mails, its link on the button.
const printOwnText = (language: MailLanguage, read: Read, { text = '', subject }: TemplateOverride): string =>
  letterHtml(language, {
    subject: sentence(subject ?? read.texts.subject, read.words),
    brand: read.words['brand'] ?? '',
    lead: text
      .replaceAll('{link}', '')
      .trim()
      .split('\n')
      .map((line, index) => html`${index > 0 && html`<br>`}${sentence(line, read.words)}`),
    button: read.button === undefined ? undefined : { label: read.button, url: read.words['link'] ?? '' },
    reason: sentence(read.texts.reason, read.words),
  })

/** A message in the nearest language. Throws `UnreadableMessage` where a word is not what its name says. */
export const printMessage = (input: MessageInput): PrintedMessage => {
  const language = mailLanguageOf(input.language)
  const read = readTemplate(input, language)
  const { words, texts } = read
  const { override = {} } = input
  const ownHtml = override.text === undefined ? printHtmlPart(language, read) : printOwnText(language, read, override)
  return {
    subject: oneLine(fillText(override.subject ?? texts.subject, words)),
    text: override.text === undefined ? printText(read) : fillText(override.text, words),
    html: override.html === undefined ? ownHtml : fillText(override.html, escaped(words)),
  }
}

/** The same for a telephone: the code, or what happened and where to go. */
export const printSms = (input: MessageInput): string => {
  const language = mailLanguageOf(input.language)
  const { words, button, texts } = readTemplate(input, language)
  if (input.override?.text !== undefined) return fillText(input.override.text, words).trim()
  if (words['code'] !== undefined && words['minutes'] !== undefined) return fillText(language.catalogue.sms, words)
  const parts = [`${words['brand']}:`, fillText(texts.lead, words), words['code'], button && words['link']]
  return parts.filter((part) => part !== undefined).join(' ')
}

import { type Html, type HtmlValue, html } from '../platform/html.ts'
import { ar } from './messages/ar.ts'
import { de } from './messages/de.ts'
import { en, type Messages } from './messages/en.ts'
import { es } from './messages/es.ts'
import { fr } from './messages/fr.ts'
import { ja } from './messages/ja.ts'
import { pt } from './messages/pt.ts'
import { sw } from './messages/sw.ts'

export type { Messages } from './messages/en.ts'

export type Language = {
  readonly tag: string
  /** The language in its own words. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  readonly messages: Messages
}

const english: Language = { tag: 'en', name: 'English', direction: 'ltr', messages: en }

/** Every language there is, in the order of the menu: another one is a file in messages/ and a line here. */
export const languages: readonly Language[] = [
  { tag: 'de', name: 'Deutsch', direction: 'ltr', messages: de },
  english,
  { tag: 'es', name: 'Español', direction: 'ltr', messages: es },
  { tag: 'fr', name: 'Français', direction: 'ltr', messages: fr },
  { tag: 'sw', name: 'Kiswahili', direction: 'ltr', messages: sw },
  { tag: 'pt', name: 'Português', direction: 'ltr', messages: pt },
  { tag: 'ar', name: 'العربية', direction: 'rtl', messages: ar },
  { tag: 'ja', name: '日本語', direction: 'ltr', messages: ja },
]

const byTag: ReadonlyMap<string, Language> = new Map(languages.map((one) => [one.tag, one]))

// RFC 5646 section 4.4.1: room for every tag in practice.
const tagCharactersMax = 35

/** The nearest language there is: the tag is shortened from its end until one is found (RFC 4647 section 3.4). */
export const findLanguage = (tag: string): Language | undefined => {
  if (tag.length > tagCharactersMax) return undefined
  const parts = tag.toLowerCase().split('-')
  for (let length = parts.length; length > 0; length--) {
    const found = byTag.get(parts.slice(0, length).join('-'))
    if (found) return found
  }
  return undefined
}

/** The nearest language, English where there is none. */
export const languageOf = (tag: string): Language => findLanguage(tag) ?? english

/** A message with its words in braces filled in; the message itself is text and is escaped. */
export const fill = (message: string, values: Readonly<Record<string, HtmlValue>>): Html =>
  html`${message.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : values[part]))}`

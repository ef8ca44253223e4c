import { ar } from './messages/ar.ts'
import { de } from './messages/de.ts'
import { en } from './messages/en.ts'
import { es } from './messages/es.ts'
import { fr } from './messages/fr.ts'
import { ja } from './messages/ja.ts'
import { pt } from './messages/pt.ts'
import { sw } from './messages/sw.ts'
import type { Catalogue } from './wording.ts'

export type MailLanguage = { readonly tag: string; readonly direction: 'ltr' | 'rtl'; readonly catalogue: Catalogue }

const english: MailLanguage = { tag: 'en', direction: 'ltr', catalogue: en }

/** Every language that mails are written in: another one is a file in messages/ and a line here. */
export const mailLanguages: readonly MailLanguage[] = [
  english,
  { tag: 'de', direction: 'ltr', catalogue: de },
  { tag: 'fr', direction: 'ltr', catalogue: fr },
  { tag: 'es', direction: 'ltr', catalogue: es },
  { tag: 'pt', direction: 'ltr', catalogue: pt },
  { tag: 'ja', direction: 'ltr', catalogue: ja },
  { tag: 'ar', direction: 'rtl', catalogue: ar },
  { tag: 'sw', direction: 'ltr', catalogue: sw },
]

const byTag: ReadonlyMap<string, MailLanguage> = new Map(mailLanguages.map((one) => [one.tag, one]))

/** The nearest language: the tag is shortened from its end until one is found (RFC 4647 section 3.4), English otherwise. */
export const mailLanguageOf = (tag: string): MailLanguage => {
  const parts = tag.toLowerCase().split('-', 8)
  for (let length = parts.length; length > 0; length--) {
    const found = byTag.get(parts.slice(0, length).join('-'))
    if (found) return found
  }
  return english
}

import { type Html, type HtmlValue, html } from '../platform/html.ts'
import { en } from './messages/en.ts'

export type Messages = Readonly<Record<keyof typeof en, string>>
export type Language = { readonly tag: string; readonly direction: 'ltr' | 'rtl'; readonly messages: Messages }

const english: Language = { tag: 'en', direction: 'ltr', messages: en }

/** Every language there is: another one is a file in messages/ and a line here. */
export const languages: readonly Language[] = [english]

const byTag: ReadonlyMap<string, Language> = new Map(languages.map((one) => [one.tag.toLowerCase(), one]))

/** The nearest language: the tag is shortened from its end until one is found (RFC 4647 section 3.4), English otherwise. */
export const languageOf = (tag: string): Language => {
  const parts = tag.toLowerCase().split('-', 8)
  for (let length = parts.length; length > 0; length--) {
    const found = byTag.get(parts.slice(0, length).join('-'))
    if (found) return found
  }
  return english
}

/** A message with its words in braces filled in; the message itself is text and is escaped. */
export const fill = (message: string, values: Readonly<Record<string, HtmlValue>>): Html =>
  html`${message.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : values[part]))}`

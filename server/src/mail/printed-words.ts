import { isIP } from 'node:net'
import type { Words } from './templates.ts'

/** A row that nobody can make a message of: it is set aside, and the queue goes on. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage'
}

const controls = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu
const wordJoiner = '\u2060'
// Mail programs make links of what looks like one: an invisible joiner behind the dot, the colon and the slash keeps words of others words.
const linkable = /(?<=[.:@/])(?=[\p{L}/])/gu

/** One line without controls, at most 200 characters. */
export const oneLine = (text: string): string => [...text.normalize('NFC').replace(controls, ' ').trim()].slice(0, 200).join('')

/** A value from outside as it may stand in a message: one line that no mail program takes for a link. */
export const plainValue = (text: string): string => oneLine(text).replace(linkable, wordJoiner)

const units = { minutes: 'minute', hours: 'hour', days: 'day' } as const

const count = (language: string, unit: string, text: string): string => {
  if (!/^\d{1,6}$/.test(text)) throw new UnreadableMessage(`"${unit}" is no number`)
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(text))
}

const moment = (language: string, text: string): string => {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new UnreadableMessage('"time" is no time')
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(time)
}

const link = (text: string): string => {
  if (!/^https?:\/\/[^\s<>"\p{C}]+$/u.test(text) || !URL.canParse(text)) throw new UnreadableMessage('"link" is no URL')
  return text
}

const code = (text: string): string => {
  if (!/^[\p{L}\p{N}-]{1,32}$/u.test(text)) throw new UnreadableMessage('"code" is no code')
  return text
}

const printWord = (language: string, name: string, text: string): string => {
  if (name === 'minutes' || name === 'hours' || name === 'days') return count(language, units[name], text)
  if (name === 'time') return moment(language, text)
  if (name === 'link') return link(text)
  if (name === 'code') return code(text)
  if (name === 'ip' && isIP(text) !== 0) return text
  return plainValue(text)
}

/** The words of a message as the language writes them. Throws `UnreadableMessage` where one is not what its name says. */
export const printedWords = (language: string, words: Words, brand: string): Words => ({
  ...Object.fromEntries(Object.entries(words).map(([name, text]) => [name, printWord(language, name, text)])),
  brand: plainValue(brand),
})

/** Text with its words in braces filled in, once: what a word says is not filled in again. */
export const fillText = (text: string, words: Words): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(words, name) ? (words[name] ?? whole) : whole))

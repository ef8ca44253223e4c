import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fieldProblem } from '../../src/pages/field-problem.ts'
import { en } from '../../src/pages/messages/en.ts'
import { fill, languageOf, languages } from '../../src/pages/messages.ts'
import { html, printHtml } from '../../src/platform/html.ts'

const folder = new URL('../../src/pages/', import.meta.url)
const sourcesOf = (from: URL): readonly string[] =>
  readdirSync(from)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, from), 'utf8'))
const sources = [...sourcesOf(folder), ...sourcesOf(new URL('../../src/oauth/endpoints/', import.meta.url))].join('\n')
const slots = (message: string): string[] => [...message.matchAll(/\{(\w+)\}/g)].map(([slot]) => slot).sort()

// Words that two languages share, by language and key.
const shared: Readonly<Record<string, readonly string[]>> = { de: ['deviceCode', 'code', 'passkey'], fr: ['deviceCode', 'code'] }

describe('every language', () => {
  for (const { tag, name, direction, messages } of languages) {
    test(`${tag} has every message, with the same words to be filled in`, () => {
      assert.deepEqual(Object.keys(messages).sort(), Object.keys(en).sort())
      for (const [key, message] of Object.entries(messages)) {
        assert.equal(message, message.trim(), key)
        assert.ok(message.length > 0, key)
        assert.deepEqual(slots(message), slots(en[key as keyof typeof en]), key)
      }
    })

    test(`${tag} says nothing in English, in sentence case, and raises no voice`, () => {
      for (const [key, message] of Object.entries(messages)) {
        assert.doesNotMatch(message, /[!！¡]/, key)
        if (!['continueTo', 'orElse'].includes(key)) assert.doesNotMatch(message, /^(?!client_id|redirect_uri|state)\p{Ll}/u, key)
        if (tag !== 'en' && !shared[tag]?.includes(key)) assert.notEqual(message, en[key as keyof typeof en], key)
      }
    })

    test(`${tag} has a tag, a name and a direction as the standards know them, once`, () => {
      assert.deepEqual(Intl.getCanonicalLocales(tag), [tag])
      assert.equal(languages.filter((one) => one.tag === tag).length, 1)
      assert.equal(new Intl.DisplayNames([tag], { type: 'language' }).of(tag)?.toLowerCase(), name.toLowerCase())
      assert.equal(direction, tag === 'ar' ? 'rtl' : 'ltr')
    })
  }

  test('is in a file, and every file is a language', () => {
    const files = readdirSync(new URL('messages/', folder)).map((name) => name.replace(/\.ts$/, ''))
    assert.deepEqual(languages.map(({ tag }) => tag).sort(), files.sort())
  })
})

test('no message is there that no page says', () => {
  for (const key of Object.keys(en)) assert.match(sources, new RegExp(`messages\\.${key}\\b|'${key}'`), key)
})

test('messages are in sentence case', () => {
  for (const [key, message] of Object.entries(en)) assert.match(message, /^[A-Z{]|^to |^or$/, key)
})

test('a tag is shortened until a language is found, and English answers for all others', () => {
  for (const tag of ['en', 'EN', 'en-GB', 'en-Latn-US-x-own', 'tlh', '', '-', '__proto__', 'toString', 'e n', `de${'-x'.repeat(40)}`])
    assert.equal(languageOf(tag).tag, 'en', tag)
  for (const tag of ['de', 'DE-at', 'de-Latn-CH-1996']) assert.equal(languageOf(tag).tag, 'de', tag)
})

test('what is filled in is escaped once and is not filled in again', () => {
  assert.equal(printHtml(fill('<{a}> & {b}{c}', { a: '{b}', b: html`<b>${'&'}</b>` })), '&lt;{b}&gt; &amp; <b>&amp;</b>')
})

describe('what is wrong with a field', () => {
  test('is said in the language of the page, with its number as that language writes it', () => {
    const long = { code: 'too_long', count: 1024, sentence: 'Use a password of at most 1024 bytes.' }
    assert.equal(fieldProblem('de', long), 'Verwenden Sie ein Passwort mit höchstens 1.024 Byte.')
    assert.equal(fieldProblem('en', long), 'Use a password of at most 1,024 bytes.')
    for (const { tag } of languages)
      for (const code of ['username_length', 'email_taken', 'password_too_common'])
        assert.equal(fieldProblem(tag, { code, sentence: '?' }) === '?', false, `${tag} ${code}`)
  })

  test('keeps its own sentence where its code is not known, or its number is missing', () => {
    for (const code of ['something_new', '__proto__', 'constructor', 'password_too_short'])
      assert.equal(fieldProblem('de', { code, sentence: 'As it is.' }), 'As it is.')
  })
})

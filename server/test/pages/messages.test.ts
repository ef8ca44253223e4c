import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
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

describe('every language', () => {
  for (const { tag, messages } of languages) {
    test(`${tag} has every message, with the same words to be filled in`, () => {
      assert.deepEqual(Object.keys(messages).sort(), Object.keys(en).sort())
      for (const [key, message] of Object.entries(messages)) {
        assert.ok(message.trim().length > 0, key)
        assert.deepEqual(slots(message), slots(en[key as keyof typeof en]), key)
      }
    })

    test(`${tag} has a tag that a browser knows, once`, () => {
      assert.deepEqual(Intl.getCanonicalLocales(tag), [tag])
      assert.equal(languages.filter((one) => one.tag === tag).length, 1)
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

test('messages are in sentence case and raise no voice', () => {
  for (const [key, message] of Object.entries(en)) {
    assert.ok(!message.includes('!'), key)
    assert.match(message, /^[A-Z{]|^to |^or$/, key)
  }
})

test('a tag is shortened until a language is found, and English answers for all others', () => {
  for (const tag of ['en', 'EN', 'en-GB', 'en-Latn-US-x-own', 'tlh', '', '-', '__proto__', 'toString', 'e n'])
    assert.equal(languageOf(tag).tag, 'en', tag)
})

test('what is filled in is escaped once and is not filled in again', () => {
  assert.equal(printHtml(fill('<{a}> & {b}{c}', { a: '{b}', b: html`<b>${'&'}</b>` })), '&lt;{b}&gt; &amp; <b>&amp;</b>')
})

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { mailLanguageOf, mailLanguages } from '../../src/mail/languages.ts'
import { en } from '../../src/mail/messages/en.ts'
import { printMessage, printSms } from '../../src/mail/print-message.ts'
import { sampleWords, type TemplateName, templateNames, type Words } from '../../src/mail/templates.ts'
import type { Catalogue } from '../../src/mail/wording.ts'
import { readPage } from '../pages/read-page.ts'

const origin = 'https://id.example.com'
const brand = { name: 'Example' }
const tags = mailLanguages.map(({ tag }) => tag)

const print = (template: TemplateName, language: string, words: Words = {}) =>
  printMessage({ template, language, words: { ...sampleWords(template, origin), ...words }, brand })

const joined = ({ subject, text, html }: ReturnType<typeof printMessage>): string => `${subject}\n${text}\n${html}`
const slots = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort()

describe('every template in every language', () => {
  for (const language of tags) {
    for (const template of templateNames) {
      test(`${template} in ${language} is filled in, in both parts`, () => {
        const words = sampleWords(template, origin)
        const printed = print(template, language)
        assert.doesNotMatch(joined(printed), /\{\w+\}|undefined|\[object/)
        assert.ok(printed.subject.length > 5 && !printed.subject.includes('\n'))
        const { elements, text: shown } = readPage(printed.html)
        const links = elements.flatMap(({ name, attributes }) => (name === 'a' ? [attributes.get('href')] : []))
        assert.deepEqual(links, words['link'] === undefined ? [] : [words['link']], 'one button for the link, and no other link')
        for (const secret of [words['code'], words['link']]) assert.ok(printed.text.includes(secret ?? ''))
        if (words['code'] !== undefined) assert.ok(shown.includes(words['code']))
        const root = elements.find(({ name }) => name === 'html')?.attributes
        assert.deepEqual([root?.get('lang'), root?.get('dir')], [language, language === 'ar' ? 'rtl' : 'ltr'])
        assert.doesNotMatch(printed.html, /<(table|script|style|img|link)\b|https?:\/\/(?!id\.example\.com\/sample-link)/)
        assert.ok(Buffer.byteLength(printed.html) < 8192, 'small enough never to be cut')
      })
    }
  }
})

const sentencesOf = ({ templates, notes, reasons, facts, sms }: Catalogue): Record<string, string> => {
  const all: Record<string, string> = { sms, ...notes, ...reasons, ...facts }
  for (const [name, { subject, lead, button }] of Object.entries(templates)) {
    Object.assign(all, { [`${name} subject`]: subject, [`${name} lead`]: lead })
    if (button !== undefined) all[`${name} button`] = button
  }
  return all
}

describe('every language', () => {
  for (const { tag, catalogue } of mailLanguages) {
    test(`${tag} says the same words as English, raises no voice and leaves nothing empty`, () => {
      const [own, english] = [sentencesOf(catalogue), sentencesOf(en)]
      assert.deepEqual(Object.keys(own).sort(), Object.keys(english).sort())
      for (const [name, text] of Object.entries(own)) {
        assert.ok(text.trim() === text && text.length > 1, name)
        assert.doesNotMatch(text, /[!！¡]/, name)
        assert.deepEqual(slots(text), slots(english[name] ?? ''), name)
      }
      assert.deepEqual(Intl.getCanonicalLocales(tag), [tag])
    })
  }

  test('is in a file, and every file is a language', () => {
    const files = readdirSync(new URL('../../src/mail/messages/', import.meta.url)).map((name) => name.replace(/\.ts$/, ''))
    assert.deepEqual([...tags].sort(), files.sort())
  })

  test('is the nearest one that there is', () => {
    for (const [asked, found] of [
      ['de-CH', 'de'],
      ['PT-br', 'pt'],
      ['ar-EG-u-nu-latn', 'ar'],
      ['tlh', 'en'],
      ['', 'en'],
      ['__proto__', 'en'],
    ] as const)
      assert.equal(mailLanguageOf(asked).tag, found)
  })
})

describe('N-10 what a value says is text: it becomes no markup, no link and no line', () => {
  const hostile = [
    '<a href="https://evil.example">click</a>',
    '"><script>alert(1)</script>',
    'https://evil.example/login',
    'www.evil.example',
    'evil.example',
    'mail me@evil.example now',
    'javascript:alert(1)//evil.example',
    '{link} {code} {brand}',
    'one\r\nBcc: evil@evil.example\r\n\r\n<b>two</b>',
    '\u202egnp.exe\u2028next',
  ]
  for (const language of ['en', 'ar']) {
    for (const value of hostile) {
      test(`${language}: ${JSON.stringify(value)}`, () => {
        const words = { ...sampleWords('factor-changed', origin), device: value, what: value, ip: value }
        const input = { template: 'factor-changed' as const, language, words, brand: { name: value } }
        const printed = printMessage(input)
        const { elements, shape } = readPage(printed.html)
        assert.equal(shape, readPage(print('factor-changed', language).html).shape, 'the markup is that of harmless values')
        assert.deepEqual(
          elements.filter(({ name }) => name === 'a').map(({ attributes }) => attributes.get('href')),
          [`${origin}/sample-link`],
        )
        for (const text of [joined(printed), printSms(input)]) {
          assert.doesNotMatch(text, /evil\.example|https?:\/\/evil|www\.evil|@evil|gnp\.exe/, 'no mail program makes a link of it')
          assert.doesNotMatch(text, /[\u202e\u2028]/)
        }
        assert.doesNotMatch(printed.subject, /[\p{Cc}]/u, 'N-09 the subject is one line')
        assert.doesNotMatch(printed.text, /^Bcc:/m)
      })
    }
  }

  test('addresses of the internet, dates and codes are printed as they are', () => {
    const { text } = print('new-device', 'en', { ip: '2001:db8::1' })
    assert.match(text, /IP address: 2001:db8::1\n/)
    assert.match(text, /Time: January 31, 2026 at 12:00:00 PM UTC\n/)
  })

  test('a link that leads elsewhere than to the web, a code that is none and a time that is none are refused', () => {
    for (const words of [
      { link: 'javascript:alert(1)' },
      { link: 'data:text/html,x' },
      { link: 'https://id.example.com/ x' },
      { link: 'https://id.example.com/"><b>' },
      { link: 'https://id.example.com/\r\nx' },
      { code: '<b>1</b>' },
      { code: '1\n2' },
      { minutes: '-1' },
      { minutes: '1 <b>' },
    ])
      assert.throws(() => print('sign-in-code', 'en', words), { name: 'UnreadableMessage' }, JSON.stringify(words))
    assert.throws(() => print('test', 'en', { time: 'yesterday' }), { name: 'UnreadableMessage' })
  })
})

test('an SMS is one short line with the code', () => {
  for (const language of tags) {
    const text = printSms({ template: 'second-factor-code', language, words: { code: '482913', minutes: '10' }, brand })
    assert.match(text, /482913/)
    assert.ok(text.length <= 160 && !text.includes('\n'), text)
  }
})

test('the place of an address stands beside it, as plain text on one line; without one the address stands alone', () => {
  const input = { template: 'new-device', language: 'de', words: sampleWords('new-device', origin), brand } as const
  const { text, html } = printMessage({ ...input, place: 'Zürich,\r\nSchweiz <b>' })
  const ip = input.words['ip'] ?? ''
  assert.ok(text.includes(`${ip} (Zürich, Schweiz <b>)`), text)
  assert.ok(!html.includes('<b>') && html.includes('Zürich'))
  assert.ok(!printMessage(input).text.includes('('), 'no empty brackets')
})

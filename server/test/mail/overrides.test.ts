import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkOverride, type TemplateOverride } from '../../src/mail/overrides.ts'
import { printMessage, printSms } from '../../src/mail/print-message.ts'
import { sampleWords } from '../../src/mail/templates.ts'
import { readPage } from '../pages/read-page.ts'

const origin = 'https://id.example.com'
const brand = { name: 'Example' }
const print = (override: TemplateOverride, device = 'Firefox') =>
  printMessage({ template: 'new-device', language: 'en', words: { ...sampleWords('new-device', origin), device }, brand, override })

const refused: readonly (readonly [string, TemplateOverride, RegExp])[] = [
  ['an unknown word in the subject', { subject: 'Hello {name}' }, /\{name\} is no word of new-device/],
  ['a word of another template', { text: '{code} {link}' }, /\{code\} is no word/],
  ['an unknown word in the HTML', { html: '<p>{user} {link}</p>' }, /\{user\} is no word/],
  ['the link in the subject', { subject: '{link}' }, /must not carry \{link\}/],
  ['a line break in the subject', { subject: 'a\r\nBcc: x@example.com' }, /line break/],
  ['an empty subject', { subject: ' ' }, /1 to 200/],
  ['a text without the link', { text: 'Something happened.' }, /neither \{link\}/],
  ['HTML without the link', { html: '<p>Something happened.</p>' }, /neither \{link\}/],
  ['a word in a tag', { html: '<p title={device}>{link}</p>' }, /\{device\} stands inside a tag/],
  ['a word in a quoted attribute', { html: '<img alt="{device}"><a href="{link}">x</a>' }, /\{device\} stands inside a tag/],
  ['the link in an unquoted attribute', { html: '<a href={link}>x</a>' }, /\{link\} stands inside a tag/],
  ['a link with a word in it', { html: '<a href="{link}?d={device}">x</a>' }, /stands inside a tag/],
  ['a word in a style', { html: '<style>p { color: {device} }</style>{link}' }, /\{device\} stands inside a tag/],
  ['a script', { html: '<script>alert(1)</script>{link}' }, /a script/],
  ['an event handler', { html: '<p onclick="x()">{link}</p>' }, /a script/],
  ['a form', { html: '<form action="https://x.example">{link}</form>' }, /a form/],
  ['a part that is too long', { text: `{link}${'x'.repeat(70_000)}` }, /more than 65536 bytes/],
]

describe('a text of an operator is refused when it is saved', () => {
  for (const [what, override, reason] of refused) {
    test(`for ${what}`, () => {
      const check = checkOverride('new-device', override)
      assert.equal(check.kind, 'refused')
      assert.match(check.kind === 'refused' ? check.reason : '', reason)
    })
  }

  test('and taken where its words are those of the template', () => {
    const html = '<style>p { color: red }</style><p>{device} {ip} {time}</p><a href="{link}">{brand}</a>'
    assert.deepEqual(checkOverride('new-device', { subject: '{brand}: {device}', text: '{device} {link}', html }), { kind: 'ok' })
    assert.deepEqual(checkOverride('account-frozen', { text: 'Frozen.' }), { kind: 'ok' })
  })
})

test('parts that were written anew take the place of ours, and the others stay', () => {
  const ours = print({})
  const subject = print({ subject: '{brand}: a new browser' })
  assert.deepEqual(subject, { ...ours, subject: 'Example: a new browser' })
  const html = print({ html: '<p>{device}</p><a href="{link}">Go</a>' })
  assert.deepEqual(html, { ...ours, html: `<p>Firefox</p><a href="${origin}/sample-link">Go</a>` })
})

test('a text without HTML of its own stands in the frame of all mails, with its button', () => {
  const { text, html } = print({ text: 'Was it {device}?\n\nElse: {link}\n' })
  assert.equal(text, `Was it Firefox?\n\nElse: ${origin}/sample-link\n`)
  const { elements, text: shown } = readPage(html)
  assert.match(shown, /Was it Firefox\?/)
  assert.deepEqual(
    elements.filter(({ name }) => name === 'a').map(({ attributes }) => attributes.get('href')),
    [`${origin}/sample-link`],
  )
})

test('N-10 values are escaped in HTML of an operator too, and filled in once', () => {
  const device = '<b onclick="x()">{ip}</b> & https://evil.example'
  const { html, text, subject } = print({ html: '<p>{device}</p>{link}', text: '{device} {link}', subject: '{device}' }, device)
  assert.match(html, /^<p>&lt;b onclick=&quot;x\(\)&quot;&gt;\{ip\}&lt;/)
  for (const part of [html, text, subject]) assert.doesNotMatch(part, /evil\.example|https:\/\/evil/)
})

test('an SMS takes the text of the operator', () => {
  const input = { template: 'phone-code' as const, language: 'en', words: { code: '482913', minutes: '10' }, brand }
  assert.equal(printSms({ ...input, override: { text: 'Code {code}\n' } }), 'Code 482913')
})

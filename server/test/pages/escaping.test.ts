import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formPostPage } from '../../src/pages/form-post-page.ts'
import { readPage } from './read-page.ts'
import { assets, pagesWith, plain } from './samples.ts'

const hostile = [
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '</title></h1></form><form action=https://evil.example>',
  '" onfocus="alert(1)" autofocus="',
  "' onfocus='alert(1)",
  '&lt;script&gt;&quot;&#39;&amp;amp;',
  '<!-- --> ]]> <![CDATA[',
  '{client}{account}{when}$&$1',
  '`$' + '{alert(1)}`',
  '\u202e<b>\u0000\u2028',
]

const plainPages = pagesWith(plain)

describe('J-07 no value becomes markup', () => {
  for (const text of hostile) {
    const query = `?q=${text}`
    const planted = { text, url: `${plain.url}${query}`, ownUrl: `${plain.ownUrl}${text}`, redirectUri: `${plain.redirectUri}${query}` }
    for (const [name, page] of Object.entries(pagesWith(planted))) {
      test(`${name}: ${JSON.stringify(text)}`, () => {
        const { shape, elements, text: words } = readPage(page)
        assert.equal(shape, readPage(plainPages[name] ?? '').shape)
        const values = [words, ...elements.flatMap(({ attributes }) => [...attributes.values()])]
        assert.ok(
          values.some((value) => value.includes(text)),
          'the value is printed as it is',
        )
      })
    }
  }
})

test('no language tag from outside reaches a page', () => {
  for (const lang of [...hostile, '__proto__', 'constructor', '', '-', 'x'.repeat(10_000)])
    assert.deepEqual(pagesWith({ ...plain, lang }), plainPages)
})

test('A-04 the form post page carries every value exactly, escaped', () => {
  for (const state of hostile) {
    const { elements } = readPage(
      formPostPage({ lang: 'en', assets, action: plain.redirectUri, fields: { code: 'abc', state, [state]: '' } }),
    )
    const inputs = elements.filter(({ name }) => name === 'input').map(({ attributes }) => Object.fromEntries(attributes))
    assert.deepEqual(inputs, [
      { type: 'hidden', name: 'code', value: 'abc' },
      { type: 'hidden', name: 'state', value: state },
      { type: 'hidden', name: state, value: '' },
    ])
  }
})

const runnable = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript://notes.example.com/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://notes.example.com/1',
  'filesystem:https://notes.example.com/1',
  'file:///etc/passwd',
  'about:blank',
  'view-source:https://notes.example.com',
]
const leading = ['href', 'src', 'content', 'action', 'formaction', 'srcset']

describe('J-08 an address that a browser would run is left out', () => {
  for (const url of runnable) {
    for (const [name, page] of Object.entries(pagesWith({ ...plain, url }))) {
      test(`${name}: ${JSON.stringify(url)}`, () => {
        const { elements } = readPage(page)
        const targets = elements.flatMap(({ attributes }) => leading.flatMap((key) => attributes.get(key) ?? []))
        assert.ok(targets.length >= 2)
        for (const target of targets) assert.ok(!target.includes(url.trim().slice(0, 8)), target)
      })
    }
  }
})

test('a scheme of its own is no logo, policy or terms, and leads back after sign-out', () => {
  const url = 'com.example.notes:/signed-out'
  const pages = pagesWith({ ...plain, url })
  for (const [name, page] of Object.entries(pages)) {
    const { elements } = readPage(page)
    const linking = elements.filter(({ attributes }) => [attributes.get('href'), attributes.get('src')].includes(url))
    const isExpected = name.startsWith('signed-out') || name === 'error'
    assert.equal(linking.length, isExpected ? 1 : 0, name)
  }
})

test('A-04 a response is never posted to an address that a browser would run', () => {
  for (const action of [...runnable, '', '/own/path', '//evil.example'])
    assert.throws(() => formPostPage({ lang: 'en', assets, action, fields: {} }), /cannot be posted/)
})

test('a retry that only looks like a path of this server is left out', () => {
  for (const url of ['//evil.example', '/\\evil.example', 'evil.example'])
    assert.ok(
      !readPage(pagesWith({ ...plain, url })['error'] ?? '').elements.some(({ attributes }) => attributes.get('id') === 'retry'),
      url,
    )
})

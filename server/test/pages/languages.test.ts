import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { acceptedLanguages } from '../../src/pages/accept-language.ts'
import { chooseLanguage } from '../../src/pages/choose-language.ts'
import { errorPage } from '../../src/pages/error-page.ts'
import { languageWish, queryWithoutWish } from '../../src/pages/language-query.ts'
import { languages } from '../../src/pages/messages.ts'
import { isPreviewName, previewNames, previewPage } from '../../src/pages/preview-page.ts'
import { type Element, type ReadPage, readPage } from './read-page.ts'
import { assets, pagesWith, plain } from './samples.ts'

const hooksOf = ({ elements }: ReadPage): string[] =>
  elements
    .filter(({ name }) => ['input', 'button', 'form', 'body'].includes(name))
    .map(
      ({ name, attributes }) => `${name} ${['id', 'name', 'type', 'value', 'autocomplete', 'data-page'].map((key) => attributes.get(key))}`,
    )

const named = ({ elements }: ReadPage, name: string): readonly Element[] => elements.filter((one) => one.name === name)
const english = pagesWith(plain)
const client = { name: 'Acme Notes', host: 'notes.example.com' }
const qr = { path: 'M0 0h1v1z', size: 29 }

for (const { tag, direction } of languages)
  describe(`every page in ${tag}`, () => {
    // The development inbox is for developers alone, and in English alone.
    const samples = Object.entries(pagesWith({ ...plain, lang: tag })).filter(([name]) => !name.startsWith('inbox'))
    const previews = previewNames.map((name) => [`preview ${name}`, previewPage(name, { lang: tag, assets, client, qr })] as const)
    for (const [name, page] of [...samples, ...previews])
      test(`${name} says its language and leaves no word out`, () => {
        const read = readPage(page)
        const [root] = named(read, 'html')
        assert.deepEqual([root?.attributes.get('lang'), root?.attributes.get('dir')], [tag, direction])
        assert.doesNotMatch(read.text, /[{}]|undefined|null|\[object/)
        for (const { attributes } of read.elements)
          for (const value of attributes.values()) assert.doesNotMatch(value, /undefined|\[object/)
      })

    for (const [name, page] of samples)
      test(`${name} keeps the fields and buttons that its endpoint waits for`, () =>
        assert.deepEqual(hooksOf(readPage(page)), hooksOf(readPage(english[name] ?? ''))))
  })

describe('the menu of languages', () => {
  const read = readPage(english['sign-in'] ?? '')
  const links = named(read, 'a').filter(({ attributes }) => attributes.has('hreflang'))

  test('names every language in its own words, and opens the same page again', () => {
    assert.equal(links.length, languages.length - 1)
    for (const { attributes } of links) {
      assert.equal(attributes.get('lang'), attributes.get('hreflang'))
      assert.equal(attributes.get('href'), `?flow=word&cip_language=${attributes.get('lang')}`)
    }
    for (const { name } of languages) assert.ok(read.text.includes(name), name)
  })

  test('is not there where the page cannot be opened again', () => {
    assert.equal(
      readPage(english['form-post'] ?? '').elements.some(({ name }) => name === 'details'),
      false,
    )
    const page = errorPage({ lang: 'en', assets, code: 'x', description: 'x' })
    assert.equal(
      readPage(page).elements.some(({ name }) => name === 'details'),
      false,
    )
  })

  test('B-09 leads nowhere else, whatever stands in the query', () => {
    for (const query of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '#', '&&', '"><script>']) {
      const page = readPage(errorPage({ lang: 'en', assets, code: 'x', description: 'x', query }))
      for (const { attributes } of named(page, 'a')) {
        const url = new URL(attributes.get('href') ?? '', 'https://id.example/interaction/sign-in')
        assert.deepEqual([url.origin, url.pathname], ['https://id.example', '/interaction/sign-in'], query)
      }
    }
  })
})

describe('a wish in a query', () => {
  test('is taken out of it, and nothing else is changed', () => {
    assert.deepEqual(languageWish('flow=a%2Bb&cip_language=ar&as=other'), { tag: 'ar', query: 'flow=a%2Bb&as=other' })
    assert.deepEqual(languageWish('cip_language=pt-BR'), { tag: 'pt', query: '' })
    assert.deepEqual(languageWish('cip_language=de&a=1&cip_language=fr'), { tag: 'fr', query: 'a=1' })
    assert.equal(queryWithoutWish('a=1&a=1&&b'), 'a=1&a=1&&b')
    assert.equal(queryWithoutWish('a=1&client_secret=s&client%5Fsecret=s&client_assertion=s&%zz=1'), 'a=1&%zz=1')
  })

  test('counts for languages that there are, and for nothing else', () => {
    for (const query of [
      '',
      'cip_language',
      'cip_language=',
      'cip_language=tlh',
      'cip_language=%0d%0a',
      'x_cip_language=de',
      'cip_language=../de',
    ])
      assert.equal(languageWish(query), undefined, query)
  })
})

describe('Accept-Language (RFC 9110 section 12.5.4)', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['da, en-GB;q=0.8, en;q=0.7', ['da', 'en-GB', 'en']],
    ['en;q=0.2,de;q=0.9,fr', ['fr', 'de', 'en']],
    ['de;q=0.5, fr;q=0.5', ['de', 'fr']],
    ['de;q=0, en', ['en']],
    ['de;q=0.000, en;q=1.000', ['en']],
    ['de ; q=0.3 , en\t;\tq=0.4', ['en', 'de']],
    ['*', ['*']],
    ['', []],
    [',,;q=1,', []],
    ['de;q=2, fr;q=-1, es;q=0.1234, pt;q=x, ja;level=1, en', ['en']],
  ]
  for (const [header, expected] of cases) test(JSON.stringify(header), () => assert.deepEqual(acceptedLanguages(header), expected))

  test('a header that came twice counts as one, and one that is missing wants nothing', () => {
    assert.deepEqual(acceptedLanguages(['de;q=0.4', 'fr']), ['fr', 'de'])
    assert.deepEqual(acceptedLanguages(undefined), [])
  })

  test('V-05 50 KB of anything costs no more than the first kilobyte', () => {
    const before = process.cpuUsage()
    for (const part of ['a,', 'a;q=0.1,', ';', ' ', '\t;', 'q=', '-', 'a-', 'é'])
      for (let time = 0; time < 20; time++) assert.ok(acceptedLanguages(part.repeat(50_000 / part.length)).length <= 32)
    const { user } = process.cpuUsage(before)
    assert.ok(user < 2_000_000, `${user} us of CPU for 180 headers`)
  })
})

describe('the language of a page', () => {
  const all = { chosen: 'ja', uiLocales: ['tlh', 'fr-CA', 'de'], person: 'es', acceptLanguage: 'sw' }

  test('is the one chosen in the menu, then the first that the application asks for and we have', () => {
    assert.equal(chooseLanguage(all), 'ja')
    assert.equal(chooseLanguage({ ...all, chosen: undefined }), 'fr')
  })

  test('is then the setting of the person, then the wish of the browser, then English', () => {
    const rest = { ...all, chosen: 'tlh', uiLocales: ['tlh', ''] }
    assert.equal(chooseLanguage(rest), 'es')
    assert.equal(chooseLanguage({ ...rest, person: null }), 'sw')
    assert.equal(chooseLanguage({ ...rest, person: undefined, acceptLanguage: 'tlh, *;q=0.5' }), 'en')
    assert.equal(chooseLanguage({}), 'en')
  })

  test('A-16 is looked for among 32 wishes of the application, each of 35 characters', () => {
    assert.equal(chooseLanguage({ uiLocales: [...Array.from({ length: 32 }, () => 'tlh'), 'de'] }), 'en')
    assert.equal(chooseLanguage({ uiLocales: [`de-${'x'.repeat(10_000)}`] }), 'en')
    for (let index = 0; index < 10_000; index++) assert.equal(chooseLanguage({ uiLocales: [`x${index}`] }), 'en')
  })
})

describe('an error', () => {
  const error = { lang: 'ar', assets, code: 'invalid_request', description: 'Only in English.', hint: 'Do this.' }

  test('that the pages have words for is told in the language of the page, its command from left to right', () => {
    const page = errorPage({ ...error, reason: 'redirect-foreign', clientId: 'notes<' })
    assert.doesNotMatch(page, /Only in English/)
    assert.match(page, /<code dir="ltr">cip clients update notes&lt; --redirect-uri &lt;uri&gt;<\/code>/)
  })

  test('that exists in English alone says so to whoever reads it aloud', () => {
    const spans = named(readPage(errorPage(error)), 'span').filter(({ attributes }) => attributes.get('lang') === 'en')
    assert.deepEqual(
      spans.slice(0, 2).map(({ attributes }) => attributes.get('dir')),
      ['ltr', 'ltr'],
    )
    assert.doesNotMatch(errorPage({ ...error, lang: 'en' }), /<span lang="en" dir="ltr">Only/)
  })
})

test('a preview is marked, cannot be used, and is drawn for known pages alone', () => {
  for (const name of previewNames) {
    const read = readPage(previewPage(name, { lang: 'en', assets, client, qr }))
    assert.ok(read.text.includes('This is a preview'), name)
    assert.ok(
      named(read, 'section').some(({ attributes }) => attributes.get('class') === 'card' && attributes.has('inert')),
      name,
    )
    assert.ok(!named(read, 'script').length, name)
  }
  for (const name of ['', 'nothing', '__proto__', 'constructor', undefined]) assert.equal(isPreviewName(name), false)
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { checkCustomCss } from '../../src/settings/custom-css.ts'
import { publishedClasses } from '../../src/settings/custom-css-limits.ts'

const picture = 'data:image/png;base64,iVBORw0KGgo='

const taken: readonly (readonly [string, string])[] = [
  [
    '.card { border-radius: 4px; box-shadow: 0 12px 32px -12px rgb(0 0 0 / .2) }',
    '.card{border-radius:4px;box-shadow:0 12px 32px -12px rgb(0 0 0/.2)}',
  ],
  ['.card .button.primary:hover, .card > .lead { letter-spacing: .02em }', '.card .button.primary:hover,.card>.lead{letter-spacing:.02em}'],
  ['@media (min-width: 600px) { .card { padding: 3rem } }', '@media (min-width:600px){.card{padding:3rem}}'],
  [
    `.brand { background-image: url(${picture}); background-repeat: no-repeat }`,
    `.brand{background-image:url(${picture});background-repeat:no-repeat}`,
  ],
  [
    '.card { font-family: "Acme Sans", sans-serif; font-size: 1.05rem; border: 1px solid var(--line) }',
    '.card{font-family:"Acme Sans",sans-serif;font-size:1.05rem;border:1px solid var(--line)}',
  ],
  ['/* a word */ .card { margin: 0 }', '.card{margin:0}'],
]

describe('custom CSS within its limits', () => {
  for (const [css, printed] of taken)
    test(`is taken and printed anew: ${css.slice(0, 60)}`, () => assert.deepEqual(checkCustomCss(css), { kind: 'valid', css: printed }))

  test('names classes that the pages have', () => {
    const folder = new URL('../../src/pages/', import.meta.url)
    const sources = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n')
    for (const name of publishedClasses) assert.match(sources, new RegExp(`\\b${name}\\b`), name)
  })
})

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['an import', '@import url(https://evil.example/x.css);', /@import is not for custom CSS/],
  ['a font of its own', '@font-face { font-family: x; src: url(data:font/woff2;base64,AA) }', /@font-face/],
  ['a layer', '@layer x { .card { margin: 0 } }', /@layer/],
  ['an animation', '@keyframes x { from { margin: 0 } }', /@keyframes/],
  ['an address elsewhere', '.brand { background-image: url(https://evil.example/x.png) }', /takes only a picture/],
  ['an address in quotes', '.brand { background-image: url("//evil.example/x.png") }', /takes only a picture/],
  [
    'an address in disguise',
    '.brand { background-image: u\\72l(https://evil.example/x.png) }',
    /takes only a picture|not for custom CSS|not understood/,
  ],
  ['a picture that is a document', '.brand { background-image: url(data:image/svg+xml,<svg/>) }', /takes only a picture/],
  ['a choice of pictures', '.brand { background-image: image-set("https://evil.example/x.png" 1x) }', /image-set\(\) is not/],
  ['a picture under the text', `.card { background-image: url(${picture}) }`, /for \.brand alone/],
  ['a picture under the text, by a list', `.brand, .card { background-image: url(${picture}) }`, /for \.brand alone/],
  ['a picture under the text, by a part', `.brand .lead { background-image: url(${picture}) }`, /for \.brand alone/],
  ['a place of its own', '.card { position: fixed }', /property position/],
  ['hiding', '.notice { display: none }', /property display/],
  ['hiding by opacity', '.notice { opacity: 0 }', /property opacity/],
  ['a colour of text', '.notice { color: #fff }', /property color/],
  ['a ground', '.card { background: #000 }', /property background/],
  ['words', '.card:hover { content: "Your password is safe" }', /property content/],
  ['a token of ours', '.card { --ink-0: #fff }', /property --ink-0/],
  ['an old expression', '.card { width: expression(alert(1)) }', /property width/],
  ['a binding', '.card { -moz-binding: url(x) }', /property -moz-binding/],
  ['a filter', '.card { filter: blur(9px) }', /property filter/],
  ['text too small to read', '.notice { font-size: 1px }', /font-size may not be 1px/],
  ['text too small by another unit', '.notice { font-size: 1vw }', /font-size may not be 1vw/],
  ['lines over each other', '.notice { line-height: 0 }', /line-height may not be 0/],
  ['letters over each other', '.notice { letter-spacing: -1em }', /letter-spacing may not be -1em/],
  ['a box moved away', '.notice { margin: -999px }', /margin may not be -999px/],
  ['a box moved far away', '.notice { margin: 9999px }', /margin may not be 9999px/],
  ['arithmetic', '.notice { margin: calc(0px - 999px) }', /calc\(\) is not/],
  ['a shadow inside', '.card { box-shadow: inset 0 0 0 64px #000 }', /shadow inside/],
  ['the last word', '.card { margin: 0 !important }', /!important/],
  ['an id', '#password { margin: 0 }', /published classes/],
  ['an element', 'input { margin: 0 }', /published classes/],
  ['everything', '* { margin: 0 }', /published classes/],
  ['an attribute', '.field[value^="a"] { margin: 0 }', /published classes/],
  ['a part of its own', '.card::before { margin: 0 }', /published classes/],
  ['a condition', '.card:has(.problem) { margin: 0 }', /:has is not/],
  ['a selector in a selector', '.card:not(.x) { margin: 0 }', /:not is not/],
  ['the root', ':root { margin: 0 }', /:root is not/],
  ['a class that is not published', '.unseen { margin: 0 }', /none of those that are published/],
  ['a rule in a rule', '.card { .lead { margin: 0 } }', /cannot be read|not understood/],
  ['what cannot be read at all', '}}} .card {{', /cannot be read/],
]

describe('custom CSS is refused with its line and a reason', () => {
  for (const [what, css, reason] of refused)
    test(what, () => {
      const verdict = checkCustomCss(css)
      assert.ok(verdict.kind === 'refused', JSON.stringify(verdict))
      assert.match(verdict.problems.join(' '), reason)
    })

  test('with more than 8 KiB', () => {
    const rule = '.card{margin:0}'
    assert.equal(checkCustomCss(rule.repeat(546)).kind, 'valid')
    assert.match(JSON.stringify(checkCustomCss(rule.repeat(547))), /at most 8192 bytes/)
    assert.match(JSON.stringify(checkCustomCss(`/* ${'é'.repeat(4100)} */`)), /at most 8192 bytes/)
  })

  test('with the line that the operator wrote', () => {
    const verdict = checkCustomCss('.card { margin: 0 }\n\n.card { position: fixed }')
    assert.deepEqual(verdict, { kind: 'refused', problems: ['Line 3: The property position is not for custom CSS.'] })
  })

  test('by at most ten problems, however many there are', () => {
    const verdict = checkCustomCss(Array.from({ length: 200 }, (_, index) => `.x${index}{}`).join('\n'))
    assert.ok(verdict.kind === 'refused' && verdict.problems.length === 10)
  })
})

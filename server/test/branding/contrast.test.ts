import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { accentColors, checkAccent } from '../../src/pages/brand/accent.ts'
import { brandStylesheet } from '../../src/pages/brand/brand-stylesheet.ts'
import { checkBranding, checkClientBranding } from '../../src/pages/brand/check-branding.ts'
import { type Color, contrast, mix, printColor, readColor } from '../../src/pages/brand/color.ts'
import { tileColors } from '../../src/pages/initial.ts'

const style = readFileSync(new URL('../../src/pages/assets/pages.css', import.meta.url), 'utf8')
const colorOf = (text: string): Color => readColor(text) ?? assert.fail(`${text} is no colour`)
const tokensIn = (css: string): Record<string, string> =>
  Object.fromEntries([...css.matchAll(/--([a-z0-9-]+): ?(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]))
const byScheme = (css: string) => {
  const [light = '', dark = ''] = css.split(/@media \(prefers-color-scheme: ?dark\)/)
  return { light: tokensIn(light), dark: { ...tokensIn(light), ...tokensIn(dark) } }
}
const look = byScheme(style)
const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('contrast (WCAG 2.2)', () => {
  test('is 21 between black and white, 1 between equals, and the same both ways', () => {
    assert.equal(contrast(colorOf('#000000'), colorOf('#ffffff')), 21)
    assert.equal(contrast(colorOf('#0a6b5c'), colorOf('#0a6b5c')), 1)
    assert.equal(contrast(colorOf('#777777'), colorOf('#ffffff')).toFixed(2), '4.48')
    assert.equal(contrast(colorOf('#767676'), colorOf('#FFFFFF')).toFixed(2), '4.54')
  })

  test('a colour is six digits and nothing else', () => {
    for (const text of ['', '#fff', '0a6b5c', '#0a6b5', '#0a6b5cff', '#0a6b5g', 'red', ' #0a6b5c', 'rgb(0,0,0)'])
      assert.equal(readColor(text), undefined, text)
    assert.equal(printColor(mix(colorOf('#000000'), colorOf('#ffffff'), 0.5)), '#808080')
  })
})

describe('an accent', () => {
  test('of our own look is one that we would take', () => {
    const accent = { light: look.light['accent'] ?? '', dark: look.dark['accent'] ?? '' }
    assert.deepEqual(checkAccent(accent), { kind: 'valid', accent })
  })

  test('that cannot be read is refused with its contrast and the nearest shade that can', () => {
    const verdict = checkAccent({ light: '#ffcc00' })
    assert.ok(verdict.kind === 'refused')
    const [problem = ''] = verdict.problems
    assert.match(
      problem,
      /^The accent #ffcc00 has a contrast of 1\.5:1 to the white card, and its text needs 4\.5:1\. The nearest shade that has it is #[0-9a-f]{6}\.$/,
    )
    const nearest = /is (#[0-9a-f]{6})\.$/.exec(problem)?.[1] ?? ''
    assert.equal(checkAccent({ light: nearest }).kind, 'valid')
  })

  test('that is too dark for the dark card is refused, and both problems are told', () => {
    const verdict = checkAccent({ light: '#ffffff', dark: '#000000' })
    assert.ok(verdict.kind === 'refused')
    assert.match(verdict.problems.join(' '), /white card.*dark card/)
  })

  test('that is no colour is refused and never printed whole', () => {
    const verdict = checkAccent({ light: `red;}${'x'.repeat(1000)}` })
    assert.ok(verdict.kind === 'refused' && (verdict.problems[0] ?? '').length < 200)
  })

  test('without one for dark gets the nearest shade that can be read there', () => {
    const verdict = checkAccent({ light: '#1F4FD8' })
    assert.ok(verdict.kind === 'valid')
    assert.equal(verdict.accent.light, '#1f4fd8')
    assert.ok(contrast(colorOf(verdict.accent.dark), colorOf(look.dark['paper-0'] ?? '')) >= 4.5)
  })

  test('whatever it is, once taken every text that is drawn with it keeps 4.5:1', () => {
    let taken = 0
    fc.assert(
      fc.property(hex, hex, (light, dark) => {
        const verdict = checkAccent({ light, dark })
        if (verdict.kind === 'refused') return
        taken += 1
        for (const scheme of ['light', 'dark'] as const) {
          const { accent, strong, soft, on } = accentColors(scheme, colorOf(verdict.accent[scheme]))
          const paper = colorOf(look[scheme]['paper-0'] ?? '')
          for (const [text, ground] of [
            [accent, paper],
            [on, accent],
            [on, strong],
            [strong, soft],
          ] as const)
            assert.ok(contrast(text, ground) >= 4.5, `${scheme} ${light} ${dark}: ${printColor(text)} on ${printColor(ground)}`)
        }
      }),
      { numRuns: 2000 },
    )
    assert.ok(taken > 100)
  })
})

test('the text on the page keeps 4.5:1 to every colour behind the card', () => {
  fc.assert(
    fc.property(hex, hex, (light, dark) => {
      const tokens = byScheme(brandStylesheet({ background: { light, dark } }))
      for (const scheme of ['light', 'dark'] as const)
        for (const text of ['on-page', 'on-page-strong'])
          assert.ok(contrast(colorOf(tokens[scheme][text] ?? ''), colorOf(tokens[scheme]['backdrop'] ?? '')) >= 4.5)
    }),
  )
})

test('the tiles of the picture are those of the stylesheet', () => {
  assert.deepEqual(
    [...style.matchAll(/\.hue-\d \{\s*background: (#[0-9a-f]{6})/g)].map(([, color]) => color),
    [...tileColors],
  )
})

describe('a branding', () => {
  test('is taken whole, and what is left out stays out', () => {
    const given = {
      ...{ name: ' Acme ', accent: '#1f4fd8', radius: 'large', background: { light: '#F2F4F8', dark: '#10141a' } },
      ...{ termsUrl: 'https://acme.example/terms', privacyUrl: null, helpUrl: undefined },
    }
    const verdict = checkBranding(given)
    assert.ok(verdict.kind === 'valid')
    const { accent, ...rest } = verdict.branding
    assert.equal(accent?.light, '#1f4fd8')
    assert.deepEqual(rest, {
      ...{ name: 'Acme', radius: 'large', background: { light: '#f2f4f8', dark: '#10141a' }, termsUrl: 'https://acme.example/terms' },
    })
  })

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ['a name with a direction mark', { name: 'Acme\u202e' }, /name must be text/],
    ['an empty name', { name: ' ' }, /name must be text/],
    ['an address that runs', { termsUrl: 'javascript:alert(1)' }, /terms of service must be an http/],
    ['a relative address', { helpUrl: '/help' }, /help must be an http/],
    ['a radius of its own', { radius: '3px;}' }, /one of none, small, medium, large/],
    ['a background of its own', { background: 'url(x)' }, /background must be/],
    ['an unknown member of an accent', { accent: { light: '#000000', middle: '#000000' } }, /accent must be/],
    ['a list', { accent: ['#000000'] }, /accent must be/],
  ]
  for (const [what, given, expected] of wrong)
    test(`with ${what} is refused with a sentence`, () => {
      const verdict = checkBranding(given)
      assert.ok(verdict.kind === 'refused')
      assert.match(verdict.problems.join(' '), expected)
    })

  test('of an application has accent and background, and no other part', () => {
    assert.equal(checkClientBranding({ accent: '#1f4fd8', background: 'plain' }).kind, 'valid')
    for (const given of [{ customCss: '.card{}' }, { name: 'x' }, 'plain', null, [], undefined])
      assert.equal(checkClientBranding(given).kind, 'refused', JSON.stringify(given))
  })

  test('prints nothing but colours and lengths of ours', () => {
    const css = brandStylesheet({
      ...{ accent: { light: '#1f4fd8', dark: '}body{display:none' }, background: { light: 'url(x)', dark: '#000000' }, radius: 'none' },
      name: '</style>',
    })
    assert.doesNotMatch(css, /display|url|style/)
    assert.match(css, /^:root\{--accent:#1f4fd8;/)
    assert.equal(brandStylesheet({ name: 'Acme' }), '')
  })
})

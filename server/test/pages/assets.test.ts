import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { noIdempotency } from '../../src/http/idempotency.ts'
import { createLimiter } from '../../src/http/limits.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { mount } from '../../src/http/mount.ts'
import { noSeals } from '../../src/http/request-events.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import { createServer } from '../../src/http/server.ts'
import { assetUrls, pagesRoutes } from '../../src/pages/pages.routes.ts'

const folder = new URL('../../src/pages/assets/', import.meta.url)
const style = readFileSync(new URL('pages.css', folder), 'utf8')

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined }
const metrics = createMetrics()
const app = createServer({
  log: silent,
  metrics,
  isHttps: false,
  isDraining: () => false,
  isOutage: () => false,
  overloadOf: () => undefined,
})
const nobody = async (): Promise<never> => {
  throw new Error('an asset asks for no credentials')
}
mount(
  app,
  {
    ...{
      root: {
        ...{ tenantId: 'default', authenticate: nobody, administrator: nobody, idempotency: noIdempotency },
        ...{ missing: async () => undefined, routeOf: (route: AnyRoute) => route },
      },
      findTenant: async () => undefined,
      limiter: createLimiter(() => 0),
      metrics,
    },
    ...{ cors: () => ({}), address: () => '192.0.2.1', isShedding: () => false, sealEvents: noSeals },
  },
  pagesRoutes(),
)
const get = (url: string) => app.inject({ method: 'GET', url })

test('every asset is served under a name that changes with its content, to be kept for ever', async () => {
  assert.equal(Object.values(assetUrls).length, readdirSync(folder).length)
  for (const url of Object.values(assetUrls)) {
    assert.match(url, /^\/assets\/[a-z-]+\.[0-9a-f]{16}\.(css|js|svg)$/)
    const answer = await get(url)
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.equal(answer.body, readFileSync(new URL(url.slice('/assets/'.length).replace(/\.[0-9a-f]{16}\./, '.'), folder), 'utf8'))
  }
})

test('the media types are those that a browser takes for style, script and picture', async () => {
  const types = await Promise.all(Object.values(assetUrls).map(async (url) => (await get(url)).headers['content-type']))
  assert.deepEqual(types, [
    'text/css; charset=utf-8',
    'image/svg+xml',
    ...Array.from({ length: 3 }, () => 'text/javascript; charset=utf-8'),
  ])
})

test('the name of another version gets the present content, which nothing keeps', async () => {
  for (const hash of ['0000000000000000', 'css', '', '%2e'].filter(Boolean)) {
    const answer = await get(`/assets/pages.${hash}.css`)
    assert.deepEqual([answer.statusCode, answer.headers['cache-control'], answer.body], [200, 'no-cache', style])
  }
})

test('nothing else of the disk is served', async () => {
  for (const path of [
    '/assets/',
    '/assets/pages.css',
    '/assets/../pages.routes.ts',
    '/assets/pages.%2e%2e%2f.css/x',
    '/assets/layout.0.ts',
  ])
    assert.equal((await get(path)).statusCode, 404, path)
})

describe('the style', () => {
  test('loads nothing from elsewhere', () => {
    assert.doesNotMatch(style, /url\(|@import|https?:/)
  })

  test('knows start and end, not left and right, so that it can be mirrored', () => {
    assert.doesNotMatch(style, /\b(?:margin|padding|border)-(?:left|right)\b|\b(?:left|right):|text-align: (?:left|right)/)
  })

  test('moves nothing for those who asked for that', () => {
    const [outside = ''] = style.split('@media (prefers-reduced-motion: no-preference)')
    assert.doesNotMatch(outside, /transition|animation/)
  })

  test('has every class that a page uses', () => {
    const pages = new URL('../', folder)
    const sources = readdirSync(pages).filter((name) => name.endsWith('-page.ts'))
    const used = sources.flatMap((name) =>
      [...readFileSync(new URL(name, pages), 'utf8').matchAll(/class="([a-z -]+)"/g)].map(([, names]) => names ?? ''),
    )
    for (const name of new Set(used.flatMap((names) => names.split(' ')))) assert.ok(style.includes(`.${name}`), name)
  })
})

const luminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
const tokensIn = (css: string): Record<string, string> =>
  Object.fromEntries([...css.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))

const texts = [
  ...['ink-0', 'ink-1', 'ink-2', 'accent', 'bad', 'good'].map((ink) => [ink, 'paper-0']),
  ...['ink-0', 'ink-2'].flatMap((ink) => [
    [ink, 'paper-1'],
    [ink, 'paper-2'],
  ]),
  ...[
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['accent-strong', 'accent-soft'],
    ['warn', 'warn-soft'],
    ['bad', 'bad-soft'],
  ],
] as [string, string][]

describe('contrast (WCAG 2.2 sections 1.4.3 and 1.4.11)', () => {
  const [light = '', dark = ''] = style.split('@media (prefers-color-scheme: dark)')
  for (const [scheme, tokens] of Object.entries({ light: tokensIn(light), dark: { ...tokensIn(light), ...tokensIn(dark) } })) {
    test(`${scheme}: every text keeps 4.5:1 and every edge of a field 3:1`, () => {
      const of = (name: string): string => {
        const value = tokens[name]
        assert.ok(value !== undefined, name)
        return value
      }
      for (const [ink, paper] of texts)
        assert.ok(contrast(of(ink), of(paper)) >= 4.5, `${ink} on ${paper}: ${contrast(of(ink), of(paper))}`)
      for (const edge of ['ink-3', 'accent', 'bad']) assert.ok(contrast(of(edge), of('paper-0')) >= 3, edge)
    })
  }

  test('a letter on its tile keeps 4.5:1 to white', () => {
    const tiles = [...style.matchAll(/\.hue-\d \{\s*background: (#[0-9a-f]{6})/g)].map(([, color]) => color ?? '')
    assert.equal(tiles.length, 6)
    for (const tile of tiles) assert.ok(contrast(tile, '#ffffff') >= 4.5, tile)
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createClientLogos } from '../../src/oauth/client-logos.ts'
import type { GuardedBytes } from '../../src/platform/guarded-fetch/guarded-fetch.ts'
import { imageTypeOf } from '../../src/platform/image-type.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex')
const svg = Buffer.from('<?xml version="1.0"?>\n<!-- a logo -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')

type Published = { readonly status?: number; readonly type?: string; readonly bytes: Buffer }

const logosOf = (published: Published | Error) => {
  const asked: string[] = []
  const fetch: GuardedBytes = async (url) => {
    asked.push(url)
    await new Promise((resolve) => setImmediate(resolve))
    if (published instanceof Error) throw published
    const { status = 200, type, bytes } = published
    return { status, headers: type === undefined ? {} : { 'content-type': type }, bytes }
  }
  return { asked, logos: createClientLogos({ fetch }) }
}

describe('a picture is known by its bytes', () => {
  const pictures = {
    'image/png': [png],
    'image/jpeg': [Buffer.from('ffd8ffe000104a464946', 'hex')],
    'image/gif': [Buffer.from('GIF89a...'), Buffer.from('GIF87a...')],
    'image/webp': [Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ')],
    'image/svg+xml': [svg, Buffer.from('\ufeff  <svg viewBox="0 0 1 1"></svg>')],
  }
  for (const [type, samples] of Object.entries(pictures))
    test(type, () => {
      for (const bytes of samples) assert.equal(imageTypeOf(bytes), type)
    })

  test('J-08 and everything else is none', () => {
    const others = [
      '',
      'GIF',
      'RIFF....AVI ',
      '<html><svg></svg>',
      '<!doctype html><html><body><svg>',
      'svg',
      'x<svg>',
      '%PDF-1.7',
      'BM',
      `<${' '.repeat(2000)}<svg>`,
    ]
    for (const text of others) assert.equal(imageTypeOf(Buffer.from(text)), undefined, text)
  })
})

describe('the logo of an application', () => {
  const url = 'https://notes.example/logo'

  test('is fetched once, however many ask at once and afterwards', async () => {
    const { asked, logos } = logosOf({ type: 'image/png', bytes: png })
    const found = await Promise.all(Array.from({ length: 20 }, () => logos.find(url)))
    for (const one of [...found, await logos.find(url)]) assert.deepEqual(one, { bytes: png, mediaType: 'image/png' })
    assert.deepEqual(asked, [url])
  })

  const refused: Record<string, Published | Error> = {
    'J-08 an HTML page that calls itself a picture': { type: 'image/png', bytes: Buffer.from('<html><script>alert(1)</script>') },
    'J-08 a picture that calls itself a page': { type: 'text/html', bytes: svg },
    'J-08 a picture that calls itself another one': { type: 'image/png', bytes: svg },
    'a picture without a label': { bytes: png },
    'an error page': { status: 404, type: 'image/png', bytes: png },
    'a host that cannot be reached': new Error('unreachable'),
  }
  for (const [what, published] of Object.entries(refused))
    test(`${what} is none, which is remembered`, async () => {
      const { asked, logos } = logosOf(published)
      for (let time = 0; time < 3; time++) assert.equal(await logos.find(url), undefined)
      assert.equal(asked.length, 1)
    })

  test('keeps eight fetches waiting at most, and forgets those that found no room', async () => {
    const waiting: (() => void)[] = []
    const fetch: GuardedBytes = async () => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return { status: 200, headers: { 'content-type': 'image/png' }, bytes: png }
    }
    const logos = createClientLogos({ fetch })
    const slow = Array.from({ length: 8 }, (_, index) => logos.find(`https://slow.example/${index}`))
    assert.equal(await logos.find(url), undefined)
    for (const go of waiting) go()
    assert.equal((await Promise.all(slow)).filter((one) => one !== undefined).length, 8)
    const later = logos.find(url)
    waiting.at(-1)?.()
    assert.ok(await later)
  })
})

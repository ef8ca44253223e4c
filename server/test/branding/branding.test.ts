import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { record } from '../../src/events/events.job.ts'
import { sealDraft } from '../../src/oauth/oauth.ts'
import type { Branding } from '../../src/pages/brand/branding.ts'
import { changeBranding, checkLogo } from '../../src/settings/branding.job.ts'
import { atEnd } from '../harness/closing.ts'
import { request } from '../harness/http.ts'
import { authorizeUrl, newPerson, registerClient, type TestClient } from '../harness/oauth.ts'
import { operatorClient, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const pictures = new Map<string, { readonly type: string; readonly body: Buffer }>()
const asked: { readonly url: string; readonly headers: object }[] = []
const host = createServer(({ url = '', headers }, response) => {
  asked.push({ url, headers })
  const found = pictures.get(url)
  response.writeHead(found === undefined ? 404 : 200, { 'content-type': found?.type ?? 'text/plain' }).end(found?.body)
})
await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
atEnd(async () => void host.close())
const pictureHost = `http://127.0.0.1:${(host.address() as AddressInfo).port}`

const own = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.1' })
const { url, platform, sql, config } = own
const { db, tenantId } = platform.base
const client = await operatorClient(own, { metadata: { client_name: 'Acme Notes' } })
const { browser } = await newPerson(url)
const signInOf = (one: TestClient, parameters = {}) => browser.follow(authorizeUrl(url, one, parameters))
const stylesheetsOf = (page: string): string[] =>
  [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'))

const save = (branding: Branding, logo?: Extract<ReturnType<typeof checkLogo>, { kind: 'valid' }>['logo']) =>
  changeBranding({ db, tenantId, record }, { change: () => branding, logo })

const pageWith = async (sign: string): Promise<string> => {
  let text = ''
  await until(
    async () => {
      text = (await signInOf(client)).text
      return text.includes(sign)
    },
    5000,
    `a page with ${sign}`,
  )
  return text
}

describe('the look of a tenant', () => {
  test('is that of the product until somebody decides', async () => {
    const { text } = await signInOf(client)
    assert.equal(stylesheetsOf(text).length, 1)
    assert.doesNotMatch(text, /class="brand"|\/branding\//)
  })

  test('comes as a stylesheet whose name changes with it, to be kept for ever, and packed', async () => {
    await save({ name: 'Acme', accent: { light: '#1f4fd8', dark: '#8aa4f0' }, radius: 'small', privacyUrl: 'https://acme.example/privacy' })
    const text = await pageWith('<p class="brand"><bdi>Acme</bdi></p>')
    assert.match(text, /<a href="https:\/\/acme\.example\/privacy" rel="noopener noreferrer">Privacy policy<\/a>/)
    const [, own = ''] = stylesheetsOf(text)
    assert.match(own, /^\/branding\/[0-9a-f]{24}\.css$/)
    const plain = await request(url + own)
    assert.deepEqual(
      [plain.status, plain.headers['content-type'], plain.headers['cache-control'], plain.headers['x-content-type-options']],
      [200, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable', 'nosniff'],
    )
    assert.match(plain.text, /^:root\{--accent:#1f4fd8;/)
    const other = await request(`${url}/branding/000000000000000000000000.css`)
    assert.deepEqual([other.headers['cache-control'], other.text], ['no-cache', plain.text])
    const packed = await fetch(url + own, { headers: { 'accept-encoding': 'br' } })
    assert.deepEqual([packed.headers.get('content-encoding'), packed.headers.get('vary')], ['br', 'Accept-Encoding'])
    assert.equal(await packed.text(), plain.text)
    const changed = await sql.text(`select 1 from events where type = 'setting.saved' and payload->>'key' = 'branding'`)
    assert.equal(changed.length, 1)
  })

  test('J-08 shows a logo from this server under the hash of its bytes, as a picture and nothing else', async () => {
    const checked = checkLogo(png)
    assert.ok(checked.kind === 'valid')
    const { logo } = checked
    await save({ name: 'Acme', logo: { hash: logo.hash, mediaType: logo.mediaType } }, logo)
    const text = await pageWith('<p class="brand"><img')
    assert.ok(text.includes(`<img src="/branding/logo/${logo.hash}" alt="" width="200" height="44"><span class="unseen">Acme</span>`))
    const answer = await fetch(`${url}/branding/logo/${logo.hash}`)
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), png)
    const { headers } = answer
    assert.deepEqual(
      ['content-type', 'cache-control', 'content-security-policy', 'x-content-type-options'].map((name) => headers.get(name)),
      ['image/png', 'public, max-age=31536000, immutable', "sandbox; default-src 'none'", 'nosniff'],
    )
    for (const hash of ['0', '..%2f', logo.hash.toUpperCase()]) assert.equal((await request(`${url}/branding/logo/${hash}`)).status, 404)
  })

  test('J-08 takes as a logo only PNG, JPEG and WebP of at most 64 KiB', () => {
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', 'GIF89a', ''])
      assert.equal(checkLogo(Buffer.from(text)).kind, 'refused', text)
    const full = Buffer.concat([png, Buffer.alloc(65_536 - png.length)])
    assert.equal(checkLogo(full).kind, 'valid')
    assert.equal(checkLogo(Buffer.concat([full, Buffer.alloc(1)])).kind, 'refused')
  })

  test('leaves the policy of the pages as it is: no style but from files of this server', async () => {
    const { headers, text } = await signInOf(client)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /style-src 'self'; script-src 'self'; img-src 'self' data:;/)
    assert.doesNotMatch(policy, /https:|unsafe/)
    assert.doesNotMatch(text, / style="|<style/)
  })
})

describe('the look of an application', () => {
  test('stands over that of the tenant, on its pages alone', async () => {
    const branding = { accent: '#a8451f', background: 'plain' }
    const branded = await operatorClient(own, { metadata: { client_name: 'Branded', branding } })
    const { text } = await signInOf(branded)
    const sheet = stylesheetsOf(text).at(-1) ?? ''
    assert.match(sheet, new RegExp(`^/branding/client/${branded.id}/[0-9a-f]{24}\\.css$`))
    const answer = await request(url + sheet)
    assert.match(answer.text, /--accent:#a8451f;.*--backdrop:var\(--paper-1\)/)
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.doesNotMatch((await signInOf(client)).text, /branding\/client/)
    assert.equal((await request(`${url}/branding/client/nobody/0.css`)).status, 404)
  })

  test('is refused where it cannot be read, with a sentence', async () => {
    const metadata = { redirect_uris: ['https://app.example.test/callback'] }
    const refused = await own.clients.create({ isFirstParty: false, metadata: { ...metadata, branding: { accent: '#ffee00' } } })
    assert.match(JSON.stringify(refused), /branding: The accent #ffee00 has a contrast of 1\.2:1 to the white card/)
  })

  test('is not for those who register themselves', async () => {
    const itself = await registerClient(url, { branding: { accent: '#a8451f' } })
    assert.doesNotMatch((await signInOf(itself)).text, /branding\/client/)
  })
})

describe('B-10 the logo of an application', () => {
  const logoOf = async (path: string) => {
    const one = await registerClient(url, { client_name: 'Éclair', logo_uri: pictureHost + path })
    const { text } = await signInOf(one)
    assert.ok(!text.includes(pictureHost), 'the page names no other host')
    const source = /<img class="logo" src="([^"]+)" alt="" width="44" height="44"/.exec(text)?.[1] ?? ''
    assert.match(source, new RegExp(`^/client-logo/${one.id}/[\\w-]{16}$`))
    return { one, source }
  }

  test('is fetched by this server, tells its host nothing of the browser, and is sent as a picture alone', async () => {
    pictures.set('/logo.png', { type: 'image/png', body: png })
    const { source } = await logoOf('/logo.png')
    for (let time = 0; time < 3; time++) {
      const answer = await fetch(url + source, { headers: { cookie: 'cip_session=secret', referer: 'https://secret.example/' } })
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), png)
      const { headers } = answer
      assert.deepEqual(
        ['content-type', 'cache-control', 'content-security-policy', 'x-content-type-options'].map((name) => headers.get(name)),
        ['image/png', 'public, max-age=3600', "sandbox; default-src 'none'", 'nosniff'],
      )
    }
    const requests = asked.filter((one) => one.url === '/logo.png')
    assert.equal(requests.length, 1)
    assert.doesNotMatch(JSON.stringify(requests), /secret|mozilla/i)
  })

  test('J-08 is its initial where the address gives no picture', async () => {
    pictures.set('/page', { type: 'image/svg+xml', body: Buffer.from('<html><script>alert(1)</script></html>') })
    for (const path of ['/page', '/nothing']) {
      const answer = await request(url + (await logoOf(path)).source)
      assert.equal(answer.status, 200)
      assert.deepEqual([answer.headers['content-type'], answer.headers['cache-control']], ['image/svg+xml', 'public, max-age=300'])
      assert.match(answer.text, /^<svg .*>É<\/text><\/svg>$/)
      assert.equal(answer.headers['content-security-policy'], "sandbox; default-src 'none'")
    }
  })

  test('is served for applications that have one, and kept under the address of now alone', async () => {
    const { one } = await logoOf('/logo.png')
    assert.equal((await request(`${url}/client-logo/${one.id}/0`)).headers['cache-control'], 'no-cache')
    for (const id of [client.id, 'nobody', '..%2f..', '%00']) assert.equal((await request(`${url}/client-logo/${id}/0`)).status, 404, id)
  })
})

describe('a preview', () => {
  test('shows a page with the saved look, marked, with nothing that could be sent', async () => {
    const answer = await request(`${url}/interaction/preview?page=consent`)
    assert.equal(answer.status, 200)
    assert.match(answer.text, /data-page="consent".*This is a preview/s)
    assert.match(answer.text, /class="card"[^>]* inert/)
    assert.match(String(answer.headers['content-security-policy']), /form-action 'none'/)
    assert.doesNotMatch(answer.text, /name="form_token"|name="flow"/)
    assert.equal((await request(`${url}/interaction/preview`, { method: 'POST' })).status, 405)
  })

  test('shows a draft that was sealed here, and ignores every other', async () => {
    const branding: Branding = { name: 'Draft', accent: { light: '#7a3fb0', dark: '#c9a7ea' } }
    const now = Date.now()
    const seal = (at: number, tenant = tenantId) =>
      sealDraft(config.key('authorization-flows'), { tenantId: tenant, branding, now: at }) ?? ''
    const draft = seal(now)
    const { text } = await request(`${url}/interaction/preview?page=sign-in&draft=${draft}`)
    assert.ok(text.includes('<bdi>Draft</bdi>'))
    const sheet = await request(url + (stylesheetsOf(text)[1] ?? ''))
    assert.match(sheet.text, /--accent:#7a3fb0/)
    assert.equal(sheet.headers['cache-control'], 'no-store')
    const others = [seal(now - 86_500_000), seal(now, '00000000-0000-7000-8000-000000000000'), `${draft.slice(0, -4)}AAAA`, 'x', '']
    for (const other of others) {
      assert.ok(!(await request(`${url}/interaction/preview?draft=${other}`)).text.includes('<bdi>Draft</bdi>'))
      assert.equal((await request(`${url}/branding/draft.css?draft=${other}`)).status, 404)
    }
  })

  test('draws the sign-in page for a page that is none, and shows no words from outside', async () => {
    const { text } = await request(`${url}/interaction/preview?page=%22%3E%3Cscript%3E&client_id=nobody&name=Evil`)
    assert.match(text, /data-page="sign-in"/)
    assert.doesNotMatch(text.replace(/<details[\s\S]*<\/details>/, ''), /Evil|<script>/)
  })
})

describe('the way to the browser', () => {
  const total = async (page: { readonly text: string }): Promise<number> => {
    const files = [...stylesheetsOf(page.text), /rel="icon" href="([^"]+)"/.exec(page.text)?.[1] ?? '']
    const sizes = await Promise.all(
      files.map(async (file) => {
        const answer = await request(url + file, { headers: { 'accept-encoding': 'gzip' } })
        return Number(answer.headers['content-length'])
      }),
    )
    return Buffer.byteLength(page.text) + sizes.reduce((sum, size) => sum + size, 0)
  }

  test('the sign-in page with all that it loads has under 30,000 bytes, the page itself not packed', async () => {
    const page = await signInOf(client, { state: 's'.repeat(200), nonce: 'n'.repeat(100) })
    const bytes = await total(page)
    assert.ok(bytes < 30_000, `${bytes} bytes`)
    assert.ok(bytes > 5000, `${bytes} bytes`)
  })

  test('pages are never packed: their size would tell of the secrets in them', async () => {
    const answer = await browser.send(authorizeUrl(url, client), { headers: { 'accept-encoding': 'br, gzip' } })
    assert.equal(answer.headers['content-encoding'], undefined)
  })

  test('assets come in the smallest coding that is accepted', async () => {
    const [sheet = ''] = stylesheetsOf((await signInOf(client)).text)
    const bytesOf = async (accepted: string) => {
      const chunks: Buffer[] = []
      const { get } = await import('node:http')
      return new Promise<{ coding: string | undefined; bytes: Buffer }>((resolve, reject) =>
        get(url + sheet, { headers: { 'accept-encoding': accepted } }, (incoming) => {
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('end', () => resolve({ coding: incoming.headers['content-encoding'], bytes: Buffer.concat(chunks) }))
        }).on('error', reject),
      )
    }
    const plain = await bytesOf('identity')
    const [br, gzip] = [await bytesOf('gzip, deflate, br'), await bytesOf('br;q=0, gzip')]
    assert.deepEqual([plain.coding, br.coding, gzip.coding], [undefined, 'br', 'gzip'])
    assert.deepEqual(brotliDecompressSync(br.bytes), plain.bytes)
    assert.deepEqual(gunzipSync(gzip.bytes), plain.bytes)
    assert.ok(br.bytes.length < gzip.bytes.length && gzip.bytes.length < plain.bytes.length / 2)
  })
})

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { checkout, pinnedNode } from '../harness/server.ts'

// Takes no time where the portal was built before.
execFileSync(pinnedNode, ['scripts/web.mjs'], { cwd: checkout, stdio: 'inherit' })
const { url, config } = await startTestPlatform(await (await startTestDatabase()).create())

test('each page of the portal is the same program, which knows its issuer and may run no inline script or style', async () => {
  for (const path of ['/account', '/account/profile', '/account/callback?code=x', '/account/organizations/01/members']) {
    const { status, text, headers } = await request(`${url}${path}`)
    assert.deepEqual([status, headers['cache-control']], [200, 'no-cache'])
    assert.ok(text.includes(`<meta name="issuer" content="${config.publicUrl}">`), path)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/)
  }
})

test('what the page loads comes from here, packed, and may be kept for ever', async () => {
  const { text } = await request(`${url}/account`)
  const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
  assert.ok(links.length >= 3)
  for (const link of links) {
    assert.match(link, /^\/account\/assets\/[\w.-]+$/)
    const { status, headers } = await request(`${url}${link}`, { headers: { 'accept-encoding': 'gzip, br' } })
    assert.deepEqual([status, headers['cache-control']], [200, 'public, max-age=31536000, immutable'])
    assert.equal(headers['content-encoding'], 'br')
  }
})

test('an unchanged page is not sent again', async () => {
  const { headers } = await request(`${url}/account`)
  assert.equal((await request(`${url}/account/password`, { headers: { 'if-none-match': String(headers['etag']) } })).status, 304)
})

test('nothing else of the folder is served, and what is no page stays an error of the API', async () => {
  assert.ok(existsSync(join(checkout, 'web/account/dist/index.html')))
  for (const path of [
    '/account/assets/..%2findex.html',
    '/account/assets/index.html',
    '/account/v1',
    '/account/v1/nothing',
    '/account/a/b',
  ]) {
    const { status, json } = await request(`${url}${path}`)
    assert.deepEqual([status, json], [404, { detail: 'Not Found' }], path)
  }
})

const languages = { ar: 'rtl', de: 'ltr', en: 'ltr', es: 'ltr', fr: 'ltr', ja: 'ltr', pt: 'ltr', sw: 'ltr' } as const

test('the page speaks the language of the browser before anybody is signed in, and says so', async () => {
  const seen = new Set<string>()
  for (const [tag, direction] of Object.entries(languages)) {
    const { text, headers } = await request(`${url}/account`, { headers: { 'accept-language': `${tag}-XX, en;q=0.5` } })
    assert.ok(text.includes(`<html lang="${tag}" dir="${direction}">`), tag)
    assert.equal(headers['vary'], 'Accept-Language, Cookie')
    assert.doesNotMatch(text, /__[A-Z]+__/)
    for (const english of ['Opening your account', 'needs JavaScript', '<title>Your account'])
      assert.equal(text.includes(english), tag === 'en', `${tag}: ${english}`)
    seen.add(String(headers['etag']))
  }
  assert.equal(seen.size, 8)
})

test('the language that was chosen in the menu of a page comes before that of the browser', async () => {
  const { text } = await request(`${url}/account`, { headers: { 'accept-language': 'de', cookie: 'cip_language=ja' } })
  assert.ok(text.includes('<html lang="ja"'))
})

test('a wish that is no language, or holds markup, is English', async () => {
  for (const wish of ['"><script>', 'tlh', '', 'x'.repeat(5000)]) {
    const { text } = await request(`${url}/account`, { headers: { 'accept-language': wish } })
    assert.ok(text.includes('<html lang="en" dir="ltr">'), wish.slice(0, 20))
    assert.ok(!text.includes('<script>'))
  }
})

test('the first load is at most 145 kB as it travels, with one catalogue of texts, and no other is asked for beforehand', async () => {
  const { text } = await request(`${url}/account`)
  const links = [...text.matchAll(/(?:src|href)="(\/account\/assets\/[^"]+\.(?:js|css))"/g)].map(([, link]) => link ?? '')
  const catalogue = (link: string): boolean => /\/(?:ar|de|en|es|fr|ja|pt|sw)-[\w-]+\.js$/.test(link)
  assert.deepEqual(links.filter(catalogue), [])
  const folder = join(checkout, 'web/account/dist/assets')
  const largest = Math.max(
    ...readdirSync(folder).flatMap((name) => (catalogue(`/${name}`) ? [statSync(join(folder, `${name}.br`)).size] : [])),
  )
  assert.ok(largest > 3000 && largest < 9000, `a catalogue has ${largest} bytes`)
  const sizes = await Promise.all(
    links.map(async (link) => (await fetch(`${url}${link}`, { headers: { 'accept-encoding': 'br' } })).headers.get('content-length')),
  )
  const sum = sizes.reduce((total, size) => total + Number(size), largest)
  assert.ok(sum > 50_000 && sum <= 145_000, `${sum} bytes`)
})

const assets = join(checkout, 'web/console/dist/assets')

/** A part of the console with everything that it cannot run without. */
const withImports = (file: string, known = new Set<string>()): ReadonlySet<string> => {
  if (known.has(file)) return known
  known.add(file)
  const text = readFileSync(join(assets, file), 'utf8')
  for (const [, other = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) withImports(other, known)
  return known
}

test('each page of the console is the same program, however deep its path, and may run no inline script or style', async () => {
  for (const path of ['/console', '/console/users', '/console/users/01/a/b/c', '/console/callback?code=x', '/console/step-up?max_age=0']) {
    const { status, text, headers } = await request(`${url}${path}`)
    assert.deepEqual([status, headers['cache-control']], [200, 'no-cache'], path)
    assert.ok(text.includes(`<meta name="issuer" content="${config.publicUrl}">`), path)
    assert.match(String(headers['content-security-policy']), /default-src 'none'; script-src 'self'; style-src 'self';/)
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/)
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|__[A-Z]+__/)
  }
})

test('the console begins in the language of the browser, and what it loads comes packed, for ever, and from here', async () => {
  const { text } = await request(`${url}/console`, { headers: { 'accept-language': 'de' } })
  assert.ok(text.includes('<html lang="de" dir="ltr">') && text.includes('<title>Konsole</title>'))
  for (const [, link = ''] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
    assert.match(link, /^\/console\/assets\/[\w.-]+$/)
    const { status, headers } = await request(`${url}${link}`, { headers: { 'accept-encoding': 'gzip, br' } })
    assert.deepEqual(
      [status, headers['cache-control'], headers['content-encoding']],
      [200, 'public, max-age=31536000, immutable', 'br'],
      link,
    )
  }
})

test('what is no part of the console is not found, nor is the admin API below its name', async () => {
  for (const path of [
    '/console/assets/nothing.js',
    '/console/assets/..%2findex.html',
    '/console/assets/a/b',
    '/console/v1',
    '/console/v1/users',
  ])
    assert.deepEqual((await request(`${url}${path}`)).json, { detail: 'Not Found' }, path)
})

test('the first load of the console, with its first page and one catalogue of texts, is at most 250 kB as it travels', async () => {
  const { text } = await request(`${url}/console`)
  const linked = [...text.matchAll(/(?:src|href)="\/console\/assets\/([^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '')
  const later = readdirSync(assets).filter((file) => /^(?:en|overview)-[\w-]+\.js$/.test(file))
  assert.ok(later.length >= 2, 'the catalogue and the first page are parts of their own')
  const files = [...linked, ...later].flatMap((file) => (file.endsWith('.js') ? [...withImports(file)] : [file]))
  const sum = [...new Set(files)].reduce((total, file) => total + statSync(join(assets, `${file}.br`)).size, 0)
  process.stdout.write(`# ${sum} bytes\n`)
  assert.ok(sum > 80_000 && sum <= 250_000, `${sum} bytes`)
})

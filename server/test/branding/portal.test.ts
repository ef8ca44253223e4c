import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { record } from '../../src/events/events.job.ts'
import type { Branding } from '../../src/pages/brand/branding.ts'
import { changeBranding, checkLogo } from '../../src/settings/branding.job.ts'
import { cipJson } from '../cli/cip.ts'
import { request } from '../harness/http.ts'
import { startProvider } from '../harness/provider.ts'
import { checkout, pinnedNode } from '../harness/server.ts'
import { until } from '../harness/until.ts'

// Takes no time where the portal was built before.
execFileSync(pinnedNode, ['scripts/web.mjs'], { cwd: checkout, stdio: 'inherit' })
const own = await startProvider()
const { url, platform } = own
const { db, tenantId: root } = platform.base
const { id: acme } = (await cipJson(['tenants', 'create', 'acme'], { env: own.env })) as { id: string }
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const save = (tenantId: string, branding: Branding, logo?: Extract<ReturnType<typeof checkLogo>, { kind: 'valid' }>['logo']) =>
  changeBranding({ db, tenantId, record }, { change: () => branding, logo })

const brandOf = (text: string): Record<string, string> =>
  JSON.parse((/<meta name="brand" content="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Record<
    string,
    string
  >
const stylesheetOf = (text: string): string | undefined => /<link rel="stylesheet" href="([^"]*\/branding\/[^"]+)"/.exec(text)?.[1]

const portalWith = async (place: string, sign: string): Promise<string> => {
  let text = ''
  await until(
    async () => {
      text = (await request(`${url}${place}/account`)).text
      return text.includes(sign)
    },
    5000,
    `a portal with ${sign}`,
  )
  return text
}

test('the portal looks like the product until somebody decides', async () => {
  const { text } = await request(`${url}/account`)
  assert.deepEqual(brandOf(text), {})
  assert.equal(stylesheetOf(text), undefined)
})

test('the portal of a tenant has its colours, corners, name, logo and links, all from below its own path', async () => {
  const logo = checkLogo(png)
  assert.ok(logo.kind === 'valid')
  const links = { termsUrl: 'https://acme.example/terms', privacyUrl: 'https://acme.example/privacy', helpUrl: 'https://acme.example/help' }
  const look = { name: 'Acme', radius: 'none', accent: { light: '#9b2c5e', dark: '#f0a0c8' }, logo: logo.logo, ...links } as const
  await save(acme, look, logo.logo)
  const text = await portalWith('/t/acme', '&quot;Acme&quot;')
  assert.deepEqual(brandOf(text), { name: 'Acme', logo: `/t/acme/branding/logo/${logo.logo.hash}`, ...links })
  const stylesheet = stylesheetOf(text) ?? ''
  assert.match(stylesheet, /^\/t\/acme\/branding\/portal\/[0-9a-f]{24}\.css$/)
  const css = await request(`${url}${stylesheet}`)
  assert.deepEqual([css.status, css.headers['cache-control']], [200, 'public, max-age=31536000, immutable'])
  assert.match(css.text, /--accent:#9b2c5e/)
  assert.match(css.text, /prefers-color-scheme:dark\)\{:root\{--accent:#f0a0c8/)
  assert.match(css.text, /--radius-m:0/)
  assert.equal((await request(`${url}/t/acme/branding/logo/${logo.logo.hash}`)).status, 200)
  assert.ok(text.indexOf('/branding/portal/') > text.indexOf('/account/assets/'), 'the look of the tenant comes last')
})

test('the portal of another tenant shows none of it', async () => {
  const { text } = await request(`${url}/account`)
  assert.deepEqual(brandOf(text), {})
})

test('custom CSS of the hosted pages does not reach the portal, whose classes it does not know', async () => {
  await save(root, { name: 'Root', accent: { light: '#1f4fd8', dark: '#9db8ff' }, customCss: '.notice{padding:0}' })
  const text = await portalWith('', '&quot;Root&quot;')
  const css = await request(`${url}${stylesheetOf(text)}`)
  assert.match(css.text, /#1f4fd8/)
  assert.doesNotMatch(css.text, /notice/)
})

test('a changed look is another page, so that no browser keeps the one before', async () => {
  const before = await request(`${url}/account`)
  await save(root, { name: 'Root anew' })
  await portalWith('', 'Root anew')
  const sent = await request(`${url}/account`, { headers: { 'if-none-match': String(before.headers['etag']) } })
  assert.equal(sent.status, 200)
})

test('a name that is markup stays text', async () => {
  await save(root, { name: '"><script>alert(1)</script>' })
  const text = await portalWith('', 'alert(1)')
  assert.doesNotMatch(text, /<script>alert/)
  assert.equal(brandOf(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))['name'], '"><script>alert(1)</script>')
})

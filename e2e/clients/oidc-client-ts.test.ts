import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openWatched, startBrowser } from '../browser.ts'
import { type Account, registerAccount } from '../person.ts'
import { startServer } from '../server.ts'
import { startSite } from '../static-site.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const script = await readFile(new URL('../connect/spa.js', import.meta.url), 'utf8')
const packaged = async (name: string): Promise<string> => readFile(fileURLToPath(import.meta.resolve(name)), 'utf8')
// jwt-decode is what oidc-client-ts itself imports.
const library = fileURLToPath(import.meta.resolve('oidc-client-ts'))
const files: Readonly<Record<string, string>> = {
  '/spa.js': script,
  '/oidc-client-ts.js': await packaged('oidc-client-ts'),
  '/jwt-decode.js': await readFile(createRequire(library).resolve('jwt-decode').replace('/cjs/', '/esm/'), 'utf8'),
}
const imports = '<script type="importmap">{"imports":{"oidc-client-ts":"/oidc-client-ts.js","jwt-decode":"/jwt-decode.js"}}</script>'
const buttons = ['sign-in', 'renew', 'sign-out'].map((id) => `<button id="${id}">${id}</button>`).join('')

let clientId = ''
const index = (): string => `<!doctype html><html lang="en" data-authority="${server.url}" data-client-id="${clientId}"><title>Notes</title>
<link rel="icon" href="data:,">${imports}<p id="user"></p><p id="token"></p>${buttons}<script type="module" src="/spa.js"></script></html>`

const site = await startSite((path) => {
  const file = files[path]
  if (file !== undefined) return { type: 'text/javascript', text: file }
  return ['/', '/callback', '/silent'].includes(path) ? { type: 'text/html', text: index() } : undefined
})
after(site.stop)

const uris = [`${site.url}/callback`, `${site.url}/silent`].flatMap((uri) => ['--redirect-uri', uri])
const made = await server.cip(
  ...['clients', 'create', '--template', 'spa', '--name', 'Notes', ...uris, '--post-logout-redirect-uri', `${site.url}/`],
)
clientId = String(made['client_id'])

const passSignIn = async (page: Page, { username, password }: Account): Promise<void> => {
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await page.locator('#login-submit').click()
  await page.locator('#consent-allow').click()
}

const settled = (page: Page, user: string) => page.locator('#user', { hasText: user }).waitFor()

test('oidc-client-ts in a browser: signs a person in, reads userinfo, renews without a page, signs out', async () => {
  const account = await registerAccount(server.url)
  const { page, complaints } = await openWatched(browser, site.url)
  await settled(page, 'nobody')
  await page.locator('#sign-in').click()
  await passSignIn(page, account)
  await settled(page, account.username)
  assert.equal(page.url(), `${site.url}/`)

  const token = await page.locator('#token').innerText()
  await page.locator('#renew').click()
  await page.waitForFunction((before) => !['', before].includes(document.querySelector('#token')?.textContent ?? ''), token)
  assert.ok(site.requests.some((one) => one.startsWith('GET /silent?code=')))

  await page.locator('#sign-out').click()
  await page.locator('#logout-confirm').click()
  await settled(page, 'nobody')
  assert.deepEqual(complaints, [])
  await page.locator('#sign-in').click()
  await page.locator('#username').waitFor()
  await page.context().close()
})

test('oidc-client-ts in a browser: who refuses consent comes back without tokens', async () => {
  const account = await registerAccount(server.url)
  const { page } = await openWatched(browser, site.url)
  await page.locator('#sign-in').click()
  await page.locator('#username').fill(account.username)
  await page.locator('#password').fill(account.password)
  await page.locator('#login-submit').click()
  await page.locator('#consent-deny').click()
  await page.waitForURL(`${site.url}/callback?**`)
  const address = new URL(page.url()).searchParams
  assert.deepEqual([address.get('error'), address.get('iss'), address.get('code')], ['access_denied', server.url, null])
  assert.equal(await page.evaluate(() => Object.keys(sessionStorage).some((key) => key.startsWith('oidc.user'))), false)
  await page.context().close()
})

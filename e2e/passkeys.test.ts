import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { addAuthenticator } from './authenticator.ts'
import { openWatched, startBrowser } from './browser.ts'
import { type Account, registerAccount } from './person.ts'
import { startServer } from './server.ts'
import { startApplication } from './static-site.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const site = await startApplication()
after(site.stop)

const made = await server.cip(
  ...['clients', 'create', '--template', 'spa', '--name', 'Corner Shop', '--first-party', '--redirect-uri', `${site.url}/callback`],
)
// Browsers know passkeys of names, not of addresses.
const origin = server.url.replace('127.0.0.1', 'localhost')
const start = (parameters: Readonly<Record<string, string>> = {}): string =>
  `${origin}/oauth2/authorize?${new URLSearchParams({
    client_id: String(made['client_id']),
    redirect_uri: `${site.url}/callback`,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...parameters,
  })}`

const fill = async (page: Page, { username, password }: Account): Promise<void> => {
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await page.locator('#login-submit').click()
}

const codeOf = (page: Page): string | null => new URL(page.url()).searchParams.get('code')

test('a passkey is offered after a password, and signs in without a name the next time', async () => {
  const account = await registerAccount(server.url)
  const watched = await openWatched(browser, start())
  const { page, complaints, picture } = watched
  const authenticator = await addAuthenticator(page)
  await page.reload()
  await authenticator.leave()
  await fill(page, account)
  await page.locator('[data-page="passkey-offer"]').waitFor()
  await page.locator('#passkey').waitFor()
  await picture('passkey-offer')
  assert.deepEqual(await seriousFindings(page), [])
  await authenticator.touch()
  await page.locator('#passkey').click()
  await page.waitForURL(`${site.url}/**`)
  assert.ok(codeOf(page))
  const [credential] = await authenticator.credentials()
  assert.equal(credential?.rpId, 'localhost')
  assert.equal((await authenticator.credentials()).length, 1)

  await page.context().clearCookies()
  await authenticator.leave()
  await page.goto(start())
  await page.locator('#passkey').waitFor()
  await picture('sign-in-with-passkey')
  assert.deepEqual(await seriousFindings(page), [])
  await authenticator.touch()
  await page.locator('#passkey').click()
  await page.waitForURL(`${site.url}/**`)
  assert.ok(codeOf(page))
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('a passkey in the field of the name signs in as soon as it is chosen', async () => {
  const account = await registerAccount(server.url)
  const { page } = await openWatched(browser, start())
  const authenticator = await addAuthenticator(page)
  await page.reload()
  await authenticator.leave()
  await fill(page, account)
  await page.locator('#passkey').waitFor()
  await authenticator.touch()
  await page.locator('#passkey').click()
  await page.waitForURL(`${site.url}/**`)
  await page.context().clearCookies()
  // With somebody at the authenticator, the browser's own list is answered at once.
  await page.goto(start())
  await page.waitForURL(`${site.url}/**`)
  assert.ok(codeOf(page))
  await page.context().close()
})

test('who wants no passkey goes on, and is not offered one again in this browser', async () => {
  const account = await registerAccount(server.url)
  const { page } = await openWatched(browser, start())
  const authenticator = await addAuthenticator(page)
  await authenticator.leave()
  await page.reload()
  await fill(page, account)
  await page.locator('#passkey-later').click()
  await page.waitForURL(`${site.url}/**`)
  await page.goto(start({ prompt: 'login' }))
  await fill(page, account)
  await page.waitForURL(`${site.url}/**`)
  assert.ok(codeOf(page))
  await page.context().close()
})

test('a browser without script, and one at an address of numbers, sign in as before', async () => {
  const account = await registerAccount(server.url)
  const { page } = await openWatched(browser, start(), { javaScriptEnabled: false })
  assert.equal(await page.locator('#passkey').isVisible(), false)
  assert.match(await page.content(), /<noscript><p class="note">Passkeys need scripts/)
  await fill(page, account)
  await page.waitForURL(`${site.url}/**`)
  await page.context().close()
  const other = await openWatched(browser, start().replace('localhost', '127.0.0.1'))
  await other.page.locator('#username').waitFor()
  assert.equal(await other.page.locator('#passkey').isVisible(), false)
  await fill(other.page, account)
  await other.page.waitForURL(`${site.url}/**`)
  await other.page.context().close()
})

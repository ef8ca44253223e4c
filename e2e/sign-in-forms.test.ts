import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { addAuthenticator } from './authenticator.ts'
import { openWatched, startBrowser } from './browser.ts'
import { newestMail } from './inbox.ts'
import { registerAccount } from './person.ts'
import { startServer } from './server.ts'
import { startApplication } from './static-site.ts'
import { give, press, walkIn, walks } from './walk.ts'

const site = await startApplication()
after(site.stop)
const browser = await startBrowser()
after(() => browser.close())
const [server, combined] = await Promise.all([startServer(), startServer()])
after(() => Promise.all([server.stop(), combined.stop()]))

await server.cip('sign-in', 'set', '--form', 'identifier-first')
const words = ['clients', 'create', '--template', 'spa', '--name', 'Corner Shop', '--first-party', '--redirect-uri', `${site.url}/callback`]
const [client, other] = await Promise.all([server.cip(...words), combined.cip(...words)])
const start = (at: typeof server, clientId: unknown, parameters: Readonly<Record<string, string>> = {}): string =>
  `${at.url}/oauth2/authorize?${new URLSearchParams({
    ...{ client_id: String(clientId), redirect_uri: `${site.url}/callback`, response_type: 'code', scope: 'openid' },
    ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...parameters },
  })}`
const authorize = (parameters: Readonly<Record<string, string>> = {}): string => start(server, client['client_id'], parameters)

const arrived = async (page: Page): Promise<void> => {
  await page.waitForURL(`${site.url}/callback?**`)
  assert.ok(new URL(page.url()).searchParams.get('code'), page.url())
}

for (const walk of walks)
  test(`${walk.title}: the name first, then the password, and the ways besides it`, async () => {
    const { username, email, password } = await registerAccount(server.url)
    const { page, see, end } = await walkIn(browser, site.url)(walk, authorize())
    await see('sign-in', 'name')
    await give(page, { username: 'somebody-with-a-name-of-sixty-four-characters-which-is-the-longest' }, '#login-continue')
    await see('sign-in', 'name-long')
    await press(page, '#not-you')
    assert.match(await page.locator('#username').inputValue(), /^somebody-with-a-name/, 'what was typed can be mended')
    await give(page, { username: email }, '#login-continue')
    await see('sign-in', 'way-password')
    assert.equal((await page.locator('#account').innerText()).trim(), email)
    await give(page, { password: 'not the password' }, '#login-submit')
    await see('sign-in', 'way-password-wrong')
    await page.locator('.ways summary').click()
    await see('sign-in', 'way-password-ways')
    await press(page, '#mail-code')
    await see('code', 'way-code')
    await page.locator('.ways summary').click()
    await see('code', 'way-code-ways')
    await press(page, 'button[name=way][value=password]')
    await page.locator('#password').fill(password)
    // The Enter key does what the first button says.
    await Promise.all([page.waitForURL(`${site.url}/**`), page.locator('#password').press('Enter')])
    await arrived(page)

    // By mail this time, and the browser remembers it.
    await page.goto(authorize({ prompt: 'login' }))
    await see('sign-in', 'way-again')
    await page.locator('.ways summary').click()
    await press(page, '#mail-code')
    await give(page, { code: (await newestMail(server.url, 'sign-in-code', email)).code }, '#code-submit')
    await arrived(page)
    await page.goto(authorize({ prompt: 'login' }))
    await see('sign-in', 'way-mail')
    await page.locator('.ways summary').click()
    await press(page, '#way-password')
    assert.equal(await page.locator('#account').innerText(), username)
    await give(page, { password }, '#login-submit')
    await arrived(page)
    await end()
  })

test('a passkey is in front in the browser that used it, answers in the list of the field, and stands under the other ways elsewhere', async () => {
  const { username, password } = await registerAccount(server.url)
  const named = (parameters: Readonly<Record<string, string>> = {}): string => authorize(parameters).replace('127.0.0.1', 'localhost')
  const watched = await openWatched(browser, named())
  const { page, picture, complaints } = watched
  const authenticator = await addAuthenticator(page)
  await authenticator.leave()
  await page.reload()
  await page.locator('#passkey').waitFor()
  await picture('name-first-passkey')
  assert.deepEqual(await seriousFindings(page), [])
  await page.locator('#username').fill(username)
  await page.locator('#username').press('Enter')
  await page.locator('#password').waitFor()
  assert.equal(await page.locator('#passkey').isVisible(), false, 'under the other ways')
  await page.locator('.ways summary').click()
  await page.locator('.ways #passkey').waitFor()
  await picture('name-first-passkey-elsewhere')
  assert.deepEqual(await seriousFindings(page), [])
  await page.locator('#password').fill(password)
  await page.locator('#password').press('Enter')
  await page.locator('[data-page="passkey-offer"]').waitFor()
  await authenticator.touch()
  await page.locator('#passkey').click()
  await page.waitForURL(`${site.url}/**`)

  await authenticator.leave()
  await page.goto(named({ prompt: 'login' }))
  await page.locator('#passkey.primary').waitFor()
  assert.equal(await page.locator('#way-password').isVisible(), true)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 360, height: 800 })
    await picture(`name-first-passkey-known-${colorScheme}`)
    assert.deepEqual(await seriousFindings(page), [])
  }
  await authenticator.touch()
  await page.locator('#passkey').click()
  await page.waitForURL(`${site.url}/**`)
  assert.ok(new URL(page.url()).searchParams.get('code'))

  // With somebody at the authenticator the list of the field is answered at once, before any name.
  await page.context().clearCookies()
  await page.goto(named())
  await page.waitForURL(`${site.url}/**`)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

for (const javaScriptEnabled of [true, false])
  test(`the Enter key signs in on the one form, too, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
    const { username, password } = await registerAccount(combined.url)
    const { page } = await openWatched(browser, start(combined, other['client_id']), { javaScriptEnabled })
    await page.locator('#username').fill(username)
    await page.locator('#password').fill(password)
    await page.locator('#password').press('Enter')
    await arrived(page)
    await page.context().close()
  })

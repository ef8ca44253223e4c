import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inEveryLook, isThorough, nameOfLook, openWatched, startBrowser } from './browser.ts'
import { checkPortal, checkPortalFit, goTo, openPortal, type PortalLook, portalPages, settled, signIn } from './portal.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const open = (path: string, look: PortalLook = {}) => openPortal(browser, { issuer: server.url, path }, look)

test('every page of the portal fits in light and dark, at 360 and 1280 px, for somebody who has just signed in', async () => {
  const { watched, page } = await open('/sessions')
  for (const [index, path] of portalPages.entries()) {
    await inEveryLook({
      ...{ page, index, arrive: () => goTo(page, `/account${path}`) },
      check: (look) => (isThorough(look) ? checkPortal : checkPortalFit)(watched, `${nameOfLook(look)}-${path.slice(1) || 'overview'}`),
    })
    assert.equal(await page.getByRole('alert').count(), 0, path)
  }
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

test('a changed name is there after the page was loaded anew', async () => {
  const { page } = await open('/profile')
  await page.getByLabel('First name').fill('Ada')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.reload()
  await page.locator('main h1').waitFor()
  await settled(page)
  assert.equal(await page.getByLabel('First name').inputValue(), 'Ada')
  await page.context().close()
})

test('refuses a value that the schema of the tenant refuses, beside its field, and keeps what was typed', async () => {
  const { page } = await open('/profile')
  await page.getByLabel('Date of birth').fill('yesterday')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.mantine-InputWrapper-error, [role=alert]').first().waitFor()
  assert.equal(await page.getByLabel('Date of birth').inputValue(), 'yesterday')
  await page.context().close()
})

test('marks the session of this browser, and ends another one', async () => {
  const { account, page } = await open('/sessions')
  const other = await openWatched(browser, `${server.url}/account/sessions`)
  await signIn(other.page, account)
  await other.page.waitForURL(`${server.url}/account/sessions`)
  await page.reload()
  await page.getByRole('button', { name: /^End:/ }).waitFor()
  assert.equal(await page.getByText('This one', { exact: true }).first().isVisible(), true)
  await page.getByRole('button', { name: /^End:/ }).click()
  await page.getByText('The session has ended.').waitFor()
  await other.page.reload()
  await other.page.locator('#password').waitFor()
  await other.page.context().close()
  await page.context().close()
})

test('the portal of another tenant signs in at the issuer of that tenant', async () => {
  await server.cip('tenants', 'create', 'acme', '--name', 'Acme')
  const watched = await openWatched(browser, `${server.url}/t/acme/account`)
  await watched.page.locator('#password').waitFor()
  assert.match(new URL(watched.page.url()).pathname, /^\/t\/acme\/interaction\/sign-in$/)
  await watched.page.context().close()
})

test('an answer that was never asked for signs nobody in, and waits for a press', async () => {
  const { page } = await openWatched(browser, `${server.url}/account/callback?code=cip_ac_x&state=x&iss=${encodeURIComponent(server.url)}`)
  await page.getByRole('alert').waitFor()
  assert.equal(page.url(), `${server.url}/account`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('#password').waitFor()
  await page.context().close()
})

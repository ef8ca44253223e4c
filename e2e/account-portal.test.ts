import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openWatched, startBrowser } from './browser.ts'
import { checkPortal, checkPortalFit, goTo, openPortal, type PortalLook, settled, signIn } from './portal.ts'
import { startServer } from './server.ts'

// Takes no time where the portal was built before.
execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/web.mjs', import.meta.url))], { stdio: 'inherit' })

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const open = (path: string, look: PortalLook = {}) => openPortal(browser, { issuer: server.url, path }, look)

const pages = [
  '',
  '/profile',
  '/language',
  '/data',
  '/password',
  '/passkeys',
  '/second-factor',
  '/identities',
  '/sessions',
  '/applications',
  '/activity',
  '/organizations',
]

// Of two looks, both widths and both colours are seen by axe-core.
const isThorough = (colorScheme: 'light' | 'dark', width: number): boolean => (colorScheme === 'light') === (width === 1280)

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`${colorScheme}, ${width} px: every page of the portal is there for somebody who has just signed in`, async () => {
      const { watched, page } = await open('/sessions', { colorScheme, width })
      const check = isThorough(colorScheme, width) ? checkPortal : checkPortalFit
      for (const path of pages) {
        await goTo(page, `/account${path}`)
        await check(watched, `${colorScheme}-${width}-${path.slice(1) || 'overview'}`)
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

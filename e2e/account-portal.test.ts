import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { openWatched, startBrowser, type Watched } from './browser.ts'
import { type Account, registerAccount } from './person.ts'
import { startServer } from './server.ts'

// Takes no time where the portal was built before.
execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/portal.mjs', import.meta.url))], { stdio: 'inherit' })

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const fill = async (page: Page, { username, password }: Account): Promise<void> => {
  await page.locator('#password').waitFor()
  if (await page.locator('#username').isVisible()) await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await page.locator('#login-submit').click()
}

/** The portal, signed in, at one of its pages. */
const open = async (path: string, look: { colorScheme?: 'light' | 'dark'; width?: number } = {}) => {
  const { colorScheme = 'light', width = 1280 } = look
  const account = await registerAccount(server.url)
  const watched = await openWatched(browser, `${server.url}/account${path}`, { colorScheme, viewport: { width, height: 900 } })
  await fill(watched.page, account)
  await watched.page.waitForURL(`${server.url}/account${path}`)
  await watched.page.locator('main h1').waitFor()
  return { account, watched, page: watched.page }
}

// What is on its way is drawn as bones, whose role is that of a status with a name.
const settled = (page: Page): Promise<void> => page.locator('.bone').first().waitFor({ state: 'detached' })

/** The page fits its width, axe-core finds nothing serious, and nothing was loaded from elsewhere. */
const check = async ({ page, picture, strangers }: Watched, shot: string): Promise<void> => {
  await settled(page)
  await picture(`portal-${shot}`)
  const width = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: innerWidth }))
  assert.ok(width.content <= width.window, `${shot} is ${width.content} px wide in a window of ${width.window} px`)
  assert.deepEqual(await seriousFindings(page), [], shot)
  assert.deepEqual(strangers, [], shot)
}

const pages = ['', '/profile', '/language', '/data', '/password', '/passkeys', '/second-factor', '/sessions', '/applications', '/activity']

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`${colorScheme}, ${width} px: every page of the portal is there for somebody who has just signed in`, async () => {
      const { watched, page } = await open('/sessions', { colorScheme, width })
      for (const path of pages) {
        await page.goto(`${server.url}/account${path}`)
        await page.locator('main h1').waitFor()
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
  await fill(other.page, account)
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

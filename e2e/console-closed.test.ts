import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { startBrowser, type Watched } from './browser.ts'
import { type ConsoleLook, newAdministrator, openConsole } from './console.ts'
import { signIn } from './portal.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')

/** The form of a new account with something typed into it. */
const drafting = async (name: string, look: ConsoleLook = {}) => {
  const { page, watched } = await openConsole(browser, { server, path: '/users/new', account: owner }, look)
  await page.getByLabel('User name').fill(name)
  await page.getByLabel('E-mail address').fill(`${name}@example.com`)
  return { page, watched }
}
const draftOf = (page: Page): Promise<string> => page.getByLabel('User name').inputValue()
const closed = (page: Page) => page.getByRole('dialog', { name: 'Sign in again to go on' })
const againIn = async (page: Page): Promise<Page> => {
  const window = page.waitForEvent('popup')
  await closed(page).getByRole('button', { name: 'Sign in again' }).click()
  return window
}
/** As the server ends the session where somebody signs out elsewhere. */
const signOutElsewhere = async (page: Page): Promise<void> => {
  const tab = await page.context().newPage()
  await tab.goto(`${server.url}/oauth2/logout`)
  await tab.locator('button[value=logout]').click()
  await tab.waitForLoadState('networkidle')
  await tab.close()
}
const checkClosed = async ({ page, picture }: Watched, shot: string): Promise<void> => {
  await closed(page).waitFor()
  assert.equal(await page.locator('main').isVisible(), false, 'nobody who comes by sees what was open')
  await picture(`console-closed-${shot}`)
  assert.deepEqual(await seriousFindings(page), [], shot)
}

test('a console that nobody is at closes itself, and what was typed is there after the sign-in', async () => {
  const { page, watched } = await drafting('idle-one')
  await page.clock.setSystemTime(Date.now() + 16 * 60_000)
  await checkClosed(watched, 'idle')
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('Escape')
  assert.equal(await closed(page).isVisible(), true)
  // The server knows better: a sign-in of a moment ago is enough for it.
  const window = await againIn(page)
  await closed(page).waitFor({ state: 'detached' })
  assert.equal(await draftOf(page), 'idle-one')
  assert.equal(window.isClosed(), true)
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

for (const look of [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const)
  test(`where the sign-in has ended, a request waits for the next one and is asked again (${look.colorScheme}, ${look.width} px)`, async () => {
    const name = `ended-${look.width}`
    const { page, watched } = await drafting(name, look)
    await signOutElsewhere(page)
    await page.getByRole('button', { name: 'Make the account', exact: true }).click()
    await checkClosed(watched, `${look.colorScheme}-${look.width}`)
    const window = await againIn(page)
    await signIn(window, owner)
    await page.getByRole('heading', { level: 1, name }).waitFor()
    assert.equal(await closed(page).count(), 0)
    await page.context().close()
  })

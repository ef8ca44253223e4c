import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { codeOfApp } from './authenticator-app.ts'
import { openWatched, type Watched } from './browser.ts'
import { type Account, registerAccount } from './person.ts'
import { signIn } from './portal.ts'
import type { Server } from './server.ts'

export type ConsoleLook = { readonly colorScheme?: 'light' | 'dark'; readonly width?: number; readonly role?: string | undefined }

/** Somebody with an account, who holds this role. */
export const newAdministrator = async (server: Server, role: string): Promise<Account> => {
  const account = await registerAccount(server.url, role)
  await server.cip('roles', 'give', role, '--user', account.username)
  return account
}

/** Waits for a page of the console; where a passkey is offered on the way there, nobody wants one. */
const arrive = async (page: Page): Promise<void> => {
  await page.locator('#passkey-later, main h1').first().waitFor()
  const later = page.locator('#passkey-later')
  if (await later.isVisible()) await later.click()
  await page.locator('.frame main h1, .alone h1').first().waitFor()
}

/** The console, signed in, at one of its pages. */
export const openConsole = async (
  browser: Browser,
  { server, path, account }: { readonly server: Pick<Server, 'url'>; readonly path: string; readonly account: Account },
  { colorScheme = 'light', width = 1280 }: ConsoleLook = {},
) => {
  const options = { colorScheme, locale: 'en-GB', viewport: { width, height: 900 }, acceptDownloads: true }
  const watched = await openWatched(browser, `${server.url}/console${path}`, options)
  await signIn(watched.page, account)
  await arrive(watched.page)
  return { watched, page: watched.page }
}

/** What is on its way is drawn as bones. */
export const settled = (page: Page): Promise<void> => page.locator('.bone').first().waitFor({ state: 'detached' })

/** Goes to a page of the console that is open, without loading it anew. */
export const goTo = async (page: Page, address: string): Promise<void> => {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
  await page.waitForFunction(
    (to) => location.pathname + location.search === to && document.querySelector('main[aria-busy="false"] h1') !== null,
    address,
  )
  await page.waitForLoadState('networkidle')
}

/** The page fits its width, has a name of its own, fails nowhere, and loads nothing from elsewhere. */
export const checkFit = async ({ page, strangers }: Watched, shot: string): Promise<void> => {
  await settled(page)
  const width = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: innerWidth }))
  assert.ok(width.content <= width.window, `${shot} is ${width.content} px wide in a window of ${width.window} px`)
  assert.match(await page.title(), /^.+ · Console/, shot)
  assert.equal(await page.getByRole('alert').count(), 0, shot)
  assert.deepEqual(strangers, [], shot)
}

/** The same, and axe-core finds nothing serious. */
export const checkConsole = async (watched: Watched, shot: string): Promise<void> => {
  await checkFit(watched, shot)
  await watched.picture(`console-${shot}`)
  assert.deepEqual(await seriousFindings(watched.page), [], shot)
}

/** Gives the account of the open console an authenticator app, in another tab; what is kept of it. */
export const setUpApp = async (page: Page, server: Pick<Server, 'url'>): Promise<string> => {
  const tab = await page.context().newPage()
  await tab.goto(`${server.url}/account/second-factor`)
  await tab.getByRole('button', { name: 'Set up', exact: true }).click()
  const key = (await tab.getByRole('dialog').locator('.key').textContent()) ?? ''
  await tab.getByRole('dialog').getByRole('textbox').fill(codeOfApp(key))
  await tab.getByRole('button', { name: 'Turn on', exact: true }).click()
  await tab.getByRole('dialog').locator('.codes li').first().waitFor()
  await tab.close()
  return key
}

/** Deletes the account whose page is open, once its name was typed. */
export const askForDeletion = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog')
  assert.equal(
    await dialog.getByRole('button', { name: 'Delete', exact: true }).isDisabled(),
    true,
    'nothing is deleted before it is named',
  )
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
}

import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { openWatched, type Watched } from './browser.ts'
import { type Account, registerAccount } from './person.ts'

/** Answers the sign-in page that stands there, or that is on its way. */
export const signIn = async (page: Page, { username, password }: Account): Promise<void> => {
  await page.locator('#password').waitFor()
  if (await page.locator('#username').isVisible()) await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await page.locator('#login-submit').click()
}

/** Waits for a page of the portal; where a passkey is offered on the way there, nobody wants one. */
export const arriveAt = async (page: Page, url: string): Promise<void> => {
  await page.locator('#passkey-later, .frame main h1').first().waitFor()
  const later = page.locator('#passkey-later')
  if (await later.isVisible()) await later.click()
  await page.waitForURL(url)
  await page.locator('main h1').waitFor()
}

export type PortalLook = {
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  readonly locale?: string
  readonly account?: Account
}

type PortalPlace = { readonly issuer: string; readonly path: string }

/** The portal of the issuer, signed in, at one of its pages. */
export const openPortal = async (browser: Browser, place: PortalPlace, look: PortalLook = {}) => {
  const { issuer, path } = place
  const { colorScheme = 'light', width = 1280, locale = 'en-GB' } = look
  const account = look.account ?? (await registerAccount(issuer))
  const options = { colorScheme, locale, viewport: { width, height: 900 }, acceptDownloads: true }
  const watched = await openWatched(browser, `${issuer}/account${path}`, options)
  await signIn(watched.page, account)
  await arriveAt(watched.page, `${issuer}/account${path}`)
  return { account, watched, page: watched.page }
}

/** Goes to another page of the portal that is open, without loading it anew. */
export const goTo = async (page: Page, path: string): Promise<void> => {
  if (new URL(page.url()).pathname === path) return
  await page.evaluate((to) => {
    for (const heading of document.querySelectorAll<HTMLElement>('main h1')) heading.dataset['left'] = to
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await page.locator('main h1:not([data-left])').waitFor()
  await page.waitForLoadState('networkidle')
}

/** What is on its way is drawn as bones, whose role is that of a status with a name. */
export const settled = (page: Page): Promise<void> => page.locator('.bone').first().waitFor({ state: 'detached' })

/** The page fits its width, and nothing was loaded from elsewhere. */
export const checkPortalFit = async ({ page, picture, strangers }: Watched, shot: string): Promise<void> => {
  await settled(page)
  await picture(`portal-${shot}`)
  const width = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: innerWidth }))
  assert.ok(width.content <= width.window, `${shot} is ${width.content} px wide in a window of ${width.window} px`)
  assert.deepEqual(strangers, [], shot)
}

/** The same, and axe-core finds nothing serious. */
export const checkPortal = async (watched: Watched, shot: string): Promise<void> => {
  await checkPortalFit(watched, shot)
  assert.deepEqual(await seriousFindings(watched.page), [], shot)
}

/** The pages of the account portal, by what follows `/account` in their address. */
export const portalPages: readonly string[] = [
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

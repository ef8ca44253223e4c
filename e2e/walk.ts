import assert from 'node:assert/strict'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { openWatched, type Watched } from './browser.ts'

type Look = { readonly colorScheme: 'light' | 'dark'; readonly width: number }
export type Walk = { readonly title: string; readonly options: BrowserContextOptions; readonly looks: readonly Look[] }

const looks = (['light', 'dark'] as const).flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width })))
/** Of two looks, both widths and both colours are seen. */
const isThorough = ({ colorScheme, width }: Look): boolean => (colorScheme === 'light') === (width === 360)
export const walks: readonly Walk[] = [
  { title: 'with-script', options: {}, looks },
  { title: 'without-script', options: { javaScriptEnabled: false }, looks: looks.filter(isThorough) },
  { title: 'arabic', options: { locale: 'ar' }, looks: [{ colorScheme: 'light', width: 360 }] },
]

/** The page that is open, in one look: it fits its width, and axe-core finds nothing serious. */
const checkLook = async ({ page, picture, hasScript }: Watched, look: Look, shot: string): Promise<void> => {
  const { colorScheme, width } = look
  await page.setViewportSize({ width, height: 800 })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await picture(shot)
  const sizes = await page.evaluate(() => {
    const { scrollWidth } = globalThis.document.documentElement
    const wide = [...globalThis.document.querySelectorAll('.card *')].filter(
      (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1,
    )
    return { scrollWidth, window: globalThis.innerWidth, wide: wide.map(({ outerHTML }) => outerHTML.slice(0, 100)) }
  })
  assert.ok(sizes.scrollWidth <= sizes.window, `${shot} is ${sizes.scrollWidth} px wide in a window of ${sizes.window} px`)
  assert.deepEqual(sizes.wide, [], `${shot}: nothing is cut off`)
  // axe-core waits by timers of the page; the same markup is looked at where script runs.
  if (hasScript && isThorough(look)) assert.deepEqual(await seriousFindings(page), [], shot)
}

/** Walks from page to page, each of which is looked at in every look. `friend` is another origin that may be gone to. */
export const walkIn =
  (browser: Browser, friend: string) =>
  async ({ title, options, looks: its }: Walk, url: string) => {
    const watched = await openWatched(browser, url, { ...options, viewport: { width: 360, height: 800 } })
    const { page, complaints, strangers } = watched
    const see = async (name: string, shot = name): Promise<void> => {
      assert.equal(await page.locator('body').getAttribute('data-page'), name, page.url())
      if (title === 'arabic') assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
      for (const look of its) await checkLook(watched, look, `journey-${title}-${look.colorScheme}-${look.width}-${shot}`)
    }
    const end = async (): Promise<void> => {
      // A page that refuses is answered with its status, and the browser writes that to the console by itself.
      const isStatusLine = (text: string): boolean => /^Failed to load resource: the server responded with a status of 4(00|22) /.test(text)
      assert.deepEqual([complaints.filter((one) => !isStatusLine(one)), strangers.filter((one) => !one.startsWith(friend))], [[], []])
      await page.context().close()
    }
    return { page, see, end }
  }

/** Presses what leads to another page, and is there afterwards. */
export const press = async (page: Page, button: string): Promise<void> => {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(button).click()])
}

/** Fills fields by their ids, and presses. */
export const give = async (page: Page, values: Readonly<Record<string, string>>, button: string): Promise<void> => {
  for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value)
  await press(page, button)
}

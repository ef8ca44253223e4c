import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const artefacts = fileURLToPath(new URL('../artefacts/', import.meta.url))

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags })

export type Watched = {
  readonly page: Page
  /** Errors of the console and of scripts, and what the content security policy refused. */
  readonly complaints: string[]
  /** Every request that left for another origin. */
  readonly strangers: string[]
  /** Whether the page may run script; without it, nothing that waits can run in the page. */
  readonly hasScript: boolean
  /** Into the folder of artefacts, unless another one is named. */
  readonly picture: (name: string, folder?: string) => Promise<void>
}

/** A page at `url` in a profile of its own, watched from its first request on. */
export const openWatched = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 }, ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const [complaints, strangers]: [string[], string[]] = [[], []]
  const { origin } = new URL(url)
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const target = request.url()
    if (!/^(data|blob|about):/.test(target) && new URL(target).origin !== origin) strangers.push(target)
  })
  await page.goto(url)
  const picture = async (name: string, folder = artefacts): Promise<void> => {
    await mkdir(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${name}.png`) })
  }
  return { page, complaints, strangers, hasScript: options.javaScriptEnabled !== false, picture }
}

export type Look = { readonly colorScheme: 'light' | 'dark'; readonly width: number }

/** Both colours at both widths. */
export const looks: readonly Look[] = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 360].map((width) => ({ colorScheme, width })),
)

export const nameOfLook = ({ colorScheme, width }: Look): string => `${colorScheme}-${width}`

/** Two of the four looks in which axe-core looks at a page: both colours and both widths are among them. */
export const isThorough = ({ colorScheme, width }: Look): boolean => (colorScheme === 'light') === (width === 1280)

/** The open page as somebody has it who changes the colours of the system, or turns the device. */
const wear = async (page: Page, { colorScheme, width }: Look): Promise<void> => {
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize({ width, height: 900 })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

type Visit = {
  readonly page: Page
  /** Says which of the looks the page is opened in; the others follow. */
  readonly index: number
  readonly arrive: () => Promise<void>
  readonly check: (look: Look) => Promise<void>
}

/** Opens a page in one of the four looks, and checks it in each. */
export const inEveryLook = async ({ page, index, arrive, check }: Visit): Promise<void> => {
  const first = index % looks.length
  for (const [turn, look] of [...looks.slice(first), ...looks.slice(0, first)].entries()) {
    await wear(page, look)
    if (turn === 0) await arrive()
    await check(look)
  }
}

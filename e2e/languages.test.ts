import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { type Look, looks, openWatched, startBrowser, type Watched } from './browser.ts'
import { registerAccount } from './person.ts'
import { startServer } from './server.ts'
import { startSite } from './static-site.ts'

const server = await startServer({ CIP_OUTBOUND_ALLOW: '127.0.0.1' })
after(server.stop)
// By its name: an address of numbers has no passkeys, and their place goes when the script has looked.
const origin = server.url.replace('127.0.0.1', 'localhost')
const browser = await startBrowser()
after(() => browser.close())
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44"><rect width="44" height="44" rx="10" fill="#a8451f"/><path d="M12 30l10-18 10 18z" fill="#fff"/></svg>'
const site = await startSite((path) => (path === '/logo.svg' ? { type: 'image/svg+xml', text: logo } : undefined))
after(site.stop)

const register = async (metadata: Readonly<Record<string, unknown>>): Promise<string> => {
  const uris = { redirect_uris: [`${site.url}/callback`] }
  const body = JSON.stringify({ ...uris, application_type: 'native', token_endpoint_auth_method: 'none', ...metadata })
  const answer = await fetch(`${server.url}/oauth2/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  assert.equal(answer.status, 201)
  return ((await answer.json()) as { client_id: string }).client_id
}

const authorize = (clientId: string, parameters: Readonly<Record<string, string>> = {}): string =>
  `${origin}/oauth2/authorize?${new URLSearchParams({
    ...{ client_id: clientId, redirect_uri: `${site.url}/callback`, response_type: 'code', scope: 'openid profile email offline_access' },
    ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...parameters },
  })}`

type Shift = { readonly value: number; readonly sources: readonly { readonly node: { readonly outerHTML?: string } | null }[] }

/** What has moved on the page since it began to load (Layout Instability API): the parts, and how far. */
const shiftsOf = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const found: string[] = []
        const observer = new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries() as unknown as Shift[])
            found.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? 'text').join(', ')}`)
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(found), 300)
      }),
  )

const check = async (
  { page, picture, strangers }: Watched,
  expected: { name: string; shot: string; direction?: string },
): Promise<void> => {
  const { name, shot, direction = 'rtl' } = expected
  assert.equal(await page.locator('body').getAttribute('data-page'), name, page.url())
  assert.equal(await page.locator('html').getAttribute('dir'), direction)
  await page.waitForLoadState('load')
  assert.deepEqual(await shiftsOf(page), [], `${shot}: nothing moves while it loads`)
  await picture(shot)
  const width = await page.evaluate(() => ({ content: globalThis.document.documentElement.scrollWidth, window: globalThis.innerWidth }))
  assert.ok(width.content <= width.window, `${shot} is ${width.content} px wide in a window of ${width.window} px`)
  assert.deepEqual(await seriousFindings(page), [], shot)
  assert.deepEqual(strangers, [], `${shot} loads nothing from elsewhere`)
}

const contextOf = ({ colorScheme, width }: Look): BrowserContextOptions => ({
  colorScheme,
  viewport: { width, height: 900 },
})

for (const look of looks) {
  const title = `arabic-${look.colorScheme}-${look.width}`
  test(`${title}: sign-in with a logo, a refusal, consent and an error, from right to left`, async () => {
    const account = await registerAccount(server.url)
    const client = await register({
      client_name: 'Corner Shop',
      logo_uri: `${site.url}/logo.svg`,
      policy_uri: 'https://shop.example.test/privacy',
    })
    const watched = await openWatched(browser, authorize(client, { ui_locales: 'ar' }), contextOf(look))
    const { page } = watched
    await check(watched, { name: 'sign-in', shot: `${title}-sign-in` })
    const drawn = await page.locator('img.logo').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)
    assert.ok(drawn > 0, 'the logo was drawn')
    await page.locator('#username').fill(account.username)
    await page.locator('#password').fill('wrong')
    await page.locator('#login-submit').click()
    await check(watched, { name: 'sign-in', shot: `${title}-sign-in-wrong` })
    await page.locator('#password').fill(account.password)
    await page.locator('#login-submit').click()
    await check(watched, { name: 'passkey-offer', shot: `${title}-passkey-offer` })
    await page.locator('#passkey-later').click()
    await check(watched, { name: 'consent', shot: `${title}-consent` })
    await page.locator('.languages summary').click()
    await watched.picture(`${title}-menu`)
    assert.deepEqual(await seriousFindings(page), [])
    await page.locator('.languages a[lang="ja"]').click()
    await page.waitForLoadState()
    assert.deepEqual(
      [await page.locator('html').getAttribute('lang'), await page.locator('body').getAttribute('data-page')],
      ['ja', 'consent'],
    )
    await page.locator('.languages summary').click()
    await page.locator('.languages a[lang="ar"]').click()
    await page.goto(authorize(client, { redirect_uri: 'https://elsewhere.example/callback' }))
    await check(watched, { name: 'error', shot: `${title}-error` })
    await page.context().close()
  })
}

test('without script the menu of languages opens and keeps the flow', async () => {
  const account = await registerAccount(server.url)
  const client = await register({ client_name: 'Corner Shop' })
  const { page } = await openWatched(browser, authorize(client, { ui_locales: 'de' }), { javaScriptEnabled: false })
  await page.locator('.languages summary').click()
  await page.locator('.languages a[lang="sw"]').click()
  assert.equal(await page.locator('h1').innerText(), 'Ingia')
  await page.locator('#username').fill(account.username)
  await page.locator('#password').fill(account.password)
  await page.locator('#login-submit').click()
  assert.equal(await page.locator('h1').innerText(), 'Ruhusu ufikiaji')
  await page.context().close()
})

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

test('a tenant in its own colours, with name, logo, links and CSS, as saved at the command line', async () => {
  const [logoFile, cssFile] = [join(tmpdir(), `cip-logo-${process.pid}.png`), join(tmpdir(), `cip-look-${process.pid}.css`)]
  await writeFile(logoFile, Buffer.from(picture, 'base64'))
  await writeFile(cssFile, '.card { border: 1px solid var(--line); box-shadow: none }\n.button { letter-spacing: .02em }\n')
  await server.cip('tenants', 'create', 'acme', '--name', 'Acme')
  const words = [
    '--name',
    'Acme Bank',
    '--accent',
    '#1f4fd8',
    '--radius',
    'small',
    '--background',
    '#123a8c',
    '--background-dark',
    '#0c1836',
  ]
  const links = [
    '--terms-url',
    'https://acme.example/terms',
    '--privacy-url',
    'https://acme.example/privacy',
    '--help-url',
    'https://acme.example/help',
  ]
  const saved = await server.cip('--tenant', 'acme', 'branding', 'set', ...words, ...links, '--css', cssFile)
  assert.equal(saved['name'], 'Acme Bank')
  for (const look of looks) {
    const title = `branded-${look.colorScheme}-${look.width}`
    const watched = await openWatched(browser, `${origin}/t/acme/interaction/preview?page=sign-in`, contextOf(look))
    await check(watched, { name: 'sign-in', shot: `${title}-sign-in`, direction: 'ltr' })
    const button = watched.page.locator('#login-submit')
    const colors = await button.evaluate((one) => {
      const { backgroundColor, borderStartStartRadius } = globalThis.getComputedStyle(one as never)
      return { backgroundColor, borderStartStartRadius }
    })
    assert.equal(colors.borderStartStartRadius, '5px')
    if (look.colorScheme === 'light') assert.equal(colors.backgroundColor, 'rgb(31, 79, 216)')
    await watched.page.goto(`${origin}/t/acme/interaction/preview?page=consent&cip_language=ar`)
    await check(watched, { name: 'consent', shot: `${title}-consent-arabic` })
    await watched.page.context().close()
  }
  await server.cip('--tenant', 'acme', 'branding', 'set', '--logo', logoFile)
  const draft = await server.cip('--tenant', 'acme', 'branding', 'preview', '--accent', '#9b2c5e', '--page', 'sign-in-wrong')
  const watched = await openWatched(browser, String(draft['url']), contextOf({ colorScheme: 'light', width: 360 }))
  await check(watched, { name: 'sign-in', shot: 'branded-draft-with-logo', direction: 'ltr' })
  assert.ok(await watched.page.locator('.brand img').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0))
  await watched.page.context().close()
})

const tags = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'sw']

/** Every page that the server can draw with sample data, as its documentation lists them. */
const previewNames = async (): Promise<readonly string[]> => {
  const documentation = await readFile(new URL('../docs/branding.md', import.meta.url), 'utf8')
  const [, , list = ''] = /(page=sign-in` draws a page)([^.]*); with/.exec(documentation) ?? []
  return [...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name ?? '')
}

test('every page in Arabic with a look at each, and in every language at the narrowest width: nothing is cut off', async () => {
  const pages = await previewNames()
  assert.ok(pages.length > 20, pages.join())
  const watched = await openWatched(
    browser,
    `${origin}/interaction/preview?cip_language=ar`,
    contextOf({ colorScheme: 'light', width: 360 }),
  )
  const { page } = watched
  const pageOf = (name: string): string =>
    name
      .replace(/^device-.*/, 'device')
      .replace(/^sign-in-.*/, 'sign-in')
      .replace('password-saved', 'outcome')
  for (const name of pages) {
    await page.goto(`${origin}/interaction/preview?page=${name}`)
    await check(watched, { name: pageOf(name), shot: `arabic-all-${name}` })
  }
  await page.setViewportSize({ width: 320, height: 760 })
  for (const tag of tags) {
    await page.goto(`${origin}/interaction/preview?cip_language=${tag}`)
    for (const name of pages) {
      await page.goto(`${origin}/interaction/preview?page=${name}`)
      const cut = await page.evaluate(() => {
        const { scrollWidth } = globalThis.document.documentElement
        const wide = [...globalThis.document.querySelectorAll('.card *')].filter(
          (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1,
        )
        return { isWide: scrollWidth > globalThis.innerWidth, wide: wide.map(({ outerHTML }) => outerHTML.slice(0, 100)) }
      })
      assert.deepEqual(cut, { isWide: false, wide: [] }, `${tag} ${name}`)
    }
    await page.goto(`${origin}/interaction/preview?page=sign-in-wrong`)
    await check(watched, { name: 'sign-in', shot: `language-${tag}`, direction: tag === 'ar' ? 'rtl' : 'ltr' })
  }
  await page.context().close()
})

test('Japanese lines break between phrases, and never before a mark that lengthens', async () => {
  const watched = await openWatched(
    browser,
    `${origin}/interaction/preview?page=logout&cip_language=ja`,
    contextOf({ colorScheme: 'light', width: 360 }),
  )
  const style = await watched.page.evaluate(() => {
    const { lineBreak, wordBreak } = globalThis.getComputedStyle(globalThis.document.querySelector('.lead') as never) as unknown as Record<
      string,
      string
    >
    return { lineBreak, wordBreak }
  })
  assert.deepEqual(style, { lineBreak: 'strict', wordBreak: 'auto-phrase' })
  await watched.picture('japanese-logout')
  await watched.page.context().close()
})

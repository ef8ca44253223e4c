import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWatched, startBrowser } from './browser.ts'
import { checkPortal, goTo, openPortal, portalPages, settled } from './portal.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const headings = {
  ar: 'الجلسات والأجهزة',
  de: 'Sitzungen und Geräte',
  en: 'Sessions and devices',
  es: 'Sesiones y dispositivos',
  fr: 'Sessions et appareils',
  ja: 'セッションと端末',
  pt: 'Sessões e dispositivos',
  sw: 'Vipindi na vifaa',
} as const

const spokenBy = (page: Page) =>
  page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir, title: document.title }))

/** The catalogues that the page has loaded, by their language. */
const cataloguesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/assets\/(ar|de|en|es|fr|ja|pt|sw)-[\w-]+\.js$/.exec(name)?.[1] ?? [])
      .sort(),
  )

for (const [tag, heading] of Object.entries(headings))
  test(`${tag}: the portal opens in the language of the browser, with that catalogue alone`, async () => {
    const { watched, page } = await openPortal(browser, { issuer: server.url, path: '/sessions' }, { locale: tag })
    assert.equal(await page.locator('main h1').textContent(), heading)
    const { lang, dir } = await spokenBy(page)
    assert.deepEqual([lang, dir], [tag, tag === 'ar' ? 'rtl' : 'ltr'])
    assert.deepEqual(await cataloguesOf(page), [tag])
    await checkPortal(watched, `language-${tag}`)
    assert.deepEqual(watched.complaints, [])
    await page.context().close()
  })

for (const [colorScheme, width] of [
  ['light', 360],
  ['dark', 1280],
] as const)
  test(`Arabic, ${colorScheme}, ${width} px: every page is mirrored and has nothing that keeps people out`, async () => {
    const { watched, page } = await openPortal(browser, { issuer: server.url, path: '/language' }, { locale: 'ar', colorScheme, width })
    for (const path of portalPages) {
      await goTo(page, `/account${path}`)
      assert.deepEqual((await spokenBy(page)).dir, 'rtl', path)
      await checkPortal(watched, `arabic-${colorScheme}-${width}-${path.slice(1) || 'overview'}`)
      // Names of types and languages apart, nothing on the page is English.
      const english = (await page.locator('main').innerText()).match(/\b(?:the|your|and|with|sign)\b/gi)
      assert.equal(english, null, `${path}: ${english}`)
    }
    assert.deepEqual(watched.complaints, [])
    await page.context().close()
  })

test('the menu at the foot changes the language at once, without loading anew, and the account keeps it', async () => {
  const { account, page } = await openPortal(browser, { issuer: server.url, path: '/sessions' })
  await settled(page)
  await page.evaluate(() => {
    document.body.dataset['mark'] = 'the same document'
  })
  await page.getByLabel('Language of this page').selectOption('ar')
  await page.getByRole('heading', { level: 1, name: headings.ar }).waitFor()
  assert.equal((await spokenBy(page)).dir, 'rtl')
  assert.equal(await page.evaluate(() => document.body.dataset['mark']), 'the same document')
  await page.reload()
  await page.getByRole('heading', { level: 1, name: headings.ar }).waitFor()
  assert.deepEqual(await cataloguesOf(page), ['ar'])
  await page.context().close()
  // Another browser, which asks for German: the setting of the person comes first.
  const other = await openPortal(browser, { issuer: server.url, path: '/sessions' }, { locale: 'de', account })
  assert.equal(await other.page.locator('main h1').textContent(), headings.ar)
  await other.page.goto(`${server.url}/account/language`)
  await other.page.getByRole('combobox', { name: 'اللغة', exact: true }).selectOption('')
  await other.page.getByRole('heading', { level: 1, name: 'Sprache' }).waitFor()
  assert.equal((await spokenBy(other.page)).dir, 'ltr')
  await other.page.context().close()
})

test('what happened and what applications may do is said in the language of the person', async () => {
  const { page } = await openPortal(browser, { issuer: server.url, path: '/activity' }, { locale: 'de' })
  await page.getByText('Sie haben sich angemeldet').first().waitFor()
  await page.getByText('Ihr Konto wurde angelegt').waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /hosted-pages|account-api|account-portal|\?/)
  await page.context().close()
})

test('a refusal of the server is said in the language of the person', async () => {
  const { page } = await openPortal(browser, { issuer: server.url, path: '/password' }, { locale: 'fr' })
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click()
  await page.getByLabel('Mot de passe actuel').fill('something else entirely')
  await page.getByLabel('Nouveau mot de passe').fill('xq7!')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Utilisez au moins 8 caractères.').waitFor()
  await page.getByLabel('Nouveau mot de passe').fill('quatre mots sans rapport')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Le mot de passe actuel n’est pas le bon.').waitFor()
  await page.context().close()
})

test('the portal of a tenant wears its look in light and in dark; that at the root does not', async () => {
  await server.cip('tenants', 'create', 'acme', '--name', 'Acme')
  const icon = await openWatched(browser, 'data:text/html,<body style="margin:0;background:%239b2c5e">', {
    viewport: { width: 120, height: 32 },
  })
  const logo = join(tmpdir(), `cip-portal-logo-${process.pid}.png`)
  await writeFile(logo, await icon.page.screenshot({ type: 'png' }))
  await icon.page.context().close()
  const look = ['--name', 'Acme Bank', '--accent', '#9b2c5e', '--radius', 'none', '--logo', logo, '--help-url', 'https://acme.example/help']
  await server.cip('--tenant', 'acme', 'branding', 'set', ...look)
  const accentOf = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
  const accents: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    const { watched, page } = await openPortal(browser, { issuer: `${server.url}/t/acme`, path: '' }, { colorScheme })
    await checkPortal(watched, `branding-${colorScheme}`)
    accents.push(await accentOf(page))
    assert.equal((await spokenBy(page)).title, 'Your account · Acme Bank')
    assert.equal(await page.locator('header img').evaluate((image) => (image as HTMLImageElement).naturalWidth), 120)
    assert.equal(await page.getByRole('link', { name: 'Help' }).getAttribute('href'), 'https://acme.example/help')
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--radius-m').trim()), '0')
    await page.goto(`${server.url}/t/acme/account/passkeys`)
    await checkPortal(watched, `branding-${colorScheme}-passkeys`)
    assert.deepEqual(watched.complaints, [])
    await page.context().close()
  }
  assert.equal(accents[0], '#9b2c5e')
  assert.notEqual(accents[0], accents[1])
  const root = await openPortal(browser, { issuer: server.url, path: '' })
  assert.equal(await accentOf(root.page), '#0a6b5c')
  assert.equal(await root.page.locator('header img').count(), 0)
  await root.page.context().close()
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { type Account, registerAccount } from './person.ts'
import { checkPortal, goTo, openPortal, type PortalLook, settled } from './portal.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const parts = ['', '/members', '/invitations', '/invitations/list', '/domains', '/roles', '/policy', '/look', '/events'] as const
let count = 0

/** An organization with an owner, two more people and an invitation, all of it with names that are long enough to be in the way. */
const newOrganization = async (owner: Account): Promise<string> => {
  count += 1
  const slug = `north-${count}`
  const made = await server.cip('organizations', 'create', slug, '--name', 'Northwind Trading & Sons', '--owner', owner.username)
  for (const [name, role] of [
    ['alexandra', 'administrator'],
    ['ben', 'member'],
  ] as const) {
    const { username } = await registerAccount(server.url, name)
    await server.cip('organizations', 'add-member', slug, username, '--role', role)
  }
  return String(made['id'])
}

const openArea = async (look: PortalLook) => {
  const opened = await openPortal(browser, { issuer: server.url, path: '/organizations' }, look)
  const id = await newOrganization(opened.account)
  // The portal learns of it when it is loaded anew.
  await opened.page.goto(`${server.url}/account/organizations/${id}`)
  await opened.page.locator('.area-parts').waitFor()
  const goToPart = async (part: string): Promise<void> => {
    await goTo(opened.page, `/account/organizations/${id}${part}`)
    await opened.page.locator('.area-parts').waitFor()
    await settled(opened.page)
  }
  return { ...opened, id, goTo: goToPart }
}

/** Something of each kind, by whatever the buttons are called. */
const addSome = async (page: Page, goTo: (part: string) => Promise<void>): Promise<void> => {
  const submit = () => page.locator('dialog form button[type=submit]').click()
  await goTo('/invitations')
  await page.locator('.panel-head button').last().click()
  await page.locator('dialog input[type=email]').fill('someone.whose.name.is.long@customer.example.com')
  await submit()
  await page.locator('dialog').waitFor({ state: 'detached' })
  await goTo('/domains')
  await page.locator('.panel-head button').click()
  await page.locator('dialog input[inputmode=url]').fill('northwind-trading-company.com')
  await page.locator('dialog select').selectOption('automatic')
  await submit()
  await page.locator('.area-record').waitFor()
}

test('light, 1280 px: every page of an organization fits, and keeps nobody out', async () => {
  const { page, watched, goTo } = await openArea({ colorScheme: 'light', width: 1280 })
  await addSome(page, goTo)
  for (const part of parts) {
    await goTo(part)
    await checkPortal(watched, `area-light-1280-${part.slice(1).replace('/', '-') || 'overview'}`)
    assert.equal(await page.getByRole('alert').filter({ hasText: /\S/ }).count(), 0, part)
  }
  await page.goto(`${server.url}/account/organizations`)
  await page.locator('.rows').waitFor()
  await checkPortal(watched, 'area-light-1280-list')
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

test('Arabic, dark, 360 px: every page of an organization is mirrored, in its own words, and has nothing that keeps people out', async () => {
  const { page, watched, goTo } = await openArea({ locale: 'ar', colorScheme: 'dark', width: 360 })
  await addSome(page, goTo)
  for (const part of parts) {
    await goTo(part)
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl', part)
    await checkPortal(watched, `area-arabic-${part.slice(1).replace('/', '-') || 'overview'}`)
    const english = (await page.locator('main').innerText()).match(/\b(?:the|your|and|with|sign|role|member)\b/gi)
    assert.equal(english, null, `${part}: ${english}`)
  }
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

test('the words of organizations are loaded with their pages, in the language that is spoken alone', async () => {
  const { page } = await openPortal(browser, { issuer: server.url, path: '/sessions' }, { locale: 'fr' })
  const loaded = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /\/assets\/organizations-[\w-]+\.js$/.test(name)).length,
    )
  assert.equal(await loaded(), 0)
  await page.getByRole('link', { name: 'Organisations', exact: true }).click()
  await page.getByText('Vous n’appartenez encore à aucune organisation').waitFor()
  assert.equal(await loaded(), 1)
  await page.getByLabel('Langue de cette page').selectOption('de')
  await page.getByText('Sie gehören noch zu keiner Organisation').waitFor()
  assert.equal(await loaded(), 2)
  await page.context().close()
})

test('an organization is walked through by the keyboard, and a dialog gives the focus back', async () => {
  const { page, goTo } = await openArea({})
  await goTo('/members')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab')
      if (name.test(await focused())) return
    }
    assert.fail(`nothing that is called ${name} has the focus`)
  }
  await tabTo(/^Change roles: alexandra/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.match(await focused(), /^Change roles: alexandra/)
  await page.context().close()
})

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

test('a look is previewed while it is chosen; a colour that cannot be read is refused beside its field, with one that can', async () => {
  const { page, watched, goTo } = await openArea({})
  await goTo('/look')
  await page.getByLabel('Name that is shown').fill('Northwind Limited')
  await page.getByLabel('Colour of buttons and links', { exact: true }).fill('#ffe08a')
  const shown = () => page.locator('.look-button').evaluate((button) => getComputedStyle(button).backgroundColor)
  assert.equal(await shown(), 'rgb(255, 224, 138)')
  await save(page)
  await page.getByText('Text in this colour is hard to read.').first().waitFor()
  await watched.picture('portal-organization-look-refused')
  await page.getByRole('button', { name: /^Take #/ }).click()
  await save(page)
  await page.getByText('The look is saved.').first().waitFor()
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'logo.png', mimeType: 'image/png' },
    buffer: await page.locator('.look-button').screenshot({ type: 'png' }),
  })
  await page.getByText('The logo is saved.').first().waitFor()
  await page.getByRole('img', { name: 'The logo of the organization' }).evaluate((one) => (one as HTMLImageElement).decode())
  await page.getByLabel('Background of the page').selectOption('colour')
  await page.getByLabel('Background in light', { exact: true }).fill('#123456')
  await save(page)
  await page.getByText('The look is saved.').first().waitFor()
  await checkPortal(watched, 'organization-look')
  await page.getByRole('button', { name: 'Remove the logo' }).click()
  await save(page)
  await page.getByRole('img', { name: 'The logo of the organization' }).waitFor({ state: 'detached' })
  await page.context().close()
})

test('a logo is uploaded onto what somebody else has saved meanwhile, and the rest of the form is not written over it', async () => {
  const { page, goTo } = await openArea({})
  await goTo('/look')
  await page.getByLabel('Name that is shown').fill('Mine')
  const tab = await page.context().newPage()
  await tab.goto(page.url())
  await tab.getByLabel('Name that is shown').fill('Theirs')
  await save(tab)
  await tab.getByText('The look is saved.').first().waitFor()
  const buffer = await page.locator('.look-button').screenshot({ type: 'png' })
  const choose = (bytes: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: bytes })
  await choose(Buffer.from('no picture'))
  await page.getByText('This is no PNG, JPEG or WebP picture.').waitFor()
  await choose(buffer)
  await page.getByText('The logo is saved.').first().waitFor()
  assert.equal(await page.getByLabel('Name that is shown').inputValue(), 'Mine', 'what was written stays')
  await save(page)
  await page.getByText('Somebody else has changed this meanwhile').waitFor()
  await page.getByRole('button', { name: 'Show the newer state' }).click()
  assert.equal(await page.getByLabel('Name that is shown').inputValue(), 'Theirs')
  await page.getByRole('img', { name: 'The logo of the organization' }).waitFor()
  await page.context().close()
})

test('without script the pages of organizations say what they need, as every page of the portal does', async () => {
  for (const path of ['/organizations', '/organizations/019a0000-0000-7000-8000-000000000000/members']) {
    const answer = await fetch(`${server.url}/account${path}`, { headers: { 'accept-language': 'de' } })
    const text = await answer.text()
    assert.ok(text.includes('<html lang="de"'), path)
    assert.match(text, /<noscript><p class="boot">[^<]*JavaScript/, path)
  }
})

test('the picture of the documentation: the members of an organization', async () => {
  const { page, watched, goTo } = await openArea({})
  await page.setViewportSize({ width: 1180, height: 700 })
  await goTo('/members')
  await page.locator('.row').nth(2).waitFor()
  await watched.picture('organization-area', process.env['PICTURES'])
  await page.context().close()
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { checkConsole, newAdministrator, openConsole } from './console.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')
const open = (path: string) => openConsole(browser, { server, path, account: owner })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const inviteSome = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Invitations', exact: true }).click()
  await button(page, 'Invite').click()
  assert.equal(await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).isDisabled(), true, 'without an address')
  await page.getByRole('dialog').getByLabel('E-mail address').fill('anna@bock.example')
  await page
    .getByRole('dialog')
    .getByLabel(/link to pass on/)
    .check()
  await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('img', { name: 'The link as a QR code' }).waitFor()
  assert.match(await page.getByRole('dialog').locator('code').innerText(), /\/invitation\?/)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

  await page.getByRole('link', { name: 'Invite many' }).click()
  await page.getByLabel('Addresses', { exact: true }).fill('ben@bock.example, nobody, anna@bock.example')
  await button(page, 'Check the list').click()
  await page.getByText('This is no e-mail address').waitFor()
  await button(page, 'Invite 2 people').click()
  await page.getByText('Is invited already').waitFor()
  assert.equal(await page.getByText('1 invitation is on its way.').count(), 1)
  await page.getByRole('link', { name: 'Böck & Söhne' }).click()
}

const addDomain = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Domains', exact: true }).click()
  await button(page, 'Add a domain').click()
  await page.getByRole('dialog').getByLabel('Domain', { exact: true }).fill('gmail.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Add a domain' }).click()
  await page.getByRole('dialog').getByText('Anybody can have an address of this provider').waitFor()
  await page.getByRole('dialog').getByLabel('Domain', { exact: true }).fill('bock-sohne.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Add a domain' }).click()
  await page.getByText('_cip-challenge.bock-sohne.com').waitFor()
}

test('an organization is made, given a member, a list of people and a domain, and suspended', async () => {
  const { page, watched } = await open('/organizations/new')
  await page.getByLabel('Name', { exact: true }).fill('Böck & Söhne')
  assert.equal(await page.getByLabel('Slug', { exact: true }).inputValue(), 'bock-sohne')
  await button(page, 'New organization').click()
  await page.getByRole('heading', { level: 1, name: 'Böck & Söhne' }).waitFor()
  await button(page, 'Add a person').click()
  await page.getByRole('dialog').getByLabel('Find a person').fill(owner.username)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Choose/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add a person' }).click()
  await page.getByRole('cell', { name: 'Member', exact: true }).waitFor()

  await inviteSome(page)
  await addDomain(page)
  await page.locator('main').getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: /^Suspend/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await page.getByText('It is suspended: its roles').waitFor()
  assert.deepEqual(
    watched.complaints.filter((one) => !one.includes('422')),
    [],
  )
  await page.context().close()
})

test('the sign-in policy says what it means while it is changed, keeps what it was, and goes back to it', async () => {
  const { page, watched } = await open('/sign-in')
  await page.getByText('They see name and password on one page.').waitFor()
  await page.getByLabel('Password', { exact: true }).uncheck()
  await page.getByLabel('Asked of').selectOption('always')
  await page.getByText('They get in by passkey or code or link by mail.').waitFor()
  await page.getByText('Everybody needs a second factor, and sets one up').waitFor()
  await page.getByLabel('Asked of').selectOption('when-enrolled')
  await button(page, 'Save').click()
  await page.getByText('Version 1', { exact: true }).click()
  await page.getByLabel('Password', { exact: true }).check()
  await button(page, 'Save').click()
  await page.getByText('Version 2', { exact: true }).click()
  await page.getByRole('row', { name: 'Password No Yes' }).waitFor()
  await page.getByRole('button', { name: 'Set again: Version 1' }).click()
  await page.getByRole('dialog').getByRole('row', { name: 'Password Yes No' }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Set again' }).click()
  await page.getByText('Version 3', { exact: true }).waitFor()
  assert.equal(await page.getByLabel('Password', { exact: true }).isChecked(), false)
  await server.cip('sign-in', 'set', '--allow', 'password')
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

test('an attribute is added and asked for at sign-up, and what the table does not show is kept', async () => {
  const { page } = await open('/sign-in?tab=attributes')
  await button(page, 'Add an attribute').click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('department')
  await page.getByRole('dialog').getByLabel('Title', { exact: true }).fill('Department')
  await page.getByRole('dialog').getByRole('button', { name: 'Add an attribute' }).click()
  await page.getByLabel('At sign-up: department').selectOption('yes')
  await button(page, 'Save').click()
  await page.getByText('Version 1', { exact: true }).waitFor()
  const { properties } = (await server.cip('attributes', 'schema', 'show')) as { properties: Record<string, unknown> }
  assert.deepEqual(properties['department'], { type: 'string', maxLength: 200, title: 'Department', 'x-sign-up': true })
  assert.equal(Object.hasOwn(properties, 'given_name'), true)
  await page.context().close()
})

test('the look is seen on the hosted pages before it is saved, and what cannot be read is refused there', async () => {
  const { page, watched } = await open('/branding')
  const frame = page.frameLocator('iframe')
  await frame.locator('.card').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Acme Bank')
  await frame.getByText('Acme Bank').first().waitFor()
  await page.getByLabel('Accent', { exact: true }).fill('#9b2c5e')
  await page.getByLabel('Page', { exact: true }).selectOption('consent')
  await frame.locator('.scopes').waitFor()
  await page.getByLabel('Accent', { exact: true }).fill('#ffff00')
  await page.getByText('This cannot be saved yet').waitFor()
  assert.deepEqual(await server.cip('branding', 'show'), {}, 'nothing of this was saved')
  await page.getByLabel('Accent', { exact: true }).fill('#9b2c5e')
  await button(page, 'Save').click()
  await page.getByText('Version 1', { exact: true }).waitFor()
  assert.equal((await server.cip('branding', 'show'))['name'], 'Acme Bank')
  assert.deepEqual(
    watched.complaints.filter((one) => !one.includes('422')),
    [],
  )
  await page.context().close()
})

test('a document is planned before it is applied, and where two persons are needed one asks and another approves', async () => {
  const { page } = await open('/settings?tab=config')
  const document = { version: 1, groups: { 'Night shift': {} } }
  await page.getByLabel('Document', { exact: true }).fill('{')
  assert.equal(await button(page, 'See what it would change').isDisabled(), true)
  await page.getByLabel('Document', { exact: true }).fill(JSON.stringify(document))
  await button(page, 'See what it would change').click()
  await page.getByRole('heading', { name: 'Made: groups Night shift' }).waitFor()
  await button(page, 'Apply').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click()
  await page.getByText('It is applied').waitFor()
  await page.getByRole('link', { name: 'Waiting changes' }).click()
  await page.getByLabel('Changes need a second person').check()
  await button(page, 'Save').click()
  await page.getByText('Saved.').waitFor()
  await page.getByLabel('Changes need a second person').uncheck()
  await button(page, 'Save').click()
  await page.getByText('You asked for this change').waitFor()
  const address = new URL(page.url()).pathname.replace('/console', '')
  await page.context().close()

  const other = await newAdministrator(server, 'owner')
  const second = await openConsole(browser, { server, path: address, account: other })
  await button(second.page, 'Approve').click()
  await second.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await second.page.getByText('Approved', { exact: true }).waitFor()
  assert.deepEqual(second.watched.complaints, [])
  await second.page.context().close()
})

test('a tenant is made, suspended and resumed', async () => {
  const { page, watched } = await open('/tenants')
  await button(page, 'New tenant').click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Blue')
  await page.getByRole('dialog').getByLabel('Slug', { exact: true }).fill('blue')
  await page.getByRole('dialog').getByRole('button', { name: 'New tenant' }).click()
  await button(page, 'Suspend: blue').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await button(page, 'Resume: blue').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await button(page, 'Suspend: blue').waitFor()
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

test('a test is sent and listed, and a text is written anew with its preview and put back', async () => {
  const { page, watched } = await open('/mail')
  await button(page, 'Send a test').click()
  await page.getByRole('dialog').getByLabel('To', { exact: true }).fill('me@mail.example')
  await page.getByRole('dialog').getByRole('button', { name: 'Send a test' }).click()
  await page.getByRole('cell', { name: 'me@mail.example' }).waitFor()
  await page.getByRole('link', { name: 'Texts' }).click()
  await page.getByRole('link', { name: 'sign-in-code', exact: true }).click()
  await page.getByLabel('Subject', { exact: true }).fill('{nothing} is your code')
  await page.getByRole('alert').first().waitFor()
  await page.getByLabel('Subject', { exact: true }).fill('{code} lets you in')
  await page.getByRole('heading', { name: /^\d+ lets you in$/ }).waitFor()
  const letter = page.frameLocator('iframe[title="The mail as HTML"]')
  await letter.getByText(/^\d{6}$/).waitFor()
  await page.getByLabel('HTML', { exact: true }).fill('<h1 style="color: #9b2c5e">Grüezi {code}</h1><p><a href="{link}">In</a></p>')
  const title = letter.getByRole('heading', { name: /^Grüezi \d+$/ })
  await title.waitFor()
  assert.equal(await title.evaluate((one) => getComputedStyle(one).color), 'rgb(155, 44, 94)', 'the styles of the mail count')
  await checkConsole(watched, 'mail-letter')
  await button(page, 'Save').click()
  await button(page, 'As it came').click()
  await page.getByRole('dialog').getByRole('button', { name: 'As it came' }).click()
  await page.getByText('The text is as it came.').waitFor()
  await page.locator('#content').getByRole('button', { name: 'As it came' }).waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Subject', { exact: true }).inputValue(), '')
  assert.deepEqual(
    watched.complaints.filter((one) => !one.includes('422')),
    [],
  )
  await page.context().close()
})

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { newAdministrator, openConsole } from './console.ts'
import { startServer } from './server.ts'

// Takes no time where the console was built before.
execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/web.mjs', import.meta.url))], { stdio: 'inherit' })

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')
const open = (path: string) => openConsole(browser, { server, path, account: owner })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

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

  await page.getByRole('link', { name: 'Domains', exact: true }).click()
  await button(page, 'Add a domain').click()
  await page.getByRole('dialog').getByLabel('Domain', { exact: true }).fill('gmail.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Add a domain' }).click()
  await page.getByRole('dialog').getByText('Anybody can have an address of this provider').waitFor()
  await page.getByRole('dialog').getByLabel('Domain', { exact: true }).fill('bock-sohne.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Add a domain' }).click()
  await page.getByText('_cip-challenge.bock-sohne.com').waitFor()

  await page.getByRole('link', { name: 'Settings', exact: true }).last().click()
  await page.getByRole('button', { name: /^Suspend/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await page.getByText('It is suspended: its roles').waitFor()
  assert.deepEqual(
    watched.complaints.filter((one) => !one.includes('422')),
    [],
  )
  await page.context().close()
})

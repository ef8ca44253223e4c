import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { codeOfApp } from './authenticator-app.ts'
import { startBrowser, type Watched } from './browser.ts'
import { newAdministrator, openConsole } from './console.ts'
import { newestMail } from './inbox.ts'
import { startNameServer } from './name-server.ts'
import { type Account, registerAccount } from './person.ts'
import { checkPortal, openPortal, type PortalLook, settled } from './portal.ts'
import { startServer } from './server.ts'

const names = await startNameServer()
after(names.stop)
const server = await startServer({ CIP_DNS_SERVERS: names.address })
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const open = (path: string, look: PortalLook = {}) => openPortal(browser, { issuer: server.url, path }, look)
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const dialog = (page: Page) => page.getByRole('dialog')
const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of the organization' }).getByRole('link', { name, exact: true }).click()

/** An organization whose owner has this account. */
const newOrganization = async (slug: string, name: string, { username }: Account): Promise<string> => {
  const made = await server.cip('organizations', 'create', slug, '--name', name, '--owner', username)
  return String(made['id'])
}

const confirmEmail = async (page: Page, { email }: Account): Promise<void> => {
  await page.goto(`${server.url}/account/profile`)
  await press(page, 'Confirm')
  await dialog(page).waitFor()
  await dialog(page)
    .getByLabel('Code')
    .fill((await newestMail(server.url, 'verify-email', email)).code)
  await press(page, 'Continue')
  await said(page, 'Your e-mail address is confirmed.')
}

test('somebody who belongs to nothing learns how one comes to belong to an organization', async () => {
  const { watched, page } = await open('/organizations', { width: 360 })
  await said(page, 'You belong to no organization yet')
  await checkPortal(watched, 'organizations-none')
  await page.getByRole('link', { name: 'Confirm your e-mail address' }).click()
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor()
  await page.goto(`${server.url}/account/organizations/019a0000-0000-7000-8000-000000000000/members`)
  await said(page, 'You do not belong to this organization')
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

const acceptAs = async (account: Account, name: string): Promise<Page> => {
  const { page } = await open('/profile', { account })
  await confirmEmail(page, account)
  await page.goto(`${server.url}/account/organizations`)
  await said(page, 'You would be: Member')
  await press(page, `Accept: ${name}`)
  await said(page, `You belong to ${name} now.`)
  await page.getByRole('link', { name, exact: true }).waitFor()
  return page
}

const changeRoles = async (page: Page, who: string, role: string): Promise<void> => {
  await press(page, `Change roles: ${who}`)
  await dialog(page).getByLabel(role, { exact: true }).check()
  await dialog(page).getByLabel('Member', { exact: true }).uncheck()
}

type Walk = { readonly page: Page; readonly watched: Watched; readonly owner: Account; readonly other: Account }

const inviteFrom = async ({ page, watched, other }: Walk): Promise<void> => {
  await part(page, 'Invitations')
  await page.getByRole('heading', { level: 1, name: /Acme Corporation.*Invitations/ }).waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the new page has the focus')
  await press(page, 'Invite')
  await dialog(page).getByLabel('E-mail address').fill('no address')
  await dialog(page).getByRole('button', { name: 'Invite' }).click()
  await said(page, 'This is no e-mail address.')
  await dialog(page).getByLabel('E-mail address').fill(other.email)
  await checkPortal(watched, 'organization-invite')
  await dialog(page).getByRole('button', { name: 'Invite' }).click()
  await said(page, `The invitation to ${other.email} is on its way.`)
  await page.getByText('Waiting', { exact: true }).waitFor()
}

const promote = async ({ page, watched, other }: Walk): Promise<void> => {
  await part(page, 'Members')
  await changeRoles(page, other.username, 'Administrator')
  await said(page, 'May from now on')
  await checkPortal(watched, 'organization-roles-change')
  await press(page, 'Save')
  await said(page, 'The roles are changed.')
}

/** The last owner stays, whatever they try. */
const tryToGo = async ({ page, watched, owner }: Walk): Promise<void> => {
  await changeRoles(page, owner.username, 'Administrator')
  await dialog(page).getByLabel('Owner', { exact: true }).uncheck()
  await said(page, 'These are your own roles.')
  await press(page, 'Save')
  await dialog(page).getByText('This is the last owner who can sign in.').waitFor()
  await press(page, 'Cancel')
  await part(page, 'Overview')
  await press(page, 'Leave: Acme Corporation')
  await dialog(page).getByRole('button', { name: 'Leave' }).click()
  await dialog(page).getByText('This is the last owner who can sign in.').waitFor()
  await checkPortal(watched, 'organization-last-owner')
  await press(page, 'Cancel')
  await page.goto(`${server.url}/account/data`)
  await press(page, 'Delete account')
  await dialog(page).getByRole('button', { name: 'Plan deletion' }).click()
  await dialog(page).getByText('You are the only owner of Acme Corporation who can sign in.').waitFor()
}

const leaveAs = async (page: Page): Promise<void> => {
  await page.goto(`${server.url}/account/organizations`)
  await press(page, 'Leave: Acme Corporation')
  await said(page, 'You lose your roles there.')
  await dialog(page).getByRole('button', { name: 'Leave' }).click()
  await said(page, 'You have left Acme Corporation.')
  await said(page, 'You belong to no organization yet')
  await page.context().close()
}

test('an organization is looked after by its own people: invited, given a role, kept from too much, and left', async () => {
  const { account: owner, page, watched } = await open('/organizations')
  const other = await registerAccount(server.url, 'ben')
  const walk = { page, watched, owner, other }
  const id = await newOrganization('acme', 'Acme Corporation', owner)
  await page.reload()
  await page.getByRole('link', { name: 'Open: Acme Corporation' }).click()
  await said(page, 'Make and unmake owners')
  await checkPortal(watched, 'organization-overview')
  await inviteFrom(walk)

  const theirs = await acceptAs(other, 'Acme Corporation')
  await theirs.goto(`${server.url}/account/organizations/${id}/members`)
  await said(theirs, 'Your roles here do not allow this page')
  assert.equal(await theirs.getByRole('link', { name: 'Members', exact: true }).count(), 0)
  await promote(walk)
  await theirs.reload()
  await said(theirs, 'Holds more than you may give or take')
  assert.equal(await theirs.getByRole('button', { name: `Change roles: ${owner.username}` }).count(), 0)
  await tryToGo(walk)
  await leaveAs(theirs)

  await page.goto(`${server.url}/account/organizations/${id}/events`)
  for (const sentence of ['A member left', 'Roles of a member changed', 'An invitation was accepted', 'An invitation was sent'])
    await page.getByText(sentence, { exact: true }).first().waitFor()
  await said(page, `By ${owner.username}`)
  await page.context().close()
})

test('a list is looked at before anybody is invited, and an invitation is sent again and taken back', async () => {
  const { account, page, watched } = await open('/organizations')
  const id = await newOrganization('bulk', 'Bulk Goods', account)
  await page.goto(`${server.url}/account/organizations/${id}/invitations`)
  await page.getByRole('link', { name: 'Invite many' }).click()
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'people.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(`email,roles\ncara@example.com,administrator\nnobody,\ndan@example.com,\n${account.email},\n`),
  })
  await press(page, 'Check the list')
  await said(page, '3 addresses are recognised. Nobody is invited yet.')
  await said(page, 'This is no e-mail address')
  await checkPortal(watched, 'organization-list-checked')
  await press(page, 'Invite 3 people')
  await said(page, '2 invitations are on their way.')
  await said(page, 'Is a member already')
  await page.getByRole('link', { name: 'To the invitations' }).click()
  await press(page, 'Send again: cara@example.com')
  await dialog(page).getByRole('button', { name: 'Send again' }).click()
  await said(page, 'The invitation is on its way again.')
  await press(page, 'Take back: dan@example.com')
  await dialog(page).getByRole('button', { name: 'Take back' }).click()
  await said(page, 'The invitation is taken back.')
  await page.getByText('Taken back', { exact: true }).waitFor()
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

test('a domain is proved by its record, and people with an address of it join', async () => {
  const { account, page, watched } = await open('/organizations')
  const id = await newOrganization('domains', 'Domain Holders', account)
  await page.goto(`${server.url}/account/organizations/${id}/domains`)
  await press(page, 'Add a domain')
  await dialog(page).getByLabel('Domain', { exact: true }).fill('gmail.com')
  await dialog(page).getByRole('button', { name: 'Add a domain' }).click()
  await said(page, 'Anybody can have an address of this provider.')
  await dialog(page).getByLabel('Domain', { exact: true }).fill('Example.com')
  await dialog(page).getByLabel('Who joins by it').selectOption('ask')
  await dialog(page).getByRole('button', { name: 'Add a domain' }).click()
  await said(page, 'The domain is added.')
  await checkPortal(watched, 'organization-domain-waiting')
  await press(page, 'Check now: example.com')
  await said(page, 'The record is not there yet.')
  const [name = '', value = ''] = await page.locator('.area-record .copy-field code').allTextContents()
  assert.match(name, /^_cip-challenge\.example\.com$/)
  names.records.set(name, ['v=spf1 -all', value])
  await press(page, 'Check now: example.com')
  await said(page, 'The record is there. The domain is proved.')
  await page.getByText('Proved', { exact: true }).waitFor()
  await press(page, 'Change who joins: example.com')
  await dialog(page).getByLabel('Administrator', { exact: true }).check()
  await press(page, 'Save')
  await said(page, 'Member, Administrator')

  const joining = await open('/profile')
  await confirmEmail(joining.page, joining.account)
  await joining.page.goto(`${server.url}/account/organizations`)
  await said(joining.page, 'Because of your address at example.com')
  await checkPortal(joining.watched, 'organizations-offer')
  await press(joining.page, 'Join: Domain Holders')
  await said(joining.page, 'Your roles: Member')
  await joining.page.context().close()

  await press(page, 'Remove: example.com')
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await said(page, 'No domain yet')
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  await page.context().close()
})

test('rules that would lock their author out are refused in words; what was chosen is kept over a fresh sign-in and against somebody quicker', async () => {
  const { account, page, watched } = await open('/organizations')
  const id = await newOrganization('rules', 'Rule Makers', account)
  const address = `${server.url}/account/organizations/${id}/policy`
  await page.goto(address)
  await page.getByLabel('Second step').selectOption('required')
  await said(page, 'Everybody needs a second step.')
  await press(page, 'Save')
  await said(page, 'These rules would lock you out')
  await checkPortal(watched, 'organization-policy-locked')
  assert.equal(await page.getByLabel('Second step').inputValue(), 'required', 'what was chosen stays')

  const tab = await page.context().newPage()
  await tab.goto(address)
  await tab.getByLabel('A sign-in counts for').selectOption({ label: '7 days' })
  await press(tab, 'Save')
  await said(tab, 'The rules are saved.')
  await page.getByLabel('Second step').selectOption('off')
  await page.getByLabel('A sign-in counts for').selectOption({ label: '8 hours' })
  await press(page, 'Save')
  await said(page, 'Somebody else has changed this meanwhile')
  await checkPortal(watched, 'organization-policy-conflict')
  await press(page, 'Show the newer state')
  assert.equal(await page.getByLabel('A sign-in counts for').inputValue(), String(7 * 86_400))

  // With an authenticator app a change asks for it: the form comes back as it was left.
  await tab.goto(`${server.url}/account/second-factor`)
  await press(tab, 'Set up')
  const key = (await dialog(tab).locator('.key').textContent()) ?? ''
  await dialog(tab).getByRole('textbox').fill(codeOfApp(key))
  await press(tab, 'Turn on')
  await press(tab, 'I have kept them')
  await tab.close()
  await page.reload()
  await page.getByLabel('Second step').selectOption('required')
  await press(page, 'Save')
  await said(page, 'Confirm that it is you')
  await press(page, 'Sign in again')
  await page.locator('#code').fill(codeOfApp(key, Date.now() + 30_000))
  await page.locator('form button[type=submit]').first().click()
  await page.waitForURL(address)
  await settled(page)
  assert.equal(await page.getByLabel('Second step').inputValue(), 'required', 'the draft came back')
  await press(page, 'Save')
  await said(page, 'The rules are saved.')
  await page.context().close()
})

test('a suspended organization is shown as such, and opens nothing', async () => {
  const { account, page, watched } = await open('/organizations')
  const id = await newOrganization('still', 'Still Waters', account)
  const owner = await newAdministrator(server, 'owner')
  const console = await openConsole(browser, { server, path: `/organizations/${id}?tab=settings`, account: owner })
  await console.page.getByRole('button', { name: /^Suspend/ }).click()
  await dialog(console.page).getByRole('button', { name: 'Suspend' }).click()
  await said(console.page, 'It is suspended')
  await console.page.context().close()
  await page.reload()
  await page.getByText('Suspended', { exact: true }).waitFor()
  await checkPortal(watched, 'organizations-suspended')
  await page.goto(`${server.url}/account/organizations/${id}/members`)
  await said(page, 'Whoever runs this service has suspended it.')
  await page.context().close()
})

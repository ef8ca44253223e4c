import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { checkConsole, newAdministrator, openConsole, settled } from './console.ts'
import { registerAccount } from './person.ts'
import { signIn } from './portal.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')

const open = (path: string, account = owner) => openConsole(browser, { server, path, account })
const close = (page: Page) => page.context().close()

/** What the page says the application is known by. */
const shownAs = async (page: Page, label: string): Promise<string> =>
  (
    await page
      .locator('.copy-field', { has: page.getByRole('button', { name: `Copy: ${label}` }) })
      .locator('code')
      .innerText()
  ).trim()

describe('applications', () => {
  test('one is connected: registered, its code pasted with real values, a wrong address added by one click, and the first sign-in seen', async () => {
    const { page, watched } = await open('/clients/connect')
    await page.getByRole('link', { name: /^Web server/ }).click()
    await page.getByLabel('Name', { exact: true }).fill('Shop')
    await page.getByRole('button', { name: 'Register and show the code' }).click()
    await page.getByRole('heading', { name: 'The first sign-in' }).waitFor()
    const [id, secret] = [await shownAs(page, 'Client ID'), await shownAs(page, 'Client secret')]
    const pasted = await page.locator('.code', { hasText: 'CLIENT_SECRET=' }).first().innerText()
    assert.ok(pasted.includes(`CLIENT_SECRET='${secret}'`) && pasted.includes(`ISSUER='${server.url}'`), pasted)
    assert.match(await page.locator('.code', { hasText: 'openid-client' }).last().innerText(), /authorizationCodeGrant/)

    await checkConsole(watched, 'connected')
    const person = await browser.newContext()
    const tab = await person.newPage()
    const ask = (redirectUri: string) => {
      const asked = { client_id: id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid', code_challenge_method: 'S256' }
      const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
      return tab.goto(`${server.url}/oauth2/authorize?${new URLSearchParams({ ...asked, code_challenge: challenge })}`)
    }
    const wanted = `${server.url}/callback`
    await ask(`${wanted}?secret=of-nobody`)
    await page.getByRole('button', { name: `Add ${wanted} to this application` }).click()
    await page.getByText('The address is registered').waitFor()
    await ask(wanted)
    await signIn(tab, owner)
    await page.getByText('The first sign-in has arrived').waitFor()
    await person.close()
    await page.getByRole('link', { name: 'Go to the application' }).click()
    await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor()
    assert.equal((await page.content()).includes(secret), false, 'the secret is gone with its page')
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('a refused address on a host of somebody else is not added by one click', async () => {
    const made = await server.cip('clients', 'create', '--template', 'web', '--name', 'Other', '--redirect-uri', 'https://own.example/cb')
    const id = String(made['client_id'])
    const asked = { client_id: id, redirect_uri: 'https://evil.example/cb', response_type: 'code', scope: 'openid' }
    await fetch(`${server.url}/oauth2/authorize?${new URLSearchParams(asked)}`)
    const { page } = await open(`/clients/connect?kind=web&stack=express&client=${id}`)
    await page.getByRole('button', { name: /^Add https:\/\/evil/ }).click()
    await page.getByRole('heading', { name: 'Add this address?' }).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('link', { name: 'Go to the application' }).click()
    await page.getByRole('heading', { level: 1, name: 'Other' }).waitFor()
    await settled(page)
    assert.equal((await page.locator('main').innerText()).includes('evil.example'), false)
    await close(page)
  })

  test('its settings are changed, checked before they are sent, and it is shut and deleted by its name', async () => {
    await server.cip(
      'clients',
      'create',
      '--template',
      'web',
      '--name',
      'Store',
      '--id',
      'https://store.example/a b'.replace(' ', '-'),
      '--redirect-uri',
      'https://store.example/cb',
    )
    const { page, watched } = await open('/clients?prefix=Store')
    await page.locator('.row-link', { hasText: 'Store' }).click()
    await page.locator('main').getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByLabel('Redirect addresses').waitFor()
    await checkConsole(watched, 'client-settings')
    await page.getByLabel('Redirect addresses').fill('http://store.example/cb')
    await page.getByText('is no address that could be registered').waitFor()
    await page.getByLabel('Redirect addresses').fill('https://store.example/cb\nhttps://store.example/second')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.locator('main').getByRole('link', { name: 'Overview', exact: true }).click()
    await page.locator('li', { hasText: 'https://store.example/second' }).waitFor()
    await page.getByRole('button', { name: 'Disable' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await page.getByText('This application is disabled').waitFor()
    await page.reload()
    await page.getByText('This application is disabled').waitFor()
    await page.getByRole('button', { name: 'Delete' }).click()
    const sure = page.getByRole('dialog').getByRole('button', { name: 'Delete' })
    assert.equal(await sure.isDisabled(), true)
    await page.getByLabel('Type Store to confirm').fill('Store')
    await sure.click()
    await page.getByText('The application is deleted.').waitFor()
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })
})

describe('APIs, keys, roles, groups and tokens', () => {
  test('an API is registered with its scopes, shows how a token is checked, is changed and deleted', async () => {
    const { page, watched } = await open('/resources/new')
    await page.getByLabel('Identifier').fill('https://api.example.com/orders')
    await page.getByLabel('Name', { exact: true }).fill('Orders')
    await page.getByLabel('Scopes').fill('orders:read\norders:write')
    await page.getByRole('button', { name: 'Register an API' }).click()
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor()
    const code = await page.locator('.code').first().innerText()
    assert.ok(code.includes(`issuer: '${server.url}', audience: 'https://api.example.com/orders'`), code)
    await page.getByLabel('How long they live, in seconds').fill('5')
    await page.getByText('Write a whole number from 60 to 86400').waitFor()
    await page.getByLabel('How long they live, in seconds').fill('300')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await checkConsole(watched, 'resource')
    await page.reload()
    assert.equal(await page.getByLabel('How long they live, in seconds').inputValue(), '300')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByLabel(/^Type/).fill('https://api.example.com/orders')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The API is deleted.').waitFor()
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('keys get a successor, which waits, and a second rotation changes nothing', async () => {
    const { page, watched } = await open('/keys')
    for (const said of [/keys? (has|have) a successor/, /A successor waits already/]) {
      await page.getByRole('button', { name: 'Rotate' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
      await page.getByText(said).waitFor()
    }
    await page.getByText('Published, signs soon').first().waitFor()
    await page
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click()
    assert.equal(await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).isDisabled(), true)
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('a role of its own is made of permissions, given to a group with a member, and cannot be deleted while it is held', async () => {
    const member = await registerAccount(server.url, 'member')
    const { page, watched } = await open('/roles/new')
    await page.getByLabel('Name', { exact: true }).fill('Night shift')
    assert.equal(await page.getByLabel('ID', { exact: true }).inputValue(), 'night-shift')
    await page.getByLabel('users:read', { exact: true }).check()
    await page.getByRole('button', { name: 'New role' }).click()
    await page.getByRole('heading', { level: 1, name: 'Night shift' }).waitFor()
    await page.goto(`${server.url}/console/groups/new`)
    await page.getByLabel('Name', { exact: true }).fill('Nights')
    await page.getByRole('button', { name: 'New group' }).click()
    await page.getByRole('heading', { level: 1, name: 'Nights' }).waitFor()
    await page.getByLabel('Let somebody join').fill(member.username)
    await page.getByRole('button', { name: `Let join: ${member.username}` }).click()
    await page.getByRole('button', { name: `Take out: ${member.username}` }).waitFor()
    await checkConsole(watched, 'group')
    await page.locator('main').getByRole('link', { name: 'Roles', exact: true }).click()
    await page.getByLabel('Role', { exact: true }).selectOption('night-shift')
    await page.getByRole('button', { name: 'Give a role' }).click()
    await page.getByRole('button', { name: 'Take: Night shift' }).waitFor()
    await page.goto(`${server.url}/console/roles/night-shift`)
    await page.getByRole('link', { name: 'Nights' }).waitFor()
    await checkConsole(watched, 'role')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await close(page)
  })

  test('a token is made of chosen permissions, works as it was shown, and ends when it is removed', async () => {
    const { page, watched } = await open('/tokens/new')
    await page.getByLabel('Name', { exact: true }).fill('nightly report')
    await page.getByLabel('clients:read', { exact: true }).check()
    await page.getByRole('button', { name: 'Make the token' }).click()
    const token = await shownAs(page, 'Personal access token')
    const ask = (path: string) => fetch(`${server.url}/admin/v1/${path}`, { headers: { authorization: `Bearer ${token}` } })
    assert.deepEqual([(await ask('clients')).status, (await ask('users')).status], [200, 403])
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: 'Remove: nightly report' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('You have no access token').waitFor()
    assert.equal((await ask('clients')).status, 401)
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })
})

test('who may acts as a person: with a reason, in a tab that says so', async () => {
  const person = await registerAccount(server.url, 'acted')
  const { page, watched } = await open(`/users?prefix=${person.username}`)
  await page.locator('.row-link').click()
  await page.getByRole('button', { name: 'Act as this person' }).click()
  const begin = page.getByRole('button', { name: 'Open a session as this person' })
  await page.getByLabel('Reason').fill('short')
  assert.equal(await begin.isDisabled(), true)
  await page.getByLabel('Reason').fill('Ticket 4711: the page stays empty')
  await begin.click()
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Open it in a new tab' }).click()])
  await tab.waitForURL(/\/account/)
  await tab.locator('main h1').waitFor()
  assert.match(await tab.locator('body').innerText(), new RegExp(person.username))
  await page.getByRole('heading', { level: 1, name: person.username }).waitFor()
  assert.deepEqual(watched.complaints, [])
  await close(page)
})

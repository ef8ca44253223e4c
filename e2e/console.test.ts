import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { codeOfApp } from './authenticator-app.ts'
import { startBrowser } from './browser.ts'
import { askForDeletion, goTo, newAdministrator, openConsole, settled, setUpApp } from './console.ts'
import { registerAccount } from './person.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')
const someone = await registerAccount(server.url, 'zoe')

const open = (path: string, account = owner) => openConsole(browser, { server, path, account })
const close = (page: Page) => page.context().close()
const findUser = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.locator('.row-link', { hasText: name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

describe('who gets in', () => {
  test('somebody without a role is told so, and who can give one', async () => {
    const { page, watched } = await openConsole(browser, { server, path: '/users', account: someone })
    await page.getByRole('heading', { name: 'You have no role here' }).waitFor()
    assert.match(await page.locator('main').innerText(), /An owner or administrator can give you one/)
    assert.equal(await page.getByRole('navigation').count(), 0)
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('the navigation has what the role opens alone, and a page beyond it says what it needs', async () => {
    const { page } = await open('/', await newAdministrator(server, 'developer'))
    await page.getByRole('link', { name: 'Overview', exact: true }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Users', exact: true }).count(), 0)
    await goTo(page, '/console/users')
    await page.getByText('This page needs the permission users:read').waitFor()
    await close(page)
  })

  test('a deep link is kept through the sign-in, with its filters', async () => {
    const { page } = await open('/users?prefix=zoe')
    assert.equal(new URL(page.url()).search, '?prefix=zoe')
    await page.locator('.row-link').first().waitFor()
    assert.equal(await page.locator('.row-link').count(), 1)
    await close(page)
  })

  test('who signs out is out, and the next sign-in asks', async () => {
    const { page } = await open('/')
    await page.getByRole('button', { name: /^Signed in/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/oauth2\/logout|\/interaction\/sign-in|\/console/)
    const decide = page.locator('button[value=logout]')
    if (await decide.isVisible().catch(() => false)) await decide.click()
    await page.locator('#password, #username').first().waitFor()
    await close(page)
  })
})

test('another tenant has a console of its own, with its own people', async () => {
  await server.cip('tenants', 'create', 'acme')
  const issuer = `${server.url}/t/acme`
  const administrator = await registerAccount(issuer, 'admin')
  await server.cip('--tenant', 'acme', 'roles', 'give', 'administrator', '--user', administrator.username)
  const { page, watched } = await openConsole(browser, { server: { url: issuer }, path: '/users', account: administrator })
  await settled(page)
  assert.equal(new URL(page.url()).pathname, '/t/acme/console/users')
  assert.equal(await page.locator('.row-link').count(), 1)
  await page.locator('.row-link').click()
  await page.getByRole('heading', { level: 1, name: administrator.username }).waitFor()
  assert.match(new URL(page.url()).pathname, /^\/t\/acme\/console\/users\/[0-9a-f-]{36}$/)
  assert.equal(await page.getByRole('link', { name: 'Jobs', exact: true }).count(), 0)
  assert.deepEqual(watched.complaints, [])
  await close(page)
})

describe('without the mouse', () => {
  test('the search opens by its keys, finds a person and opens the account', async () => {
    const { page } = await open('/')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('zoe')
    await page.getByRole('option', { name: new RegExp(someone.username) }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: someone.username }).waitFor()
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1')
    assert.match(await page.title(), new RegExp(`^${someone.username} · Console`))
    await close(page)
  })

  test('the search finds pages, says when there is nothing, and gives the focus back on Escape', async () => {
    const { page } = await open('/')
    const button = page.getByRole('button', { name: /Search users/ })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('user')
    await page.getByRole('option', { name: 'Users', exact: false }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('nobody is called this')
    await page.getByText(/Nothing is called/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.ok(await button.evaluate((element) => element === document.activeElement))
    await close(page)
  })

  test('arrow keys go from row to row of a list, and the first stop of a page skips to its content', async () => {
    const { page } = await open('/users')
    await settled(page)
    const rows = page.locator('.row-link')
    await rows.first().focus()
    await page.keyboard.press('ArrowDown')
    assert.ok(await rows.nth(1).evaluate((element) => element === document.activeElement))
    await page.keyboard.press('End')
    assert.ok(await rows.last().evaluate((element) => element === document.activeElement))
    await page.reload()
    await page.locator('main h1').waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the content')
    await close(page)
  })
})

describe('what is done', () => {
  test('an account is made, found by its name, disabled and enabled again', async () => {
    const { page, watched } = await open('/users/new')
    await page.getByLabel('User name').fill('new-person')
    await page.getByLabel('E-mail address').fill('new-person@example.com')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('heading', { level: 1, name: 'new-person' }).waitFor()
    for (const [action, status] of [
      ['Disable', 'Disabled'],
      ['Enable', 'Active'],
    ] as const) {
      await page.getByRole('button', { name: action, exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
      await page.locator('h1').getByText(status).waitFor()
    }
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('a long list goes on by pages, back again, and each page can be loaded anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'console-'))
    after(() => rm(folder, { recursive: true, force: true }))
    const names = Array.from({ length: 60 }, (_, index) => `row-${String(index).padStart(2, '0')}`)
    const lines = names.map((username) => JSON.stringify({ username, email: `${username}@example.com` }))
    await writeFile(join(folder, 'rows.jsonl'), `${lines.join('\n')}\n`)
    await server.cip('users', 'import', join(folder, 'rows.jsonl'))
    const { page } = await open('/users?prefix=row-')
    const first = page.locator('.row-link').first()
    const isFirst = (name: string) => page.locator('.row-link', { hasText: name }).first().waitFor()
    await isFirst('row-00')
    assert.equal(await page.locator('.row-link').count(), 50)
    assert.equal(await page.getByRole('button', { name: 'Previous' }).isDisabled(), true)
    await page.getByRole('button', { name: 'Next' }).click()
    await isFirst('row-50')
    assert.equal(await page.locator('.row-link').count(), 10)
    await page.reload()
    await isFirst('row-50')
    await page.getByRole('button', { name: 'Previous' }).click()
    await isFirst('row-00')
    assert.equal(await first.textContent(), 'row-00')
    assert.equal(new URL(page.url()).searchParams.get('cursor'), null)
    await close(page)
  })

  test('several accounts are disabled at once, and each outcome is told', async () => {
    const many = await Promise.all([1, 2].map(() => registerAccount(server.url, 'many')))
    const { page } = await open('/users?prefix=many-')
    await page.getByLabel('Select all on this page').check()
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    await page.getByRole('heading', { name: 'Disable 2 accounts?' }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
    await page.getByText('2 accounts were changed.').waitFor()
    await page.getByLabel('Status').selectOption('disabled')
    assert.equal(new URL(page.url()).searchParams.get('status'), 'disabled')
    for (const { username } of many) await page.locator('.row-link', { hasText: username }).waitFor()
    await page.goBack()
    await close(page)
  })

  test('what the server refuses stands at its field, and what was typed stays', async () => {
    const { page } = await open('/users/new')
    await page.getByLabel('User name').fill('no spaces allowed')
    await page.getByLabel('E-mail address').fill('nonsense')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.locator('.mantine-InputWrapper-error, [role=alert]').first().waitFor()
    assert.equal(await page.getByLabel('User name').inputValue(), 'no spaces allowed')
    await close(page)
  })

  test('a change of somebody else meanwhile is shown beside one’s own, and neither is lost unasked', async () => {
    const { page } = await open('/users')
    await findUser(page, someone.username)
    await page.getByLabel('Nickname').fill('mine')
    const other = await open(new URL(page.url()).pathname.replace('/console', ''))
    await other.page.getByLabel('Nickname').fill('theirs')
    await other.page.getByRole('button', { name: 'Save' }).click()
    await other.page.getByText('Saved.').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('Somebody else has changed this meanwhile').waitFor()
    assert.match(await alert.innerText(), /mine[\s\S]*theirs/)
    await alert.getByRole('button', { name: 'Save mine over it' }).click()
    await page.getByText('Saved.').waitFor()
    await page.reload()
    await page.locator('main h1').waitFor()
    await settled(page)
    assert.equal(await page.getByLabel('Nickname').inputValue(), 'mine')
    await close(other.page)
    await close(page)
  })

  test('a draft is not lost without a question', async () => {
    const { page } = await open('/users')
    await findUser(page, someone.username)
    await page.getByLabel('First name').fill('Zoe')
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.message())
      void dialog.dismiss()
    })
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await page.waitForFunction(() => document.querySelector('h1') !== null)
    assert.deepEqual(asked, ['What you changed is not saved. Leave the page all the same?'])
    assert.equal(await page.getByLabel('First name').inputValue(), 'Zoe')
    await close(page)
  })

  test('what the person chose of light and dark is kept', async () => {
    const { page } = await open('/')
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await paper()
    await page.getByRole('button', { name: /^Signed in/ }).click()
    await page.getByLabel('Appearance').selectOption('dark')
    const dark = await paper()
    assert.notEqual(light, dark)
    await page.reload()
    await page.locator('main h1').waitFor()
    assert.equal(await paper(), dark)
    await close(page)
  })
})

describe('what needs a fresh sign-in', () => {
  test('is not done where nobody signs in again; otherwise a window opens for it, it goes on by itself, and nothing of the page is lost', async () => {
    const administrator = await newAdministrator(server, 'administrator')
    const victim = await registerAccount(server.url, 'victim')
    const { page } = await open('/users', administrator)
    const key = await setUpApp(page, server)
    await findUser(page, victim.username)
    const demand = page.getByRole('heading', { name: 'Confirm that it is you' })

    await askForDeletion(page, victim.username)
    await demand.waitFor()
    await page.getByRole('dialog').last().getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: victim.username }).waitFor()

    await askForDeletion(page, victim.username)
    await demand.waitFor()
    const [popup] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Sign in again' }).click()])
    // The password was given a moment ago: only the second factor is missing.
    await popup.locator('#code').fill(codeOfApp(key, Date.now() + 30_000))
    await Promise.all([popup.waitForEvent('close'), popup.locator('form button[type=submit]').first().click()])
    await page.getByText('The account is deleted.').waitFor()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    await close(page)
  })
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { newAdministrator, openConsole, settled } from './console.ts'
import { registerAccount } from './person.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')
const someone = await registerAccount(server.url, 'zoe')

const open = (path: string) => openConsole(browser, { server, path, account: owner })
const close = (page: Page) => page.context().close()
const refuse = (username: string) =>
  fetch(`${server.url}/auth/token`, { method: 'POST', body: new URLSearchParams({ username, password: 'wrong password' }) })

describe('events', () => {
  test('are found by the name of a person and by what happened, and one is opened and linked to', async () => {
    await refuse(someone.username)
    const { page, watched } = await open('/events')
    const person = page.getByLabel('Person', { exact: true })
    await person.fill(someone.username)
    await page.locator(`datalist option[value="${someone.username}"]`).waitFor({ state: 'attached' })
    await person.press('Enter')
    await page.waitForURL(/user=[0-9a-f-]{36}/)
    await page.getByLabel('What happened').selectOption('sign_in.refused')
    await page.waitForURL(/type=sign_in.refused/)
    await page.locator('table[data-old=false] .row-link').first().waitFor()
    assert.equal(await page.locator('.row-link').count(), 1)
    await page.locator('.row-link').click()
    await page.getByRole('dialog').getByText('wrong-password').waitFor()
    assert.match(page.url(), /event=[0-9a-f-]{36}/)
    await page.reload()
    await page.getByRole('dialog').getByText('wrong-password').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.doesNotMatch(page.url(), /event=/)
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('appear by themselves where they are followed, and only those that fit', async () => {
    const { page } = await open('/events?type=sign_in.refused&live=1')
    await settled(page)
    const before = await page.locator('.row-link').count()
    await refuse('nobody-at-all')
    await page.waitForFunction((count) => document.querySelectorAll('.row-link').length === count, before + 1)
    await close(page)
  })

  test('are exported as they were found', async () => {
    const { page } = await open('/events?type=sign_in.refused')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByLabel('Format').selectOption('csv')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()])
    assert.equal(download.suggestedFilename(), 'events.csv')
    const [head, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\n')
    assert.match(head ?? '', /^id,at,type,/)
    assert.ok(rows.length > 0 && rows.every((row) => row.includes('sign_in.refused')))
    await close(page)
  })
})

describe('a sign-in is explained', () => {
  test('by the id of its request: what refused it, what can be done, and where', async () => {
    const id = (await refuse(someone.username)).headers.get('x-request-id') ?? ''
    const { page, watched } = await open('/events/explain')
    await page.getByLabel('Request id').fill(id)
    await page.getByRole('button', { name: 'Explain', exact: true }).click()
    await page.locator('.notice', { hasText: 'It was refused. The password was wrong.' }).waitFor()
    await watched.picture('console-explained')
    await page.locator('.story a', { hasText: 'Open the account' }).last().click()
    await page.getByRole('heading', { level: 1, name: someone.username }).waitFor()
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('where nothing was decided about a person, that is said', async () => {
    const { page } = await open('/events/explain?request=no-such-request')
    await page.getByRole('heading', { name: 'This request decided nothing about a person' }).waitFor()
    await close(page)
  })
})

describe('webhooks', () => {
  test('one is made with chosen events, its secret is shown once, and a test stands in its log', async () => {
    const { page } = await open('/webhooks/new')
    await page.getByLabel('Address').fill('nonsense')
    await page.getByRole('button', { name: 'Make the webhook' }).click()
    await page.locator('.mantine-InputWrapper-error').waitFor()
    await page.getByLabel('Address').fill('https://hooks.example.com/identity')
    await page.getByLabel('Everything').uncheck()
    await page.locator('summary', { hasText: /^webhook/ }).click()
    await page.getByLabel('All of webhook.*').check()
    await page.getByRole('button', { name: 'Make the webhook' }).click()
    const secret = await page.getByRole('dialog').locator('code').innerText()
    assert.match(secret, /^whsec_/)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('heading', { level: 1, name: 'hooks.example.com' }).waitFor()
    assert.equal((await page.content()).includes(secret), false, 'the secret is nowhere any more')
    await page.getByRole('link', { name: 'Deliveries' }).click()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.locator('td', { hasText: 'webhook.tested' }).waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('heading', { name: 'No webhook yet' }).waitFor()
    await close(page)
  })
})

describe('hooks', () => {
  test('what happens where one fails has to be decided, and a test tells what came of it', async () => {
    const { page } = await open('/webhooks/hooks')
    await page.getByLabel('Address: After a sign-in').fill('https://hooks.invalid/after')
    await page.getByRole('button', { name: 'Save the hooks' }).click()
    await page.locator('.mantine-InputWrapper-error').waitFor()
    await page.getByLabel('Where it does not answer').selectOption('allow')
    await page.getByRole('button', { name: 'Save the hooks' }).click()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.locator('.notice', { hasText: 'It failed:' }).waitFor()
    await page.getByRole('button', { name: 'Show the secret' }).click()
    assert.match(await page.getByRole('dialog').locator('code').innerText(), /^whsec_/)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByLabel('Address: After a sign-in').fill('')
    await page.getByRole('button', { name: 'Save the hooks' }).click()
    await page.getByRole('button', { name: 'Test', exact: true }).waitFor({ state: 'detached' })
    await close(page)
  })
})

const people = (count: number): string =>
  ['username,email,department', ...Array.from({ length: count }, (_, index) => `import-${index},import-${index}@example.com,`)].join('\n')
const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

describe('import and export', () => {
  test('a trial run changes nothing, the import makes the accounts, and what was refused is listed and saved', async () => {
    const file = csv('people.csv', `${people(600)}\nno spaces allowed,nonsense,x`)
    const { page, watched } = await open('/transfer/new')
    const run = async (isTrial: boolean): Promise<void> => {
      await page.getByLabel('File with the accounts').setInputFiles(file)
      await page.getByText('The file has 601 rows').waitFor()
      await page.getByText('Not known, and refused where they hold anything: department').waitFor()
      if (!isTrial) await page.getByLabel('Trial run').uncheck()
      await page.getByRole('button', { name: 'Begin', exact: true }).click()
      await page.locator('h1').getByText('Finished').waitFor()
      await page.getByText('601 of 601 rows').waitFor()
    }
    await run(true)
    assert.match(await page.locator('.definitions').innerText(), /Would be made\s+600\s+There already\s+0\s+Refused\s+1/)
    await page.getByRole('link', { name: 'Import for real' }).click()
    await run(false)
    assert.match(await page.locator('.definitions').innerText(), /Made\s+600\s+There already\s+0\s+Refused\s+1/)
    await page.locator('td', { hasText: 'no spaces allowed' }).waitFor()
    await watched.picture('console-imported')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download as CSV' }).click()])
    const [head, first, ...rest] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
    assert.equal(head, 'row,username,reason')
    assert.match(first ?? '', /^601,"no spaces allowed",/)
    assert.deepEqual(rest, [])
    assert.deepEqual(watched.complaints, [])
    await close(page)
  })

  test('an import that was left goes on with the same file alone, and takes nothing twice', async () => {
    const file = csv('left.csv', people(600).replaceAll('import-', 'left-'))
    const { page } = await open('/transfer/new')
    let parts = 0
    await page.route('**/rows', async (route) => {
      parts += 1
      await (parts === 2 ? route.abort() : route.continue())
    })
    await page.getByLabel('File with the accounts').setInputFiles(file)
    await page.getByLabel('Trial run').uncheck()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await page.getByRole('button', { name: 'Go on' }).waitFor()
    await page.reload()
    await page.getByText('250 of 600 rows').waitFor()
    const field = page.getByLabel('File with the accounts: left.csv')
    await field.setInputFiles(csv('left.csv', people(599)))
    await page.getByText('That is another file than left.csv').waitFor()
    await field.setInputFiles(file)
    await page.locator('h1').getByText('Finished').waitFor()
    assert.match(await page.locator('.definitions').innerText(), /Made\s+600\s+There already\s+0\s+Refused\s+0/)
    await close(page)
  })

  test('all accounts are saved as a file, without their hashes', async () => {
    const { page } = await open('/transfer?tab=export')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download', exact: true }).click(),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n')
    assert.ok(lines.some((line) => (JSON.parse(line) as { username: string }).username === someone.username))
    assert.ok(lines.every((line) => !line.includes('argon2')))
    await close(page)
  })
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWatched, startBrowser } from './browser.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())

const register = async (username: string): Promise<void> => {
  const answer = await fetch(`${server.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, email: `${username}@example.com`, password: 'correct horse battery' }),
  })
  assert.equal(answer.status, 200, await answer.text())
}

const drawn = (page: Page): Promise<void> => page.locator('.opblock').first().waitFor()

const signIn = async (page: Page, username: string): Promise<void> => {
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  const dialog = page.locator('.dialog-ux')
  await dialog.locator('#oauth_username').fill(username)
  await dialog.locator('#oauth_password').fill('correct horse battery')
  await dialog
    .locator('.auth-container', { has: page.locator('#oauth_username') })
    .getByRole('button', { name: 'Apply given OAuth2 credentials' })
    .click()
  await dialog.getByText('Authorized', { exact: true }).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
}

const execute = async (page: Page, id: string): Promise<string> => {
  const operation = page.locator(`#operations-account-${id}`)
  await operation.locator('.opblock-summary-control').click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table .highlight-code').first()
  await answer.waitFor()
  return answer.innerText()
}

for (const host of ['127.0.0.1', 'localhost'])
  test(`the page at /docs under ${host}: sign in with "Authorize", call GET /auth/me, see who is signed in`, async () => {
    const username = `reader-${host === 'localhost' ? 'two' : 'one'}`
    await register(username)
    const { page, complaints, strangers, picture } = await openWatched(browser, `http://${host}:${server.port}/docs`)
    await drawn(page)
    await picture(`docs-${host}`)
    await signIn(page, username)
    const answer = await execute(page, 'getAuthMe')
    await picture(`docs-${host}-me`)
    assert.match(answer, new RegExp(`"username": "${username}"`))
    assert.deepEqual(complaints, [])
    assert.deepEqual(strangers, [])
    await page.context().close()
  })

const pathsShown = async (page: Page): Promise<string[]> =>
  (await page.locator('.opblock-summary-path').allInnerTexts()).map((path) => path.replaceAll('\u200b', '').trim())

test('the page at /docs opens with the account API alone, opens the other sections on demand, and has no error of the document', async () => {
  const { page, complaints, picture } = await openWatched(browser, `${server.url}/docs`)
  await drawn(page)
  const accountApi = ['/auth/register', '/auth/token', '/auth/me', '/auth/token/refresh', '/auth/token/revoke', '/auth/logout']
  assert.deepEqual(await pathsShown(page), accountApi)
  await picture('docs-sections')
  assert.ok((await page.locator('.opblock-tag').count()) > 10)
  await page.locator('#operations-tag-keys').click()
  await page.locator('#operations-keys-getAdminV1Keys').waitFor()
  assert.ok((await pathsShown(page)).includes('/admin/v1/keys'))
  assert.equal(await page.locator('.errors-wrapper').count(), 0)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

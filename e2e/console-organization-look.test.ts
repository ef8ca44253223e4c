import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWatched, startBrowser } from './browser.ts'
import { checkConsole, newAdministrator, openConsole } from './console.ts'
import { newPerson } from './person.ts'
import { startServer } from './server.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')
const open = (path: string, account = owner) => openConsole(browser, { server, path, account })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()

const callback = 'http://127.0.0.1:9/callback'
const made = await server.cip(
  ...['clients', 'create', '--template', 'web', '--name', 'Corner Shop', '--first-party', '--redirect-uri', callback],
)
const [clientId, secret] = [String(made['client_id']), String(made['client_secret'])]
const authorize = (parameters: Readonly<Record<string, string>> = {}): string =>
  `${server.url}/oauth2/authorize?${new URLSearchParams({
    ...{ client_id: clientId, redirect_uri: callback, response_type: 'code', scope: 'openid' },
    // RFC 7636 appendix B.
    ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...parameters },
  })}`

/** The sign-in page of the organization, in a browser of its own. */
const openHosted = async () => {
  const address = authorize({ scope: 'openid organization', organization: 'acme' })
  const { page } = await openWatched(browser, address, { colorScheme: 'light' })
  /** Looks anew until the page is as it is to be: it learns of a change within a second. */
  const until = async (isSo: () => Promise<boolean>, what: string): Promise<void> => {
    for (let tries = 0; !(await isSo()); tries += 1) {
      assert.ok(tries < 50, `the hosted page does not show ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await page.reload()
    }
  }
  const color = () => page.locator('#login-submit').evaluate((button) => getComputedStyle(button).backgroundColor)
  const hasLogo = async () => (await page.locator('.brand img').count()) === 1
  return { page, until, color, hasLogo }
}

/** A logo is uploaded while something else in the form is not saved, and wrong. */
const uploadLogo = async (page: Page): Promise<void> => {
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'logo.png', mimeType: 'image/png' },
    buffer: await page.getByRole('button', { name: 'Save', exact: true }).screenshot({ type: 'png' }),
  })
  await page.getByText('The logo is uploaded.').waitFor()
  await page.getByRole('img', { name: 'The present logo' }).evaluate((one) => (one as HTMLImageElement).decode())
}

test('the look of an organization: an accent that cannot be read is refused at its field, a logo keeps the draft, and the hosted pages show it', async () => {
  const { id } = await server.cip('organizations', 'create', 'acme', '--name', 'Acme Corporation', '--owner', owner.username)
  const { page, watched } = await open(`/organizations/${String(id)}?tab=look`)
  const field = (name: string) => page.getByLabel(name, { exact: true })
  await field('Name on the pages').fill('Acme at work')
  await field('Accent').fill('#ffff00')
  await press(page, 'Save')
  await page.locator('[aria-invalid="true"]').waitFor()
  const wrong = page.locator('.mantine-InputWrapper-root', { has: field('Accent') }).locator('.mantine-InputWrapper-error')
  assert.match(await wrong.innerText(), /#ffff00.*4\.5/)
  assert.equal(await page.locator('[aria-invalid="true"]').count(), 1, 'no other field is called wrong')

  await uploadLogo(page)
  assert.deepEqual([await field('Name on the pages').inputValue(), await field('Accent').inputValue()], ['Acme at work', '#ffff00'])
  const hosted = await openHosted()
  await hosted.until(hosted.hasLogo, 'the logo')
  const before = await hosted.color()
  await field('Accent').fill('#1f4fd8')
  await press(page, 'Save')
  await page.getByText('Saved.', { exact: true }).waitFor()
  assert.equal(await page.getByText('Somebody else has changed this meanwhile').count(), 0, 'the own logo is no change of somebody else')
  await checkConsole(watched, 'organization-look-saved')
  await hosted.until(async () => (await hosted.color()) === 'rgb(31, 79, 216)', 'the accent')
  assert.notEqual(before, 'rgb(31, 79, 216)')
  assert.equal(await hosted.page.locator('.brand').textContent(), 'Acme at work')
  await hosted.page.goto(authorize())
  assert.equal(await hosted.page.locator('.brand').count(), 0, 'a request for no organization looks as the tenant does')

  await press(page, 'Take it away with the next save')
  await press(page, 'Save')
  await page.getByRole('img', { name: 'The present logo' }).waitFor({ state: 'detached' })
  await hosted.page.goto(authorize({ scope: 'openid organization', organization: 'acme' }))
  await hosted.until(async () => !(await hosted.hasLogo()), 'that the logo is gone')
  assert.deepEqual(
    watched.complaints.filter((one) => !one.includes('422')),
    [],
  )
  await hosted.page.context().close()
  await page.context().close()
})

/** Whether the token opens the user info of its person. */
const opens = async (token: string): Promise<boolean> => {
  const answer = await fetch(`${server.url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } })
  await answer.body?.cancel()
  return answer.status === 200
}

/** A process that knows the token from memory learns within seconds that it ended. */
const ends = async (isAlive: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; await isAlive(); tries += 1) {
    assert.ok(tries < 50, 'the token still opens something')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Somebody who has let the application in, and the token that it got. */
const letIn = async () => {
  const person = await newPerson(server.url)
  const code = (await person.followBack(authorize())).searchParams.get('code') ?? ''
  const body = new URLSearchParams({
    ...{ grant_type: 'authorization_code', redirect_uri: callback, code, code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' },
  })
  const headers = { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` }
  const answer = await fetch(`${server.url}/oauth2/token`, { method: 'POST', headers, body })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  assert.ok(token, String(answer.status))
  const isAlive = () => opens(token)
  assert.equal(await isAlive(), true)
  return { account: person.account, isAlive }
}

test('the people of an application: who has let it in is seen, and taken back by those who may help people', async () => {
  const [first, second] = [await letIn(), await letIn()]
  const auditor = await newAdministrator(server, 'auditor')
  const reading = await open(`/clients/${clientId}?tab=grants`, auditor)
  await reading.page.getByRole('link', { name: first.account.username }).waitFor()
  assert.equal(await reading.page.getByRole('button', { name: /^Take back/ }).count(), 0, 'who only reads takes nothing back')
  await reading.page.context().close()

  const { page, watched } = await open(`/clients/${clientId}`)
  await page.locator('main').getByRole('link', { name: 'People', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: first.account.username })
  await row.getByText('openid').waitFor()
  assert.equal(await page.getByRole('row').filter({ hasText: second.account.username }).count(), 1)
  await checkConsole(watched, 'client-people')
  await press(page, `Take back: ${first.account.username}`)
  const dialog = page.getByRole('dialog')
  await dialog.getByText('end at once').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  assert.equal(await first.isAlive(), true, 'nothing is taken back before it is confirmed')
  await press(page, `Take back: ${first.account.username}`)
  await dialog.getByRole('button', { name: 'Take back' }).click()
  await page.getByText('Taken back.').waitFor()
  await row.waitFor({ state: 'detached' })
  await ends(first.isAlive)
  assert.equal(await second.isAlive(), true, 'that of somebody else lives on')

  await press(page, `Take back: ${second.account.username}`)
  await dialog.getByRole('button', { name: 'Take back' }).click()
  await page.getByText('Nobody has let it in').waitFor()
  await page.locator('main').getByRole('link', { name: 'Events', exact: true }).click()
  await page.getByText('consent.revoked').first().waitFor()
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
})

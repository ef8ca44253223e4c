import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import type { Download, Page } from 'playwright-core'
import { codeOfApp } from './authenticator-app.ts'
import { openWatched, startBrowser } from './browser.ts'
import { newestMail } from './inbox.ts'
import { arriveAt, checkPortal, openPortal, type PortalLook, settled, signIn } from './portal.ts'
import { startServer } from './server.ts'
import { startApplication } from './static-site.ts'

// Browsers know passkeys of names, not of addresses.
const server = await startServer((port) => ({ PUBLIC_URL: `http://localhost:${port}` }))
after(server.stop)
const issuer = server.url.replace('127.0.0.1', 'localhost')
const browser = await startBrowser()
after(() => browser.close())
const site = await startApplication()
after(site.stop)

const open = (path: string, look: PortalLook = {}) => openPortal(browser, { issuer, path }, look)
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const dialog = (page: Page) => page.getByRole('dialog')
const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** The mail of a kind to an address, when it has come. */
const mailTo = async (template: string, to: string) => {
  for (let tries = 0; ; tries += 1) {
    const found = await newestMail(server.url, template, to).catch((error: unknown) => (tries < 50 ? undefined : Promise.reject(error)))
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const enterCode = async (page: Page, code: string): Promise<void> => {
  await dialog(page).getByLabel('Code').fill(code)
  await press(page, 'Continue')
}

const textOf = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8')

const downloadBy = async (page: Page, name: string): Promise<{ readonly name: string; readonly text: string }> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, name)])
  return { name: download.suggestedFilename(), text: await textOf(download) }
}

for (const look of [{ colorScheme: 'light', width: 360 } as const, { colorScheme: 'dark', width: 1280 } as const])
  test(`${look.colorScheme}, ${look.width} px: an authenticator app is set up, gives recovery codes once, and guards what comes after it`, async () => {
    const shot = `${look.colorScheme}-${look.width}`
    const { account, watched, page } = await open('/second-factor', look)
    await press(page, 'Set up')
    const key = (await dialog(page).locator('.key').textContent()) ?? ''
    await checkPortal(watched, `totp-${shot}`)
    await dialog(page).getByRole('textbox').fill('000000')
    await press(page, 'Turn on')
    await said(page, 'This code is not right.')
    await dialog(page).getByRole('textbox').fill(codeOfApp(key))
    await press(page, 'Turn on')
    await dialog(page).locator('.codes li').first().waitFor()
    const codes = await dialog(page).locator('.codes li').allTextContents()
    assert.equal(new Set(codes).size, 10)
    await checkPortal(watched, `recovery-codes-${shot}`)
    const file = await downloadBy(page, 'Download')
    assert.equal(file.name, 'recovery-codes.txt')
    for (const code of codes) assert.ok(file.text.includes(code))
    await page.keyboard.press('Escape')
    assert.equal(await dialog(page).isVisible(), true, 'Escape does not lose codes that are shown once')
    await press(page, 'I have kept them')
    await said(page, '10 left')
    await checkPortal(watched, `second-factor-on-${shot}`)

    // From now on a change asks for the second factor, and goes on where it was.
    await press(page, 'Make new codes')
    await said(page, 'Confirm that it is you')
    await checkPortal(watched, `step-up-${shot}`)
    await press(page, 'Sign in again')
    await signIn(page, account)
    await page.locator('#code').fill(codeOfApp(key, Date.now() + 30_000))
    await page.locator('form button[type=submit]').first().click()
    await page.waitForURL(`${issuer}/account/second-factor`)
    await said(page, 'Make new recovery codes?')
    await dialog(page).getByRole('button', { name: 'Make new codes' }).click()
    await dialog(page).locator('.codes li').first().waitFor()
    const fresh = await dialog(page).locator('.codes li').allTextContents()
    assert.equal(fresh.filter((code) => codes.includes(code)).length, 0)
    await press(page, 'I have kept them')

    await press(page, /^Remove: Authenticator app$/)
    await dialog(page).getByRole('button', { name: 'Remove' }).click()
    await said(page, 'Your authenticator app was removed.')
    await page.getByRole('button', { name: 'Set up' }).waitFor()
    await page.context().close()
  })

test('an e-mail address is confirmed by a code, changed, and the change is undone from the mail to the earlier one', async () => {
  const { account, watched, page } = await open('/profile')
  await press(page, 'Confirm')
  await dialog(page).waitFor()
  await checkPortal(watched, 'confirm-email')
  await enterCode(page, '12345678')
  await said(page, 'This code is not right.')
  await enterCode(page, (await mailTo('verify-email', account.email)).code)
  await said(page, 'Your e-mail address is confirmed.')
  await page.getByText('Confirmed', { exact: true }).waitFor()

  const next = account.email.replace('@', '.new@')
  await press(page, 'Change: E-mail')
  await dialog(page).getByLabel('New e-mail address').fill(next)
  await press(page, 'Send code')
  await said(page, `We sent a code to ${next}.`)
  await enterCode(page, (await mailTo('change-email', next)).code)
  await said(page, 'Your e-mail address was changed.')
  await page.getByText(next, { exact: true }).first().waitFor()

  const { link } = await mailTo('email-changed', account.email)
  const elsewhere = await openWatched(browser, link)
  await elsewhere.page.locator('form button[type=submit]').first().click()
  await elsewhere.page.waitForLoadState('networkidle')
  await elsewhere.picture('portal-undo-email')
  await elsewhere.page.context().close()
  // Every session ended with it: the portal asks who is there.
  await page.reload()
  await signIn(page, account)
  await page.waitForURL(`${issuer}/account/profile`)
  await page.getByText(account.email, { exact: true }).first().waitFor()
  await page.context().close()
})

test('a phone number is added by a code of the text message, and removed', async () => {
  const { watched, page } = await open('/profile')
  const number = `+4915${randomInt(100_000_000, 999_999_999)}`
  await press(page, 'Add: Telephone')
  await dialog(page).getByLabel('Telephone').fill(number.replace('+49', '+49 ').replace('15', '15 '))
  await press(page, 'Send code')
  await said(page, `We sent a code to ${number}.`)
  await checkPortal(watched, 'confirm-phone')
  await enterCode(page, (await mailTo('phone-code', number)).code)
  await said(page, 'Your telephone number was changed.')
  await page.getByText(number, { exact: true }).waitFor()
  await press(page, 'Remove: Telephone')
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await said(page, 'Your telephone number was removed.')
  await page.getByRole('button', { name: 'Add: Telephone' }).waitFor()
  await page.context().close()
})

test('an application that was let in is listed with what it may do; what was taken back is asked for again', async () => {
  const redirect = `${site.url}/callback`
  const made = await server.cip('clients', 'create', '--template', 'spa', '--name', 'Corner Shop', '--redirect-uri', redirect)
  const ask = `${issuer}/oauth2/authorize?${new URLSearchParams({
    ...{ client_id: String(made['client_id']), redirect_uri: redirect, response_type: 'code', scope: 'openid email' },
    ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' },
  })}`
  const { watched, page } = await open('/applications')
  await said(page, 'No application is connected')
  await page.goto(ask)
  await page.locator('#consent-allow').click()
  await page.waitForURL(`${site.url}/**`)
  await page.goto(ask)
  await page.waitForURL(`${site.url}/**`)
  await page.goto(`${issuer}/account/applications`)
  await said(page, 'Corner Shop')
  await said(page, /See your e-mail address/)
  watched.strangers.length = 0
  await checkPortal(watched, 'application')
  await press(page, 'Take back access: Corner Shop')
  await checkPortal(watched, 'application-take-back')
  await dialog(page).getByRole('button', { name: 'Take back access' }).click()
  await said(page, 'Corner Shop has no access any more.')
  await said(page, 'No application is connected')
  await page.goto(ask)
  await page.locator('#consent-allow').waitFor()
  await page.context().close()
})

test('the download holds what is known of the person, and no secret', async () => {
  const { account, watched, page } = await open('/data')
  await checkPortal(watched, 'your-data')
  const { name, text } = await downloadBy(page, 'Download')
  assert.equal(name, 'account.json')
  const data = JSON.parse(text) as Readonly<Record<string, unknown>>
  assert.ok(text.includes(account.email) && text.includes(account.username))
  for (const part of ['sessions', 'events']) assert.ok((data[part] as readonly unknown[]).length > 0, part)
  assert.doesNotMatch(text, /\$argon2|password_hash|"secret|refresh_token"/i)
  assert.ok(!text.includes(account.password))
  await page.goto(`${issuer}/account/activity`)
  await said(page, 'Your data was downloaded')
  await page.context().close()
})

test('a deletion is planned with two weeks to go, told by mail and on the overview, and taken back', async () => {
  const { account, watched, page } = await open('/data', { width: 360 })
  // A mail goes to an address that is proved alone.
  await page.goto(`${issuer}/account/profile`)
  await press(page, 'Confirm')
  await dialog(page).waitFor()
  await enterCode(page, (await mailTo('verify-email', account.email)).code)
  await said(page, 'Your e-mail address is confirmed.')
  await page.goto(`${issuer}/account/data`)
  await press(page, 'Delete account')
  await checkPortal(watched, 'deletion-question')
  await dialog(page).getByRole('button', { name: 'Plan deletion' }).click()
  const due = new Date(Date.now() + 14 * 86_400_000).toLocaleDateString('en', { dateStyle: 'long' })
  await said(page, `Your account will be deleted on ${due}.`)
  await checkPortal(watched, 'deletion-planned')
  assert.match((await mailTo('deletion-planned', account.email)).link, /\/interaction\/link\?/)
  await page.goto(`${issuer}/account`)
  await said(page, `Your account will be deleted on ${due}`)
  await page.goto(`${issuer}/account/data`)
  await press(page, 'Keep my account')
  await page.getByRole('button', { name: 'Delete account' }).waitFor()
  await page.goto(`${issuer}/account`)
  await settled(page)
  assert.equal(await page.getByText(/will be deleted/).count(), 0)
  await page.context().close()
})

test('a passkey is added on the device, renamed, signs in, and is removed', async () => {
  const { watched, page } = await open('/passkeys')
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await press(page, 'Add a passkey')
  await press(page, 'Continue')
  await said(page, 'Your passkey was added.')
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
  assert.deepEqual(
    credentials.map(({ rpId }) => rpId),
    ['localhost'],
  )
  await checkPortal(watched, 'passkey-added')
  await page.getByRole('button', { name: /^Rename/ }).click()
  await dialog(page).getByLabel('Name').fill('Blue laptop')
  await press(page, 'Save')
  await said(page, 'Your passkey was renamed.')
  await page.getByText('Blue laptop', { exact: true }).waitFor()

  await page.context().clearCookies()
  // With somebody at the authenticator, the browser's own list is answered at once.
  await page.goto(`${issuer}/account/passkeys`)
  await arriveAt(page, `${issuer}/account/passkeys`)
  await page.getByText('Blue laptop', { exact: true }).waitFor()
  await page.getByRole('button', { name: /^Remove/ }).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await said(page, 'Your passkey was removed.')
  await said(page, 'No passkey yet')
  await page.context().close()
})

test('a picture is taken from a file, shown as the server made it, and removed', async () => {
  const { watched, page } = await open('/profile')
  const bytes = await page.screenshot({ type: 'png' })
  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: bytes })
  await said(page, 'Your picture was changed.')
  const image = page.getByRole('img', { name: 'Your picture' })
  await image.evaluate((one) => (one as HTMLImageElement).decode())
  assert.deepEqual(
    await image.evaluate((one) => [(one as HTMLImageElement).naturalWidth, (one as HTMLImageElement).naturalHeight]),
    [256, 256],
  )
  await checkPortal(watched, 'picture')
  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await said(page, 'This picture could not be read. Choose a PNG, JPEG or WebP file.')
  await press(page, 'Remove picture')
  await said(page, 'Your picture was removed.')
  await page.context().close()
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { codeOfApp } from './authenticator-app.ts'
import { openWatched, startBrowser } from './browser.ts'
import { newestMail } from './inbox.ts'
import { type Account, newPerson, registerAccount } from './person.ts'
import { type Server, startServer } from './server.ts'
import { startApplication } from './static-site.ts'
import { give, press, walkIn, walks } from './walk.ts'

const site = await startApplication()
after(site.stop)
const browser = await startBrowser()
after(() => browser.close())
// On one of them a second factor is asked of everybody.
const [server, strict] = await Promise.all([startServer(), startServer()])
after(() => Promise.all([server.stop(), strict.stop()]))

const start = async (at: Server) => {
  const words = ['--template', 'spa', '--name', 'Corner Shop', '--first-party', '--redirect-uri', `${site.url}/callback`]
  const { client_id: clientId } = await at.cip('clients', 'create', ...words)
  return (parameters: Readonly<Record<string, string>> = {}): string =>
    `${at.url}/oauth2/authorize?${new URLSearchParams({
      ...{ client_id: String(clientId), redirect_uri: `${site.url}/callback`, response_type: 'code', scope: 'openid' },
      ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...parameters },
    })}`
}
const [authorize, authorizeStrict] = await Promise.all([start(server), start(strict)])

const openWalk = walkIn(browser, site.url)
const signIn = (page: Page, { username, password }: Account): Promise<void> => give(page, { username, password }, '#login-submit')

/** Back at the application with a code. */
const arrived = async (page: Page): Promise<void> => {
  await page.waitForURL(`${site.url}/callback?**`)
  assert.ok(new URL(page.url()).searchParams.get('code'), page.url())
}

const wrongOf = (code: string): string => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')

const claimOf = async (at: Server): Promise<string> => {
  const [, link] = /Administrator\s+(\S+)/.exec(at.output()) ?? []
  assert.ok(link, at.output())
  return link
}

for (const [at, used] of [
  [server, walks.slice(0, 1)],
  [strict, walks.slice(1)],
] as const)
  test(`the first administrator: ${used.map(({ title }) => title).join(' and ')}`, async () => {
    const link = await claimOf(at)
    for (const walk of used) {
      const { page, see, end } = await openWalk(walk, link)
      await see('first-run')
      await give(page, { username: 'admin', email: 'maria@example.com', password: 'admin' }, '#register-submit')
      await see('first-run', 'first-run-wrong')
      if (walk === used.at(-1)) {
        await give(page, { username: 'maria', password: 'correct horse battery' }, '#register-submit')
        await see('next-steps')
      }
      await end()
    }
  })

for (const walk of walks) {
  const { title } = walk

  test(`${title}: a new account`, async () => {
    const { page, see, end } = await openWalk(walk, authorize({ prompt: 'create' }))
    await see('sign-up')
    const { username } = await registerAccount(server.url, 'taken')
    await give(page, { username, email: 'someone@example.com', password: 'short' }, '#register-submit')
    await see('sign-up', 'sign-up-wrong')
    await give(
      page,
      { username: `${username}-new`, email: `${username}-new@example.com`, password: 'correct horse battery' },
      '#register-submit',
    )
    await arrived(page)
    await page.goto((await newestMail(server.url, 'verify-email', `${username}-new@example.com`)).link)
    await see('link', 'link-verify')
    await press(page, '#link-confirm')
    await see('outcome', 'email-verified')
    await end()
  })

  test(`${title}: a code by mail, wrong and right, and the link of another mail`, async () => {
    const { username, email } = await registerAccount(server.url)
    const { page, see, end } = await openWalk(walk, authorize())
    await see('sign-in')
    // Neither a browser without script nor an address of numbers has passkeys.
    assert.equal(await page.locator('#passkey').isVisible(), false)
    await page.locator('.ways summary').click()
    await see('sign-in', 'sign-in-ways')
    await give(page, { username }, '#mail-code')
    await see('code')
    const { code } = await newestMail(server.url, 'sign-in-code', email)
    await give(page, { code: wrongOf(code) }, '#code-submit')
    await see('code', 'code-wrong')
    await give(page, { code }, '#code-submit')
    await arrived(page)
    await page.context().clearCookies()
    await page.goto(authorize())
    await page.locator('.ways summary').click()
    await give(page, { username }, '#mail-code')
    const { link } = await newestMail(server.url, 'sign-in-code', email)
    await page.goto(link)
    await see('link', 'link-sign-in')
    await press(page, '#link-confirm')
    await arrived(page)
    await page.goto(link)
    await see('outcome', 'link-gone')
    await end()
  })

  test(`${title}: a lost password`, async () => {
    const account = await registerAccount(server.url)
    const { page, see, end } = await openWalk(walk, authorize())
    await press(page, '#forgotten')
    await see('reset')
    await give(page, { username: account.email }, '#reset-submit')
    await see('code', 'reset-code')
    await give(page, { code: (await newestMail(server.url, 'reset-password', account.email)).code }, '#code-submit')
    await see('new-password')
    await give(page, { password: 'short' }, '#password-submit')
    await see('new-password', 'new-password-wrong')
    const password = 'a wholly new sentence'
    await give(page, { password }, '#password-submit')
    await see('outcome', 'password-saved')
    await page.goto(authorize())
    await signIn(page, { ...account, password })
    await arrived(page)
    await end()
  })

  test(`${title}: this was not me`, async () => {
    const account = await registerAccount(server.url)
    const { page, see, end } = await openWalk(walk, authorize())
    // The first browser is the person's own; without its cookies it is another one.
    for (const _ of ['first', 'second']) {
      await page.context().clearCookies()
      await page.goto(authorize())
      await signIn(page, account)
      await arrived(page)
    }
    await page.goto((await newestMail(server.url, 'new-device', account.email)).link)
    await see('link', 'freeze')
    await press(page, '#link-confirm')
    await see('outcome', 'frozen')
    await page.goto(authorize({ prompt: 'login' }))
    await signIn(page, account)
    await see('sign-in', 'sign-in-frozen')
    await end()
  })
}

test('a second factor is asked of everybody from now on', async () => {
  await strict.cip('sign-in', 'set', '--second-factor', 'always')
  const isAsked = async (): Promise<boolean> => (await (await newPerson(strict.url)).follow(authorizeStrict())).name === 'enrol'
  for (let tries = 0; tries < 20; tries += 1) {
    if (await isAsked()) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  assert.fail('nobody is asked for a second factor')
})

const newAccount = (): Account => {
  const username = `person-${randomBytes(6).toString('hex')}`
  return { username, email: `${username}@example.com`, password: 'correct horse battery' }
}

/** Cameras read dark squares on white, in whatever look, and none that a line has grown together. */
const qrColors = (page: Page) =>
  page.locator('.qr svg').evaluate((svg) => {
    const { stroke, fill, backgroundColor: background } = globalThis.getComputedStyle(svg as never)
    return { stroke, fill, background }
  })

for (const walk of walks)
  test(`${walk.title}: a second factor is set up on the way, and asked for the next time`, async () => {
    const account = newAccount()
    const { page, see, end } = await openWalk(walk, authorizeStrict({ prompt: 'create' }))
    await give(page, account, '#register-submit')
    await see('enrol')
    assert.deepEqual(await qrColors(page), { stroke: 'none', fill: 'rgb(11, 18, 16)', background: 'rgb(255, 255, 255)' })
    const key = (await page.locator('.key').innerText()).trim()
    await give(page, { code: wrongOf(codeOfApp(key)) }, '#code-submit')
    await see('enrol', 'enrol-wrong')
    assert.equal((await page.locator('.key').innerText()).trim(), key, 'the key stays the same')
    await give(page, { code: codeOfApp(key) }, '#code-submit')
    await see('recovery-codes')
    const [recovery = ''] = await page.locator('.codes code').allInnerTexts()
    await press(page, '#codes-continue')
    await arrived(page)
    await page.goto((await newestMail(strict.url, 'verify-email', account.email)).link)
    await press(page, '#link-confirm')

    await page.context().clearCookies()
    await page.goto(authorizeStrict())
    await signIn(page, account)
    await see('second-factor')
    await page.locator('.ways summary').click()
    await see('second-factor', 'second-factor-ways')
    await press(page, 'button[name=way][value=email-code]')
    await see('code', 'second-factor-mail')
    await page.locator('.ways summary').click()
    await press(page, 'button[name=way][value=recovery-code]')
    await see('second-factor', 'second-factor-recovery')
    await page.locator('#trust').check()
    await give(page, { code: recovery }, '#code-submit')
    await arrived(page)
    await page.goto(authorizeStrict({ prompt: 'login' }))
    await signIn(page, account)
    await arrived(page)
    await end()
  })

test('the pictures of the README: the sign-in page in light and in dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const look = { colorScheme, viewport: { width: 500, height: 800 }, deviceScaleFactor: 1.5 }
    const { page, picture } = await openWatched(browser, authorize().replace('127.0.0.1', 'localhost'), look)
    await page.locator('#passkey').waitFor()
    // Without the cursor in the field the picture is the same each time.
    await page.evaluate(() => (globalThis.document.activeElement as unknown as { blur: () => void }).blur())
    await picture(`sign-in-${colorScheme}`, process.env['PICTURES'])
    await page.context().close()
  }
})

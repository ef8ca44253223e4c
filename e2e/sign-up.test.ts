import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { newestMail } from './inbox.ts'
import { startServer } from './server.ts'
import { startApplication } from './static-site.ts'
import { give, press, type Walk, walkIn, walks } from './walk.ts'

const site = await startApplication()
after(site.stop)
const browser = await startBrowser()
after(() => browser.close())
const server = await startServer()
after(server.stop)
const openWalk = walkIn(browser, site.url)
const password = 'correct horse battery'
const newName = (): string => `person-${randomBytes(6).toString('hex')}`

const words = ['--template', 'spa', '--name', 'Corner Shop', '--first-party', '--redirect-uri', `${site.url}/callback`]
const made = await server.cip('clients', 'create', ...words)
const authorize = `${server.url}/oauth2/authorize?${new URLSearchParams({
  ...{
    client_id: String(made['client_id']),
    redirect_uri: `${site.url}/callback`,
    response_type: 'code',
    scope: 'openid',
    prompt: 'create',
  },
  ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' },
})}`

const asked = { 'x-sign-up': true }
const schema = {
  type: 'object',
  properties: {
    given_name: { type: 'string', maxLength: 40, ...asked },
    family_name: { type: 'string', maxLength: 40, ...asked },
    website: { type: 'string', format: 'web-url', ...asked },
    birthdate: { type: 'string', format: 'birthdate', ...asked },
    department: { enum: ['Sales', 'Research'], title: 'Department', 'x-titles': { ar: 'القسم', de: 'Abteilung' }, ...asked },
    terms: { type: 'boolean', title: 'I accept the terms', 'x-titles': { ar: 'أوافق على الشروط' }, ...asked },
  },
  required: ['given_name', 'terms'],
}

const folder = await mkdtemp(join(tmpdir(), 'cip-schema-'))
after(() => rm(folder, { recursive: true }))
await writeFile(join(folder, 'schema.json'), JSON.stringify(schema))
await server.cip('attributes', 'schema', 'set', join(folder, 'schema.json'))
await server.cip('sign-in', 'set', '--email-proof', 'first')
await new Promise((resolve) => setTimeout(resolve, 2000))

const arrived = async (page: Page): Promise<void> => {
  await page.waitForURL(`${site.url}/callback?**`)
  assert.ok(new URL(page.url()).searchParams.get('code'), page.url())
}

/** The fields of the profile, wrong in one of them and then right. */
const fillProfile = async (page: Page): Promise<void> => {
  await page.locator('#attribute-given_name').fill('Ada')
  await page.locator('#attribute-birthdate').fill('1990-12-31')
  await page.locator('#attribute-department').selectOption('Research')
  await page.locator('#attribute-terms').check()
  await page.locator('#attribute-website').fill('ftp://example.com')
}

const isFocused = (page: Page, id: string): Promise<boolean> =>
  page.locator(`#${id}`).evaluate((one) => one === globalThis.document.activeElement)

const makeAccount = async (
  page: Page,
  { see, username, name }: { see: (name: string, shot?: string) => Promise<void>; username: string; name: string },
) => {
  await see(name, `${name}-profile`)
  assert.equal(await page.locator('#email').innerText(), `${username}@example.com`)
  assert.equal(await page.locator('[name=email]').count(), 0)
  assert.ok(await isFocused(page, 'username'))
  await fillProfile(page)
  await give(page, { username, password: 'short pass' }, '#register-submit')
  await see(name, `${name}-profile-wrong`)
  await page.locator('#register-submit').scrollIntoViewIfNeeded()
  await see(name, `${name}-profile-end`)
  assert.equal(await page.locator('#username').inputValue(), username)
  assert.equal(await page.locator('#attribute-department').inputValue(), 'Research')
  assert.equal(await page.locator('#attribute-terms').isChecked(), true)
  assert.equal(await page.locator('#attribute-website').getAttribute('aria-invalid'), 'true')
  await give(page, { 'attribute-website': 'https://example.com', password }, '#register-submit')
}

for (const walk of walks) {
  const { title } = walk

  test(`${title}: an address is proved, then the account is made with its profile`, async () => {
    const [username, { page, see, end }] = [newName(), await openWalk(walk, authorize)]
    await see('sign-up-address')
    await give(page, { email: 'someone@nowhere' }, '#address-submit')
    await see('sign-up-address', 'sign-up-address-wrong')
    assert.equal(await page.locator('#email').inputValue(), 'someone@nowhere')
    const email = `${username}@example.com`
    await give(page, { email }, '#address-submit')
    await see('code', 'code-sign-up')
    const { code } = await newestMail(server.url, 'sign-up-code', email)
    await give(page, { code: code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}` }, '#code-submit')
    await see('code', 'code-sign-up-wrong')
    await give(page, { code }, '#code-submit')
    await makeAccount(page, { see, username, name: 'sign-up' })
    await arrived(page)
    await end()
  })

  test(`${title}: an invitation is accepted, and leads to the account portal`, async () => {
    const username = newName()
    const email = `${username}@example.com`
    await server.cip('users', 'invite', '--email', email, '--username', 'suggested')
    const { link } = await newestMail(server.url, 'invitation', email)
    const { page, see, end } = await openWalk(walk, link)
    assert.equal(await page.locator('#username').inputValue(), 'suggested')
    await makeAccount(page, { see, username, name: 'invitation' })
    await page.waitForURL((url) => url.pathname.startsWith('/account') || url.pathname.startsWith('/interaction'))
    if (walk.options.javaScriptEnabled !== false) {
      await page.locator('h1').first().waitFor()
      assert.ok(new URL(page.url()).pathname.startsWith('/account'), page.url())
    }
    await page.goto(link)
    await see('outcome', 'invitation-gone')
    await end()
  })
}

const claimAt = (host: string): string => {
  const [, link = ''] = /Administrator\s+(\S+)/.exec(server.output()) ?? []
  return link.replace('127.0.0.1', host)
}

const withoutScript = walks.find(({ title }) => title === 'without-script') as Walk
const withScript = walks.filter(({ title }) => title !== 'without-script')

test('without script: the first administrator is told that a passkey needs script, and goes back without losing a name', async () => {
  const { page, see, end } = await openWalk(withoutScript, claimAt('localhost'))
  await see('first-run', 'first-run-either')
  await give(page, { username: 'keeper', email: 'keeper@example.com' }, '#passkey-instead')
  await see('first-run-passkey')
  assert.match(await page.content(), /<noscript><p class="note">Passkeys need scripts/)
  await press(page, '#password-instead')
  await see('first-run', 'first-run-back')
  assert.equal(await page.locator('#username').inputValue(), 'keeper')
  assert.equal(await page.locator('#email').inputValue(), 'keeper@example.com')
  await end()
})

test('the first administrator is told at an address of numbers where a passkey can be made', async () => {
  for (const walk of withScript) {
    const { page, see, end } = await openWalk(walk, claimAt('127.0.0.1'))
    await see('first-run', 'first-run-number')
    assert.equal(await page.locator('#passkey-instead').count(), 0)
    assert.equal(await page.locator('form a[dir="ltr"]').getAttribute('href'), claimAt('localhost'))
    await end()
  }
})

for (const walk of withScript.toReversed())
  test(`${walk.title}: the first administrator makes a passkey in the place of a password`, async () => {
    const { page, see, end } = await openWalk(walk, claimAt('localhost'))
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable', { enableUI: false })
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    })
    await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false })
    await see('first-run', 'first-run-either')
    await give(page, { username: 'keeper', email: 'keeper@example.com' }, '#passkey-instead')
    await page.locator('#passkey').waitFor()
    await see('first-run-passkey')
    if (walk.title !== 'arabic') {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true })
      await press(page, '#passkey')
      await see('next-steps')
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      assert.equal(credentials.length, 1)
    }
    await end()
  })

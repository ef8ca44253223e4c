import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { openWatched, startBrowser, type Watched } from './browser.ts'
import { type Account, registerAccount } from './person.ts'
import { startServer } from './server.ts'
import { startApplication } from './static-site.ts'

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const site = await startApplication()
after(site.stop)

const register = async (metadata: Readonly<Record<string, unknown>>): Promise<Record<string, string>> => {
  const uris = { redirect_uris: [`${site.url}/callback`], post_logout_redirect_uris: [`${site.url}/`] }
  const body = JSON.stringify({ ...uris, application_type: 'native', token_endpoint_auth_method: 'none', ...metadata })
  const answer = await fetch(`${server.url}/oauth2/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const text = await answer.text()
  assert.equal(answer.status, 201, text)
  return JSON.parse(text)
}

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const authorize = (client: Record<string, string>, parameters: Readonly<Record<string, string>> = {}): string =>
  `${server.url}/oauth2/authorize?${new URLSearchParams({
    client_id: client['client_id'] ?? '',
    redirect_uri: `${site.url}/callback`,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'the state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...parameters,
  })}`

const pageName = (page: Page): Promise<string | null> => page.locator('body').getAttribute('data-page')

/** The page is the one meant, wears its style, fits its width, and axe-core finds nothing serious. */
const check = async ({ page, picture, hasScript }: Watched, name: string, shot: string): Promise<void> => {
  assert.equal(await pageName(page), name, page.url())
  await picture(shot)
  const width = await page.evaluate(() => ({ content: globalThis.document.documentElement.scrollWidth, window: globalThis.innerWidth }))
  assert.ok(width.content <= width.window, `${shot} is ${width.content} px wide in a window of ${width.window} px`)
  // axe-core waits by timers of the page; the same markup is looked at where script runs.
  if (hasScript) assert.deepEqual(await seriousFindings(page), [], shot)
}

const fill = async (page: Page, { username, password }: Account): Promise<void> => {
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await page.locator('#login-submit').click()
}

const signIn = async (page: Page, account: Account): Promise<void> => {
  await fill(page, account)
  await page.locator('#consent-allow').click()
  await page.waitForURL(`${site.url}/**`)
}

// A page that refuses is answered with its status, and the browser writes that to the console by itself.
const isStatusLine = (text: string): boolean => /^Failed to load resource: the server responded with a status of 4(00|22) /.test(text)
const noComplaints = ({ complaints }: Watched): void =>
  assert.deepEqual(
    complaints.filter((one) => !isStatusLine(one)),
    [],
  )

type Look = Pick<BrowserContextOptions, 'colorScheme' | 'javaScriptEnabled'> & { readonly width: number; readonly title: string }
const looks: readonly Look[] = [true, false].flatMap((javaScriptEnabled) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    [360, 1280].map((width) => ({
      ...{ javaScriptEnabled, colorScheme, width },
      title: `${javaScriptEnabled ? 'with' : 'without'}-script-${colorScheme}-${width}`,
    })),
  ),
)

for (const { title, width, ...look } of looks)
  test(`${title}: a wrong password, sign-in, consent, and back to the application with a code`, async () => {
    const account = await registerAccount(server.url)
    const client = await register({ client_name: 'Corner Shop', policy_uri: 'https://shop.example.test/privacy' })
    const watched = await openWatched(browser, authorize(client), { ...look, viewport: { width, height: 800 } })
    const { page } = watched
    await check(watched, 'sign-in', `${title}-sign-in`)
    await fill(page, { ...account, password: 'not the password' })
    await check(watched, 'sign-in', `${title}-sign-in-wrong`)
    assert.match(await page.locator('#password-note').innerText(), /Incorrect user name or password/)
    assert.equal(await page.locator('#password').inputValue(), '')
    await fill(page, account)
    await check(watched, 'consent', `${title}-consent`)
    await page.locator('#consent-allow').click()
    await page.waitForURL(`${site.url}/callback?**`)
    const answer = new URL(page.url()).searchParams
    assert.deepEqual([...answer.keys()].sort(), ['code', 'iss', 'state'])
    assert.deepEqual([answer.get('state'), answer.get('iss')], ['the state', server.url])
    noComplaints(watched)
    await page.context().close()
  })

for (const colorScheme of ['light', 'dark'] as const)
  test(`${colorScheme}, 360 px: sign-up, account chooser, logout, signed out and error`, async () => {
    const client = await register({ client_name: 'Corner Shop' })
    const [first, second] = [await registerAccount(server.url, 'first'), await registerAccount(server.url, 'second')]
    const options = { colorScheme, viewport: { width: 360, height: 800 } }
    const watched = await openWatched(browser, authorize(client, { prompt: 'create' }), options)
    const { page } = watched
    const shot = (name: string): string => `${colorScheme}-360-${name}`
    await check(watched, 'sign-up', shot('sign-up'))
    await page.goto(authorize(client))
    await signIn(page, first)
    await page.goto(authorize(client, { prompt: 'select_account' }))
    await page.locator('#account-other').click()
    await check(watched, 'sign-in', shot('sign-in-second'))
    await signIn(page, second)
    await page.goto(authorize(client, { prompt: 'select_account' }))
    await check(watched, 'select-account', shot('account-chooser'))
    assert.equal(await page.locator('.choice').count(), 3)
    await page.goto(`${server.url}/oauth2/logout`)
    await check(watched, 'logout', shot('logout'))
    await page.locator('#logout-confirm').click()
    await check(watched, 'signed-out', shot('signed-out'))
    await page.goto(authorize({ client_id: 'nobody' }))
    await check(watched, 'error', shot('error'))
    noComplaints(watched)
    await page.context().close()
  })

for (const colorScheme of ['light', 'dark'] as const)
  test(`${colorScheme}, 360 px: a device is connected after the codes were compared, and an unknown code is refused`, async () => {
    const grants = { grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], redirect_uris: [], response_types: [] }
    const client = await register({ client_name: 'Television', ...grants, post_logout_redirect_uris: [] })
    const account = await registerAccount(server.url)
    const form = new URLSearchParams({ client_id: client['client_id'] ?? '', scope: 'openid profile' })
    const started = (await (await fetch(`${server.url}/oauth2/device`, { method: 'POST', body: form })).json()) as Record<string, string>
    const watched = await openWatched(browser, started['verification_uri'] ?? '', { colorScheme, viewport: { width: 360, height: 800 } })
    const { page } = watched
    const shot = (name: string): string => `${colorScheme}-360-device-${name}`
    await fill(page, account)
    await page.locator('#user-code').fill('BBBB-BBBB')
    await page.locator('#device-continue').click()
    await check(watched, 'device', shot('unknown'))
    assert.match(await page.locator('#user-code-note').innerText(), /not known/)
    await page.locator('#user-code').fill(started['user_code'] ?? '')
    await page.locator('#device-continue').click()
    await check(watched, 'device', shot('compare'))
    assert.equal(await page.locator('#code-to-compare').innerText(), started['user_code'])
    await page.locator('#consent-allow').click()
    await check(watched, 'device', shot('connected'))
    noComplaints(watched)
    await page.context().close()
  })

test('form_post: the answer posts itself to the application, and nothing of it stands in an address', async () => {
  const account = await registerAccount(server.url)
  const client = await register({ client_name: 'Corner Shop' })
  const watched = await openWatched(browser, authorize(client, { response_mode: 'form_post' }))
  await signIn(watched.page, account)
  assert.equal(watched.page.url(), `${site.url}/callback`)
  assert.ok(site.requests.some((one) => /^POST \/callback .*code=/.test(one) && one.includes('state=the+state')))
  noComplaints(watched)
  await watched.page.context().close()
})

test('form_post without script: a button posts the answer', async () => {
  const account = await registerAccount(server.url)
  const client = await register({ client_name: 'Corner Shop' })
  const watched = await openWatched(browser, authorize(client, { response_mode: 'form_post' }), { javaScriptEnabled: false })
  await fill(watched.page, account)
  await watched.page.locator('#consent-allow').click()
  await check(watched, 'form-post', 'form-post-without-script')
  await watched.page.locator('button[type=submit]').click()
  await watched.page.waitForURL(`${site.url}/callback`)
  noComplaints(watched)
  await watched.page.context().close()
})

test('front-channel logout: both applications are told of the session before the browser returns', async () => {
  const account = await registerAccount(server.url)
  const told = (name: string) => ({ frontchannel_logout_uri: `${site.url}/told/${name}`, frontchannel_logout_session_required: true })
  const [one, two] = [await register({ client_name: 'One', ...told('one') }), await register({ client_name: 'Two', ...told('two') })]
  const watched = await openWatched(browser, authorize(one))
  const { page } = watched
  await signIn(page, account)
  await page.goto(authorize(two))
  await page.locator('#consent-allow').click()
  await page.waitForURL(`${site.url}/callback?**`)
  const back = new URLSearchParams({ client_id: one['client_id'] ?? '', post_logout_redirect_uri: `${site.url}/` })
  await page.goto(`${server.url}/oauth2/logout?${back}`)
  await page.locator('#logout-confirm').click()
  await page.waitForURL(`${site.url}/`)
  const frames = site.requests.filter((request) => request.startsWith('GET /told/')).map((request) => new URL(request.slice(4), site.url))
  assert.deepEqual(frames.map(({ pathname }) => pathname).sort(), ['/told/one', '/told/two'])
  for (const { searchParams } of frames) assert.deepEqual([searchParams.get('iss'), searchParams.has('sid')], [server.url, true])
  noComplaints(watched)
  await page.context().close()
})

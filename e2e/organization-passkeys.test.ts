import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seriousFindings } from './accessibility.ts'
import { addAuthenticator } from './authenticator.ts'
import { openWatched, startBrowser } from './browser.ts'
import { type Account, registerAccount } from './person.ts'
import { arriveAt } from './portal.ts'
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

const callback = `${site.url}/callback`
const made = await server.cip(
  'clients',
  'create',
  '--template',
  'spa',
  '--name',
  'Corner Shop',
  '--first-party',
  '--redirect-uri',
  callback,
)
const clientId = String(made['client_id'])
// RFC 7636 appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const authorize = (parameters: Readonly<Record<string, string>>): string =>
  `${issuer}/oauth2/authorize?${new URLSearchParams({
    ...{ client_id: clientId, redirect_uri: callback, response_type: 'code', scope: 'openid' },
    ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...parameters },
  })}`
const forOrganization = (slug: string): string => authorize({ scope: 'openid organization', organization: slug })

/** The claims of the ID token that the code in the address of the application is good for. */
const redeem = async (page: Page): Promise<Record<string, unknown>> => {
  await page.waitForURL(`${callback}**`)
  const code = new URL(page.url()).searchParams.get('code') ?? ''
  assert.ok(code, page.url())
  const body = new URLSearchParams({
    ...{ grant_type: 'authorization_code', client_id: clientId, redirect_uri: callback, code, code_verifier: verifier },
  })
  const answer = await fetch(`${server.url}/oauth2/token`, { method: 'POST', body })
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  const { id_token: token } = JSON.parse(text) as { id_token: string }
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
}

const newOrganization = async (slug: string, { username }: Account): Promise<string> => {
  const { id } = await server.cip('organizations', 'create', slug, '--name', `The ${slug} company`, '--owner', username)
  return String(id)
}

/** Signs in by password for no organization; where a passkey is offered on the way, nobody wants one yet. */
const enterByPassword = async (page: Page, { username, password }: Account): Promise<void> => {
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await page.locator('#login-submit').click()
  await page.locator('[data-page="passkey-offer"]').waitFor()
}

/** The page of a request for the organization, once its pages know of its policy: within a second or so. */
const askedAgain = async (page: Page, slug: string): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    await page.goto(forOrganization(slug))
    assert.equal(await page.locator('body').getAttribute('data-page'), 'sign-in', page.url())
    if ((await page.locator('#password').count()) === 0) return
    assert.ok(tries < 50, 'the page still asks for a password')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('an organization that takes passkeys alone asks whoever signed in by password again, for a passkey and for nothing else', async () => {
  const account = await registerAccount(server.url, 'alexandra')
  await newOrganization('acme', account)
  const watched = await openWatched(browser, authorize({}))
  const { page, complaints, picture } = watched
  const authenticator = await addAuthenticator(page)
  await page.reload()
  await authenticator.leave()
  await enterByPassword(page, account)
  await page.locator('#passkey').waitFor()
  await authenticator.touch()
  await page.locator('#passkey').click()
  await redeem(page)
  await page.goto(forOrganization('acme'))
  assert.deepEqual((await redeem(page))['organization_roles'], ['owner'], 'without a policy the password is enough')

  await server.cip('organizations', 'policy', 'acme', '--method', 'passkey')
  await authenticator.leave()
  await askedAgain(page, 'acme')
  await page.getByText('Confirm that it is you').waitFor()
  assert.equal(await page.locator('#account').textContent(), account.username)
  assert.equal(await page.locator('#mail-code, #forgotten, details.ways').count(), 0, 'there is no other way')
  await page.locator('#passkey').waitFor()
  await picture('organization-passkey-alone')
  assert.deepEqual(await seriousFindings(page), [])
  await authenticator.touch()
  await page.locator('#passkey').click()
  const { organization, acr, amr } = await redeem(page)
  assert.equal((organization as { slug: string }).slug, 'acme')
  assert.deepEqual([acr, (amr as string[]).includes('pop'), (amr as string[]).includes('pwd')], ['aal2', true, false])
  await page.goto(forOrganization('acme'))
  assert.equal(((await redeem(page))['organization'] as { slug: string }).slug, 'acme', 'the session is enough from now on')
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('whoever has no passkey is told what to do, adds one in the account, and comes back to sign in by it', async () => {
  const account = await registerAccount(server.url, 'ben')
  const id = await newOrganization('bulk', account)
  await server.cip('organizations', 'policy', 'bulk', '--method', 'passkey')
  const { page, complaints, picture } = await openWatched(browser, authorize({}))
  await enterByPassword(page, account)
  await page.locator('#passkey-later').click()
  await redeem(page)
  await askedAgain(page, 'bulk')
  await page.getByText('No passkey yet? Add one in your account, then come back to this page.').waitFor()
  await picture('organization-passkey-missing')
  assert.deepEqual(await seriousFindings(page), [])

  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.locator('#add-passkey').click()])
  await arriveAt(tab, `${issuer}/account/passkeys`)
  await tab.goto(`${issuer}/account/organizations/${id}/members`)
  await tab.getByText('A sign-in counts only by: Passkey.').waitFor()
  await tab.getByRole('link', { name: 'Add a passkey', exact: true }).click()
  await tab.waitForURL(`${issuer}/account/passkeys`)
  const elsewhere = await addAuthenticator(tab)
  await tab.getByRole('button', { name: 'Add a passkey', exact: true }).click()
  await tab.getByRole('button', { name: 'Continue', exact: true }).click()
  await tab.getByText('Your passkey was added.').waitFor()
  const [credential] = await elsewhere.credentials()
  assert.ok(credential)
  await tab.close()

  const authenticator = await addAuthenticator(page)
  await authenticator.add(credential)
  await authenticator.leave()
  await page.reload()
  await page.locator('#passkey').waitFor()
  await authenticator.touch()
  await page.locator('#passkey').click()
  assert.equal(((await redeem(page))['organization'] as { slug: string }).slug, 'bulk')
  await page.goto(`${issuer}/account/organizations/${id}/members`)
  await page.getByRole('main').getByText(account.username).first().waitFor()
  assert.deepEqual(complaints, [])
  await page.context().close()
})

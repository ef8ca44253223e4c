import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { type Account, accountApi, newAccount } from './account-api.ts'
import { type Browser, openBrowser, type Page } from './browser.ts'
import { type Answer, form, json, request } from './http.ts'

export type TestClient = {
  readonly id: string
  readonly secret: string | undefined
  readonly redirectUri: string
  readonly registrationToken: string
}
export type Fields = Readonly<Record<string, string>>

export const callback = 'https://app.example.test/callback'

/** Registers a client dynamically. */
export const registerClient = async (url: string, metadata: Readonly<Record<string, unknown>> = {}): Promise<TestClient> => {
  const answer = await request(
    `${url}/oauth2/register`,
    json({ client_name: 'Test application', redirect_uris: [callback], grant_types: ['authorization_code', 'refresh_token'], ...metadata }),
  )
  assert.equal(answer.status, 201, answer.text)
  const made = answer.json as Record<string, string> & { redirect_uris?: string[] }
  return {
    id: made['client_id'] ?? '',
    secret: made['client_secret'],
    redirectUri: made.redirect_uris?.[0] ?? callback,
    registrationToken: made['registration_access_token'] ?? '',
  }
}

export const pkce = (): { readonly verifier: string; readonly challenge: string } => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export const authorizeUrl = (url: string, client: TestClient, parameters: Fields = {}): string =>
  `${url}/oauth2/authorize?${new URLSearchParams({
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 'the state',
    ...parameters,
  })}`

export const basic = ({ id, secret = '' }: TestClient): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})

/** A form to an endpoint, authenticated by HTTP Basic. */
export const postAs = (url: string, client: TestClient, fields: Fields): Promise<Answer> => {
  const { method, headers, body } = form(fields)
  return request(url, { method: method ?? 'POST', headers: { ...headers, ...basic(client) }, body })
}

export const parametersOf = (page: Pick<Page, 'url'>): Record<string, string> => {
  const { search, hash } = new URL(page.url)
  return Object.fromEntries(new URLSearchParams(hash === '' ? search : hash.slice(1)))
}

export const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'))
export const headerOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString('utf8'))

/** Goes through the pages that come: signs in where asked, allows where asked. */
export const passPages = async (browser: Browser, start: Page, account: Account): Promise<Page> => {
  let page = start
  for (let step = 0; step < 4; step += 1) {
    if (page.name === 'sign-in')
      page = await browser.submit(page, { username: account.username, password: account.password, action: 'sign-in' })
    else if (page.name === 'consent') page = await browser.submit(page, { decision: 'allow' })
    else return page
  }
  return page
}

export type Tokens = { access_token: string; id_token: string; refresh_token: string; scope: string; expires_in: number }

/** A person with an account and a browser. */
export const newPerson = async (url: string): Promise<{ account: Account; browser: Browser }> => {
  const account = newAccount()
  const answer = await accountApi(url).register(account)
  assert.equal(answer.status, 200, answer.text)
  return { account, browser: openBrowser(url) }
}

type Person = Awaited<ReturnType<typeof newPerson>>

/** An authorization code for the client, through whatever pages come. */
export const codeFor = async (
  url: string,
  client: TestClient,
  { person, parameters }: { person: Person; parameters?: Fields },
): Promise<string> => {
  const { browser, account } = person
  const page = await passPages(browser, await browser.follow(authorizeUrl(url, client, parameters)), account)
  const { code } = parametersOf(page)
  assert.ok(code, `no code: ${page.url} ${page.text.slice(0, 600)}`)
  return code
}

export const redeem = (url: string, client: TestClient, fields: Fields): Promise<Answer> =>
  postAs(`${url}/oauth2/token`, client, { grant_type: 'authorization_code', redirect_uri: client.redirectUri, ...fields })

/** Tokens by the code flow. */
export const tokensFor = async (url: string, client: TestClient, input: { person: Person; parameters?: Fields }): Promise<Tokens> => {
  const answer = await redeem(url, client, { code: await codeFor(url, client, input) })
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Tokens
}

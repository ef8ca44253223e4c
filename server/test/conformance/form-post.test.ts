import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { authorizeUrl, passPages, redeem } from '../harness/oauth.ts'
import { failuresIn, operatorClient, signedIn, startProvider } from '../harness/provider.ts'
import { checkErrorReply, randomState, readTokens, userInfo, verifyIdToken } from './relying-party.ts'

// Every module of the basic plan again with response_mode=form_post: what differs is how the answer travels.
const own = await startProvider()
const { url } = own
const client = await operatorClient(own)
const person = await signedIn(url, client)

/** Form Post Response Mode section 2: a page that posts the answer to the redirect URI, and nothing of it in an address. */
const postedBy = (page: Page): Readonly<Record<string, string>> => {
  assert.equal(page.name, 'form-post', `${page.url} ${page.text.slice(0, 300)}`)
  assert.match(page.text, /<form[^>]*method="post"/)
  assert.match(String(page.headers['content-type']), /^text\/html/)
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.equal(page.form?.action, client.redirectUri)
  assert.doesNotMatch(page.url, /[?&#](code|error)=/)
  return page.form?.fields ?? {}
}

const ask = async (parameters: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> =>
  postedBy(await person.browser.follow(authorizeUrl(url, client, { response_mode: 'form_post', ...parameters })))

test('the answer is posted with code, state and iss alone, and the code works (oidcc-server)', async () => {
  const state = randomState()
  const { code = '', ...rest } = await ask({ state, nonce: 'n' })
  assert.deepEqual(rest, { state, iss: url })
  const tokens = readTokens(await redeem(url, client, { code }))
  const claims = await verifyIdToken(url, tokens, { clientId: client.id, nonce: 'n' })
  assert.equal((await userInfo(url, tokens)).sub, claims.sub)
})

test('the page posts itself by a script that its policy allows', async () => {
  const page = await person.browser.follow(authorizeUrl(url, client, { response_mode: 'form_post' }))
  const source = /<script src="([^"]+)"/.exec(page.text)?.[1]
  assert.ok(source)
  assert.match(String(page.headers['content-security-policy']), /script-src 'self'/)
  assert.doesNotMatch(String(page.headers['content-security-policy']), /form-action/)
  const script = await request(new URL(source, url).href)
  assert.deepEqual([script.status, /submit/.test(script.text)], [200, true])
})

test('a person who signs in on the way is carried there too (oidcc-prompt-login)', async () => {
  const start = await person.browser.follow(authorizeUrl(url, client, { response_mode: 'form_post', prompt: 'login' }))
  assert.equal(start.name, 'sign-in')
  assert.ok(postedBy(await passPages(person.browser, start, person.account))['code'])
})

for (const [module, error, parameters] of [
  ['oidcc-response-type-missing', 'invalid_request', { response_type: '' }],
  ['oidcc-prompt-none-not-logged-in', 'login_required', { prompt: 'none', max_age: '0' }],
  ['an unknown response type', 'unsupported_response_type', { response_type: 'nonsense' }],
  ['a front-channel response type that the client does not have', 'unsupported_response_type', { response_type: 'id_token token' }],
  ['an unknown prompt', 'invalid_request', { prompt: 'nonsense' }],
  ['a request object that is none', 'invalid_request_object', { request: 'nonsense' }],
] as const)
  test(`an error is posted as well: ${error} (${module})`, async () => {
    const state = randomState()
    checkErrorReply(await ask({ ...parameters, state }), { error, state, issuer: url })
  })

test('a redirect_uri that is not registered is told on a page, and posted nowhere (oidcc-ensure-registered-redirect-uri)', async () => {
  const redirect_uri = `${client.redirectUri}/other`
  const page = await person.browser.follow(authorizeUrl(url, client, { response_mode: 'form_post', redirect_uri }))
  assert.deepEqual([page.name, page.status, page.form], ['error', 400, undefined])
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

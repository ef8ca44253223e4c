import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { atEnd } from '../harness/closing.ts'
import { startTestDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { bearer, request } from '../harness/http.ts'
import { claimsOf, headerOf, newPerson, postAs, registerClient, type TestClient, tokensFor } from '../harness/oauth.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { until } from '../harness/until.ts'

const port = await freePort()
const url = `http://127.0.0.1:${port}`
const platform = await startTestPlatform(await (await startTestDatabase()).create(), {
  PORT: String(port),
  CIP_OUTBOUND_ALLOW: '127.0.0.1',
})
const { db } = platform.platform.base

type Delivered = { readonly path: string; readonly token: string; readonly contentType: string | undefined }

/** An application that takes logout tokens and answers with the statuses of the list in turn, 200 afterwards. */
const startReceiver = async (statuses: readonly number[] = []) => {
  const delivered: Delivered[] = []
  const left = [...statuses]
  const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
    let text = ''
    for await (const chunk of incoming) text += String(chunk)
    return text
  }
  const server = createServer(async (incoming, answer) => {
    const token = new URLSearchParams(await bodyOf(incoming)).get('logout_token') ?? ''
    delivered.push({ path: incoming.url ?? '', token, contentType: incoming.headers['content-type'] })
    answer.writeHead(left.shift() ?? 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(async () => void server.close())
  return { delivered, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const after = 'https://app.example.test/signed-out?x=1'
const signInWith = async (client: TestClient, scope = 'openid offline_access') => {
  const person = await newPerson(url)
  return { person, tokens: await tokensFor(url, client, { person, parameters: { scope } }) }
}
const logoutUrl = (parameters: Record<string, string>): string => `${url}/oauth2/logout?${new URLSearchParams(parameters)}`

describe('RP-initiated logout', () => {
  test('asks, ends the session, and returns to the registered address with state', async () => {
    const client = await registerClient(url, { post_logout_redirect_uris: [after] })
    const { person, tokens } = await signInWith(client, 'openid')
    const asked = await person.browser.follow(logoutUrl({ id_token_hint: tokens.id_token, post_logout_redirect_uri: after, state: 's 1' }))
    assert.equal(asked.name, 'logout')
    const end = await person.browser.submit(asked, { decision: 'logout' })
    assert.equal(end.url, `${after}&state=s%201`)
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401)
    assert.equal(person.browser.cookies.has('cip_session'), false)
    const again = await person.browser.follow(logoutUrl({ id_token_hint: tokens.id_token, post_logout_redirect_uri: after }))
    assert.equal(again.url, after, 'nobody is signed in any more: nothing to ask')
  })

  test('without parameters asks and shows that the person is signed out', async () => {
    const { person } = await signInWith(await registerClient(url))
    const end = await person.browser.submit(await person.browser.follow(`${url}/oauth2/logout`), { decision: 'logout' })
    assert.equal(end.name, 'signed-out')
    assert.match(end.text, /<h1[^>]*>Signed out<\/h1>/)
  })

  test('Stay keeps the session', async () => {
    const client = await registerClient(url)
    const { person, tokens } = await signInWith(client, 'openid')
    const end = await person.browser.submit(await person.browser.follow(`${url}/oauth2/logout`), { decision: 'stay' })
    assert.equal(end.name, 'signed-out')
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 200)
  })

  for (const [what, make] of [
    ['an address that is not registered', (token: string) => ({ id_token_hint: token, post_logout_redirect_uri: `${after}&y=2` })],
    [
      'a hint with a changed signature',
      (token: string) => ({ id_token_hint: `${token.slice(0, -6)}AAAAAA`, post_logout_redirect_uri: after }),
    ],
    [
      'a hint of another client',
      (token: string) => ({ id_token_hint: token, client_id: 'somebody-else', post_logout_redirect_uri: after }),
    ],
    ['no client at all', () => ({ post_logout_redirect_uri: after })],
  ] as const)
    test(`B-08 does not return anywhere for ${what}, but asks`, async () => {
      const client = await registerClient(url, { post_logout_redirect_uris: [after] })
      const { person, tokens } = await signInWith(client)
      const asked = await person.browser.follow(logoutUrl(make(tokens.id_token)))
      assert.equal(asked.name, 'logout')
      assert.equal((await person.browser.submit(asked, { decision: 'logout' })).name, 'signed-out')
    })

  test('H-05 an access token is no hint', async () => {
    const client = await registerClient(url, { post_logout_redirect_uris: [after] })
    const { person, tokens } = await signInWith(client)
    const asked = await person.browser.follow(logoutUrl({ id_token_hint: tokens.access_token, post_logout_redirect_uri: after }))
    assert.equal((await person.browser.submit(asked, { decision: 'logout' })).name, 'signed-out')
  })

  test('D-12 ends refresh tokens, those with offline_access aside', async () => {
    const client = await registerClient(url)
    const { person, tokens } = await signInWith(client)
    await person.browser.submit(await person.browser.follow(`${url}/oauth2/logout`), { decision: 'logout' })
    const refreshed = await postAs(`${url}/oauth2/token`, client, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
    assert.equal(refreshed.status, 200, refreshed.text)
  })
})

const untilRow = (column: 'last_error' | 'delivered_at', sid: string): Promise<void> =>
  until(
    async () => (await db.text(`select 1 from session_clients where session_id = $1 and ${column} is not null`, [sid])).length > 0,
    10_000,
    column,
  )

describe('back-channel logout', () => {
  test('X-05 delivers a logout token that names subject and session, with the right type and event, and no nonce', async () => {
    const receiver = await startReceiver()
    const client = await registerClient(url, {
      backchannel_logout_uri: `${receiver.origin}/logout`,
      backchannel_logout_session_required: true,
    })
    const { person, tokens } = await signInWith(client)
    await person.browser.submit(await person.browser.follow(`${url}/oauth2/logout`), { decision: 'logout' })
    await until(() => receiver.delivered.length > 0, 10_000, 'a logout token arrives')
    const { token, path, contentType } = receiver.delivered[0] ?? { token: '', path: '', contentType: '' }
    assert.deepEqual([path, contentType, headerOf(token)['typ']], ['/logout', 'application/x-www-form-urlencoded', 'logout+jwt'])
    const [claims, known] = [claimsOf(token), claimsOf(tokens.id_token)]
    assert.deepEqual([claims['iss'], claims['aud'], claims['sub'], claims['sid']], [url, client.id, known['sub'], known['sid']])
    assert.deepEqual(claims['events'], { 'http://schemas.openid.net/event/backchannel-logout': {} })
    assert.equal('nonce' in claims, false)
    assert.ok((claims['exp'] as number) - (claims['iat'] as number) <= 120)
  })

  test('tries again after a failure, and a session that was ended by any other way is told too', async () => {
    const receiver = await startReceiver([500])
    const client = await registerClient(url, { backchannel_logout_uri: `${receiver.origin}/logout` })
    const { tokens } = await signInWith(client)
    const sid = claimsOf(tokens.id_token)['sid'] as string
    await db.text(`update sessions set ended_at = now(), end_reason = 'admin' where id = $1`, [sid])
    await until(() => receiver.delivered.length > 0, 10_000, 'a logout token arrives')
    await untilRow('last_error', sid)
    await db.text('update session_clients set due_at = now() where session_id = $1', [sid])
    await untilRow('delivered_at', sid)
    assert.equal(receiver.delivered.length, 2)
  })
})

test('front-channel logout: the page frames every client of the session with iss and sid, and lets nothing else be framed', async () => {
  const uri = 'https://app.example.test/frontchannel?a=1'
  const client = await registerClient(url, {
    frontchannel_logout_uri: uri,
    frontchannel_logout_session_required: true,
    post_logout_redirect_uris: [after],
  })
  const { person, tokens } = await signInWith(client)
  const asked = await person.browser.follow(logoutUrl({ id_token_hint: tokens.id_token, post_logout_redirect_uri: after, state: 'z' }))
  const page = await person.browser.submit(asked, { decision: 'logout' })
  assert.equal(page.name, 'signed-out')
  const sid = claimsOf(tokens.id_token)['sid'] as string
  assert.match(page.text, new RegExp(`<iframe[^>]+src="${uri.replace('?', '\\?')}&amp;iss=${encodeURIComponent(url)}&amp;sid=${sid}"`))
  assert.match(String(page.headers['content-security-policy']), /frame-src https:\/\/app\.example\.test;/)
  assert.match(page.text, /state=z/)
})

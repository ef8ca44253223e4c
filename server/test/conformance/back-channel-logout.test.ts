import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { newPerson, type TestClient } from '../harness/oauth.ts'
import { askSilently, failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'
import { checkErrorReply, completeFlow, keySetOf, seconds, startRelyingParty } from './relying-party.ts'

const party = await startRelyingParty()
const own = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.1' })
const { url } = own
const after = `${party.origin}/post_logout_redirect`
const eventName = 'http://schemas.openid.net/event/backchannel-logout'

const clientOf = async (path: string, metadata: Readonly<Record<string, unknown>> = {}): Promise<TestClient> => ({
  ...(await operatorClient(own, {
    metadata: {
      ...{ redirect_uris: [`${party.origin}/callback`], post_logout_redirect_uris: [after] },
      ...{ backchannel_logout_uri: `${party.origin}${path}`, ...metadata },
    },
  })),
  redirectUri: `${party.origin}/callback`,
})

/** The one token that came to this path. */
const deliveryTo = async (path: string): Promise<string> => {
  await until(() => party.received.some((one) => one.path === path), 10_000, `a logout token comes to ${path}`)
  const found = party.received.filter((one) => one.path === path)
  assert.equal(found.length, 1)
  assert.deepEqual([found[0]?.method, found[0]?.type], ['POST', 'application/x-www-form-urlencoded'])
  const { logout_token = '', ...rest } = Object.fromEntries(new URLSearchParams(found[0]?.body))
  assert.deepEqual(rest, {}, 'nothing but the token')
  return logout_token
}

test('every client of the session gets a logout token of its own, signed as its ID tokens are (oidcc-backchannel-rp-initiated-logout)', async () => {
  const one = await clientOf('/backchannel_logout', { backchannel_logout_session_required: true })
  const two = await clientOf('/other/backchannel_logout', { id_token_signed_response_alg: 'ES256', subject_type: 'pairwise' })
  const person = await newPerson(url)
  const first = await completeFlow(url, one, { person })
  const second = await completeFlow(url, two, { person, algorithm: 'ES256' })
  const parameters = { id_token_hint: first.tokens.id_token, post_logout_redirect_uri: after, state: 'the state' }
  const asked = await person.browser.follow(`${url}/oauth2/logout?${new URLSearchParams(parameters)}`)
  const end = await person.browser.submit(asked, { decision: 'logout' })
  assert.equal(end.url, `${after}?state=the%20state`)

  const ids = new Set<unknown>()
  for (const [client, { claims }, path, algorithm] of [
    [one, first, '/backchannel_logout', 'RS256'],
    [two, second, '/other/backchannel_logout', 'ES256'],
  ] as const) {
    const token = await deliveryTo(path)
    const rules = {
      issuer: url,
      audience: client.id,
      algorithms: [algorithm],
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
    }
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(await keySetOf(url)), rules)
    assert.equal(typeof protectedHeader.kid, 'string')
    assert.deepEqual([payload.sub, payload['sid']], [claims.sub, claims['sid']])
    assert.deepEqual(payload['events'], { [eventName]: {} })
    assert.equal('nonce' in payload, false)
    const { iat = 0, exp = 0, jti } = payload
    assert.ok(Math.abs(iat - seconds()) <= 15 && exp > iat && exp - iat <= 120)
    ids.add(jti)
  }
  assert.equal(ids.size, 2)
  const reply = await askSilently(url, one, { person, parameters: { state: 's' } })
  checkErrorReply(reply, { error: 'login_required', state: 's', issuer: url })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

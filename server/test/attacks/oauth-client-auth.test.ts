import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type Answer, bearer, form, json, request } from '../harness/http.ts'
import { basic, callback, type Fields, postAs, registerClient, type TestClient, tokensFor } from '../harness/oauth.ts'
import { errorOf, failuresIn, isRefused, operatorClient, signedIn, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'
import { makeSigner } from '../oauth-core/signer.ts'
import { encode, signed, withHmac } from './forge.ts'

const own = await startProvider()
const { url } = own
const ec = makeSigner('ES256', 'e')
const rsa = makeSigner('RS256', 'r')
const machine = { grant_types: ['client_credentials'], redirect_uris: null, require_pkce: null }
const machineWith = (metadata: object) => operatorClient(own, { metadata: { ...machine, ...metadata } })
const keyed = await machineWith({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [ec.jwk, rsa.jwk] } })
const pinned = await machineWith({
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  jwks: { keys: [ec.jwk, rsa.jwk] },
})
const shared = await machineWith({ token_endpoint_auth_method: 'client_secret_jwt' })
const inHeader = await machineWith({})
const inBody = await machineWith({ token_endpoint_auth_method: 'client_secret_post' })
const endpoints = ['token', 'par', 'introspect', 'revoke', 'device']
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const now = (): number => Math.floor(Date.now() / 1000)
const claimsFor = ({ id }: TestClient, given: object = {}) => ({
  iss: id,
  sub: id,
  aud: url,
  jti: randomUUID(),
  iat: now(),
  exp: now() + 60,
  ...given,
})
const es256 = (by: TestClient, given: object = {}, header: object = {}) =>
  signed({ alg: 'ES256', kid: 'e', ...header }, claimsFor(by, given), ec.key)
const send = (name: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> => {
  const { headers: own, method, body } = form({ grant_type: 'client_credentials', token: 'x', ...fields })
  return request(`${url}/oauth2/${name}`, { method: method ?? 'POST', headers: { ...own, ...headers }, body })
}
const assert_ = (assertion: string, name = 'token', fields: Fields = {}) =>
  send(name, { client_assertion: assertion, client_assertion_type: type, ...fields })

test('every way of authentication works as it is registered, so that each refusal below has one cause', async () => {
  for (const answer of [
    await assert_(es256(keyed)),
    await assert_(signed({ alg: 'RS256', kid: 'r' }, claimsFor(keyed), rsa.key)),
    await assert_(withHmac({ alg: 'HS256' }, claimsFor(shared), shared.secret ?? '')),
    await send('token', {}, basic(inHeader)),
    await send('token', { client_id: inBody.id, client_secret: inBody.secret ?? '' }),
  ])
    assert.equal(answer.status, 200, answer.text)
})

test('E-01 E-02 H-06 H-07 refuses an assertion that is not made out to us alone, has no end, a far one, or no name of its own', async () => {
  const wrong: Record<string, object> = {
    'another server': { aud: 'https://evil.example' },
    'us and another server': { aud: [url, 'https://evil.example'] },
    nobody: { aud: [] },
    'no audience': { aud: undefined },
    'with a slash': { aud: `${url}/` },
    'in other letters': { aud: url.toUpperCase() },
    'another endpoint': { aud: `${url}/oauth2/revoke` },
    'the client itself': { aud: keyed.id },
    expired: { exp: now() - 60 },
    'two days ahead': { exp: now() + 172_800 },
    'no end': { exp: undefined },
    'a null end': { exp: null },
    'a text as end': { exp: String(now() + 60) },
    'an end beyond numbers': { exp: 1e308 },
    'not yet valid': { nbf: now() + 61 },
    'made in the future': { iat: now() + 61 },
    'no jti': { jti: undefined },
    'an empty jti': { jti: '' },
    'a number as jti': { jti: 1 },
    'another subject': { sub: pinned.id },
    'another issuer': { iss: pinned.id },
  }
  for (const [about, given] of Object.entries(wrong))
    for (const name of endpoints) isRefused(await assert_(es256(keyed, given), name), 401, 'invalid_client', `${name}: ${about}`)
})

test('E-02 takes an assertion once, over all endpoints together', async () => {
  for (const name of endpoints) {
    const assertion = es256(keyed)
    assert.notEqual((await assert_(assertion)).status, 401)
    isRefused(await assert_(assertion, name), 401, 'invalid_client', name)
  }
  const once = es256(keyed)
  const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => assert_(once, endpoints[index % endpoints.length])))
  assert.equal(answers.filter(({ status }) => status !== 401).length, 1)
})

test('H-01 H-02 H-03 H-04 H-05 E-10 refuses an assertion whose signature is none, of another key, algorithm or kind', async () => {
  const claims = () => claimsFor(keyed)
  const pem = ec.jwk
  const made: Record<string, string> = {
    ...Object.fromEntries(['none', 'None', 'nOnE', ''].map((alg) => [`alg ${alg}`, `${encode({ alg, kid: 'e' })}.${encode(claims())}.`])),
    'no signature': es256(keyed).replace(/[^.]*$/, ''),
    'two parts': es256(keyed).replace(/\.[^.]*$/, ''),
    'an HMAC with the public key': withHmac({ alg: 'HS256', kid: 'e' }, claims(), JSON.stringify(pem)),
    'an HMAC with nothing': withHmac({ alg: 'HS256', kid: 'e' }, claims(), ''),
    'a key of its own in the header': signed({ alg: 'ES256', jwk: makeSigner('ES256', 'x').jwk }, claims(), makeSigner('ES256', 'x').key),
    'a key by address': signed({ alg: 'ES256', jku: 'http://127.0.0.1:1/k', kid: 'x' }, claims(), makeSigner('ES256', 'x').key),
    'another key of that name': signed({ alg: 'ES256', kid: 'e' }, claims(), makeSigner('ES256', 'e').key),
    'an unknown kid': es256(keyed, {}, { kid: "' or 1=1--" }),
    'a kid that is a path': es256(keyed, {}, { kid: '../../dev/null' }),
    'a logout token': es256(keyed, {}, { typ: 'logout+jwt' }),
    'an access token': es256(keyed, {}, { typ: 'at+jwt' }),
    'a critical extension': es256(keyed, {}, { crit: ['exp'] }),
    compressed: es256(keyed, {}, { zip: 'DEF' }),
    'a signature of another algorithm than the registered one': signed({ alg: 'RS256', kid: 'r' }, claimsFor(pinned), rsa.key),
    'an HMAC of a client with keys': withHmac({ alg: 'HS256' }, claimsFor(pinned), pinned.secret ?? 'x'),
    'a signature of a client with a secret': es256(shared),
    'an HMAC with the hash of the secret': withHmac({ alg: 'HS256' }, claimsFor(shared), Buffer.from('x')),
    'a client that authenticates otherwise': withHmac({ alg: 'HS256' }, claimsFor(inHeader), inHeader.secret ?? ''),
    'ten thousand dots': '.'.repeat(10_000),
    'no token': 'x',
  }
  for (const [about, assertion] of Object.entries(made))
    for (const name of endpoints) isRefused(await assert_(assertion, name), 401, 'invalid_client', `${name}: ${about}`)
})

test('E-03 E-04 refuses two ways at once, whatever each is worth', async () => {
  for (const name of endpoints) {
    const secret = { client_id: inBody.id, client_secret: inBody.secret ?? '' }
    const both: readonly Answer[] = [
      await assert_('garbage', name, secret),
      await assert_(es256(keyed), name, secret),
      await send(name, { client_assertion: es256(keyed), client_assertion_type: type }, basic(inHeader)),
      await send(name, secret, basic(inBody)),
      await send(name, { client_secret: inHeader.secret ?? '' }, basic(inHeader)),
      await send(name, { client_assertion_type: type, ...secret }),
      await send(name, { client_assertion: es256(keyed), ...secret }),
    ]
    for (const answer of both)
      assert.ok([400, 401].includes(answer.status) && /invalid_(client|request)/.test(String(errorOf(answer))), answer.text)
  }
})

test('E-04 refuses Basic that is not exact, a secret by another way than the registered one, and the empty secret', async () => {
  const pair = `${inHeader.id}:${inHeader.secret}`
  const plain = Buffer.from(pair).toString('base64')
  const headers = [
    ...[
      `Basic ${plain}=`,
      `Basic ${plain.replace(/=+$/, '')}${plain.endsWith('=') ? '' : '='}`,
      `Basic  x${plain}`,
      `Basic ${plain}!`,
      `Basic ${plain.slice(0, 4)}\t${plain.slice(4)}`,
      `Basic`,
    ],
    ...[
      `Basic ${Buffer.from(`${inHeader.id}:`).toString('base64')}`,
      `Basic ${Buffer.from(inHeader.id).toString('base64')}`,
      `Basic ${Buffer.from(`:${inHeader.secret}`).toString('base64')}`,
    ],
    ...[
      `Basic ${Buffer.from(`${inHeader.id}:%zz`).toString('base64')}`,
      `Basic ${Buffer.from(`${pair}\u0000`).toString('base64')}`,
      `Basic ${Buffer.from(`${pair}é`, 'latin1').toString('base64')}`,
    ],
    ...[
      `Bearer ${plain}`,
      `Digest ${plain}`,
      `Basic ${'A'.repeat(12_000)}`,
      pair,
      `Basic ${Buffer.from(`${inHeader.id}: ${inHeader.secret}`).toString('base64')}`,
    ],
  ]
  for (const name of endpoints) {
    for (const authorization of headers)
      isRefused(await send(name, {}, { authorization }), 401, 'invalid_client', `${name} ${authorization.slice(0, 60)}`)
    for (const by of [inHeader, inBody, keyed, shared]) {
      isRefused(await send(name, { client_id: by.id }), 401, 'invalid_client', 'no secret')
      isRefused(await send(name, { client_id: by.id, client_secret: '' }), 401, 'invalid_client', 'an empty secret')
      isRefused(await send(name, {}, basic({ ...by, secret: '' })), 401, 'invalid_client', 'an empty secret in the header')
    }
    isRefused(
      await send(name, { client_id: inHeader.id, client_secret: inHeader.secret ?? '' }),
      401,
      'invalid_client',
      'post of a basic client',
    )
    isRefused(await send(name, {}, basic(inBody)), 401, 'invalid_client', 'basic of a post client')
    isRefused(await send(name, {}, basic({ ...inHeader, id: 'nobody' })), 401, 'invalid_client', 'an unknown client')
  }
})

test('E-05 a client that turns public keeps no secret and no exemption, and the change is audited', async () => {
  const made = await registerClient(url)
  const change = (metadata: object, token: string) =>
    request(`${url}/oauth2/register/${made.id}`, {
      ...json({}),
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...bearer(token) },
      body: JSON.stringify({ client_id: made.id, redirect_uris: [callback], ...metadata }),
    })
  const answer = await change({ token_endpoint_auth_method: 'none' }, made.registrationToken)
  assert.equal(answer.status, 200, answer.text)
  const { registration_access_token: token = '' } = answer.json as Record<string, string>
  await until(async () => (await send('token', {}, basic(made))).status === 401, 5000, 'the secret is gone')
  const page = await request(
    `${url}/oauth2/authorize?${new URLSearchParams({ client_id: made.id, redirect_uri: callback, response_type: 'code', scope: 'openid' })}`,
  )
  assert.match(String(page.headers.location), /error=invalid_request/, 'PKCE is required from now on')
  const bad = [
    { token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] },
    { token_endpoint_auth_method: 'private_key_jwt' },
    { token_endpoint_auth_method: 'tls_client_auth' },
    { token_endpoint_auth_method: 'none', client_secret: 'chosen' },
    { client_id: inHeader.id },
    { registration_access_token: token },
  ]
  for (const metadata of bad) assert.equal(errorOf(await change(metadata, token)), 'invalid_client_metadata', JSON.stringify(metadata))
  assert.equal((await change({}, made.registrationToken)).status, 401, 'a spent registration token')
  const events = await own.sql.text(`select 1 from events where client_id = $1 and type = 'client.updated'`, [made.id])
  assert.equal(events.length, 1)
})

test('E-07 no answer and no page shows a secret again, or a hash of one', async () => {
  const asking = await registerClient(url)
  const person = await signedIn(url, asking)
  const { access_token } = await tokensFor(url, asking, { person })
  const answers = [
    await request(`${url}/oauth2/register/${asking.id}`, { headers: bearer(asking.registrationToken) }),
    await postAs(`${url}/oauth2/introspect`, asking, { token: access_token }),
    await request(`${url}/oauth2/userinfo`, { headers: bearer(access_token) }),
    await send('token', { client_id: asking.id, client_secret: asking.secret ?? '' }),
    await request(`${url}/oauth2/authorize?client_id=${asking.id}&client_secret=${asking.secret}`),
    await request(`${url}/oauth2/authorize?client_id=${asking.id}&client%5Fsecret=${asking.secret}`),
  ]
  for (const { text } of answers) {
    assert.equal(text.includes(asking.secret ?? 'missing'), false, text)
    assert.doesNotMatch(text, /client_secret"|"hash"|sealed/)
  }
  assert.equal(own.logs().includes(asking.secret ?? 'missing'), false)
})

test('E-09 a malformed Authorization header is refused and never a failure, on every endpoint', async () => {
  const values = [
    'Bearer',
    'Bearer ',
    'Bearer  x',
    'bEaReR x',
    'Bearer x y',
    `Bearer ${'x'.repeat(12_000)}`,
    'Bearer \u00ff',
    'Basic',
    'Negotiate x',
    ',',
    'Bearer x, Bearer y',
  ]
  for (const authorization of values) {
    for (const name of endpoints)
      isRefused(await send(name, {}, { authorization }), 401, 'invalid_client', `${name} ${authorization.slice(0, 30)}`)
    for (const method of ['GET', 'POST']) {
      const answer = await request(`${url}/oauth2/userinfo`, {
        method,
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      })
      assert.equal(answer.status, 401, `${method} ${authorization.slice(0, 30)} ${answer.text}`)
    }
    assert.equal((await request(`${url}/oauth2/register/x`, { headers: { authorization } })).status, 401, authorization.slice(0, 30))
  }
  assert.equal((await request(`${url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${'x'.repeat(65_536)}` } })).status, 431)
})

test('nothing of this was a failure of the server', () => {
  assert.deepEqual(failuresIn(own), [])
})

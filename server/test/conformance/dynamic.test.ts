import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { calculateJwkThumbprint, createLocalJWKSet, exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose'
import { cipJson } from '../cli/cip.ts'
import { type Answer, bearer, json, request } from '../harness/http.ts'
import { authorizeUrl, type Fields, newPerson, parametersOf, passPages, redeem, registerClient, type TestClient } from '../harness/oauth.ts'
import { errorOf, failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'
import {
  completeFlow,
  isJson,
  keySetOf,
  postWith,
  readTokens,
  seconds,
  startRelyingParty,
  userInfo,
  verifyIdToken,
} from './relying-party.ts'

const party = await startRelyingParty()
const own = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.1' })
const { url } = own
const person = await newPerson(url)
const redirect = `${party.origin}/callback`
const tokenEndpoint = `${url}/oauth2/token`

const register = (metadata: Readonly<Record<string, unknown>>): Promise<Answer> =>
  request(`${url}/oauth2/register`, json({ redirect_uris: [redirect], ...metadata }))
const refusedWith = async (metadata: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const answer = await register(metadata)
  assert.equal(answer.status, 400, answer.text)
  isJson(answer)
  return errorOf(answer)
}

type Keys = { readonly key: CryptoKey; readonly jwk: JWK }
const makeKeys = async (hasKid = true): Promise<Keys> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), use: 'sig', alg: 'RS256' }
  return { key: privateKey, jwk: hasKid ? { ...jwk, kid: await calculateJwkThumbprint(jwk) } : jwk }
}
const first = await makeKeys()
const unnamed = await makeKeys(false)

const signedBy = ({ key, jwk }: Keys, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...(jwk.kid === undefined ? {} : { kid: jwk.kid }) }).sign(key)
const assertionOf =
  (client: TestClient, keys: Keys, aud = tokenEndpoint) =>
  (): Promise<string> =>
    signedBy(keys, { iss: client.id, sub: client.id, aud, jti: randomUUID(), iat: seconds(), exp: seconds() + 60 })

const keyClient = (metadata: Readonly<Record<string, unknown>> = {}): Promise<TestClient> =>
  registerClient(url, { redirect_uris: [redirect], token_endpoint_auth_method: 'private_key_jwt', ...metadata })

describe('registration', () => {
  test('answers 201 with what was registered and what manages it, and deletes on request (every module)', async () => {
    const given = {
      client_name: 'Suite',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      jwks: { keys: [first.jwk] },
      contacts: ['certification@example.test'],
    }
    const answer = await register(given)
    assert.equal(answer.status, 201, answer.text)
    isJson(answer)
    assert.deepEqual([answer.headers['cache-control'], answer.headers['pragma']], ['no-store', 'no-cache'])
    const made = answer.json as Record<string, string>
    for (const [name, value] of Object.entries({ ...given, redirect_uris: [redirect], client_secret_expires_at: 0 }))
      assert.deepEqual(made[name], value, name)
    for (const name of ['client_id', 'client_secret', 'registration_access_token', 'registration_client_uri'])
      assert.equal(typeof made[name], 'string', name)
    assert.ok(Number.isInteger(made['client_id_issued_at']))
    const [at, headers] = [made['registration_client_uri'] ?? '', bearer(made['registration_access_token'] ?? '')]
    assert.equal((await request(at, { headers })).status, 200)
    assert.equal((await request(at, { method: 'DELETE', headers })).status, 204)
    const gone = await request(at, { headers })
    assert.deepEqual([gone.status, gone.headers['www-authenticate']], [401, 'Bearer error="invalid_token"'])
  })

  test('a replacement leaves nothing of before, and counts at once (RFC 7592 section 2.2)', async () => {
    const metadata = { client_name: 'Before', logo_uri: `${party.origin}/logo.png`, redirect_uris: [redirect] }
    const made = (await register(metadata)).json as Record<string, string>
    const [at, other] = [made['registration_client_uri'] ?? '', `${party.origin}/other`]
    const replace = (given: object, token: string | undefined): Promise<Answer> => {
      const { headers = {}, body } = json(given)
      return request(at, { method: 'PUT', headers: { ...headers, ...bearer(token ?? '') }, body })
    }
    const { client_id, client_secret } = made
    for (const wrong of [{}, { client_id: 'other' }, { client_id, client_secret: 'chosen' }, { client_id, client_secret_expires_at: 0 }])
      assert.equal((await replace({ redirect_uris: [other], ...wrong }, made['registration_access_token'])).status, 400)
    const answer = await replace({ client_id, client_secret, redirect_uris: [other] }, made['registration_access_token'])
    assert.equal(answer.status, 200, answer.text)
    const after = answer.json as Record<string, unknown>
    assert.deepEqual([after['redirect_uris'], after['logo_uri'], after['client_name']], [[other], undefined, undefined])
    const client = { id: client_id ?? '', secret: client_secret, redirectUri: redirect, registrationToken: '' }
    assert.equal((await person.browser.follow(authorizeUrl(url, client))).status, 400)
    await completeFlow(url, { ...client, redirectUri: other }, { person })
  })

  test('refuses redirect URIs with a fragment as invalid_redirect_uri (oidcc-redirect-uri-regfrag)', async () =>
    assert.equal(await refusedWith({ redirect_uris: [`${redirect}#foo`] }), 'invalid_redirect_uri'))

  test('refuses unsigned ID tokens, which the metadata do not offer either (oidcc-idtoken-unsigned)', async () =>
    assert.equal(await refusedWith({ id_token_signed_response_alg: 'none' }), 'invalid_client_metadata'))

  test('takes a sector whose document lists the redirect URI (oidcc-registration-sector-uri), and refuses another (oidcc-registration-sector-bad)', async () => {
    const sector_identifier_uri = `${party.origin}/redirect_uris.json`
    const publish = (...uris: string[]) =>
      party.documents.set('/redirect_uris.json', { type: 'application/json', body: JSON.stringify(uris) })
    publish(redirect)
    const client = await registerClient(url, { redirect_uris: [redirect], subject_type: 'pairwise', sector_identifier_uri })
    const { claims } = await completeFlow(url, client, { person })
    assert.notEqual(claims.sub, (await completeFlow(url, await registerClient(url, { redirect_uris: [redirect] }), { person })).claims.sub)
    publish(`${redirect}/other`)
    assert.equal(await refusedWith({ subject_type: 'pairwise', sector_identifier_uri }), 'invalid_client_metadata')
  })

  test('the sign-in page shows logo_uri, fetched by this server (oidcc-registration-logo-uri)', async () => {
    const client = await registerClient(url, { redirect_uris: [redirect], logo_uri: `${party.origin}/logo.png` })
    const page = await (await newPerson(url)).browser.follow(authorizeUrl(url, client))
    assert.match(page.text, new RegExp(`<img[^>]*src="/client-logo/${client.id}/`))
    assert.equal(page.text.includes(party.origin), false)
    assert.equal((await signInPageOf()).text.includes('<img'), false)
  })

  for (const [member, pattern] of [
    ['policy_uri', '<a[^>]*href="'],
    ['tos_uri', '<a[^>]*href="'],
  ] as const)
    test(`the sign-in page shows ${member} (oidcc-registration-${member.replace('_', '-')})`, async () => {
      const uri = `${party.origin}/${member}`
      const client = await registerClient(url, { redirect_uris: [redirect], [member]: uri })
      const page = await (await newPerson(url)).browser.follow(authorizeUrl(url, client))
      assert.equal(page.name, 'sign-in')
      assert.match(page.text, new RegExp(pattern + uri))
      assert.equal(new RegExp(pattern + uri).test((await signInPageOf()).text), false)
    })
  const signInPageOf = async () =>
    (await newPerson(url)).browser.follow(authorizeUrl(url, await registerClient(url, { redirect_uris: [redirect] })))
})

describe('client keys', () => {
  test('by value, with and without kid; the audience is the token endpoint or the issuer (oidcc-server, oidcc-ensure-client-assertion-with-iss-aud-succeeds)', async () => {
    for (const keys of [first, unnamed])
      for (const audience of [tokenEndpoint, url]) {
        const client = await keyClient({ jwks: { keys: [keys.jwk] }, token_endpoint_auth_signing_alg: 'RS256' })
        await completeFlow(url, client, { person, assertion: assertionOf(client, keys, audience) })
      }
  })

  const publish = (...keys: Keys[]) =>
    party.documents.set('/jwks', { type: 'application/json', body: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) })

  test('by address (oidcc-registration-jwks-uri), also after they were rotated (oidcc-refresh-token-rp-key-rotation)', async () => {
    publish(first)
    const client = await keyClient({ jwks_uri: `${party.origin}/jwks`, grant_types: ['authorization_code', 'refresh_token'] })
    const parameters = { scope: 'openid offline_access', prompt: 'consent' }
    const { tokens } = await completeFlow(url, client, { person, parameters, assertion: assertionOf(client, first) })
    const second = await makeKeys()
    publish(second)
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    const refreshed = readTokens(await postWith(url, await assertionOf(client, second)(), fields))
    await verifyIdToken(url, refreshed, { clientId: client.id })
    const old = await postWith(url, await assertionOf(client, first)(), {
      grant_type: 'refresh_token',
      refresh_token: refreshed.refresh_token,
    })
    assert.deepEqual([old.status, errorOf(old)], [401, 'invalid_client'])
  })

  test('client_secret_jwt with the secret as the key (oidcc-server)', async () => {
    const client = await registerClient(url, { redirect_uris: [redirect], token_endpoint_auth_method: 'client_secret_jwt' })
    const claims = { iss: client.id, sub: client.id, aud: tokenEndpoint, jti: randomUUID(), iat: seconds(), exp: seconds() + 60 }
    const assertion = () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(client.secret))
    await completeFlow(url, client, { person, assertion })
  })
})

describe('signed answers', () => {
  test('ID token and user info in RS256 (oidcc-idtoken-rs256, oidcc-userinfo-rs256)', async () => {
    const plain = await registerClient(url, { redirect_uris: [redirect], id_token_signed_response_alg: 'RS256' })
    await completeFlow(url, plain, { person, algorithm: 'RS256' })
    const client = await registerClient(url, { redirect_uris: [redirect], userinfo_signed_response_alg: 'RS256' })
    const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(url, client)), person.account)
    const tokens = readTokens(await redeem(url, client, { code: parametersOf(page)['code'] ?? '' }))
    const answer = await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })
    assert.match(String(answer.headers['content-type']), /^application\/jwt(;|$)/)
    const rules = { issuer: url, audience: client.id, algorithms: ['RS256'] }
    const { payload } = await jwtVerify(answer.text, createLocalJWKSet(await keySetOf(url)), rules)
    assert.equal(payload.sub, (await verifyIdToken(url, tokens, { clientId: client.id })).sub)
  })

  test('in an algorithm that no client has used before: from the first moment, and no code is spent while there is no key', async () => {
    const metadata = { redirect_uris: [redirect], id_token_signed_response_alg: 'PS256' }
    const without = { ...(await operatorClient(own, { metadata })), redirectUri: redirect }
    const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(url, without)), person.account)
    const { code = '' } = parametersOf(page)
    const early = await redeem(url, without, { code })
    assert.deepEqual([early.status, errorOf(early)], [503, 'temporarily_unavailable'])
    await completeFlow(url, await registerClient(url, metadata), { person, algorithm: 'PS256' })
    await verifyIdToken(url, readTokens(await redeem(url, without, { code })), { clientId: without.id, algorithm: 'PS256' })
  })

  test('a rotation publishes the new key beside the old one, whose tokens stay valid (oidcc-server-rotate-keys)', async () => {
    const client = await registerClient(url, { redirect_uris: [redirect] })
    const { tokens, claims } = await completeFlow(url, client, { person })
    const before = (await keySetOf(url)).keys.map(({ kid }) => kid)
    await cipJson(['keys', 'rotate', '--algorithm', 'RS256', '--now'], { env: own.env })
    await until(async () => (await keySetOf(url)).keys.length > before.length, 5000, 'the new key is published')
    const after = (await keySetOf(url)).keys.map(({ kid }) => kid)
    assert.deepEqual([new Set(after).size, before.every((kid) => after.includes(kid))], [after.length, true])
    await verifyIdToken(url, tokens, { clientId: client.id, nonce: claims['nonce'] as string })
    await completeFlow(url, client, { person })
  })
})

describe('redirect URIs', () => {
  const query = '?dummy1=lorem&dummy2=ipsum'
  test('a registered query is kept beside the answer (oidcc-redirect-uri-query-ok)', async () => {
    const client = await registerClient(url, { redirect_uris: [redirect + query] })
    await completeFlow(url, client, { person })
  })

  for (const [module, registered, asked] of [
    ['oidcc-redirect-uri-query-mismatch', redirect + query, `${redirect}?dummy1=lorem&dummy2=other`],
    ['oidcc-redirect-uri-query-added', redirect, redirect + query],
    ['oidcc-ensure-redirect-uri-in-authorization-request', redirect, ''],
  ] as const)
    test(`another query or none at all is told on a page (${module})`, async () => {
      const client = await registerClient(url, { redirect_uris: [registered, `${redirect}/second`] })
      const at = authorizeUrl(url, client, { redirect_uri: asked })
      const page = await person.browser.follow(at)
      assert.deepEqual([page.url, page.status, page.name], [at, 400, 'error'])
    })
})

describe('request objects', () => {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const unsigned = (claims: object): string => `${encode({ alg: 'none' })}.${encode(claims)}.`
  const inner = (client: TestClient) => ({
    ...{ iss: client.id, aud: url, client_id: client.id, response_type: 'code', redirect_uri: redirect },
    ...{ scope: 'openid', state: 'in the object', nonce: 'n' },
  })
  const publish = (body: string): string => {
    party.documents.set('/request', { type: 'application/jose', body })
    return `${party.origin}/request#${randomUUID()}`
  }

  /** The object counts: state and nonce stand nowhere else. */
  const follow = async (client: TestClient, parameters: Fields): Promise<void> => {
    const sent = new URLSearchParams({ client_id: client.id, response_type: 'code', scope: 'openid', ...parameters })
    const start = await person.browser.follow(`${url}/oauth2/authorize?${sent}`)
    const { code = '', ...rest } = parametersOf(await passPages(person.browser, start, person.account))
    assert.deepEqual(rest, { state: 'in the object', iss: url })
    const tokens = readTokens(await redeem(url, client, { code }))
    const claims = await verifyIdToken(url, tokens, { clientId: client.id, nonce: 'n' })
    assert.equal((await userInfo(url, tokens)).sub, claims.sub)
  }

  test('unsigned by reference (oidcc-request-uri-unsigned)', async () => {
    for (const request_object_signing_alg of [undefined, 'none']) {
      const metadata = { redirect_uris: [redirect], request_uris: [`${party.origin}/request`], request_object_signing_alg }
      const client = await registerClient(url, metadata)
      await follow(client, { request_uri: publish(unsigned(inner(client))) })
    }
  })

  test('signed with RS256 by reference (oidcc-request-uri-signed-rs256); unsigned it is refused then', async () => {
    const metadata = { redirect_uris: [redirect], request_uris: [`${party.origin}/request`], jwks: { keys: [first.jwk] } }
    const client = await registerClient(url, { ...metadata, request_object_signing_alg: 'RS256' })
    await follow(client, { request_uri: publish(await signedBy(first, inner(client))) })
    const parameters = { request_uri: publish(unsigned(inner(client))) }
    const reply = parametersOf(await person.browser.follow(authorizeUrl(url, client, parameters)))
    assert.deepEqual([reply['error'], reply['state']], ['invalid_request_object', 'the state'])
  })

  test('by value, and its redirect_uri wins over a bad one beside it (oidcc-ensure-request-object-with-redirect-uri)', async () => {
    const client = await registerClient(url, { redirect_uris: [redirect] })
    await follow(client, { request: unsigned(inner(client)), redirect_uri: `${redirect}/bad`, state: 'outside', nonce: 'outside' })
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

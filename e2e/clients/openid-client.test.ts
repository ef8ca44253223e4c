import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as client from 'openid-client'
import { newPerson } from '../person.ts'
import { startServer } from '../server.ts'

const server = await startServer()
after(server.stop)

const callback = 'https://app.example.test/callback'
const home = 'https://app.example.test/'
const refreshable = ['authorization_code', 'refresh_token']
const posted = { token_endpoint_auth_method: 'client_secret_post' }
const insecure = { execute: [client.allowInsecureRequests] }

// After a registration openid-client sends the secret in the form, whatever was registered: the registration says the same.
const register = (metadata: Partial<client.ClientMetadata>, authentication?: client.ClientAuth): Promise<client.Configuration> =>
  client.dynamicClientRegistration(
    new URL(server.url),
    { client_name: 'Shop', redirect_uris: [callback], post_logout_redirect_uris: [home], grant_types: refreshable, ...posted, ...metadata },
    authentication,
    insecure,
  )

const freshPkce = async (verifier = client.randomPKCECodeVerifier()) => ({
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
})

type Built = (config: client.Configuration, parameters: Record<string, string>) => URL | Promise<URL>

/** The code flow with everything that openid-client can check: PKCE, state, nonce and iss. */
const signIn = async (config: client.Configuration, build: Built = client.buildAuthorizationUrl) => {
  const person = await newPerson(server.url)
  const [pkceCodeVerifier, expectedState, expectedNonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
  const url = await build(config, {
    redirect_uri: callback,
    scope: 'openid profile email offline_access',
    state: expectedState,
    nonce: expectedNonce,
    ...(await freshPkce(pkceCodeVerifier)),
  })
  const back = await person.followBack(url)
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }
  const tokens = await client.authorizationCodeGrant(config, back, checks)
  return { person, url, back, checks, tokens, claims: tokens.claims() ?? assert.fail('no ID token') }
}

test('openid-client: a discovered client signs a person in, reads userinfo, refreshes and signs out', async () => {
  const registered = await register({ token_endpoint_auth_method: 'client_secret_basic' })
  const { client_id: id, client_secret: secret } = registered.clientMetadata()
  const config = await client.discovery(new URL(server.url), id, String(secret), client.ClientSecretBasic(), insecure)
  const { person, back, tokens, claims } = await signIn(config)
  assert.equal(back.searchParams.get('iss'), server.url)
  const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
  assert.equal(userinfo.preferred_username, person.account.username)
  assert.equal(userinfo.email, person.account.email)

  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? assert.fail('no refresh token'))
  assert.notEqual(refreshed.access_token, tokens.access_token)
  assert.equal((await client.fetchUserInfo(config, refreshed.access_token, claims.sub)).sub, claims.sub)

  const hint = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: home, state: 'signed-out' }
  const left = await person.followBack(client.buildEndSessionUrl(config, hint))
  assert.equal(left.href, `${home}?state=signed-out`)
  const silent = client.buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid', prompt: 'none', ...(await freshPkce()) })
  await assert.rejects(
    client.authorizationCodeGrant(config, await person.followBack(silent), {}),
    (error) => error instanceof client.AuthorizationResponseError && error.error === 'login_required',
  )
})

test('openid-client: refuses what a wrong PKCE verifier asks for, and the code is spent by it', async () => {
  const config = await register({})
  const person = await newPerson(server.url)
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const url = client.buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid', state, ...(await freshPkce(verifier)) })
  const back = await person.followBack(url)
  const isRefused = (error: unknown): boolean => error instanceof client.ResponseBodyError && error.error === 'invalid_grant'
  const wrong = { expectedState: state, pkceCodeVerifier: client.randomPKCECodeVerifier() }
  await assert.rejects(client.authorizationCodeGrant(config, back, wrong), isRefused)
  await assert.rejects(client.authorizationCodeGrant(config, back, { expectedState: state, pkceCodeVerifier: verifier }), isRefused)
})

test('openid-client: refuses a code that was redeemed before, and takes back what it gave', async () => {
  const config = await register({})
  const { back, checks, tokens, claims } = await signIn(config)
  await assert.rejects(client.authorizationCodeGrant(config, back, checks), client.ResponseBodyError)
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, claims.sub))
})

test('openid-client: a pushed authorization request leaves nothing in the address but its reference', async () => {
  const config = await register({ require_pushed_authorization_requests: true })
  const { url, claims } = await signIn(config, client.buildAuthorizationUrlWithPAR)
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri'])
  assert.ok(claims.sub)
})

for (const alg of ['ES256', 'PS256', 'Ed25519'])
  test(`openid-client: private_key_jwt with ${alg} authenticates the client`, async () => {
    const kind = { ES256: { name: 'ECDSA', namedCurve: 'P-256' }, Ed25519: { name: 'Ed25519' } }[alg]
    const rsa = { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
    const pair = await crypto.subtle.generateKey(kind ?? rsa, true, ['sign', 'verify'])
    if (!('privateKey' in pair)) assert.fail('no pair of keys')
    const jwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), use: 'sig', kid: `key of ${alg}` }
    delete jwk.key_ops
    const key = { key: pair.privateKey, kid: jwk.kid }
    const metadata = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...jwk, kty: jwk.kty ?? '' } as client.JWK] } }
    const config = await register(metadata, client.PrivateKeyJwt(key))
    const { claims } = await signIn(config)
    assert.ok(claims.sub)
    const other = await crypto.subtle.generateKey(kind ?? rsa, false, ['sign', 'verify'])
    if (!('privateKey' in other)) assert.fail('no pair of keys')
    const forged = client.PrivateKeyJwt({ key: other.privateKey, kid: jwk.kid })
    const thief = await client.discovery(new URL(server.url), config.clientMetadata().client_id, undefined, forged, insecure)
    await assert.rejects(
      signIn(thief),
      (error) => error instanceof client.WWWAuthenticateChallengeError || error instanceof client.ResponseBodyError,
    )
  })

test('openid-client: a public client on a device gets tokens when the person has compared the code', async () => {
  const device = 'urn:ietf:params:oauth:grant-type:device_code'
  const metadata = { grant_types: [device, 'refresh_token'], redirect_uris: [], response_types: [], token_endpoint_auth_method: 'none' }
  const config = await register({ ...metadata, post_logout_redirect_uris: [] }, client.None())
  const started = await client.initiateDeviceAuthorization(config, { scope: 'openid profile' })
  const person = await newPerson(server.url)
  const polling = client.pollDeviceAuthorizationGrant(config, started)
  const done = await person.follow(started.verification_uri_complete ?? assert.fail('no complete address'))
  assert.match(done.html, /Device connected/)
  const tokens = await polling
  const sub = tokens.claims()?.sub ?? assert.fail('no ID token')
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub)).preferred_username, person.account.username)
})

test('openid-client: a revoked token is inactive and opens nothing', async () => {
  const config = await register({})
  const { tokens, claims } = await signIn(config)
  assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, true)
  await client.tokenRevocation(config, tokens.refresh_token ?? '')
  assert.equal((await client.tokenIntrospection(config, tokens.refresh_token ?? '')).active, false)
  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token ?? ''), client.ResponseBodyError)
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, claims.sub))
})

test('openid-client: a registration with a fragment in a redirect URI is refused', async () => {
  await assert.rejects(
    register({ redirect_uris: ['https://app.example.test/#callback'] }),
    (error) => error instanceof client.ResponseBodyError && error.error === 'invalid_redirect_uri',
  )
})

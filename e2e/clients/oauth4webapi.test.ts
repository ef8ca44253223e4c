import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import { newPerson } from '../person.ts'
import { startServer } from '../server.ts'

const server = await startServer()
after(server.stop)

const issuer = new URL(server.url)
const insecure = { [oauth.allowInsecureRequests]: true }
const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
const callback = 'https://app.example.test/callback'
const home = 'https://app.example.test/'

const register = async (metadata: Partial<oauth.OmitSymbolProperties<oauth.Client>> = {}) => {
  const base = { redirect_uris: [callback], post_logout_redirect_uris: [home], grant_types: ['authorization_code', 'refresh_token'] }
  const answer = await oauth.dynamicClientRegistrationRequest(as, { client_name: 'Notes', ...base, ...metadata }, insecure)
  return oauth.processDynamicClientRegistrationResponse(answer)
}

const publicClient = () => register({ token_endpoint_auth_method: 'none' })

type Flow = { readonly client: oauth.Client; readonly authentication: oauth.ClientAuth; readonly scope?: string }

/** The code flow: every check of the answer that oauth4webapi has, and the signature of the ID token besides. */
const signIn = async ({ client, authentication, scope = 'openid profile offline_access' }: Flow) => {
  const person = await newPerson(server.url)
  const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()]
  const url = new URL(as.authorization_endpoint ?? assert.fail('no authorization endpoint'))
  const challenge = { code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
  const asked = { client_id: client.client_id, redirect_uri: callback, response_type: 'code', scope, state, nonce, ...challenge }
  url.search = String(new URLSearchParams(asked))
  const answered = oauth.validateAuthResponse(as, client, await person.followBack(url), state)
  const redeem = () => oauth.authorizationCodeGrantRequest(as, client, authentication, answered, callback, verifier, insecure)
  const answer = await redeem()
  const expected = { expectedNonce: nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, expected)
  await oauth.validateApplicationLevelSignature(as, answer, insecure)
  const claims = oauth.getValidatedIdTokenClaims(tokens) ?? assert.fail('no ID token')
  return { person, tokens, claims, redeem }
}

const isInvalidGrant = (error: unknown): boolean => error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant'

test('oauth4webapi: a public client signs a person in, reads userinfo, refreshes and signs out', async () => {
  const client = await publicClient()
  const { person, tokens, claims } = await signIn({ client, authentication: oauth.None() })
  const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, insecure)
  assert.equal((await oauth.processUserInfoResponse(as, client, claims.sub, userinfo))['preferred_username'], person.account.username)

  const again = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? '', insecure)
  const refreshed = await oauth.processRefreshTokenResponse(as, client, again)
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token)

  const url = new URL(as.end_session_endpoint ?? assert.fail('no logout endpoint'))
  url.search = String(
    new URLSearchParams({ client_id: client.client_id, post_logout_redirect_uri: home, id_token_hint: tokens.id_token ?? '' }),
  )
  assert.equal((await person.followBack(url)).href, home)
})

test('oauth4webapi: an access token is a JWT that a resource server can check by the published keys', async () => {
  const client = await publicClient()
  const { tokens, claims } = await signIn({ client, authentication: oauth.None() })
  const payload = JSON.parse(Buffer.from(tokens.access_token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const audience: string = [payload.aud].flat()[0]
  const request = new Request('https://api.example.test/', { headers: { authorization: `Bearer ${tokens.access_token}` } })
  const checked = await oauth.validateJwtAccessToken(as, request, audience, insecure)
  assert.deepEqual([checked.sub, checked.client_id], [claims.sub, client.client_id])
  const stranger = request.clone()
  await assert.rejects(oauth.validateJwtAccessToken(as, stranger, 'https://other.example.test', insecure))
})

test('oauth4webapi: a rotated refresh token is refused once it has been used twice', async () => {
  const client = await publicClient()
  const { tokens } = await signIn({ client, authentication: oauth.None() })
  const refresh = async (token: string | undefined) =>
    oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, oauth.None(), token ?? '', insecure))
  const second = await refresh(tokens.refresh_token)
  const third = await refresh(second.refresh_token)
  await assert.rejects(refresh(tokens.refresh_token), isInvalidGrant)
  await assert.rejects(refresh(third.refresh_token), isInvalidGrant)
})

test('oauth4webapi: a code is refused at its second use', async () => {
  const client = await publicClient()
  const { redeem } = await signIn({ client, authentication: oauth.None() })
  await assert.rejects(oauth.processAuthorizationCodeResponse(as, client, await redeem()), isInvalidGrant)
})

for (const [method, authenticate] of [
  ['client_secret_basic', oauth.ClientSecretBasic],
  ['client_secret_post', oauth.ClientSecretPost],
  ['client_secret_jwt', oauth.ClientSecretJwt],
] as const)
  test(`oauth4webapi: ${method} authenticates the client, and a wrong secret does not`, async () => {
    const client = await register({ token_endpoint_auth_method: method })
    const { claims } = await signIn({ client, authentication: authenticate(String(client.client_secret)) })
    assert.ok(claims.sub)
    const isRefused = (error: unknown) =>
      error instanceof oauth.WWWAuthenticateChallengeError || (error instanceof oauth.ResponseBodyError && error.error === 'invalid_client')
    await assert.rejects(signIn({ client, authentication: authenticate('another secret that is long enough to sign with') }), isRefused)
  })

test('oauth4webapi: a client that registered itself gets no token of its own', async () => {
  const machine = { grant_types: ['client_credentials'], response_types: [], redirect_uris: [], post_logout_redirect_uris: [] }
  await assert.rejects(register(machine), (error) => error instanceof oauth.ResponseBodyError && error.error === 'invalid_client_metadata')
  const client = await publicClient()
  const refused = await oauth.clientCredentialsGrantRequest(as, client, oauth.None(), {}, insecure)
  await assert.rejects(
    oauth.processClientCredentialsResponse(as, client, refused),
    (error) => error instanceof oauth.ResponseBodyError && error.error === 'unauthorized_client',
  )
})

test('oauth4webapi: client credentials give a service that an operator made its own token', async () => {
  const { client_id, client_secret } = await server.cip(
    'clients',
    'create',
    '--template',
    'machine',
    '--name',
    'Reports',
    '--scope',
    'reports:read',
  )
  const [client, authentication] = [{ client_id: String(client_id) }, oauth.ClientSecretBasic(String(client_secret))]
  const answer = await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope: 'reports:read' }, insecure)
  const tokens = await oauth.processClientCredentialsResponse(as, client, answer)
  assert.deepEqual([tokens.scope, tokens.refresh_token, tokens.id_token], ['reports:read', undefined, undefined])
  const more = await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope: 'reports:write' }, insecure)
  await assert.rejects(oauth.processClientCredentialsResponse(as, client, more), oauth.ResponseBodyError)
})

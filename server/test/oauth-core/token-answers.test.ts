import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import type { Client } from '../../src/clients/clients.ts'
import { isSignedBy, type SigningKey, splitJwt } from '../../src/keys/jwt.ts'
import type { Issue } from '../../src/oauth/core/grants/grant.ts'
import { introspectRoutes } from '../../src/oauth/endpoints/introspect.routes.ts'
import { halfHash } from '../../src/oauth/half-hash.ts'
import { createTokenIssuer } from '../../src/oauth/issue.ts'
import { exampleGrant } from './example-client.ts'

const issuer = 'https://server.example.com'
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signer: SigningKey = { kid: 'k', algorithm: 'ES256', key: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })) }

const tokens = createTokenIssuer({
  issuer,
  ring: { signer: () => signer } as never,
  opaqueKey: Buffer.alloc(32),
  subjectKey: Buffer.alloc(32),
  administration: { sessionTtlSeconds: 43_200, idleTtlSeconds: 900 },
  accessTokenTtlSeconds: 3600,
  idTokenTtlSeconds: 600,
  nowSeconds: () => 1_311_280_970,
  findResource: async () => undefined,
  findPerson: async () => undefined,
  mappings: async () => [],
  findAccess: async () => ({ roles: [], groups: [], entitlements: [] }),
  organizations: {
    memberships: { idOf: async () => undefined, find: async () => undefined },
    checkPolicy: () => undefined,
  },
})

const client = { id: 's6BhdRkqt3', subjectType: 'public', idTokenSignedResponseAlg: 'ES256' } as Client
const issue: Issue = {
  grant: exampleGrant({ grantId: 'grant' }),
  scope: ['openid', 'email'],
  resources: [],
  nonce: 'n-0S6_WzA2Mj',
  hasIdToken: true,
  refreshToken: '8xLOxBtZp8',
}

const claimsOf = (token: string | undefined, typ: string): Readonly<Record<string, unknown>> => {
  const jwt = splitJwt(token ?? '') ?? assert.fail('not taken apart')
  assert.deepEqual(jwt.header, { alg: 'ES256', typ, kid: 'k' })
  assert.equal(isSignedBy({ algorithm: 'ES256', key: publicKey }, jwt), true)
  return jwt.claims
}

test('answers the token request in the members of the example (RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3)', async () => {
  const answer = await tokens.respond('t', client, issue)
  const { access_token, id_token, ...others } = answer
  assert.deepEqual(others, { token_type: 'Bearer', expires_in: 3600, scope: 'openid email', refresh_token: '8xLOxBtZp8' })
  const { iss, sub, aud, exp, iat, nonce, at_hash } = claimsOf(id_token, 'JWT')
  assert.deepEqual(
    { iss, sub, aud, exp, iat, nonce, at_hash },
    {
      iss: issuer,
      sub: '248289761001',
      aud: 's6BhdRkqt3',
      exp: 1_311_281_570,
      iat: 1_311_280_970,
      nonce: 'n-0S6_WzA2Mj',
      at_hash: halfHash('ES256')(access_token),
    },
  )
})

test('answers without refresh token, ID token and scope where none is due (RFC 6749 sections 3.3 and 4.4.3)', async () => {
  const machine: Issue = { ...issue, grant: undefined, scope: [], hasIdToken: false, nonce: undefined, refreshToken: undefined }
  const { access_token, ...others } = await tokens.respond('t', client, machine)
  assert.deepEqual(others, { token_type: 'Bearer', expires_in: 3600 })
  const { sub, client_id, grant_id, auth_time } = claimsOf(access_token, 'at+jwt')
  const nobody = { grant_id: undefined, auth_time: undefined }
  assert.deepEqual({ sub, client_id, grant_id, auth_time }, { sub: 's6BhdRkqt3', client_id: 's6BhdRkqt3', ...nobody })
})

test('types an access token so that it passes for nothing else (RFC 9068 section 2.1)', async () => {
  const { access_token } = await tokens.respond('t', client, issue)
  const { jti, ...claims } = claimsOf(access_token, 'at+jwt')
  assert.match(String(jti), /^[0-9a-f-]{36}$/)
  assert.deepEqual(claims, {
    iss: issuer,
    sub: '248289761001',
    aud: issuer,
    exp: 1_311_284_570,
    iat: 1_311_280_970,
    client_id: 's6BhdRkqt3',
    scope: 'openid email',
    sid: 'session',
    grant_id: 'grant',
    auth_time: issue.grant?.authTime,
  })
})

// RFC 7662 section 2.2, without the member that only its example has; we tell the user name by the scope profile alone.
const introspected = {
  client_id: 'l238j323ds-23ij4',
  scope: 'read write dolphin',
  sub: 'Z5O3upPC88QrAjx00dis',
  aud: 'https://protected.example.net/resource',
  iss: 'https://server.example.com/',
  exp: 1419356238,
  iat: 1419350238,
}

/** Asks for the token of section 2.1 as the client with this id; `isLive` says whether the client that holds it still is. */
const introspect = async (asking: string, { isLive = true, scope = introspected.scope } = {}): Promise<unknown> => {
  const provider = {
    limits: { tokens: 1 },
    keys: { refresh: Buffer.alloc(32) },
    authenticate: async () => ({ id: asking, tokenEndpointAuthMethod: 'client_secret_basic' }),
    reader: {
      read: (token: string) => (token === '2YotnFZFEjr1zCsicMWpAA' ? { ...introspected, scope, jti: 'one', grant_id: 'grant' } : undefined),
    },
    findClient: async () => ({ isEnabled: isLive }),
    now: () => 0,
    authorization: { organizations: {} },
    views: {
      isRevokedToken: () => false,
      get: async () => ({ facts: { clientId: introspected.client_id }, person: { preferred_username: 'jdoe' } }),
    },
  }
  const [route] = introspectRoutes(provider as never)
  const body = { query: '', form: 'token=2YotnFZFEjr1zCsicMWpAA', mediaType: undefined }
  const answer = await route?.handle({ tenantId: 't', body, headers: {}, origin: {} } as never)
  assert.equal(answer?.status, 200)
  return answer?.body
}

test('tells the holder and the API of a token what the example tells (RFC 7662 section 2.2)', async () => {
  const expected = { active: true, token_type: 'Bearer', jti: 'one', ...introspected }
  assert.deepEqual(await introspect('l238j323ds-23ij4'), expected)
  assert.deepEqual(await introspect('https://protected.example.net/resource'), expected)
  const scope = 'read write dolphin profile'
  assert.deepEqual(await introspect('l238j323ds-23ij4', { scope }), { ...expected, scope, username: 'jdoe' })
})

test('tells others, and of a token that is dead, nothing but that it is not active (RFC 7662 section 2.2)', async () => {
  assert.deepEqual(await introspect('another'), { active: false })
  assert.deepEqual(await introspect('l238j323ds-23ij4', { isLive: false }), { active: false })
})

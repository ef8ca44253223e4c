import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSignedBy, splitJwt } from '../../src/keys/jwt.ts'
import { readPublicKey } from '../../src/keys/key-pair.ts'
import { readClaims } from '../../src/oauth/core/authorize/claims-parameter.ts'
import { deliver } from '../../src/oauth/core/response-modes/deliver.ts'
import { claimsOfScope, selectClaims } from '../../src/oauth/core/tokens/claims.ts'
import { type IdTokenInput, idTokenClaims } from '../../src/oauth/core/tokens/id-token.ts'
import { halfHash } from '../../src/oauth/half-hash.ts'
import { errorOf, exampleClient, readExample } from './example-client.ts'

const request =
  'response_type=code&scope=openid%20profile%20email&client_id=s6BhdRkqt3&state=af0ifjsldkj&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb'

test('reads the authentication request of the example (OpenID Connect Core section 3.1.2.1)', () => {
  const read = readExample(request)
  assert.deepEqual(
    [read.responseType, read.scope, read.clientId, read.state, read.redirectUri, read.responseMode, read.nonce],
    ['code', ['openid', 'profile', 'email'], 's6BhdRkqt3', 'af0ifjsldkj', 'https://client.example.org/cb', 'query', undefined],
  )
})

const implicit =
  'response_type=id_token%20token&client_id=s6BhdRkqt3&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb&scope=openid%20profile&state=af0ifjsldkj&nonce=n-0S6_WzA2Mj'

test('reads the implicit request of the example, which needs its nonce and openid (OpenID Connect Core section 3.2.2.1)', async () => {
  const { responseType, responseMode, nonce } = readExample(implicit)
  assert.deepEqual([responseType, responseMode, nonce], ['id_token token', 'fragment', 'n-0S6_WzA2Mj'])
  assert.equal(readExample(implicit.replace('id_token%20token', 'token%20id_token')).responseType, 'id_token token')
  assert.equal(await errorOf(() => readExample(implicit.replace(/&nonce=.*/, ''))), 'invalid_request')
  assert.equal(await errorOf(() => readExample(implicit.replace('openid%20', ''))), 'invalid_request')
  assert.equal(await errorOf(() => readExample(`${implicit}&response_mode=query`)), 'invalid_request')
  assert.equal(await errorOf(() => readExample(implicit, exampleClient({ responseTypes: ['code'] }))), 'unsupported_response_type')
})

test('refuses the hybrid request of the example: no code beside a token (OpenID Connect Core section 3.3.2.1)', async () => {
  const hybrid = implicit.replace('id_token%20token', 'code%20id_token')
  assert.equal(await errorOf(() => readExample(hybrid)), 'unsupported_response_type')
})

const answer = (mode: 'query' | 'fragment', fields: Readonly<Record<string, string>>) => {
  const delivery = deliver(
    { redirectUri: 'https://client.example.org/cb', mode, state: 'af0ifjsldkj', issuer: 'https://server.example.com' },
    fields,
  )
  return delivery.kind === 'redirect' ? delivery.location : undefined
}
const iss = '&iss=https%3A%2F%2Fserver.example.com'

test('answers as the examples do, and names the issuer (OpenID Connect Core sections 3.1.2.5 and 3.1.2.6, RFC 9207 section 2)', () => {
  const success = 'https://client.example.org/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj'
  assert.equal(answer('query', { code: 'SplxlOBeZQQYbYS6WxSbIA' }), success + iss)
  const refusal =
    'https://client.example.org/cb?error=invalid_request&error_description=Unsupported%20response_type%20value&state=af0ifjsldkj'
  assert.equal(answer('query', { error: 'invalid_request', error_description: 'Unsupported response_type value' }), refusal + iss)
})

test('answers in the fragment as the example does (OpenID Connect Core section 3.2.2.5)', () => {
  const fields = { access_token: 'SlAV32hkKG', token_type: 'bearer', id_token: 'eyJ0.eyJ1.', expires_in: '3600' }
  const location =
    'https://client.example.org/cb#access_token=SlAV32hkKG&token_type=bearer&id_token=eyJ0.eyJ1.&expires_in=3600&state=af0ifjsldkj'
  assert.equal(answer('fragment', fields), location + iss)
})

const example = {
  userinfo: {
    given_name: { essential: true },
    nickname: null,
    email: { essential: true },
    email_verified: { essential: true },
    picture: null,
    'http://example.info/claims/groups': null,
  },
  id_token: { auth_time: { essential: true }, acr: { values: ['urn:mace:incommon:iap:silver'] } },
}
const claimsOf = (claims: string) => readClaims({ parameters: new Map([['claims', claims]]), resources: [], client: exampleClient() })

test('reads the claims parameter of the example (OpenID Connect Core section 5.5)', () => {
  assert.deepEqual(claimsOf(JSON.stringify(example)), {
    userinfo: {
      given_name: { essential: true },
      nickname: {},
      email: { essential: true },
      email_verified: { essential: true },
      picture: {},
      'http://example.info/claims/groups': {},
    },
    idToken: { auth_time: { essential: true }, acr: { values: ['urn:mace:incommon:iap:silver'] } },
  })
})

test('gives the claims of the example that the person has, and leaves out one that nobody knows (OpenID Connect Core sections 5.3.2 and 5.5.1)', () => {
  const person = {
    given_name: 'Jane',
    nickname: 'JJ',
    email: 'janedoe@example.com',
    email_verified: true,
    groups: ['a'],
    family_name: 'Doe',
  }
  const { userinfo } = claimsOf(JSON.stringify(example))
  const { given_name, nickname, email, email_verified } = person
  assert.deepEqual(selectClaims(person, { scope: ['openid'], requested: userinfo, mappings: [] }), {
    given_name,
    nickname,
    email,
    email_verified,
  })
})

test('refuses a claims parameter of another form (OpenID Connect Core section 5.5)', async () => {
  for (const claims of [
    '',
    '{',
    '[]',
    'null',
    '7',
    '{"userinfo":[]}',
    '{"id_token":{"acr":7}}',
    '{"id_token":{"acr":{"essential":"true"}}}',
  ])
    assert.equal(await errorOf(() => claimsOf(claims)), 'invalid_request', claims)
})

test('stands for the claims of each scope that the table has (OpenID Connect Core section 5.4)', () => {
  const profile =
    'name, family_name, given_name, middle_name, nickname, preferred_username, profile, picture, website, gender, birthdate, zoneinfo, locale, updated_at'
  assert.deepEqual(claimsOfScope, {
    profile: profile.split(', '),
    email: ['email', 'email_verified'],
    address: ['address'],
    phone: ['phone_number', 'phone_number_verified'],
  })
})

// Appendix A.7 and the ID tokens of appendices A.2, A.3 and A.4, all with errata set 2.
const key = readPublicKey({
  kty: 'RSA',
  kid: '1e9gdk7',
  n: 'w7Zdfmece8iaB0kiTY8pCtiBtzbptJmP28nSWwtdjRu0f2GFpajvWE4VhfJAjEsOcwYzay7XGN0b-X84BfC8hmCTOj2b2eHT7NsZegFPKRUQzJ9wW8ipn_aDJWMGDuB1XyqT1E7DYqjUCEOD1b4FLpy_xPn6oV_TYOfQ9fZdbE5HGxJUzekuGcOKqOQ8M7wfYHhHHLxGpQVgL0apWuP2gDDOdTtpuld4D2LK1MZK99s9gaSjRHE8JDb1Z4IGhEcEyzkxswVdPndUWzfvWBBWXWxtSUvQGBRkuy1BHOa4sP6FKjWEeeF7gm7UMs2Nm2QUgNZw6xvEDGaLk4KASdIxRQ',
  e: 'AQAB',
})
const head = 'eyJraWQiOiIxZTlnZGs3IiwiYWxnIjoiUlMyNTYifQ'
const a2 = `${head}.ewogImlzcyI6ICJodHRwczovL3NlcnZlci5leGFtcGxlLmNvbSIsCiAic3ViIjogIjI0ODI4OTc2MTAwMSIsCiAiYXVkIjogInM2QmhkUmtxdDMiLAogIm5vbmNlIjogIm4tMFM2X1d6QTJNaiIsCiAiZXhwIjogMTMxMTI4MTk3MCwKICJpYXQiOiAxMzExMjgwOTcwLAogIm5hbWUiOiAiSmFuZSBEb2UiLAogImdpdmVuX25hbWUiOiAiSmFuZSIsCiAiZmFtaWx5X25hbWUiOiAiRG9lIiwKICJnZW5kZXIiOiAiZmVtYWxlIiwKICJiaXJ0aGRhdGUiOiAiMDAwMC0xMC0zMSIsCiAiZW1haWwiOiAiamFuZWRvZUBleGFtcGxlLmNvbSIsCiAicGljdHVyZSI6ICJodHRwOi8vZXhhbXBsZS5jb20vamFuZWRvZS9tZS5qcGciCn0.NTibBYW_ZoNHGm4ZrWCqYA9oJaxr1AVrJCze6FEcac4t_EOQiJFbD2nVEPkUXPuMshKjjTn7ESLIFUnfHq8UKTGibIC8uqrBgQAcUQFMeWeg-PkLvDTHk43Dn4_aNrxhmWwMNQfkjqx3wd2Fvta9j8yG2Qn790Gwb5psGcmBhqMJUUnFrGpyxQDhFIzzodmPokM7tnUxBNj-JuES_4CE-BvZICH4jKLp0TMu-WQsVst0ss-vY2RPdU1MzL59mq_eKk8Rv9XhxIr3WteA2ZlrgVyT0cwH3hlCnRUsLfHtIEb8k1Y_WaqKUu3DaKPxqRi6u0rN7RO2uZYPzC454xe-mg`
const a3 = `${head}.ewogImlzcyI6ICJodHRwczovL3NlcnZlci5leGFtcGxlLmNvbSIsCiAic3ViIjogIjI0ODI4OTc2MTAwMSIsCiAiYXVkIjogInM2QmhkUmtxdDMiLAogIm5vbmNlIjogIm4tMFM2X1d6QTJNaiIsCiAiZXhwIjogMTMxMTI4MTk3MCwKICJpYXQiOiAxMzExMjgwOTcwLAogImF0X2hhc2giOiAiNzdRbVVQdGpQZnpXdEYyQW5wSzlSUSIKfQ.kdqTmftlaXg5WBYBr1wkxhkqCGZPc0k8vTiV5g2jj67jQ7XkrDamYx2bOkZLdZrpMPIzkdYB1nZI_G8vQGQuamRhJcEIt21kblGPZ-yhEhdkAiZIZLu38rChalDS2Mh0glE_rke5XXRhmqqoEFFdziFdnO3p61-7y51co84OEAZvARSINQaOWIzvioRfs4zwIFOaT33Vpxfqr8HDyh31zo9eBW2dSQuCa071z0ENWChWoPliK1JCo_Bk9eDg2uwo2ZwhsvHzj6TMQ0lYOTzufSlSmXIKfjlOsb3nftQeR697_hA-nMZyAdL8_NRfaC37XnAbW8WB9wCfECp7cuNuOg`
const a4 = `${head}.ewogImlzcyI6ICJodHRwczovL3NlcnZlci5leGFtcGxlLmNvbSIsCiAic3ViIjogIjI0ODI4OTc2MTAwMSIsCiAiYXVkIjogInM2QmhkUmtxdDMiLAogIm5vbmNlIjogIm4tMFM2X1d6QTJNaiIsCiAiZXhwIjogMTMxMTI4MTk3MCwKICJpYXQiOiAxMzExMjgwOTcwLAogImNfaGFzaCI6ICJMRGt0S2RvUWFrM1BrMGNuWHhDbHRBIgp9.MRPihYtNIcwKTZ_mcMSPfreVytGR4jfl1Tzbv4tH5Jr4WqONs2lUWrIEpZ2joKbZfAGlouAqwqSYpfR3FQYKYvdgnZ3kjIJ_5M4fAARXHVSciGyhfqB-OhDUMXSHzFHiGKNY9TKSgRfiXf_314WRujpqaDtj2uoXbppobYXvAZIxWtsOein0-t91LDS39EW4frNWAopKTBBi_XJPlpLVynWTDvNleEBP6UxIMgYJBKlqsP7RGfHTGk3ReXDacR7RGZlIVGa-0qRyDzvNqD7xfu9aYufUP0oBGqdBGgFVNmwJ7rmB0gdPtC2eJsXq9svCgBBfhRQZxhx1iLJjNc9nSw`

const input = (given: Partial<IdTokenInput>): IdTokenInput => ({
  issuer: 'https://server.example.com',
  sub: '248289761001',
  clientId: 's6BhdRkqt3',
  now: 1311280970,
  ttlSeconds: 1000,
  nonce: 'n-0S6_WzA2Mj',
  authTime: 1311280969,
  acr: undefined,
  amr: ['pwd'],
  sid: undefined,
  accessToken: undefined,
  code: undefined,
  claims: {},
  halfHash: halfHash('RS256'),
  ...given,
})

/** The claims of the example must be among ours, and of the same value. */
const assertSays = (token: string, given: Partial<IdTokenInput>): void => {
  const jwt = splitJwt(token) ?? assert.fail('not taken apart')
  assert.equal(isSignedBy({ algorithm: 'RS256', key }, jwt), true)
  assert.equal(isSignedBy({ algorithm: 'PS256', key }, jwt), false)
  const ours = idTokenClaims(input(given))
  assert.deepEqual(Object.fromEntries(Object.keys(jwt.claims).map((name) => [name, ours[name]])), jwt.claims)
}

test('says what the signed ID token of the example says, with claims of the person (OpenID Connect Core appendix A.2)', () => {
  const person = { name: 'Jane Doe', given_name: 'Jane', family_name: 'Doe', gender: 'female', birthdate: '0000-10-31' }
  const claims = { ...person, email: 'janedoe@example.com', picture: 'http://example.com/janedoe/me.jpg' }
  assertSays(a2, { claims })
  assertSays(a2, { claims: { ...claims, iss: 'x', sub: 'x', aud: 'x', exp: 0, iat: 0, nonce: 'x' } })
})

test('says what the signed ID token of the example says, with at_hash (OpenID Connect Core appendix A.3)', () => {
  assertSays(a3, { accessToken: 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y' })
})

test('says what the signed ID token of the example says, with c_hash (OpenID Connect Core appendix A.4)', () => {
  assertSays(a4, { code: 'Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk' })
})

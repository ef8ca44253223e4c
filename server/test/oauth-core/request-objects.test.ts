import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClaims } from '../../src/oauth/core/authorize/claims-parameter.ts'
import type { OAuthClient } from '../../src/oauth/core/client.ts'
import { assertionRules } from '../../src/oauth/core/client-auth/assertion-rules.ts'
import { authenticateClient } from '../../src/oauth/core/client-auth/authenticate-client.ts'
import { readPresented } from '../../src/oauth/core/client-auth/read-presented.ts'
import { checkClaims } from '../../src/oauth/core/jwt/check-claims.ts'
import type { Jwk } from '../../src/oauth/core/jwt/jwk.ts'
import { type RequestObjectRules, readRequestObject } from '../../src/oauth/core/jwt/request-object.ts'
import { verifyForeignJwt } from '../../src/oauth/core/jwt/verify-foreign-jwt.ts'
import { parseParameters } from '../../src/oauth/core/params.ts'
import { equalBytes, sha256 } from '../../src/platform/digest.ts'
import { errorOf, exampleClient, readExample } from './example-client.ts'

// The key of OpenID Connect Core section 6.1 and RFC 9126 section 3.
const openidKey: Jwk = {
  kty: 'RSA',
  kid: 'k2bdc',
  n: 'y9Lqv4fCp6Ei-u2-ZCKq83YvbFEk6JMs_pSj76eMkddWRuWX2aBKGHAtKlE5P7_vn__PCKZWePt3vGkB6ePgzAFu08NmKemwE5bQI0e6kIChtt_6KzT5OaaXDFI6qCLJmk51Cc4VYFaxgqevMncYrzaW_50mZ1yGSFIQzLYP8bijAHGVjdEFgZaZEN9lsn_GdWLaJpHrB3ROlS50E45wxrlg9xMncVb8qDPuXZarvghLL0HzOuYRadBJVoWZowDNTpKpk2RklZ7QaBO7XDv3uR7s_sf2g-bAjSYxYUGsqkNA9b3xVW53am_UZZ3tZbFTIh557JICWKHlWj5uzeJXaw',
  e: 'AQAB',
}

// RFC 9101 section 4, with a key of its own under the same kid.
const jarKey: Jwk = {
  kty: 'RSA',
  kid: 'k2bdc',
  n: 'x5RbkAZkmpRxia65qRQ1wwSMSxQUnS7gcpVTV_cdHmfmG2ltd2yabEO9XadD8pJNZubINPpmgHh3J1aD9WRwS05ucmFq3CfFsluLt13_7oX5yDRSKX7poXmT_5ko8k4NJZPMAO8fPToDTH7kHYbONSE2FYa5GZ60CUsFhSonI-dcMDJ0Ary9lxIw5k2z4TAdARVWcS7sD07VhlMMshrwsPHBQgTatlkxyIHXbYdtak8fqvNAwr7OlVEvM_Ipf5OfmdB8Sd-wjzaBsyP4VhJKoi_qdgSzpC694XZeYPq45Sw-q51iFUlcOlTCI7z6jltUtnR6ySn6XDGFnzH5Fe5ypw',
  e: 'AQAB',
}
const jar =
  'eyJhbGciOiJSUzI1NiIsImtpZCI6ImsyYmRjIn0.ewogICAgImlzcyI6ICJzNkJoZFJrcXQzIiwKICAgICJhdWQiOiAiaHR0cHM6Ly9zZXJ2ZXIuZXhhbXBsZS5jb20iLAogICAgInJlc3BvbnNlX3R5cGUiOiAiY29kZSBpZF90b2tlbiIsCiAgICAiY2xpZW50X2lkIjogInM2QmhkUmtxdDMiLAogICAgInJlZGlyZWN0X3VyaSI6ICJodHRwczovL2NsaWVudC5leGFtcGxlLm9yZy9jYiIsCiAgICAic2NvcGUiOiAib3BlbmlkIiwKICAgICJzdGF0ZSI6ICJhZjBpZmpzbGRraiIsCiAgICAibm9uY2UiOiAibi0wUzZfV3pBMk1qIiwKICAgICJtYXhfYWdlIjogODY0MDAKfQ.Nsxa_18VUElVaPjqW_ToI1yrEJ67BgKb5xsuZRVqzGkfKrOIX7BCx0biSxYGmjK9KJPctH1OC0iQJwXu5YVY-vnW0_PLJb1C2HG-ztVzcnKZC2gE4i0vgQcpkUOCpW3SEYXnyWnKzuKzqSb1wAZALo5f89B_p6QA6j6JwBSRvdVsDPdulW8lKxGTbH82czCaQ50rLAg3EYLYaCb4ik4I1zGXE4fvim9FIMs8OCMmzwIB5S-ujFfzwFjoyuPEV4hJnoVUmXR_W9typPf846lGwA8h9G9oNTIuX8Ft2jfpnZdFmLg3_wr3Wa5q3a-lfbgF3S9H_8nN3j1i7tLR_5Nz-g'

// OpenID Connect Core section 6.1.
const openid =
  'eyJhbGciOiJSUzI1NiIsImtpZCI6ImsyYmRjIn0.ew0KICJpc3MiOiAiczZCaGRSa3F0MyIsDQogImF1ZCI6ICJodHRwczovL3NlcnZlci5leGFtcGxlLmNvbSIsDQogInJlc3BvbnNlX3R5cGUiOiAiY29kZSBpZF90b2tlbiIsDQogImNsaWVudF9pZCI6ICJzNkJoZFJrcXQzIiwNCiAicmVkaXJlY3RfdXJpIjogImh0dHBzOi8vY2xpZW50LmV4YW1wbGUub3JnL2NiIiwNCiAic2NvcGUiOiAib3BlbmlkIiwNCiAic3RhdGUiOiAiYWYwaWZqc2xka2oiLA0KICJub25jZSI6ICJuLTBTNl9XekEyTWoiLA0KICJtYXhfYWdlIjogODY0MDAsDQogImNsYWltcyI6IA0KICB7DQogICAidXNlcmluZm8iOiANCiAgICB7DQogICAgICJnaXZlbl9uYW1lIjogeyJlc3NlbnRpYWwiOiB0cnVlfSwNCiAgICAgIm5pY2tuYW1lIjogbnVsbCwNCiAgICAgImVtYWlsIjogeyJlc3NlbnRpYWwiOiB0cnVlfSwNCiAgICAgImVtYWlsX3ZlcmlmaWVkIjogeyJlc3NlbnRpYWwiOiB0cnVlfSwNCiAgICAgInBpY3R1cmUiOiBudWxsDQogICAgfSwNCiAgICJpZF90b2tlbiI6IA0KICAgIHsNCiAgICAgImdlbmRlciI6IG51bGwsDQogICAgICJiaXJ0aGRhdGUiOiB7ImVzc2VudGlhbCI6IHRydWV9LA0KICAgICAiYWNyIjogeyJ2YWx1ZXMiOiBbInVybjptYWNlOmluY29tbW9uOmlhcDpzaWx2ZXIiXX0NCiAgICB9DQogIH0NCn0.nwwnNsk1-ZkbmnvsF6zTHm8CHERFMGQPhos-EJcaH4Hh-sMgk8ePrGhw_trPYs8KQxsn6R9Emo_wHwajyFKzuMXZFSZ3p6Mb8dkxtVyjoy2GIzvuJT_u7PkY2t8QU9hjBcHs68PkgjDVTrG1uRTx0GxFbuPbj96tVuj11pTnmFCUR6IEOXKYr7iGOCRB3btfJhM0_AKQUfqKnRlrRscc8Kol-cSLWoYE9l5QqholImzjT_cMnNIznW9E7CDyWXTsO70xnB4SkG6pXfLSjLLlxmPGiyon_-Te111V8uE83IlzCYIb_NMXvtTIVc1jpspnTSD7xMbpL-2QgwUsAlMGzw'

const parts = { response_type: 'code id_token', client_id: 's6BhdRkqt3', redirect_uri: 'https://client.example.org/cb' }
const rest = { scope: 'openid', state: 'af0ifjsldkj', nonce: 'n-0S6_WzA2Mj', max_age: '86400' }

const holding =
  (...keys: readonly Jwk[]): RequestObjectRules['findKeys'] =>
  async () => ({ kind: 'keys', keys })

const read = (token: string, given: Partial<RequestObjectRules> = {}) =>
  readRequestObject(token, {
    clientId: 's6BhdRkqt3',
    issuer: 'https://server.example.com',
    now: 1_700_000_000,
    findKeys: holding(token === jar ? jarKey : openidKey),
    signingAlg: undefined,
    unsafeAllowUnsigned: false,
    ...given,
  })

const parametersOf = async (token: string): Promise<Readonly<Record<string, string>>> => {
  const verdict = await read(token)
  if (verdict.kind === 'invalid') return assert.fail(verdict.rule)
  assert.equal(verdict.isSigned, true)
  return Object.fromEntries(verdict.parameters.values)
}

test('reads the parameters of the signed example (RFC 9101 section 4)', async () => {
  assert.deepEqual(await parametersOf(jar), { ...parts, ...rest })
})

test('reads the parameters and the claims of the signed example (OpenID Connect Core section 6.1)', async () => {
  const { claims, ...others } = await parametersOf(openid)
  assert.deepEqual(others, { ...parts, ...rest })
  const input = { parameters: new Map([['claims', claims ?? '']]), resources: [], client: exampleClient() }
  assert.deepEqual(readClaims(input), {
    userinfo: {
      given_name: { essential: true },
      nickname: {},
      email: { essential: true },
      email_verified: { essential: true },
      picture: {},
    },
    idToken: { gender: {}, birthdate: { essential: true }, acr: { values: ['urn:mace:incommon:iap:silver'] } },
  })
})

test('refuses the examples for another client, another server, another key or another algorithm (RFC 9101 sections 6.2 and 6.3)', async () => {
  for (const [token, key, otherKey] of [
    [jar, jarKey, openidKey],
    [openid, openidKey, jarKey],
  ] as const) {
    const others: readonly Partial<RequestObjectRules>[] = [
      { clientId: 'other' },
      { issuer: 'https://server.example.com/' },
      { findKeys: holding(otherKey) },
      { findKeys: holding({ ...key, kid: 'other' }) },
      { findKeys: holding({ ...key, use: 'enc' }) },
      { findKeys: holding() },
      { signingAlg: 'PS256' },
      { signingAlg: 'none' },
    ]
    assert.equal((await read(token, { findKeys: holding(key), signingAlg: 'RS256' })).kind, 'valid')
    for (const other of others) assert.equal((await read(token, other)).kind, 'invalid', JSON.stringify(other))
  }
})

test('refuses the examples with a part of another or without a signature (RFC 9101 section 10.2)', async () => {
  const [head, body, tail] = jar.split('.')
  const [, otherBody, otherTail] = openid.split('.')
  for (const token of [`${head}.${otherBody}.${tail}`, `${head}.${body}.${otherTail}`, `${head}.${body}.`, `eyJhbGciOiJub25lIn0.${body}.`])
    assert.equal((await read(token)).kind, 'invalid')
})

const pushed =
  'response_type=code&state=af0ifjsldkj&client_id=s6BhdRkqt3&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb&code_challenge=K2-ltc83acc4h0c9w6ESC_rEMTJ3bww-uCHaoeK1t8U&code_challenge_method=S256&scope=account-information'

test('checks the pushed request of the example as an authorization request (RFC 9126 section 2.1)', async () => {
  const { responseType, state, scope, codeChallenge } = readExample(pushed, exampleClient({ requirePkce: true }), {
    scopes: ['account-information'],
  })
  assert.deepEqual(
    [responseType, state, scope, codeChallenge],
    ['code', 'af0ifjsldkj', ['account-information'], 'K2-ltc83acc4h0c9w6ESC_rEMTJ3bww-uCHaoeK1t8U'],
  )
  assert.equal(await errorOf(() => readExample(pushed)), 'invalid_scope')
})

// RFC 9126 section 2.1: the client assertion of the example, which expires at 1625869677.
const assertion =
  'eyJraWQiOiJrMmJkYyIsImFsZyI6IlJTMjU2In0.eyJpc3MiOiJzNkJoZFJrcXQzIiwic3ViIjoiczZCaGRSa3F0MyIsImF1ZCI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tIiwiZXhwIjoxNjI1ODY5Njc3fQ.te4IdnP_DK4hWrhTWA6fyhy3fxlAQZAhfA4lmzRdpoP5uZb-E90R5YxzN1YDA8mnVdpgj_Bx1lG5r6sef5TlckApA3hahhC804dcqlE4naEmLISmN1pds2WxTMOUzZY8aKKSDzNTDqhyTgE-KdTb3RafRj7tdZb09zWs7c_moOvfVcQIoy5zz1BvLQKW1Y8JsYvdpu2AvpxRPbcP8WyeW9B6PL6_fy3pXYKG3e-qUcvPa9kan-mo9EoSgt-YTDQjK1nZMdXIqTluK9caVJERWW0fD1Y11_tlOcJn-ya7v7d8YmFyJpkhZfm8x1FoeH0djEicXTixEkdRuzsgUCm6GQ'
const proof = `&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=${assertion}`

const verdictAt = (now: number, audiences = ['https://server.example.com']) =>
  verifyForeignJwt(assertion, {
    ...assertionRules({ clientId: 's6BhdRkqt3', audiences, now }),
    keys: { kind: 'keys', keys: [openidKey] },
    algorithms: ['RS256'],
  })

test('reads the client assertion of the example as that of its client (RFC 9126 section 2.1, RFC 7523 section 2.2)', () => {
  const { values } = parseParameters(pushed + proof)
  assert.deepEqual(readPresented({ parameters: values }), { kind: 'assertion', clientId: 's6BhdRkqt3', assertion })
  for (const [name, value, error] of [
    ['client_id', 'other', 'invalid_client'],
    ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer', 'invalid_client'],
    ['client_secret', 'x', 'invalid_client'],
  ] as const) {
    const read = readPresented({ parameters: new Map([...values, [name, value]]) })
    assert.equal(read.kind === 'unreadable' && read.error, error, name)
  }
})

test('believes the assertion of the example for its audience and its five minutes alone (RFC 7523 section 3)', async () => {
  assert.equal((await verdictAt(1_625_869_676)).kind, 'valid')
  assert.equal((await verdictAt(1_625_869_677)).kind, 'invalid')
  assert.equal((await verdictAt(1_625_869_677 - 310)).kind, 'valid')
  assert.equal((await verdictAt(1_625_869_677 - 311)).kind, 'invalid')
  assert.equal((await verdictAt(1_625_869_676, ['https://server.example.com/'])).kind, 'invalid')
})

test('does not authenticate by the assertion of the example, which has no jti and could be replayed (RFC 7523 section 3)', async () => {
  const verdict = await authenticateClient<OAuthClient>(
    { parameters: parseParameters(pushed + proof).values },
    {
      findClient: async (id) => ({ id, isEnabled: true, tokenEndpointAuthMethod: 'private_key_jwt', secrets: [] }),
      sha256,
      equal: equalBytes,
      openSecret: () => assert.fail('no secret is opened here'),
      keysOf: async () => ({ kind: 'keys', keys: [openidKey] }),
      spendAssertion: async () => assert.fail('nothing is spent'),
      now: 1_625_869_676,
      audiences: ['https://server.example.com'],
    },
  )
  assert.match(verdict.kind === 'refused' ? verdict.rule : '', /no "jti"/)
})

test('takes the claims of the example for a grant as no proof of a client: issuer and subject differ (RFC 7523 sections 3 and 4)', () => {
  const claims = {
    iss: 'https://jwt-idp.example.com',
    sub: 'mailto:mike@example.com',
    aud: 'https://jwt-rp.example.net',
    nbf: 1300815780,
    exp: 1300819380,
    'http://claims.example.com/member': true,
  }
  const rules = {
    issuer: { value: claims.iss, isRequired: true },
    audience: { kind: 'sole', values: [claims.aud] },
    expiry: { isRequired: true },
  } as const
  for (const [now, isFine] of [
    [claims.nbf - 11, false],
    [claims.nbf - 10, true],
    [claims.exp - 1, true],
    [claims.exp, false],
  ] as const)
    assert.equal(checkClaims(claims, { ...rules, now }) === undefined, isFine, `${now}`)
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const client_assertion = `${encode({ alg: 'ES256', kid: '16' })}.${encode(claims)}.AAAA`
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const read = readPresented({ parameters: new Map(Object.entries({ client_assertion, client_assertion_type })) })
  assert.match(read.kind === 'unreadable' ? read.rule : '', /"iss" and "sub"/)
})

test('reads the reference of the example as it was given out (RFC 9126 section 4)', () => {
  const query = 'client_id=s6BhdRkqt3&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A6esc_11ACC5bwc014ltc14eY22c'
  const { values } = parseParameters(query)
  assert.equal(values.get('request_uri'), 'urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c')
})

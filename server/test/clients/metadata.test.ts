import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMetadata } from '../../src/clients/clients.ts'

const open = { allowImplicit: true, isOperator: false }
const operator = { allowImplicit: true, isOperator: true }
const redirects = { redirect_uris: ['https://app.example/cb'] }
const device = 'urn:ietf:params:oauth:grant-type:device_code'
const ecKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}

const accepted = (given: object, policy = open): Readonly<Record<string, unknown>> => {
  const verdict = readMetadata(given, policy)
  if (verdict.kind === 'invalid') assert.fail(`${JSON.stringify(given)}: ${verdict.description}`)
  return verdict.metadata
}

const refusal = (given: unknown, policy = open): string => {
  const verdict = readMetadata(given, policy)
  if (verdict.kind === 'valid') assert.fail(`accepted ${JSON.stringify(given)}`)
  assert.match(verdict.description, /\.$/)
  return verdict.error
}

test('refuses what is no JSON object', () => {
  for (const given of [undefined, null, [], 'text', 1, true]) assert.equal(refusal(given), 'invalid_client_metadata')
})

test('refuses every member of a wrong type', () => {
  const texts = ['client_name', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'jwks_uri', 'initiate_login_uri', 'scope', 'software_id']
  const lists = ['response_types', 'grant_types', 'contacts', 'default_acr_values', 'request_uris', 'response_modes']
  const flags = [
    'require_auth_time',
    'backchannel_logout_session_required',
    'frontchannel_logout_session_required',
    'require_signed_request_object',
  ]
  for (const name of texts)
    for (const bad of [1, [], {}, true, '']) assert.equal(refusal({ ...redirects, [name]: bad }), 'invalid_client_metadata', name)
  for (const name of lists)
    for (const bad of ['text', 1, {}, [1], [null]]) assert.equal(refusal({ ...redirects, [name]: bad }), 'invalid_client_metadata', name)
  for (const name of flags)
    for (const bad of ['true', 1, [], {}]) assert.equal(refusal({ ...redirects, [name]: bad }), 'invalid_client_metadata', name)
  for (const bad of ['60', -1, 1.5, Number.NaN, []])
    assert.equal(refusal({ ...redirects, default_max_age: bad }), 'invalid_client_metadata')
})

test('takes null for absent (RFC 7592 section 2.2)', () => {
  assert.equal('client_name' in accepted({ ...redirects, client_name: null }), false)
  assert.equal(refusal({ redirect_uris: null }), 'invalid_redirect_uri')
})

test('refuses a redirecting client without a redirect URI, or with a bad one', () => {
  assert.equal(refusal({}), 'invalid_redirect_uri')
  assert.equal(refusal({ redirect_uris: [] }), 'invalid_redirect_uri')
  assert.equal(refusal({ redirect_uris: 'https://app.example/cb' }), 'invalid_client_metadata')
  for (const uri of ['javascript:alert(1)', 'http://app.example/cb', 'https://app.example/cb#f', 7, null])
    assert.equal(refusal({ redirect_uris: ['https://app.example/cb', uri] }), 'invalid_redirect_uri', String(uri))
})

test('B-05 checks redirects after a logout as it checks the others', () => {
  for (const uri of ['javascript:alert(1)', 'https://a@app.example/', 'http://app.example/', 'https://app.example/#f'])
    assert.equal(refusal({ ...redirects, post_logout_redirect_uris: [uri] }), 'invalid_redirect_uri', uri)
})

test('refuses grant types and response types that do not belong together', () => {
  for (const given of [
    { response_types: ['code'], grant_types: ['implicit'] },
    { response_types: ['id_token'], grant_types: ['authorization_code'] },
    { response_types: ['id_token'], grant_types: ['implicit', 'authorization_code'] },
    { response_types: [], grant_types: ['authorization_code'] },
    { response_types: ['code'], grant_types: ['client_credentials'] },
  ])
    assert.equal(refusal({ ...redirects, ...given }), 'invalid_client_metadata', JSON.stringify(given))
})

test('G-14 refuses grants, response types and algorithms that are not offered', () => {
  for (const type of ['token', 'none', 'code token', 'code id_token', 'code id_token token'])
    assert.equal(
      refusal({ ...redirects, response_types: [type], grant_types: ['authorization_code', 'implicit'] }),
      'invalid_client_metadata',
      type,
    )
  for (const grant of ['password', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'urn:openid:params:grant-type:ciba'])
    assert.equal(refusal({ ...redirects, grant_types: ['authorization_code', grant] }), 'invalid_client_metadata', grant)
  for (const alg of ['none', 'HS256', 'RS512', 'ES384', 'rs256']) {
    assert.equal(refusal({ ...redirects, id_token_signed_response_alg: alg }), 'invalid_client_metadata', alg)
    assert.equal(refusal({ ...redirects, userinfo_signed_response_alg: alg }), 'invalid_client_metadata', alg)
  }
})

test('refuses every request for encryption with a sentence', () => {
  for (const name of [
    'id_token_encrypted_response_alg',
    'userinfo_encrypted_response_enc',
    'request_object_encryption_alg',
    'authorization_encrypted_response_alg',
  ])
    assert.equal(refusal({ ...redirects, [name]: 'RSA-OAEP' }), 'invalid_client_metadata', name)
})

test('refuses implicit response types where the policy does', () => {
  const given = { ...redirects, response_types: ['id_token'], grant_types: ['implicit'] }
  accepted(given)
  assert.equal(refusal(given, { ...open, allowImplicit: false }), 'invalid_client_metadata')
})

test('refuses web applications that would get tokens in the front channel over http or on localhost', () => {
  const given = { response_types: ['id_token'], grant_types: ['implicit'] }
  for (const uri of ['http://127.0.0.1/cb', 'http://localhost:3000/cb', 'https://localhost/cb'])
    assert.equal(refusal({ ...given, redirect_uris: ['https://app.example/cb', uri] }), 'invalid_redirect_uri', uri)
  accepted({ ...given, redirect_uris: ['http://127.0.0.1/cb'], application_type: 'native' })
  accepted({ redirect_uris: ['http://localhost:3000/cb'] })
})

test('refuses key sets with private, symmetric or short keys, and two sources of keys', () => {
  const jwt = { ...redirects, token_endpoint_auth_method: 'private_key_jwt' }
  accepted({ ...jwt, jwks: { keys: [ecKey] } })
  for (const key of [
    { ...ecKey, d: 'x' },
    { kty: 'oct', k: 'AAAA' },
    { kty: 'oct' },
    { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
    { kty: 'RSA' },
    {},
    null,
    'key',
  ])
    assert.equal(refusal({ ...jwt, jwks: { keys: [key] } }), 'invalid_client_metadata', JSON.stringify(key))
  assert.equal(refusal({ ...jwt, jwks: { keys: [] } }), 'invalid_client_metadata')
  assert.equal(refusal(jwt), 'invalid_client_metadata')
  assert.equal(refusal({ ...jwt, jwks: { keys: [ecKey] }, jwks_uri: 'https://app.example/jwks' }), 'invalid_client_metadata')
})

test('E-10 refuses algorithms that do not belong to the way of authentication', () => {
  const keys = { jwks: { keys: [ecKey] } }
  assert.equal(
    refusal({ ...redirects, ...keys, token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'HS256' }),
    'invalid_client_metadata',
  )
  assert.equal(
    refusal({ ...redirects, token_endpoint_auth_method: 'client_secret_jwt', token_endpoint_auth_signing_alg: 'RS256' }),
    'invalid_client_metadata',
  )
  assert.equal(
    refusal({ ...redirects, token_endpoint_auth_method: 'client_secret_jwt', token_endpoint_auth_signing_alg: 'none' }),
    'invalid_client_metadata',
  )
})

test('refuses a public client that acts for itself or goes without PKCE', () => {
  assert.equal(refusal({ token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] }), 'invalid_client_metadata')
  assert.equal(refusal({ ...redirects, token_endpoint_auth_method: 'none', require_pkce: false }, operator), 'invalid_client_metadata')
  assert.equal(accepted({ ...redirects, require_pkce: false }, operator)['require_pkce'], false)
})

test('refuses signed request objects that nobody could verify', () => {
  assert.equal(refusal({ ...redirects, require_signed_request_object: true }), 'invalid_client_metadata')
  const unsigned = { require_signed_request_object: true, request_object_signing_alg: 'none', jwks: { keys: [ecKey] } }
  assert.equal(refusal({ ...redirects, ...unsigned }), 'invalid_client_metadata')
})

test('refuses a front-channel logout elsewhere than at the application', () => {
  assert.equal(refusal({ ...redirects, frontchannel_logout_uri: 'https://evil.example/logout' }), 'invalid_client_metadata')
  accepted({ ...redirects, frontchannel_logout_uri: 'https://app.example/logout' })
})

test('ignores what an operator alone may decide, and members that nobody knows', () => {
  const metadata = accepted({
    ...redirects,
    require_pkce: false,
    refresh_without_offline_access: true,
    resources: ['https://a.example'],
    is_first_party: true,
    x: 1,
  })
  for (const name of ['require_pkce', 'refresh_without_offline_access', 'resources', 'is_first_party', 'x'])
    assert.equal(name in metadata, false, name)
})

test('reads no member from the prototype', () => {
  const metadata = accepted(JSON.parse('{"redirect_uris":["https://app.example/cb"],"__proto__":{"client_name":"x"},"constructor":1}'))
  assert.equal(metadata['client_name'], undefined)
  assert.equal(Object.hasOwn(metadata, 'constructor'), false)
})

test('refuses names with control characters or with marks that turn the direction of writing', () => {
  for (const name of ['a\u0000b', 'a\nb', 'a\u202eb', 'a\u2066b'])
    assert.equal(refusal({ ...redirects, client_name: name }), 'invalid_client_metadata')
})

test('keeps members with language tags and refuses bad ones', () => {
  const metadata = accepted({ ...redirects, client_name: 'Shop', 'client_name#de': 'Laden', 'tos_uri#fr-CA': 'https://app.example/cgu' })
  assert.deepEqual([metadata['client_name#de'], metadata['tos_uri#fr-CA']], ['Laden', 'https://app.example/cgu'])
  assert.equal(refusal({ ...redirects, 'logo_uri#de': 'javascript:alert(1)' }), 'invalid_client_metadata')
})

test('applies the defaults of RFC 7591 section 2', () => {
  assert.deepEqual(accepted(redirects), {
    ...redirects,
    application_type: 'web',
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'RS256',
    subject_type: 'public',
  })
})

test('sorts the words of response types, and derives grant types and response types from each other', () => {
  const implicit = accepted({ ...redirects, response_types: ['token id_token'] })
  assert.deepEqual([implicit['response_types'], implicit['grant_types']], [['id_token token'], ['implicit']])
  assert.deepEqual(accepted({ grant_types: ['client_credentials'] })['response_types'], [])
  assert.deepEqual(accepted({ grant_types: [device, 'refresh_token'] })['response_types'], [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importJWK } from 'jose'
import { request } from '../harness/http.ts'
import { startProvider } from '../harness/provider.ts'
import { isJson, keySetOf } from './relying-party.ts'

const issuer = 'https://id.example.test'
// Reached without the proxy that https would need: the metadata are the same.
const { url } = await startProvider({ PUBLIC_URL: issuer })

type Metadata = Readonly<Record<string, unknown>>
const metadata = (await request(`${url}/.well-known/openid-configuration`)).json as Metadata

const listed = (name: string): readonly string[] => metadata[name] as readonly string[]

const holds = (name: string, ...values: readonly string[]): void => {
  const list = listed(name)
  assert.ok(Array.isArray(list) && list.length > 0, name)
  assert.equal(new Set(list).size, list.length, `${name} names something twice`)
  for (const value of values) assert.ok(list.includes(value), `${name} ${value}`)
}

test('the metadata are JSON at the address that belongs to the issuer (oidcc-discovery-endpoint-verification)', async () => {
  const answer = await request(`${url}/.well-known/openid-configuration`)
  assert.equal(answer.status, 200)
  isJson(answer)
  assert.equal(answer.headers['access-control-allow-origin'], '*')
  assert.equal(metadata['issuer'], issuer)
  assert.match(issuer, /^https:\/\/[^?#]+[^/?#]$/)
})

test('RFC 8414 finds the same metadata', async () => {
  const answer = await request(`${url}/.well-known/oauth-authorization-server`)
  isJson(answer)
  assert.deepEqual(answer.json, metadata)
})

test('every endpoint is an https URL of the issuer without a fragment (oidcc-discovery-endpoint-verification)', () => {
  const named = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name))
  for (const one of [
    'authorization_endpoint',
    'token_endpoint',
    'userinfo_endpoint',
    'registration_endpoint',
    'end_session_endpoint',
    'jwks_uri',
  ])
    assert.ok(one in metadata, one)
  for (const [name, value] of named) {
    assert.ok(String(value).startsWith(`${issuer}/`), name)
    assert.equal(new URL(String(value)).hash, '', name)
  }
})

test('lists what Core and Dynamic OP ask for (oidcc-discovery-endpoint-verification)', () => {
  holds('response_types_supported', 'code', 'id_token', 'id_token token')
  holds('grant_types_supported', 'authorization_code', 'implicit', 'refresh_token')
  holds('subject_types_supported', 'public', 'pairwise')
  holds('id_token_signing_alg_values_supported', 'RS256')
  holds('userinfo_signing_alg_values_supported', 'RS256')
  holds('request_object_signing_alg_values_supported', 'none', 'RS256')
  holds('token_endpoint_auth_methods_supported', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt')
  holds('token_endpoint_auth_signing_alg_values_supported', 'RS256')
  holds('scopes_supported', 'openid', 'profile', 'email', 'address', 'phone', 'offline_access')
  holds('claims_supported', 'sub', 'iss', 'auth_time', 'acr', 'name', 'address', 'phone_number_verified', 'updated_at')
  holds('response_modes_supported', 'query', 'fragment', 'form_post')
  holds('acr_values_supported')
  holds('code_challenge_methods_supported', 'S256')
  for (const scope of listed('scopes_supported')) assert.match(scope, /^[\x21\x23-\x5b\x5d-\x7e]+$/)
})

test('announces the parameters that it takes, and nothing that it does not (oidcc-discovery-endpoint-verification)', () => {
  for (const name of ['claims_parameter', 'request_parameter', 'request_uri_parameter'])
    assert.equal(metadata[`${name}_supported`], true, name)
  assert.equal(metadata['require_request_uri_registration'], true)
  assert.equal(metadata['authorization_response_iss_parameter_supported'], true)
  for (const name of ['id_token_signing_alg_values_supported', 'token_endpoint_auth_signing_alg_values_supported'])
    assert.equal(listed(name).includes('none'), false, name)
  // A public client proves nothing at the introspection endpoint.
  assert.equal(listed('introspection_endpoint_auth_methods_supported').includes('none'), false)
  assert.equal(listed('revocation_endpoint_auth_methods_supported').includes('none'), true)
  assert.equal(
    Object.keys(metadata).some((name) => /encryption|mtls|tls_client/.test(name)),
    false,
  )
})

test('languages are BCP 47 tags in their canonical spelling (oidcc-discovery-endpoint-verification, a warning)', () => {
  const tags = listed('ui_locales_supported')
  assert.deepEqual(Intl.getCanonicalLocales([...tags]), tags)
})

test('the published keys are public, distinct by kid, and can be read (oidcc-discovery-endpoint-verification)', async () => {
  isJson(await request(`${url}/.well-known/jwks.json`))
  const { keys } = await keySetOf(url)
  assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length)
  for (const key of keys) {
    assert.ok(typeof key.kid === 'string' && key.kid !== '')
    assert.deepEqual([key.use, typeof key.alg], ['sig', 'string'])
    for (const hidden of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) assert.equal(hidden in key, false, hidden)
    for (const member of [key.n, key.e, key.x, key.y]) if (member !== undefined) assert.match(member, /^[A-Za-z0-9_-]+$/)
    if (key.kty === 'RSA') assert.ok(Buffer.from(key.n ?? '', 'base64url').length * 8 >= 2048)
    await importJWK(key)
  }
  for (const algorithm of ['RS256', 'ES256'])
    assert.ok(
      keys.some(({ alg }) => alg === algorithm),
      algorithm,
    )
})

test('announces every kind of logout (the three logout-discovery-endpoint-verification modules)', () => {
  assert.equal(metadata['end_session_endpoint'], `${issuer}/oauth2/logout`)
  for (const channel of ['frontchannel', 'backchannel']) {
    assert.equal(metadata[`${channel}_logout_supported`], true, channel)
    assert.equal(metadata[`${channel}_logout_session_supported`], true, channel)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOfRedirectUri, readMetadata } from '../../src/clients/clients.ts'
import { matchRedirectUri } from '../../src/oauth/core/authorize/reply-target.ts'
import { deliver } from '../../src/oauth/core/response-modes/deliver.ts'
import { accessTokenClaims } from '../../src/oauth/core/tokens/access-token.ts'
import { readUserCode, showUserCode } from '../../src/oauth/device.ts'
import { discoveryDocument } from '../../src/oauth/endpoints/discovery.routes.ts'
import { logoutTokenClaims } from '../../src/oauth/logout.ts'
import { type SubjectClient, subjectOf } from '../../src/oauth/subject.ts'
import { formPostPage } from '../../src/pages/form-post-page.ts'
import { assets } from '../pages/samples.ts'
import { errorOf, exampleClient, exampleGrant, grantExample, readExample } from './example-client.ts'

const deviceRequest =
  'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS&client_id=1406020730'
const device = exampleClient({ id: '1406020730' })

test('polls with the device code of the example for its client (RFC 8628 section 3.4)', async () => {
  const asked: unknown[] = []
  const pollDeviceCode = async (input: unknown) => {
    asked.push(input)
    return { kind: 'approved', grant: exampleGrant({ scope: ['email'] }) } as const
  }
  const issue = await grantExample(deviceRequest, { pollDeviceCode }, device)
  assert.deepEqual(asked, [{ deviceCode: 'GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS', clientId: '1406020730' }])
  assert.deepEqual([issue.scope, issue.hasIdToken], [['email'], false])
})

test('answers each state of a device code by its error (RFC 8628 section 3.5)', async () => {
  for (const [kind, error] of [
    ['pending', 'authorization_pending'],
    ['too-fast', 'slow_down'],
    ['denied', 'access_denied'],
    ['expired', 'expired_token'],
    ['unknown', 'invalid_grant'],
  ] as const)
    assert.equal(await errorOf(() => grantExample(deviceRequest, { pollDeviceCode: async () => ({ kind }) }, device)), error)
  const other = exampleClient({ grantTypes: ['authorization_code'] })
  assert.equal(await errorOf(() => grantExample(deviceRequest, {}, other)), 'unauthorized_client')
})

test('reads the user code of the example however it is typed, and shows it with its dash (RFC 8628 sections 3.2 and 6.1)', () => {
  for (const typed of ['WDJB-MJHT', 'wdjb-mjht', 'WDJBMJHT', ' wdjb mjht ']) assert.equal(readUserCode(typed), 'WDJBMJHT', typed)
  assert.equal(showUserCode('WDJBMJHT'), 'WDJB-MJHT')
  for (const typed of ['WDJB-MJH', 'WDJB-MJHTT', 'WDJB-MJHA', 'WDJB_MJHT', '']) assert.equal(readUserCode(typed), undefined, typed)
})

const [calendar, contacts] = ['https://cal.example.com/', 'https://contacts.example.com/']
const resourceRequest =
  'response_type=code&client_id=s6BhdRkqt3&state=tNwzQ87pC6llebpmac_IDeeq-mCR2wLDYljHUZUAWuI&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb&scope=calendar%20contacts&resource=https%3A%2F%2Fcal.example.com%2F&resource=https%3A%2F%2Fcontacts.example.com%2F'
const offered = { scopes: ['calendar', 'contacts'], resources: [calendar, contacts] }

test('reads both resources of the example (RFC 8707 section 2.1)', () => {
  assert.deepEqual(readExample(resourceRequest, exampleClient(), offered).resources, [calendar, contacts])
})

test('answers invalid_target for a resource that is unknown, not the client’s, relative or has a fragment (RFC 8707 section 2)', async () => {
  const refuse = (query: string, client = exampleClient()) => errorOf(() => readExample(query, client, offered))
  assert.equal(await refuse(`${resourceRequest}&resource=https%3A%2F%2Fother.example.com%2F`), 'invalid_target')
  assert.equal(await refuse(resourceRequest, exampleClient({ resources: [calendar] })), 'invalid_target')
  for (const bad of ['https%3A%2F%2Fcal.example.com%2F%23a', '%2Fcal', 'cal.example.com', 'https%3A%2F%2Fcal.example.com'])
    assert.equal(await refuse(`${resourceRequest}&resource=${bad}`), 'invalid_target', bad)
})

test('narrows the token of the example to one of the granted resources, and to no other (RFC 8707 section 2.2)', async () => {
  const form =
    'grant_type=authorization_code&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb&code=10esc29BWC2qZB0acc9v8zAv9ltc2pko105tQauZ&resource=https%3A%2F%2Fcal.example.com%2F'
  const killed: string[] = []
  const ports = (resources: readonly string[]) => ({
    redeemCode: async () =>
      ({ kind: 'redeemed', grant: exampleGrant({ resources }), binding: { redirectUri: 'https://client.example.org/cb' } }) as const,
    killGrant: async ({ reason }: { reason: string }) => void killed.push(reason),
  })
  assert.deepEqual((await grantExample(form, ports([calendar, contacts]))).resources, [calendar])
  assert.deepEqual((await grantExample(form.replace(/&resource=.*/, ''), ports([calendar, contacts]))).resources, [calendar, contacts])
  assert.equal(await errorOf(() => grantExample(form, ports([contacts]))), 'invalid_target')
  assert.deepEqual(killed, ['binding'])
})

test('names the issuer in success and error as the examples do (RFC 9207 sections 2.1 and 2.2)', () => {
  const located = (state: string, fields: Readonly<Record<string, string>>) =>
    deliver({ redirectUri: 'https://client.example/cb', mode: 'query', state, issuer: 'https://honest.as.example' }, fields)
  assert.deepEqual(located('ZWVlNDBlYzA1NjdkMDNhYjg3ZjUxZjAyNGQzMTM2NzI', { code: 'x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58' }), {
    kind: 'redirect',
    location:
      'https://client.example/cb?code=x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58&state=ZWVlNDBlYzA1NjdkMDNhYjg3ZjUxZjAyNGQzMTM2NzI&iss=https%3A%2F%2Fhonest.as.example',
  })
  assert.deepEqual(located('N2JjNGJhY2JiZjRhYzA3MGJkMzNmMDE5OWJhZmJhZjA', { error: 'access_denied' }), {
    kind: 'redirect',
    location:
      'https://client.example/cb?error=access_denied&state=N2JjNGJhY2JiZjRhYzA3MGJkMzNmMDE5OWJhZmJhZjA&iss=https%3A%2F%2Fhonest.as.example',
  })
})

test('registers the redirect URIs of the examples for a native application (RFC 8252 sections 7.1 to 7.3)', () => {
  for (const uri of [
    'com.example.app:/oauth2redirect/example-provider',
    'https://app.example.com/oauth2redirect/example-provider',
    'http://127.0.0.1:51004/oauth2redirect/example-provider',
    'http://[::1]:61023/oauth2redirect/example-provider',
  ])
    assert.equal(problemOfRedirectUri(uri, 'native'), undefined, uri)
  assert.notEqual(problemOfRedirectUri('com.example.app:/oauth2redirect/example-provider', 'web'), undefined)
})

test('lets the port of the loopback examples vary for a native application, and nothing else (RFC 8252 section 7.3)', () => {
  const path = '/oauth2redirect/example-provider'
  const redirectUris = [`http://127.0.0.1${path}`, `http://[::1]${path}`, `com.example.app:${path}`]
  const kindOf = (uri: string, applicationType: 'web' | 'native' = 'native') =>
    matchRedirectUri(exampleClient({ applicationType, redirectUris }), uri).kind
  for (const uri of [`http://127.0.0.1:51004${path}`, `http://[::1]:61023${path}`]) {
    assert.equal(kindOf(uri), 'registered', uri)
    assert.equal(kindOf(uri, 'web'), 'unregistered', uri)
  }
  for (const uri of [
    `https://127.0.0.1:51004${path}`,
    `http://localhost:51004${path}`,
    `http://127.0.0.2:51004${path}`,
    `http://127.0.0.1:65536${path}`,
    `http://127.0.0.1:51004${path}/`,
    `http://127.0.0.1:51004${path}?a`,
    `http://127.0.0.1:51004@evil.example${path}`,
    `com.example.app://${path}`,
  ])
    assert.equal(kindOf(uri), 'unregistered', uri)
})

test('puts into an access token the claims of the example (RFC 9068 section 3)', () => {
  const claims = accessTokenClaims({
    issuer: 'https://authorization-server.example.com/',
    sub: '5ba552d67',
    audience: ['https://rs.example.com/'],
    now: 1618354090,
    ttlSeconds: 1639528912 - 1618354090,
    jti: 'dbe39bf3a3ba4238a513f51d6e1691c4',
    clientId: 's6BhdRkqt3',
    scope: ['openid', 'profile', 'reademail'],
    sid: undefined,
    grantId: undefined,
    authTime: 1618354080,
    acr: 'aal2',
    claims: { iss: 'nobody writes over these', client_id: 'x', aud: 'x', scope: 'x', acr: 'x', auth_time: 0 },
  })
  assert.deepEqual(JSON.parse(JSON.stringify(claims)), {
    iss: 'https://authorization-server.example.com/',
    sub: '5ba552d67',
    aud: 'https://rs.example.com/',
    exp: 1639528912,
    iat: 1618354090,
    jti: 'dbe39bf3a3ba4238a513f51d6e1691c4',
    client_id: 's6BhdRkqt3',
    scope: 'openid profile reademail',
    // Of section 2.2.1; the example has none.
    auth_time: 1618354080,
    acr: 'aal2',
  })
})

test('registers the metadata of the example without the member that nobody knows (RFC 7591 sections 2 and 3.1)', () => {
  const given = {
    redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/callback2'],
    client_name: 'My Example Client',
    'client_name#ja-Jpan-JP': '\u30AF\u30E9\u30A4\u30A2\u30F3\u30C8\u540D',
    token_endpoint_auth_method: 'client_secret_basic',
    logo_uri: 'https://client.example.org/logo.png',
    jwks_uri: 'https://client.example.org/my_public_keys.jwks',
  }
  const read = readMetadata({ ...given, example_extension_parameter: 'example_value' }, { allowImplicit: false, isOperator: false })
  assert.deepEqual(read, {
    kind: 'valid',
    metadata: {
      ...given,
      application_type: 'web',
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'RS256',
      response_types: ['code'],
      subject_type: 'public',
    },
  })
})

test('says in a logout token what the example says, never a nonce, and of what kind it is (OpenID Connect Back-Channel Logout section 2.4)', () => {
  const claims = logoutTokenClaims({
    issuer: 'https://server.example.com',
    clientId: 's6BhdRkqt3',
    sub: '248289761001',
    sid: '08a5019c-17e1-4977-8f42-65a12843ea02',
    jti: 'bWJq',
    now: 1471566154,
  })
  assert.deepEqual(claims, {
    iss: 'https://server.example.com',
    sub: '248289761001',
    aud: 's6BhdRkqt3',
    iat: 1471566154,
    // Two minutes at most are recommended.
    exp: 1471566154 + 120,
    jti: 'bWJq',
    sid: '08a5019c-17e1-4977-8f42-65a12843ea02',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  })
})

test('posts the fields of the example to the redirect URI (OAuth 2.0 Form Post Response Mode section 2, appendix A)', () => {
  const query =
    'response_type=id_token&response_mode=form_post&client_id=some_client&scope=openid&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcallback&state=DcP7csa3hMlvybERqcieLHrRzKBra&nonce=2T1AgaeRTGTMAJyeDMN9IJbgiUG'
  const client = exampleClient({ id: 'some_client', redirectUris: ['https://client.example.org/callback'] })
  const { redirectUri, responseMode: mode, state } = readExample(query, client)
  const delivery = deliver({ redirectUri, mode, state, issuer: 'https://server.example.com' }, { id_token: 'a.b.c' })
  const fields = { id_token: 'a.b.c', state: 'DcP7csa3hMlvybERqcieLHrRzKBra', iss: 'https://server.example.com' }
  assert.deepEqual(delivery, { kind: 'form-post', action: 'https://client.example.org/callback', fields })
  const page = formPostPage({ lang: 'en', assets, action: redirectUri, fields })
  assert.match(page, /<form method="post" action="https:\/\/client\.example\.org\/callback">/)
  for (const [name, value] of Object.entries(fields))
    assert.ok(page.includes(`<input type="hidden" name="${name}" value="${value}">`), name)
})

test('calls a person by one name within a sector and by no other elsewhere (OpenID Connect Core section 8.1)', () => {
  const key = Buffer.alloc(32, 1)
  const of = (given: Partial<SubjectClient>, user = 'user', secret = key) =>
    subjectOf(secret, { id: 'a', subjectType: 'pairwise', ...given }, user)
  const sub = of({ sectorIdentifier: 'client.example.org' })
  assert.equal(of({ id: 'b', sectorIdentifier: 'client.example.org' }), sub)
  assert.match(sub, /^[\x21-\x7e]{1,255}$/)
  const others = [
    of({ sectorIdentifier: 'client.example.com' }),
    of({ sectorIdentifier: 'client.example.org' }, 'other'),
    of({ sectorIdentifier: 'client.example.org' }, 'user', Buffer.alloc(32, 2)),
    of({ id: 'a' }),
    of({ id: 'b' }),
    'user',
  ]
  assert.equal(new Set([sub, ...others]).size, others.length + 1)
  assert.equal(of({ subjectType: 'public', sectorIdentifier: 'client.example.org' }), 'user')
})

test('publishes every member that is required, under the issuer to the letter (OpenID Connect Discovery section 3, RFC 8414 section 2)', () => {
  const document = discoveryDocument('https://server.example.com')
  assert.equal(document['issuer'], 'https://server.example.com')
  for (const name of [
    'authorization_endpoint',
    'token_endpoint',
    'userinfo_endpoint',
    'jwks_uri',
    'registration_endpoint',
    'end_session_endpoint',
  ])
    assert.match(String(document[name]), /^https:\/\/server\.example\.com\/[^?#]+$/, name)
  const list = (name: string) => document[name] as readonly string[]
  assert.ok(list('scopes_supported').includes('openid'))
  assert.ok(list('id_token_signing_alg_values_supported').includes('RS256'))
  assert.ok(!list('id_token_signing_alg_values_supported').includes('none'))
  for (const name of ['token', 'introspection', 'revocation'])
    assert.ok(!list(`${name}_endpoint_auth_signing_alg_values_supported`).includes('none'), name)
  assert.deepEqual(list('subject_types_supported'), ['public', 'pairwise'])
  assert.deepEqual(list('response_types_supported'), ['code', 'id_token', 'id_token token'])
  for (const [name, value] of Object.entries(document)) assert.ok(!Array.isArray(value) || value.length > 0, `${name} is an empty list`)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBasicCredentials } from '../../src/oauth/core/client-auth/basic-credentials.ts'
import { readPresented } from '../../src/oauth/core/client-auth/read-presented.ts'
import { OAuthError } from '../../src/oauth/core/errors.ts'
import { parseParameters } from '../../src/oauth/core/params.ts'
import { deliver } from '../../src/oauth/core/response-modes/deliver.ts'
import { parseScope } from '../../src/oauth/core/scope.ts'
import { errorReply } from '../../src/oauth/endpoints/oauth-reply.ts'
import { errorOf, exampleClient, exampleGrant, grantExample, readExample } from './example-client.ts'

const basic = 'Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3'
const named = { clientId: 's6BhdRkqt3', secret: '7Fjfp0ZBr1KtDRbnfVdmIw' }
const redirectUri = 'https://client.example.com/cb'

test('reads the client password of the example in the header (RFC 6749 section 2.3.1)', () => {
  assert.deepEqual(readBasicCredentials(basic), named)
  assert.deepEqual(readPresented({ authorization: basic, parameters: new Map() }), { kind: 'basic', ...named })
})

test('reads the client password of the example in the body (RFC 6749 section 2.3.1)', () => {
  const form = 'grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&client_id=s6BhdRkqt3&client_secret=7Fjfp0ZBr1KtDRbnfVdmIw'
  const { values } = parseParameters(form)
  assert.deepEqual(readPresented({ parameters: values }), { kind: 'post', ...named })
  const both = readPresented({ authorization: basic, parameters: values })
  assert.deepEqual(both.kind === 'unreadable' && both.error, 'invalid_request')
})

test('decodes the six characters of the example in a form and in a password (RFC 6749 appendix B)', () => {
  const [encoded, text] = ['+%25%26%2B%C2%A3%E2%82%AC', ' %&+\u00a3\u20ac']
  assert.equal(parseParameters(`state=${encoded}`).values.get('state'), text)
  const header = `Basic ${Buffer.from(`${encoded}:${encoded}`).toString('base64')}`
  assert.deepEqual(readBasicCredentials(header), { clientId: text, secret: text })
})

test('takes a parameter without a value for absent and none twice (RFC 6749 section 3.1)', () => {
  const { values, repeated } = parseParameters('response_type=code&state=&client_id=a&client_id=a&scope')
  assert.deepEqual([[...values], repeated], [[['response_type', 'code']], ['client_id']])
  assert.equal(parseParameters('state=%').isMalformed, true)
  assert.equal(parseParameters('state=%ff').isMalformed, true)
})

test('reads scope as a list of case-sensitive tokens in which order does not matter (RFC 6749 section 3.3)', () => {
  assert.deepEqual(parseScope('read Read READ'), ['read', 'Read', 'READ'])
  assert.deepEqual(parseScope('!'), ['!'])
  assert.deepEqual(parseScope('#[]~'), ['#[]~'])
  // scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
  for (let code = 0; code < 0x180; code += 1) {
    const isToken = code === 0x21 || (code >= 0x23 && code <= 0x5b) || (code >= 0x5d && code <= 0x7e)
    const expected = isToken ? [`a${String.fromCharCode(code)}b`] : code === 0x20 ? ['a', 'b'] : undefined
    assert.deepEqual(parseScope(`a${String.fromCharCode(code)}b`), expected, code.toString(16))
  }
})

test('reads the authorization request of the example (RFC 6749 section 4.1.1)', () => {
  const query = 'response_type=code&client_id=s6BhdRkqt3&state=xyz&redirect_uri=https%3A%2F%2Fclient%2Eexample%2Ecom%2Fcb'
  const { responseType, clientId, state, redirectUri: target, scope, responseMode } = readExample(query)
  assert.deepEqual([responseType, clientId, state, target, scope, responseMode], ['code', 's6BhdRkqt3', 'xyz', redirectUri, [], 'query'])
})

test('asks the client of the example for a code challenge where none is waived (RFC 9700 section 2.1.1)', async () => {
  const query = 'response_type=code&client_id=s6BhdRkqt3&state=xyz&redirect_uri=https%3A%2F%2Fclient%2Eexample%2Ecom%2Fcb'
  assert.equal(await errorOf(() => readExample(query, exampleClient({ requirePkce: true }))), 'invalid_request')
  assert.equal(await errorOf(() => readExample(query, exampleClient({ tokenEndpointAuthMethod: 'none' }))), 'invalid_request')
})

test('refuses the implicit request of the example: no token alone in the front channel (RFC 6749 section 4.2.1, RFC 9700 section 2.1.2)', async () => {
  const query = 'response_type=token&client_id=s6BhdRkqt3&state=xyz&redirect_uri=https%3A%2F%2Fclient%2Eexample%2Ecom%2Fcb'
  assert.equal(await errorOf(() => readExample(query)), 'unsupported_response_type')
})

const location = (fields: Readonly<Record<string, string>>, uri = redirectUri) =>
  deliver({ redirectUri: uri, mode: 'query', state: 'xyz', issuer: 'https://server.example.com' }, fields)

test('answers with the locations of the examples, and the issuer behind (RFC 6749 sections 4.1.2 and 4.1.2.1)', () => {
  const iss = '&iss=https%3A%2F%2Fserver.example.com'
  const success = 'https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz'
  assert.deepEqual(location({ code: 'SplxlOBeZQQYbYS6WxSbIA' }), { kind: 'redirect', location: success + iss })
  const refusal = 'https://client.example.com/cb?error=access_denied&state=xyz'
  assert.deepEqual(location({ error: 'access_denied' }), { kind: 'redirect', location: refusal + iss })
})

test('keeps the query of a redirect URI (RFC 6749 section 3.1.2)', () => {
  const query = 'code=x&state=xyz&iss=https%3A%2F%2Fserver.example.com'
  for (const [uri, joined] of [
    ['https://client.example.com/cb?a=1', 'https://client.example.com/cb?a=1&'],
    ['https://client.example.com/cb?', 'https://client.example.com/cb?'],
    ['https://client.example.com/cb?a=1&', 'https://client.example.com/cb?a=1&'],
  ] as const)
    assert.deepEqual(location({ code: 'x' }, uri), { kind: 'redirect', location: joined + query })
})

const tokenRequest = 'grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=https%3A%2F%2Fclient%2Eexample%2Ecom%2Fcb'

test('redeems the code of the example for its client (RFC 6749 section 4.1.3)', async () => {
  const asked: unknown[] = []
  const issue = await grantExample(tokenRequest, {
    redeemCode: async (input) => {
      asked.push(input)
      return { kind: 'redeemed', grant: exampleGrant(), binding: { redirectUri } }
    },
  })
  assert.deepEqual(asked, [{ code: 'SplxlOBeZQQYbYS6WxSbIA', clientId: 's6BhdRkqt3' }])
  assert.deepEqual([issue.scope, issue.hasIdToken, issue.refreshToken], [['openid'], true, 'tGzv3JOkF0XG5Qx2TlKWIA'])
})

test('kills the grant of the example where redirect_uri is another or missing (RFC 6749 section 4.1.3)', async () => {
  for (const form of [tokenRequest.replace('cb', 'other'), tokenRequest.replace(/&redirect_uri=.*/, '')]) {
    const killed: string[] = []
    const error = await errorOf(() =>
      grantExample(form, {
        redeemCode: async () => ({ kind: 'redeemed', grant: exampleGrant(), binding: { redirectUri } }),
        killGrant: async ({ reason }) => void killed.push(reason),
      }),
    )
    assert.deepEqual([error, killed], ['invalid_grant', ['binding']])
  }
})

test('refuses the password of the example: that grant is none of ours (RFC 6749 section 4.3.2, RFC 9700 section 2.4)', async () => {
  const form = 'grant_type=password&username=johndoe&password=A3ddj3w'
  assert.equal(await errorOf(() => grantExample(form, {})), 'unsupported_grant_type')
  for (const type of ['constructor', '__proto__', 'toString', 'AUTHORIZATION_CODE'])
    assert.equal(await errorOf(() => grantExample(`grant_type=${type}`, {})), 'unsupported_grant_type', type)
})

test('grants the client of the example a token of its own, without a refresh token (RFC 6749 sections 4.4.2 and 4.4.3)', async () => {
  const { grant, scope, hasIdToken, refreshToken } = await grantExample('grant_type=client_credentials', {})
  assert.deepEqual({ grant, scope, hasIdToken, refreshToken }, { grant: undefined, scope: [], hasIdToken: false, refreshToken: undefined })
  const publicClient = exampleClient({ tokenEndpointAuthMethod: 'none' })
  assert.equal(await errorOf(() => grantExample('grant_type=client_credentials', {}, publicClient)), 'unauthorized_client')
})

test('rotates the refresh token of the example and grants no scope beyond the first (RFC 6749 section 6)', async () => {
  const form = 'grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA'
  const rotateRefreshToken = async ({ refreshToken }: { refreshToken: string }) =>
    ({ kind: 'rotated', grant: exampleGrant({ scope: ['openid', 'email'] }), refreshToken: `next of ${refreshToken}` }) as const
  const issue = await grantExample(form, { rotateRefreshToken })
  assert.deepEqual([issue.scope, issue.refreshToken], [['openid', 'email'], 'next of tGzv3JOkF0XG5Qx2TlKWIA'])
  assert.deepEqual((await grantExample(`${form}&scope=email`, { rotateRefreshToken })).scope, ['email'])
  assert.equal(await errorOf(() => grantExample(`${form}&scope=email+profile`, { rotateRefreshToken })), 'invalid_scope')
})

test('refuses in the shape of the example, 401 with a challenge where the client is not proven (RFC 6749 section 5.2)', () => {
  const request = errorReply(new OAuthError('invalid_request', 'Something is missing.', 'a rule for the log'))
  assert.deepEqual([request.status, request.body], [400, { error: 'invalid_request', error_description: 'Something is missing.' }])
  assert.equal('www-authenticate' in request.headers, false)
  const client = errorReply(new OAuthError('invalid_client', 'No.'))
  assert.equal(client.status, 401)
  assert.match(client.headers['www-authenticate'] ?? '', /^Basic realm="[^"]+"/)
})

test('describes an error only in characters that the grammar has (RFC 6749 section 5.2)', async () => {
  const descriptions: string[] = []
  for (const form of [
    '',
    'grant_type=a',
    'grant_type=authorization_code',
    'grant_type=refresh_token',
    'grant_type=client_credentials&scope=%22',
  ])
    await grantExample(form, {}).catch((error: OAuthError) => descriptions.push(error.description))
  assert.equal(descriptions.length, 5)
  for (const one of descriptions) assert.match(one, /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeysOutcome } from '../../src/oauth/core/jwt/jwk.ts'
import { type RequestObjectRules, readRequestObject } from '../../src/oauth/core/jwt/request-object.ts'
import { makeSigner } from '../oauth-core/signer.ts'
import { encode, signed, withHmac } from './forge.ts'

const now = 1_700_000_000
const issuer = 'https://id.example.test'
const rsa = makeSigner('RS256', 'r')
const ec = makeSigner('ES256', 'e')
const keys: KeysOutcome = { kind: 'keys', keys: [rsa.jwk, ec.jwk] }

const read = (token: string, given: Partial<RequestObjectRules> = {}) =>
  readRequestObject(token, {
    clientId: 'app',
    issuer,
    now,
    findKeys: async () => keys,
    signingAlg: undefined,
    unsafeAllowUnsigned: false,
    ...given,
  })

const tokenOf = (claims: object, header: object = {}): string => signed({ alg: 'ES256', kid: 'e', ...header }, claims, ec.key)
const unsigned = (claims: object, header: object = { alg: 'none' }): string => `${encode(header)}.${encode(claims)}.`
const request = { client_id: 'app', response_type: 'code', scope: 'openid' }

const refused = async (token: string, rule: RegExp, given: Partial<RequestObjectRules> = {}): Promise<void> => {
  const verdict = await read(token, given)
  assert.ok(verdict.kind === 'invalid', `taken: ${token.slice(0, 120)}`)
  assert.match(verdict.rule, rule)
}

test('gives the parameters of a signed request object as a query would have them', async () => {
  const claims = { ...request, iss: 'app', aud: issuer, exp: now + 60, max_age: 0, state: '', claims: { userinfo: { email: null } } }
  const verdict = await read(tokenOf({ ...claims, resource: ['https://a.test', 'https://b.test', 'https://a.test'] }))
  assert.ok(verdict.kind === 'valid')
  assert.deepEqual(Object.fromEntries(verdict.parameters.values), { ...request, max_age: '0', claims: '{"userinfo":{"email":null}}' })
  assert.deepEqual(verdict.parameters.resources, ['https://a.test', 'https://b.test'])
  assert.equal(verdict.isSigned, true)
})

test('H-01 takes an unsigned request object only where the client may send one', async () => {
  await refused(unsigned(request), /algorithm/)
  await refused(unsigned(request), /algorithm/, { signingAlg: 'ES256', unsafeAllowUnsigned: true })
  for (const alg of ['None', 'nOnE', 'NONE']) await refused(unsigned(request, { alg }), /algorithm/, { unsafeAllowUnsigned: true })
  await refused(`${unsigned(request)}AAAA`, /not unsigned/, { signingAlg: 'none' })
  await refused(tokenOf(request), /not unsigned/, { signingAlg: 'none' })
  for (const given of [{ signingAlg: 'none' }, { unsafeAllowUnsigned: true }]) {
    const verdict = await read(unsigned(request), given)
    assert.ok(verdict.kind === 'valid' && !verdict.isSigned)
  }
})

test('H-02 refuses another algorithm than the registered one, and every HMAC', async () => {
  await refused(tokenOf(request), /algorithm/, { signingAlg: 'RS256' })
  await refused(tokenOf(request), /algorithm/, { signingAlg: 'HS256' })
  await refused(withHmac({ alg: 'HS256', kid: 'r' }, request, JSON.stringify(rsa.jwk)), /algorithm/)
  assert.equal((await read(tokenOf(request), { signingAlg: 'ES256' })).kind, 'valid')
})

test('H-06 checks the times that an unsigned or a signed request object states', async () => {
  const off: readonly [object, RegExp][] = [
    [{ exp: now }, /expired/],
    [{ exp: `${now + 60}` }, /whole number/],
    [{ nbf: now + 61 }, /ahead/],
    [{ iat: null }, /whole number/],
  ]
  for (const [extra, rule] of off) {
    await refused(tokenOf({ ...request, ...extra }), rule)
    await refused(unsigned({ ...request, ...extra }), rule, { signingAlg: 'none' })
  }
})

test('H-07 refuses a request object of another client or for another server', async () => {
  const off: readonly [object, RegExp][] = [
    [{ iss: 'other' }, /"iss"/],
    [{ client_id: 'other' }, /client_id/],
    [{ client_id: ['app'] }, /client_id/],
    [{ aud: 'https://evil.test' }, /"aud"/],
    [{ aud: [] }, /"aud"/],
    [{ sub: 'app' }, /"sub"/],
  ]
  for (const [extra, rule] of off) await refused(tokenOf({ ...request, ...extra }), rule)
})

test('H-05 refuses tokens of other kinds', async () => {
  for (const typ of ['client-authentication+jwt', 'at+jwt', 'dpop+jwt']) await refused(tokenOf(request, { typ }), /"typ"/)
  await refused(unsigned(request, { alg: 'none', typ: 'at+jwt' }), /"typ"/, { signingAlg: 'none' })
  assert.equal((await read(tokenOf(request, { typ: 'oauth-authz-req+jwt' }))).kind, 'valid')
})

test('refuses a request within a request and values of types that parameters cannot have', async () => {
  for (const name of ['request', 'request_uri']) await refused(tokenOf({ ...request, [name]: 'x' }), /holds request/)
  const off: readonly object[] = [
    { state: 7 },
    { prompt: ['none'] },
    { nonce: null },
    { redirect_uri: {} },
    { scope: true },
    { max_age: -1 },
    { max_age: 1.5 },
    { claims: [] },
    { registration: {} },
  ]
  for (const extra of off) await refused(tokenOf({ ...request, ...extra }), /has a type/)
  for (const resource of [7, [7], { a: 1 }]) await refused(tokenOf({ ...request, resource }), /resource/)
  await refused(tokenOf(Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, 'x']))), /more than 100/)
})

test('G-05 asks for keys once, and once more where the key is missing; it never asks for a token that no key could save', async () => {
  const asked: boolean[] = []
  const findKeys = async ({ isRefresh }: { isRefresh: boolean }): Promise<KeysOutcome> => {
    asked.push(isRefresh)
    return isRefresh ? keys : { kind: 'keys', keys: [rsa.jwk] }
  }
  assert.equal((await read(tokenOf(request), { findKeys })).kind, 'valid')
  assert.deepEqual(asked.splice(0), [false, true])
  await refused(tokenOf(request, { jku: 'http://169.254.169.254/', kid: 'other' }), /No key/, { findKeys })
  assert.deepEqual(asked.splice(0), [false, true])
  await refused(unsigned(request), /algorithm/, { findKeys })
  await refused('http://169.254.169.254/latest', /three parts|base64url/, { findKeys })
  assert.deepEqual(asked, [])
  await refused(tokenOf(request), /dead/, { findKeys: async () => ({ kind: 'unavailable', rule: 'The address is dead.' }) })
})

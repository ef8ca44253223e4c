import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SignJWT } from 'jose'
import type { OAuthClient } from '../../src/oauth/core/client.ts'
import { authenticateClient } from '../../src/oauth/core/client-auth/authenticate-client.ts'
import type { ClientAuthPorts } from '../../src/oauth/core/client-auth/client-auth-ports.ts'
import { equalBytes, sha256 } from '../../src/platform/digest.ts'
import { makeSigner } from '../oauth-core/signer.ts'
import { encode, signed, withHmac } from './forge.ts'

const now = 1_700_000_000
const issuer = 'https://id.example.test'
const tokenEndpoint = `${issuer}/oauth/token`
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ec = makeSigner('ES256', 'e')
const rsa = makeSigner('RS256', 'r')
const secretText = 'cip_cs_0123456789abcdef0123456789abcdef'
const secretOf = (expiresAt: number | null) => ({ hash: sha256(secretText), sealed: Buffer.from(secretText), expiresAt })

const base: OAuthClient = {
  id: 'app',
  isEnabled: true,
  tokenEndpointAuthMethod: 'private_key_jwt',
  secrets: [],
  jwks: { keys: [ec.jwk, rsa.jwk] },
}
const hmacClient: OAuthClient = { ...base, tokenEndpointAuthMethod: 'client_secret_jwt', secrets: [secretOf(null)] }

const portsOf = (client: OAuthClient, given: Partial<ClientAuthPorts<OAuthClient>> = {}): ClientAuthPorts<OAuthClient> => {
  const spent = new Set<string>()
  return {
    findClient: async (id) => (id === client.id ? client : undefined),
    sha256,
    equal: equalBytes,
    openSecret: (sealed) => sealed,
    keysOf: async ({ jwks }) => ({ kind: 'keys', keys: jwks?.keys ?? [] }),
    spendAssertion: async ({ clientId, jti }) => {
      const key = JSON.stringify([clientId, jti])
      const isFirst = !spent.has(key)
      spent.add(key)
      return isFirst
    },
    now,
    audiences: [issuer],
    ...given,
  }
}

const claims = { iss: 'app', sub: 'app', aud: issuer, exp: now + 60, iat: now, jti: 'one' }
const tokenOf = (given: object = {}, header: object = {}): string =>
  signed({ alg: 'ES256', kid: 'e', ...header }, { ...claims, ...given }, ec.key)

const authenticate = (assertion: string, ports = portsOf(base), named: readonly [string, string][] = []) =>
  authenticateClient({ parameters: new Map([['client_assertion', assertion], ['client_assertion_type', type], ...named]) }, ports)

const refused = async (assertion: string, rule: RegExp, ports = portsOf(base)): Promise<void> => {
  const verdict = await authenticate(assertion, ports)
  assert.ok(verdict.kind === 'refused', `taken: ${assertion.slice(0, 120)}`)
  assert.deepEqual([verdict.error, verdict.description, verdict.usedBasic], ['invalid_client', 'Client authentication failed.', false])
  assert.match(verdict.rule, rule)
}

test('authenticates by an assertion of every algorithm and hands back the client as it was found', async () => {
  const client = { ...base, note: 'the caller has more members' }
  const ports = { ...portsOf(base), findClient: async () => client, keysOf: portsOf(base).keysOf }
  const verdict = await authenticateClient(
    {
      parameters: new Map([
        ['client_assertion', tokenOf()],
        ['client_assertion_type', type],
      ]),
    },
    ports,
  )
  assert.ok(verdict.kind === 'authenticated')
  assert.equal(verdict.client.note, client.note)
  for (const alg of ['RS256', 'PS256']) {
    const token = await new SignJWT(claims).setProtectedHeader({ alg, kid: 'r' }).sign(rsa.key)
    assert.equal((await authenticate(token)).kind, 'authenticated', alg)
  }
  assert.equal((await authenticate(withHmac({ alg: 'HS256' }, claims, secretText), portsOf(hmacClient))).kind, 'authenticated')
})

test('E-01 refuses an assertion that is not made out to us alone', async () => {
  const off = [
    [issuer, 'https://evil.test'],
    [issuer, tokenEndpoint],
    'https://evil.test',
    `${issuer}/`,
    [],
    undefined,
    null,
    issuer.toUpperCase(),
  ]
  for (const aud of off) await refused(tokenOf({ aud }), /"aud"/, portsOf(base, { audiences: [issuer, tokenEndpoint] }))
})

test('E-01 refuses the token endpoint as audience unless the caller lists it', async () => {
  await refused(tokenOf({ aud: tokenEndpoint }), /"aud"/)
  const listed = portsOf(base, { audiences: [issuer, tokenEndpoint] })
  assert.equal((await authenticate(tokenOf({ aud: [tokenEndpoint] }), listed)).kind, 'authenticated')
  for (const aud of [`${tokenEndpoint}/`, `${tokenEndpoint}?x`, 'https://id.example.test.evil/oauth/token'])
    await refused(tokenOf({ aud, jti: aud }), /"aud"/, listed)
})

test('E-02 lets one of many presentations of an assertion through', async () => {
  const ports = portsOf(base)
  const verdicts = await Promise.all(Array.from({ length: 16 }, () => authenticate(tokenOf(), ports)))
  assert.equal(verdicts.filter(({ kind }) => kind === 'authenticated').length, 1)
  await refused(tokenOf({ exp: now + 90 }), /used before/, ports)
})

test('E-02 refuses an assertion without a jti, without an end, or with a far one, and spends nothing', async () => {
  const spends: unknown[] = []
  const ports = portsOf(base, { spendAssertion: async (input) => spends.push(input) > 0 })
  for (const jti of [undefined, null, '', 7, 'x'.repeat(257), ['one']]) await refused(tokenOf({ jti }), /"jti"/, ports)
  await refused(tokenOf({ exp: undefined }), /no "exp"/, ports)
  for (const exp of [now + 48 * 3600, now + 311]) await refused(tokenOf({ exp }), /more than 300/, ports)
  await refused(tokenOf({}, { kid: 'r', alg: 'RS256' }), /signature/, ports)
  assert.deepEqual(spends, [])
  await authenticate(tokenOf(), ports)
  assert.deepEqual(spends, [{ clientId: 'app', jti: 'one', expiresAt: now + 60 }])
})

test('E-10 refuses an algorithm other than the registered one, and an HMAC of a client with keys', async () => {
  await refused(tokenOf(), /algorithm/, portsOf({ ...base, tokenEndpointAuthSigningAlg: 'RS256' }))
  for (const registered of [undefined, 'ES256', 'RS256', 'HS256', 'none'])
    for (const key of [secretText, JSON.stringify(ec.jwk), ''])
      await refused(
        withHmac({ alg: 'HS256', kid: 'e' }, claims, key),
        /algorithm/,
        portsOf({
          ...base,
          secrets: [secretOf(null)],
          tokenEndpointAuthSigningAlg: registered,
        }),
      )
  await refused(
    `${encode({ alg: 'none' })}.${encode(claims)}.`,
    /algorithm|not signed/,
    portsOf({ ...base, tokenEndpointAuthSigningAlg: 'none' }),
  )
})

test('E-10 refuses a signature, a wrong, expired or unreadable secret and another registered algorithm where client_secret_jwt is registered', async () => {
  const token = withHmac({ alg: 'HS256' }, claims, secretText)
  await refused(tokenOf(), /algorithm|HS256/, portsOf(hmacClient))
  await refused(withHmac({ alg: 'HS256' }, claims, `${secretText}x`), /signature/, portsOf(hmacClient))
  await refused(withHmac({ alg: 'HS256' }, claims, ''), /signature/, portsOf(hmacClient))
  await refused(token, /no live secret/, portsOf({ ...hmacClient, secrets: [secretOf(now)] }))
  await refused(token, /no live secret/, portsOf({ ...hmacClient, secrets: [{ hash: sha256(secretText), expiresAt: null }] }))
  await refused(token, /algorithm/, portsOf({ ...hmacClient, tokenEndpointAuthSigningAlg: 'ES256' }))
  await refused(withHmac({ alg: 'HS384' }, claims, secretText), /algorithm/, portsOf(hmacClient))
})

test('refuses an assertion whose issuer, subject and client_id are not one client', async () => {
  for (const off of [{ iss: 'other' }, { sub: 'other' }, { iss: undefined }, { sub: '' }, { iss: ['app'], sub: ['app'] }])
    await refused(tokenOf(off), /same client/)
  const named = await authenticate(tokenOf(), portsOf(base), [['client_id', 'other']])
  assert.ok(named.kind === 'refused' && named.error === 'invalid_client')
  const same = await authenticate(tokenOf(), portsOf(base), [['client_id', 'app']])
  assert.equal(same.kind, 'authenticated')
  await refused(tokenOf({ iss: 'app2', sub: 'app2' }), /unknown/)
})

test('refuses an assertion that names its type wrongly or comes without one', async () => {
  const outcome = async (entries: readonly [string, string][]) => {
    const verdict = await authenticateClient({ parameters: new Map(entries) }, portsOf(base))
    return verdict.kind === 'refused' ? verdict.error : verdict.kind
  }
  for (const wrong of [`${type} `, type.toUpperCase(), 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer'])
    assert.equal(
      await outcome([
        ['client_assertion', tokenOf()],
        ['client_assertion_type', wrong],
      ]),
      'invalid_client',
    )
  assert.equal(await outcome([['client_assertion', tokenOf()]]), 'invalid_request')
  assert.equal(
    await outcome([
      ['client_assertion_type', type],
      ['client_id', 'app'],
    ]),
    'invalid_request',
  )
})

test('asks for the keys of a client once more where its key is missing, and once only', async () => {
  const asked: boolean[] = []
  const keysOf: ClientAuthPorts<OAuthClient>['keysOf'] = async (_client, { isRefresh }) => {
    asked.push(isRefresh)
    return { kind: 'keys', keys: isRefresh ? [ec.jwk] : [] }
  }
  assert.equal((await authenticate(tokenOf(), portsOf(base, { keysOf }))).kind, 'authenticated')
  await refused(tokenOf({}, { kid: 'never' }), /No key/, portsOf(base, { keysOf }))
  assert.deepEqual(asked, [false, true, false, true])
  await refused(tokenOf(), /dead/, portsOf(base, { keysOf: async () => ({ kind: 'unavailable', rule: 'The address is dead.' }) }))
})

import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { asymmetricAlgorithms, type JwtAlgorithm } from '../../src/oauth/core/jwt/algorithm.ts'
import type { ClaimRules } from '../../src/oauth/core/jwt/check-claims.ts'
import type { Jwk } from '../../src/oauth/core/jwt/jwk.ts'
import { readJwkSet } from '../../src/oauth/core/jwt/jwk-set.ts'
import { verifyForeignJwt } from '../../src/oauth/core/jwt/verify-foreign-jwt.ts'
import type { VerificationKeys } from '../../src/oauth/core/jwt/verify-jws.ts'
import { makeSigner } from '../oauth-core/signer.ts'
import { encode, signed, withHmac } from './forge.ts'

const now = 1_700_000_000
const issuer = 'https://id.example.test'
const rsa = makeSigner('RS256', 'rsa-1')
const ec = makeSigner('ES256', 'ec-1')
const ed = makeSigner('EdDSA', 'ed-1')
const keys: VerificationKeys = { kind: 'keys', keys: [rsa.jwk, ec.jwk, ed.jwk] }
const good = { iss: 'app', sub: 'app', aud: issuer, exp: now + 60, iat: now, jti: 'one' }

const claimRules: ClaimRules = {
  now,
  issuer: { value: 'app', isRequired: true },
  audience: { kind: 'sole', values: [issuer] },
  expiry: { isRequired: true, secondsAheadMax: 300 },
}

type Given = { readonly keys?: VerificationKeys; readonly algorithms?: readonly JwtAlgorithm[]; readonly claims?: Partial<ClaimRules> }

const verify = (token: string, given: Given = {}) =>
  verifyForeignJwt(token, {
    keys: given.keys ?? keys,
    algorithms: given.algorithms ?? asymmetricAlgorithms,
    typ: { values: ['JWT'], isRequired: false },
    claims: { ...claimRules, ...given.claims },
  })

const tokenOf = (claims: unknown = good, header: object = {}): string => signed({ alg: 'ES256', kid: 'ec-1', ...header }, claims, ec.key)

const refused = async (token: string, rule: RegExp, given: Given = {}): Promise<void> => {
  const verdict = await verify(token, given)
  assert.ok(verdict.kind === 'invalid', `taken: ${token.slice(0, 120)}`)
  assert.match(verdict.rule, rule)
}

test('takes a JWT of every algorithm with the key that its kid names', async () => {
  for (const { alg, kid, key } of [rsa, ec, ed]) assert.equal((await verify(signed({ alg, kid }, good, key))).kind, 'valid', alg)
})

test('H-01 refuses none in every spelling, an empty signature and a missing third part', async () => {
  for (const alg of ['none', 'None', 'nOnE', 'NONE'])
    for (const tail of ['.', '', '.AAAA']) await refused(`${encode({ alg })}.${encode(good)}${tail}`, /not signed|three parts|algorithm/)
  const [head, body] = tokenOf().split('.')
  await refused(`${head}.${body}.`, /not signed/)
  await refused(`${head}.${body}`, /three parts/)
  await refused(`${encode({ alg: 'none' })}.${encode(good)}.AAAA`, /algorithm/, { algorithms: ['HS256', ...asymmetricAlgorithms] })
})

test('H-02 refuses an HMAC made with any form of a public key, whatever is allowed', async () => {
  const pem = createPublicKey(rsa.key).export({ format: 'pem', type: 'spki' }).toString()
  const jwk = JSON.stringify(rsa.jwk)
  const secrets = [pem, ` ${pem}`, `x${pem}`, pem.trim(), jwk, JSON.stringify({ keys: [rsa.jwk] }), '']
  for (const secret of secrets)
    for (const kid of [undefined, 'rsa-1']) {
      const token = withHmac({ alg: 'HS256', ...(kid === undefined ? {} : { kid }) }, good, secret)
      await refused(token, /not one that is accepted/)
      await refused(token, /private key/, { algorithms: ['HS256', ...asymmetricAlgorithms] })
    }
})

test('H-02 refuses an empty or short HMAC key and a signature where an HMAC is asked for', async () => {
  for (const secret of ['', 'short', 'x'.repeat(31)])
    await refused(withHmac({ alg: 'HS256' }, good, secret), /shorter than 32/, {
      keys: { kind: 'secret', secret: Buffer.from(secret) },
      algorithms: ['HS256'],
    })
  const secret: VerificationKeys = { kind: 'secret', secret: Buffer.from('x'.repeat(32)) }
  await refused(tokenOf(), /HS256/, { keys: secret, algorithms: ['HS256', 'ES256'] })
  const hmac = withHmac({ alg: 'HS256' }, good, 'x'.repeat(32))
  assert.equal((await verify(hmac, { keys: secret, algorithms: ['HS256'] })).kind, 'valid')
})

test('H-03 U-07 does not look at the key that a header brings along', async () => {
  const thief = makeSigner('ES256', 'ec-1')
  const x5c = ['MIIB']
  for (const extra of [{ jwk: thief.jwk }, { jku: 'http://169.254.169.254/' }, { x5u: 'https://evil.test/' }, { x5c }]) {
    await refused(signed({ alg: 'ES256', kid: 'ec-1', ...extra }, good, thief.key), /signature/)
    await refused(signed({ alg: 'ES256', kid: 'other', ...extra }, good, thief.key), /No key/)
    assert.equal((await verify(tokenOf(good, extra))).kind, 'valid', 'the named key still decides')
  }
})

test('H-04 finds a key by its exact kid alone, and none where two could be meant', async () => {
  for (const kid of ['../../dev/null', "' OR 1=1--", 'EC-1', 'ec-1 ', '', 'x'.repeat(257), 'x'.repeat(10_240), 7, null, ['ec-1'], {}])
    await refused(tokenOf(good, { kid }), /No key|"kid"/)
  const twin = makeSigner('ES256', 'ec-1')
  await refused(tokenOf(), /Several keys/, { keys: { kind: 'keys', keys: [ec.jwk, twin.jwk] } })
  const nameless = signed({ alg: 'ES256' }, good, ec.key)
  assert.equal((await verify(nameless)).kind, 'valid')
  await refused(nameless, /Several keys/, { keys: { kind: 'keys', keys: [ec.jwk, { ...twin.jwk, kid: 'ec-2' }] } })
})

test('H-04 takes no key beyond what it says it is for', async () => {
  const limits: readonly Partial<Jwk>[] = [
    { use: 'enc' },
    { use: 7 },
    { key_ops: ['sign'] },
    { key_ops: 'verify' },
    { alg: 'ES384' },
    { crv: 'P-384' },
  ]
  for (const limit of limits) await refused(tokenOf(), /No key/, { keys: { kind: 'keys', keys: [{ ...ec.jwk, ...limit }] } })
  const forPss = { kind: 'keys', keys: [{ ...rsa.jwk, alg: 'PS256' }] } as const
  await refused(signed({ alg: 'RS256', kid: 'rsa-1' }, good, rsa.key), /No key/, { keys: forPss })
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const smallJwk = { ...small.publicKey.export({ format: 'jwk' }), kid: 's' } as Jwk
  await refused(signed({ alg: 'RS256', kid: 's' }, good, small.privateKey), /No key/, { keys: { kind: 'keys', keys: [smallJwk] } })
})

const offDates: readonly unknown[] = [null, -1, '1', `${now + 60}`, now + 60.5, 1e308, true, [], {}, [now + 60]]

test('H-06 refuses exp, iat and nbf that are no whole number of seconds', async () => {
  for (const name of ['exp', 'iat', 'nbf']) for (const value of offDates) await refused(tokenOf({ ...good, [name]: value }), /whole number/)
  const { exp: _exp, ...timeless } = good
  await refused(tokenOf(timeless), /no "exp"/)
})

test('H-06 refuses what has expired, what lives too long and what is not yet valid', async () => {
  for (const exp of [now - 1, now]) await refused(tokenOf({ ...good, exp }), /expired/)
  for (const exp of [now + 311, now + 48 * 3600]) await refused(tokenOf({ ...good, exp }), /more than 300/)
  for (const name of ['iat', 'nbf']) {
    for (const ahead of [11, 61, 3600]) await refused(tokenOf({ ...good, [name]: now + ahead }), /ahead/)
    assert.equal((await verify(tokenOf({ ...good, [name]: now + 10 }))).kind, 'valid')
  }
})

const audiences: readonly unknown[] = [
  undefined,
  null,
  '',
  [],
  {},
  7,
  true,
  'https://evil.test',
  `${issuer}/`,
  issuer.toUpperCase(),
  `${issuer}.evil.test`,
  ` ${issuer}`,
  [issuer, 'https://evil.test'],
  ['https://evil.test', issuer],
  [issuer, issuer],
  [[issuer]],
  { 0: issuer },
]

test('H-07 refuses every audience but our own alone', async () => {
  for (const aud of audiences) await refused(tokenOf({ ...good, aud }), /"aud"/)
  for (const aud of [issuer, [issuer]]) assert.equal((await verify(tokenOf({ ...good, aud }))).kind, 'valid')
})

test('H-07 where several audiences are allowed, ours must be among them and each must be text', async () => {
  const claims: Partial<ClaimRules> = { audience: { kind: 'contains', value: issuer, isRequired: false } }
  for (const aud of ['https://evil.test', [], null, [7, issuer], `${issuer}/`])
    await refused(tokenOf({ ...good, aud }), /"aud"/, { claims })
  await refused(tokenOf({ ...good, aud: undefined }), /"aud"/, {
    claims: { audience: { kind: 'contains', value: issuer, isRequired: true } },
  })
  assert.equal((await verify(tokenOf({ ...good, aud: [issuer, 'https://other.test'] }), { claims })).kind, 'valid')
})

test('H-10 refuses encrypted and compressed tokens and critical extensions before any of them is opened', async () => {
  for (const header of [{ zip: 'DEF' }, { enc: 'A256GCM' }, { crit: ['exp'] }, { crit: [] }, { b64: false, crit: ['b64'] }, { b64: true }])
    await refused(tokenOf(good, header), /not supported/)
  const jwe = encode({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 1e9, p2s: 'AAAA' })
  await refused(`${jwe}.AAAA.AAAA.AAAA.AAAA`, /three parts/)
  await refused(`${jwe}.${encode(good)}.AAAA`, /not supported/)
  const offCurve = { ...ec.jwk, y: ec.jwk['x'] } as Jwk
  await refused(tokenOf(), /signature/, { keys: { kind: 'keys', keys: [offCurve] } })
})

test('H-11 refuses large, many-parted and deep tokens by rule', async () => {
  await refused('a'.repeat(1_048_576), /longer than 16384/)
  await refused('.'.repeat(10_000), /three parts/)
  await refused(`${tokenOf()}.`, /three parts/)
  const deep = `${'{"a":'.repeat(1500)}1${'}'.repeat(1500)}`
  await refused(signed({ alg: 'ES256', kid: 'ec-1' }, deep, ec.key), /"iss"/)
})

test('refuses every other spelling of a token than the canonical one', async () => {
  const [head = '', body = '', tail = ''] = tokenOf().split('.')
  const spare = `${tail.slice(0, -1)}${String.fromCharCode(tail.charCodeAt(tail.length - 1) + 1)}`
  for (const signature of [`${tail}=`, `${tail}==`, `${tail}\n`, ` ${tail}`, `${tail}A`, tail.replace(/./, '+'), spare])
    await refused(`${head}.${body}.${signature}`, /base64url|signature/)
  for (const text of [
    '',
    '..',
    'a.b.c',
    `${encode('[]')}.${body}.${tail}`,
    `${head}.${encode('"x"')}.${tail}`,
    `${encode('{')}.${body}.${tail}`,
  ])
    await refused(text, /three parts|base64url|JSON object/)
  for (const alg of [undefined, null, 7, ['ES256']]) await refused(tokenOf(good, { alg }), /algorithm/)
})

test('H-05 refuses a token whose type is of another kind', async () => {
  for (const typ of ['at+jwt', 'logout+jwt', 'dpop+jwt', 'application/at+jwt', '', 7, null]) await refused(tokenOf(good, { typ }), /"typ"/)
  for (const typ of ['JWT', 'jwt', 'application/jwt']) assert.equal((await verify(tokenOf(good, { typ }))).kind, 'valid')
})

test('refuses key sets with private or symmetric keys, too many keys, or no keys at all', () => {
  const privateJwk = rsa.key.export({ format: 'jwk' })
  const many = Array.from({ length: 101 }, () => ec.jwk)
  const sets: readonly unknown[] = [
    { keys: [privateJwk] },
    { keys: [{ kty: 'oct', k: 'AAAA' }] },
    { keys: [{ ...ec.jwk, d: null }] },
    { keys: many },
    { keys: {} },
    {},
    [],
    null,
    'x',
    { keys: [null] },
    { keys: [{}] },
    { keys: [{ kty: 7 }] },
  ]
  for (const set of sets) assert.equal(readJwkSet(set).kind, 'unavailable', JSON.stringify(set)?.slice(0, 80))
  assert.equal(readJwkSet({ keys: [ec.jwk, { kty: 'unheard-of' }] }).kind, 'keys')
})

import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { test } from 'node:test'
import { isSignedBy, signJwt, splitJws } from '../../src/keys/jwt.ts'
import { readPublicKey, thumbprint } from '../../src/keys/key-pair.ts'
import { asymmetricAlgorithms } from '../../src/oauth/core/jwt/algorithm.ts'
import type { Jwk } from '../../src/oauth/core/jwt/jwk.ts'
import { verifyJws } from '../../src/oauth/core/jwt/verify-jws.ts'
import { halfHash } from '../../src/oauth/half-hash.ts'

const verdictOf = (token: string, key: Jwk) =>
  verifyJws(token, { keys: { kind: 'keys', keys: [key] }, algorithms: [...asymmetricAlgorithms, 'HS256'] })

// RFC 8037 appendices A.1, A.3 and A.4.
const ed25519 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const
const edwards =
  'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'

test('verifies the Ed25519 signature of the example, from others and as one of ours (RFC 8037 appendices A.4 and A.5)', async () => {
  assert.deepEqual(await verdictOf(edwards, ed25519), { kind: 'verified', header: { alg: 'EdDSA' } })
  const split = splitJws(edwards) ?? assert.fail('not taken apart')
  assert.equal(Buffer.from(split.payload, 'base64url').toString(), 'Example of Ed25519 signing')
  assert.equal(isSignedBy({ algorithm: 'EdDSA', key: readPublicKey(ed25519) }, split), true)
})

test('refuses the Ed25519 example with a bit of its payload or of its key changed (RFC 8037 section 3.1)', async () => {
  const changed = edwards.replace('.RXhh', '.SXhh')
  const other = { ...ed25519, x: ed25519.x.replace('11q', '12q') }
  for (const [token, key] of [
    [changed, ed25519],
    [edwards, other],
  ] as const) {
    assert.equal((await verdictOf(token, key)).kind, 'invalid')
    const split = splitJws(token) ?? assert.fail('not taken apart')
    assert.equal(isSignedBy({ algorithm: 'EdDSA', key: readPublicKey(key) }, split), false)
  }
})

test('signs deterministically with the Ed25519 key of the example (RFC 8037 appendix A.1, RFC 8032 section 5.1.6)', () => {
  const key = createPrivateKey({ key: { ...ed25519, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }, format: 'jwk' })
  const sign = () => signJwt({ kid: 'k', algorithm: 'EdDSA', key }, { typ: 'JWT' }, { sub: 'a' })
  assert.equal(sign(), sign())
  const split = splitJws(sign()) ?? assert.fail('not taken apart')
  assert.equal(isSignedBy({ algorithm: 'EdDSA', key: readPublicKey(ed25519) }, split), true)
})

test('computes the thumbprints of the examples, whatever else a key has (RFC 7638 section 3.1, RFC 8037 appendix A.3)', () => {
  const rsa = {
    kty: 'RSA',
    n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
    e: 'AQAB',
    alg: 'RS256',
    kid: '2011-04-29',
  }
  assert.equal(thumbprint(rsa), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
  assert.equal(thumbprint({ use: 'sig', ...ed25519 }), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
})

test('refuses the ES512 example, whose algorithm is not offered (RFC 7515 appendix A.4)', async () => {
  const key = {
    kty: 'EC',
    crv: 'P-521',
    x: 'AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk',
    y: 'ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2',
  }
  const token =
    'eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn'
  const verdict = await verdictOf(token, key)
  assert.match(verdict.kind === 'invalid' ? verdict.rule : '', /algorithm of the JWT/)
})

test('refuses the unsecured example with every key (RFC 7515 appendix A.5, RFC 8725 section 3.2)', async () => {
  const payload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'
  const token = `eyJhbGciOiJub25lIn0.${payload}.`
  assert.match(JSON.stringify(await verdictOf(token, ed25519)), /not signed/)
  const secret = { kind: 'secret', secret: Buffer.alloc(32) } as const
  assert.match(JSON.stringify(await verifyJws(token, { keys: secret, algorithms: ['HS256'] })), /not signed/)
  assert.equal(splitJws(token), undefined)
})

test('hashes the token and the code of the examples to at_hash and c_hash (OpenID Connect Core sections 3.1.3.6 and 3.3.2.11)', () => {
  for (const algorithm of ['RS256', 'PS256', 'ES256'] as const) {
    assert.equal(halfHash(algorithm)('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y'), '77QmUPtjPfzWtF2AnpK9RQ')
    assert.equal(halfHash(algorithm)('Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk'), 'LDktKdoQak3Pk0cnXxCltA')
  }
  // Ed25519 hashes with SHA-512 (RFC 8032 section 5.1): half of it is 32 bytes.
  assert.equal(Buffer.from(halfHash('EdDSA')('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y'), 'base64url').length, 32)
})

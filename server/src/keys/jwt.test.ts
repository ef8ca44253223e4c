import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, test } from 'node:test'
import { jwtVerify } from 'jose'
import { isSignedBy, signJwt, splitJwt } from './jwt.ts'
import { type Algorithm, algorithms, makeKey, readPrivateKey, readPublicKey } from './key-pair.ts'

const made = new Map<Algorithm, { kid: string; publicKey: KeyObject; privateKey: KeyObject }>()
for (const algorithm of algorithms) {
  const { kid, publicJwk, privateKey } = await makeKey(algorithm)
  made.set(algorithm, { kid, publicKey: readPublicKey(publicJwk), privateKey: readPrivateKey(privateKey) })
}
const keyOf = (algorithm: Algorithm) => made.get(algorithm) ?? assert.fail(algorithm)

describe('a JWT that we sign', () => {
  for (const algorithm of algorithms)
    test(`with ${algorithm} is one to another library, and to us`, async () => {
      const { kid, publicKey, privateKey } = keyOf(algorithm)
      const token = signJwt({ kid, algorithm, key: privateKey }, { typ: 'at+jwt' }, { sub: 'somebody' })
      const { payload, protectedHeader } = await jwtVerify(token, publicKey)
      assert.deepEqual([payload, protectedHeader], [{ sub: 'somebody' }, { alg: algorithm, typ: 'at+jwt', kid }])
      const split = splitJwt(token) ?? assert.fail('not taken apart')
      assert.equal(isSignedBy({ algorithm, key: publicKey }, split), true)
      for (const other of algorithms.filter((one) => one !== algorithm))
        assert.equal(isSignedBy({ algorithm: other, key: keyOf(other).publicKey }, split), false)
    })
})

// RFC 7515 appendix A.3: ES256.
const rfcToken =
  'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q'
const rfcKey = createPublicKey({
  key: { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' },
  format: 'jwk',
})

test('verifies the example of RFC 7515 appendix A.3', () => {
  const split = splitJwt(rfcToken) ?? assert.fail('not taken apart')
  assert.equal(split.claims['iss'], 'joe')
  assert.equal(isSignedBy({ algorithm: 'ES256', key: rfcKey }, split), true)
  assert.equal(isSignedBy({ algorithm: 'ES256', key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey }, split), false)
})

test('takes apart nothing that is not exactly three parts of base64url', () => {
  const [head = '', body = '', tail = ''] = rfcToken.split('.')
  for (const text of [
    '',
    '.',
    '..',
    `${head}.${body}`,
    `${head}.${body}.`,
    `${rfcToken}.`,
    `${rfcToken}=`,
    `${head}.${body}.${tail.slice(0, -1)}R`,
    `${head}..${tail}`,
    `W10.${body}.${tail}`,
    `bnVsbA.${body}.${tail}`,
    'a'.repeat(9000),
  ])
    assert.equal(splitJwt(text), undefined, text.slice(0, 60))
})

test('the id of a key is its thumbprint (RFC 7638)', async () => {
  for (const algorithm of algorithms) {
    const { kid, publicJwk } = await makeKey(algorithm)
    assert.equal(publicJwk.kid, kid)
    assert.match(kid, /^[\w-]{43}$/)
  }
})

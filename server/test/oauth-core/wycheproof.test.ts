import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSignedBy, splitJws } from '../../src/keys/jwt.ts'
import { type Algorithm, algorithms, readPublicKey } from '../../src/keys/key-pair.ts'
import { asymmetricAlgorithms } from '../../src/oauth/core/jwt/algorithm.ts'
import type { Jwk } from '../../src/oauth/core/jwt/jwk.ts'
import { isSoundRsaKey } from '../../src/oauth/core/jwt/rsa-key.ts'
import { verifyForeignJwt } from '../../src/oauth/core/jwt/verify-foreign-jwt.ts'
import { type VerificationKeys, verifyJws } from '../../src/oauth/core/jwt/verify-jws.ts'
import { readVectors, type Vector } from '../vectors/wycheproof/read-vectors.ts'

const signatures = readVectors('json_web_signature_test.json')
const keys = readVectors('json_web_key_test.json')

/** As we hold keys: one symmetric key for HS256 is the secret of a client, everything else is the key set that a signer publishes. */
const held = ({ keys: [first, ...others], keys: all }: Vector): VerificationKeys =>
  others.length === 0 && first?.kty === 'oct' && first['alg'] === 'HS256'
    ? { kind: 'secret', secret: Buffer.from(String(first['k']), 'base64url') }
    : { kind: 'keys', keys: all }

const foreign = async (vector: Vector): Promise<boolean> =>
  (await verifyJws(vector.jws, { keys: held(vector), algorithms: [...asymmetricAlgorithms, 'HS256'] })).kind === 'verified'

/** Our own keys carry one algorithm each and are made by us: a key of another algorithm is none of them. */
const own = ({ jws, keys: all }: Vector): boolean => {
  const split = splitJws(jws)
  return split !== undefined && all.some((key) => isOwn(key) && isSignedBy({ algorithm: key.alg, key: readPublicKey(key) }, split))
}

const isOwn = (key: Jwk): key is Jwk & { readonly alg: Algorithm } => algorithms.some((one) => one === key['alg']) && isReadable(key)

const isReadable = (key: Jwk): boolean => {
  try {
    return readPublicKey(key).type === 'public'
  } catch {
    return false
  }
}

type Outcome = 'acceptedValid' | 'refusedValid' | 'acceptedInvalid' | 'refusedInvalid'

const outcomeOf = (isAccepted: boolean, { result }: Vector): Outcome => {
  if (result === 'valid') return isAccepted ? 'acceptedValid' : 'refusedValid'
  return isAccepted ? 'acceptedInvalid' : 'refusedInvalid'
}

const outcomesOf = async (vectors: readonly Vector[], accepts: (vector: Vector) => Promise<boolean> | boolean) => {
  const found: Record<Outcome, number[]> = { acceptedValid: [], refusedValid: [], acceptedInvalid: [], refusedInvalid: [] }
  for (const vector of vectors) found[outcomeOf(await accepts(vector), vector)].push(vector.id)
  return found
}

const isHeldAs = (kind: VerificationKeys['kind']) => (vector: Vector) => held(vector).kind === kind

const byId = (id: number): Vector => signatures.find((one) => one.id === id) ?? assert.fail(`There is no vector ${id}.`)

const algorithmOf = ({ jws }: Vector): unknown => JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString('latin1')).alg

// Refused on purpose: a character that base64url does not have stands in header or payload (RFC 7515 section 2, RFC 4648 section 3.3), and the MAC
// is not one over the text as it was sent.
const notBase64url = [372, 373]
// Listed as invalid for their padding, but the padding is lost: each is the text of vector 357, which is valid.
const sameAs357 = [367, 370]

test('verifies every JWS of Wycheproof from others as the vectors say, in supported algorithms (RFC 7515 section 5.2)', async () => {
  const { acceptedValid, refusedValid, acceptedInvalid, refusedInvalid } = await outcomesOf(signatures, foreign)
  assert.deepEqual(acceptedInvalid, sameAs357)
  for (const id of sameAs357) assert.equal(byId(id).jws, byId(357).jws)
  for (const id of notBase64url) assert.equal(refusedValid.includes(id), true, `${id}`)
  const unsupported = refusedValid.filter((id) => !notBase64url.includes(id))
  assert.deepEqual([...new Set(unsupported.map((id) => algorithmOf(byId(id))))].sort(), ['ES512', 'PS384', 'PS512', 'RS384', 'RS512'])
  for (const id of acceptedValid) assert.match(String(algorithmOf(byId(id))), /^(HS256|ES256|RS256|PS256)$/, `${id}`)
  assert.deepEqual(
    [acceptedValid, unsupported, refusedInvalid].map(({ length }) => length),
    [24, 20, 353],
  )
})

test('refuses the valid JWS of Wycheproof in algorithms that we do not support for that reason (RFC 8725 section 3.1)', async () => {
  const unsupported = signatures.filter((one) => one.result === 'valid' && /^(ES512|[RP]S(384|512))$/.test(String(algorithmOf(one))))
  assert.equal(unsupported.length, 20)
  for (const one of unsupported) {
    const verdict = await verifyJws(one.jws, { keys: held(one), algorithms: [...asymmetricAlgorithms, 'HS256'] })
    assert.ok(verdict.kind === 'invalid' && /algorithm of the JWT/.test(verdict.rule), `${one.id} ${one.comment}`)
  }
})

test('takes no key of Wycheproof that is weak, ambiguous or for another use (RFC 7517 section 4, RFC 7518 section 3)', async () => {
  assert.deepEqual(await outcomesOf(keys, foreign), {
    acceptedValid: [5, 13],
    // Two secrets in one set, which no signer publishes; HS384; HS512.
    refusedValid: [2, 14, 15],
    acceptedInvalid: [],
    refusedInvalid: [1, 3, 4, 6, 7, 8, 9, 10, 11, 12, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26],
  })
})

test('reads no JWS of Wycheproof as one of ours that the vectors call invalid (RFC 8725 section 3.1)', async () => {
  const { acceptedValid, refusedValid, acceptedInvalid, refusedInvalid } = await outcomesOf(signatures, own)
  assert.deepEqual(acceptedInvalid, [])
  for (const id of acceptedValid) assert.match(String(algorithmOf(byId(id))), /^(ES256|RS256|PS256)$/, `${id}`)
  for (const id of refusedValid) assert.match(String(algorithmOf(byId(id))), /^(HS256|ES512|[RP]S(384|512))$/, `${id}`)
  assert.deepEqual(
    [acceptedValid, refusedValid, refusedInvalid].map(({ length }) => length),
    [16, 30, 355],
  )
})

test('reads with its own keys no JWS that is signed for another key, algorithm or curve (RFC 7518 section 6)', async () => {
  const { acceptedValid, acceptedInvalid } = await outcomesOf(keys, own)
  // 7 to 9 have weak keys and 21 one for encryption: our own keys are made by us, and rotation.ts makes no such key.
  assert.deepEqual([acceptedValid, acceptedInvalid], [[5], [7, 8, 9, 21]])
})

test('takes no vector of Wycheproof for a JWT: what is signed there are no claims (RFC 7519 section 7.2)', async () => {
  for (const one of [...signatures, ...keys]) {
    const verdict = await verifyForeignJwt(one.jws, {
      keys: held(one),
      algorithms: [...asymmetricAlgorithms, 'HS256'],
      typ: { values: ['JWT'], isRequired: false },
      claims: { now: 0, audience: { kind: 'unchecked', why: 'nothing is to come so far' }, expiry: { isRequired: false } },
    })
    assert.equal(verdict.kind, 'invalid', `${one.id} ${one.comment}`)
  }
})

test('runs vectors with secrets and with key sets', () => {
  const counts = (vectors: readonly Vector[]) => (['secret', 'keys'] as const).map((kind) => vectors.filter(isHeldAs(kind)).length)
  assert.deepEqual(
    [counts(signatures), counts(keys)],
    [
      [40, 361],
      [3, 23],
    ],
  )
})

test('takes no RSA key that is short, has an even exponent or 1, or is factorable (RFC 7518 section 3.3, RFC 8017 section 3.1)', () => {
  const [short, exponentOne, factorable, sound] = [8, 9, 7, 5].map((id) => keys.find((one) => one.id === id)?.keys[0])
  const isSound = (key: Jwk | undefined, exponent = key?.['e']) => isSoundRsaKey(String(key?.['n']), String(exponent))
  assert.deepEqual(
    [short, exponentOne, factorable, sound].map((key) => isSound(key)),
    [false, false, false, true],
  )
  assert.deepEqual(
    ['AQAB', 'Aw', 'AQ', 'Ag', 'AA', '', '?'].map((exponent) => isSound(sound, exponent)),
    [true, true, false, false, false, false, false],
  )
  assert.equal(isSound(exponentOne, 'AQAB'), true)
})

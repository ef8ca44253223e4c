import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { seal } from '../platform/seal.ts'
import { makeKey } from './key-pair.ts'
import { createKeyRing, type StoredKey, sealContext } from './key-ring.ts'

const tenantId = '00000000-0000-7000-8000-000000000001'
const sealingKey = randomBytes(32)

const stored = async (times: Partial<StoredKey> = {}): Promise<StoredKey> => {
  const { kid, publicJwk, privateKey } = await makeKey('ES256')
  const sealedPrivate = seal(sealingKey, privateKey, sealContext(tenantId, kid))
  return { kid, algorithm: 'ES256', publicJwk, sealedPrivate, activeAt: 0, retiredAt: null, removedAt: null, revokedAt: null, ...times }
}

const ringAt = (time: { now: number }, ...keys: readonly StoredKey[]) => {
  const ring = createKeyRing(tenantId, sealingKey, () => time.now)
  ring.replace(keys)
  return ring
}

const published = (ring: ReturnType<typeof createKeyRing>): string[] =>
  (JSON.parse(ring.jwks().body) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)

test('a successor is published before it signs, and its predecessor verifies after it has retired, until it is removed', async () => {
  const time = { now: 100 }
  const old = await stored({ activeAt: 50, retiredAt: 200, removedAt: 300 })
  const next = await stored({ activeAt: 200 })
  const ring = ringAt(time, old, next)
  assert.equal(ring.signer('ES256').kid, old.kid)
  assert.deepEqual(published(ring), [old.kid, next.kid])
  time.now = 200
  assert.equal(ring.signer('ES256').kid, next.kid)
  assert.ok(ring.verifier(old.kid))
  time.now = 300
  assert.equal(ring.verifier(old.kid), undefined)
  assert.deepEqual(published(ring), [next.kid])
})

test('a revoked key neither signs, verifies nor is published', async () => {
  const [revoked, other] = [await stored({ revokedAt: 1 }), await stored({ activeAt: 1 })]
  const ring = ringAt({ now: 100 }, revoked, other)
  assert.equal(ring.verifier(revoked.kid), undefined)
  assert.equal(ring.signer('ES256').kid, other.kid)
  assert.deepEqual(published(ring), [other.kid])
  assert.equal(ring.count(), 1)
})

test('of several active keys the youngest signs', async () => {
  const [old, young] = [await stored({ activeAt: 10 }), await stored({ activeAt: 20 })]
  assert.equal(ringAt({ now: 100 }, young, old).signer('ES256').kid, young.kid)
})

test('finds a key by its exact name only', async () => {
  const key = await stored({ activeAt: 1 })
  const ring = ringAt({ now: 100 }, key)
  for (const kid of [undefined, null, 5, '', `${key.kid} `, key.kid.toLowerCase(), [key.kid], '__proto__', 'constructor'])
    assert.equal(ring.verifier(kid), undefined)
})

test('says what to do where a key is missing or cannot be opened', async () => {
  assert.throws(() => ringAt({ now: 0 }).signer('ES256'), /cip keys rotate/)
  const key = await stored()
  const ring = createKeyRing(tenantId, randomBytes(32), () => 0)
  assert.throws(() => ring.replace([key]), /another SECRET_KEY/)
})

test('a key sealed for one tenant cannot be opened for another', async () => {
  const key = await stored()
  const ring = createKeyRing('00000000-0000-7000-8000-000000000002', sealingKey, () => 0)
  assert.throws(() => ring.replace([key]))
})

test('the published set has one tag as long as it is the same', async () => {
  const [first, second] = [await stored({ activeAt: 1 }), await stored({ activeAt: 2 })]
  const ring = ringAt({ now: 100 }, first)
  const { etag } = ring.jwks()
  ring.replace([first])
  assert.equal(ring.jwks().etag, etag)
  ring.replace([first, second])
  assert.notEqual(ring.jwks().etag, etag)
})

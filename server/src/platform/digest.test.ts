import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deriveKey, equalBytes, hmacSha256, sha256, sha256Text } from './digest.ts'

test('SHA-256 gives the digest of FIPS 180-4', () => {
  assert.equal(sha256('abc').toString('hex'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.equal(sha256Text('abc'), sha256('abc').toString('base64url'))
})

test('HMAC-SHA-256 gives the tag of RFC 4231 section 4.3', () => {
  const tag = hmacSha256(Buffer.from('Jefe'), 'what do ya want for nothing?')
  assert.equal(tag.toString('hex'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

test('CRC-32 gives the check value of its catalogue', () => {
  assert.equal(crc32(Buffer.from('123456789')).toString('hex'), 'cbf43926')
})

test('a key is one of its purpose and of its secret alone', () => {
  const keys = [deriveKey('secret', 'a'), deriveKey('secret', 'b'), deriveKey('other', 'a')].map((key) => key.toString('hex'))
  assert.equal(new Set(keys).size, 3)
  assert.equal(deriveKey('secret', 'a').toString('hex'), keys[0])
  assert.equal(deriveKey('secret', 'a').length, 32)
})

test('compares bytes of any length', () => {
  assert.equal(equalBytes(Buffer.from('abc'), Buffer.from('abc')), true)
  assert.equal(equalBytes(Buffer.from('abc'), Buffer.from('abd')), false)
  assert.equal(equalBytes(Buffer.from('abc'), Buffer.from('ab')), false)
})

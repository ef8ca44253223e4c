import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { seal, unseal } from './seal.ts'

const key = randomBytes(32)
const text = Buffer.from('a private key')

test('opens what it sealed, and seals the same thing differently each time', () => {
  const [first, second] = [seal(key, text, 'place'), seal(key, text, 'place')]
  assert.deepEqual(unseal(key, first, 'place'), text)
  assert.notDeepEqual(first, second)
  assert.ok(!first.includes(text))
})

test('refuses another key, another place and any changed or missing byte', () => {
  const sealed = seal(key, text, 'place')
  assert.equal(unseal(randomBytes(32), sealed, 'place'), undefined)
  assert.equal(unseal(key, sealed, 'elsewhere'), undefined)
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed)
    changed[index] = (changed[index] ?? 0) ^ 1
    assert.equal(unseal(key, changed, 'place'), undefined, `byte ${index}`)
    assert.equal(unseal(key, sealed.subarray(0, index), 'place'), undefined, `${index} bytes`)
  }
})

test('seals the empty text too', () => {
  assert.deepEqual(unseal(key, seal(key, Buffer.alloc(0), ''), ''), Buffer.alloc(0))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUuid, newId, uuidFromBytes, uuidToBytes } from './ids.ts'

test('makes ids of version 7 that are all different', () => {
  const ids = Array.from({ length: 1000 }, newId)
  assert.equal(new Set(ids).size, 1000)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('turns an id into 16 bytes and back', () => {
  const id = newId()
  assert.equal(uuidToBytes(id).length, 16)
  assert.equal(uuidFromBytes(uuidToBytes(id)), id)
})

test('takes one form of an id only', () => {
  const id = newId()
  for (const text of ['', id.toUpperCase(), `{${id}}`, id.replaceAll('-', ''), `${id} `, `${id}\n`, id.slice(1)])
    assert.equal(isUuid(text), false, text)
  assert.equal(isUuid(id), true)
})

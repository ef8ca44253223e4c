import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesOf } from './setting-diff.ts'

test('only what differs is named, by its path', () => {
  const before = { form: 'combined', methods: { password: true, totp: true }, list: [1, 2] }
  const after = { form: 'combined', methods: { password: false, totp: true }, list: [2, 1], more: 'x' }
  assert.deepEqual(differencesOf(before, after), [
    { path: 'methods.password', before: true, after: false },
    { path: 'list', before: [1, 2], after: [2, 1] },
    { path: 'more', before: undefined, after: 'x' },
  ])
  assert.deepEqual(differencesOf(before, structuredClone(before)), [])
})

test('a tree in the place of a text is one difference, and nothing is looked for in null', () => {
  assert.deepEqual(differencesOf({ color: 'red' }, { color: { light: 'red' } }), [
    { path: 'color', before: 'red', after: { light: 'red' } },
  ])
  assert.deepEqual(differencesOf({ one: null }, { one: {} }), [{ path: 'one', before: null, after: {} }])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHookAnswer, readHookClaims } from './hooks.ts'

test('a hook answers in plain text of one line alone', () => {
  const ok = readHookAnswer('after_sign_in', '{"action":"refuse","message":"No."}')
  assert.deepEqual([ok?.action, ok?.message], ['refuse', 'No.'])
  for (const message of ['a\nb', '\u0000', '\u202e', 'x'.repeat(201), 7, null, {}])
    assert.equal(readHookAnswer('after_sign_in', JSON.stringify({ action: 'refuse', message })), undefined)
  for (const text of ['[]', '1', 'null', '{"claims":{}}', '{"attributes":[]}'])
    assert.equal(readHookAnswer('after_sign_in', text), undefined)
  assert.equal(readHookAnswer('after_sign_in', '')?.action, 'allow')
})

test('claims are few, small and of no other meaning', () => {
  assert.deepEqual(readHookClaims({ plan: 'gold' }, ['sub']), { plan: 'gold' })
  assert.deepEqual(readHookClaims(undefined, []), {})
  for (const given of [
    { sub: 'x' },
    { '': 1 },
    { ['x'.repeat(101)]: 1 },
    { big: 'x'.repeat(5000) },
    [],
    'x',
    JSON.parse('{"__proto__":1}'),
  ])
    assert.equal(readHookClaims(given, ['sub']), undefined)
  assert.equal(readHookClaims(Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`c${at}`, at])), []), undefined)
})

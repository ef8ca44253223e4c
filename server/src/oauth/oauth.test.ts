import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseScope, scopePattern } from './oauth.ts'

test('reads scope tokens in order and once each', () => {
  assert.deepEqual(parseScope('openid profile openid  email'), ['openid', 'profile', 'email'])
  assert.deepEqual(parseScope(''), [])
})

for (const [what, scope] of [
  ['a quote', 'a"b'],
  ['a backslash', 'a\\b'],
  ['a tab', 'a\tb'],
  ['letters beyond ASCII', 'prüfen'],
  ['2,049 characters', 'a'.repeat(2049)],
  ['51 tokens', Array.from({ length: 51 }, (_, index) => `s${index}`).join(' ')],
] as const)
  test(`refuses a scope with ${what}`, () => assert.equal(parseScope(scope), undefined))

test('the pattern for schemas allows what the parser allows', () => {
  const pattern = new RegExp(scopePattern, 'u')
  assert.equal(pattern.test('openid profile'), true)
  assert.equal(pattern.test('a"b'), false)
})

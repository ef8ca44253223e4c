import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { type Secret, secret } from '../../platform/secret.ts'
import { commonPasswords, foldPassword } from './blocklist.ts'
import { normalizePassword } from './normalize.ts'
import { checkPolicy, defaultPasswordPolicy, type PasswordContext, type PasswordPolicy } from './policy.ts'

const accept = (text: string): Secret => {
  const normalized = normalizePassword(text)
  assert.ok(normalized.kind === 'ok', JSON.stringify(normalized))
  return normalized.secret
}

const refusalOf = (text: string) => {
  const normalized = normalizePassword(text)
  return normalized.kind === 'refused' ? normalized.reason : 'none'
}

const codes = (text: string, policy: Partial<PasswordPolicy> = {}, context: PasswordContext = {}) =>
  checkPolicy(accept(text), { ...defaultPasswordPolicy, ...policy }, context).map(({ code }) => code)

test('never shows a secret when it is printed, serialised, inspected, spread or concatenated', () => {
  const hidden = secret('hunter2hunter2')
  const error = new Error(`failed for ${hidden}`, { cause: hidden })
  const shown = [
    String(hidden),
    JSON.stringify({ hidden }),
    inspect({ hidden }, { depth: 9, showHidden: true }),
    inspect(hidden, { customInspect: false, showHidden: true }),
    inspect(error),
    JSON.stringify({ ...hidden }),
    JSON.stringify(structuredClone({ ...hidden })),
  ]
  for (const text of shown) assert.ok(!text.includes('hunter2'), text)
  assert.equal(String(hidden), '[secret]')
  assert.equal(JSON.stringify([hidden]), '["[secret]"]')
  assert.equal(inspect([hidden]), '[ [secret] ]')
  assert.equal(hidden.reveal(), 'hunter2hunter2')
  assert.throws(() => Object.assign(hidden, { reveal: () => 'other' }), TypeError)
})

test('makes one password of the composed and the decomposed form', () => {
  assert.equal(accept('re\u0301sume\u0301 2024').reveal(), accept('r\u00e9sum\u00e9 2024').reveal())
})

test('keeps spaces, tabs, NUL, emoji and 64 CJK characters as they are', () => {
  for (const text of [' leading', 'trailing ', '\ttab\t', '   ', 'abc\0def', '👩‍👩‍👧‍👦🔑', '漢'.repeat(64), 'a'])
    assert.equal(accept(text).reveal(), text)
})

test('accepts 1,024 bytes and refuses 1,025, counted in UTF-8 after NFC', () => {
  assert.equal(accept('a'.repeat(1_024)).reveal().length, 1_024)
  assert.equal(refusalOf('a'.repeat(1_025)), 'too_long')
  assert.equal(accept('é'.repeat(512)).reveal().length, 512)
  assert.equal(refusalOf(`${'é'.repeat(512)}a`), 'too_long')
  assert.equal(accept('e\u0301'.repeat(512)).reveal().length, 512)
  assert.equal(refusalOf('a'.repeat(10_000_000)), 'too_long')
})

test('refuses lone surrogates and the empty text', () => {
  for (const text of ['abcdefgh\ud800', '\udc00abcdefgh', 'abcd\ud83dabcd']) assert.equal(refusalOf(text), 'malformed_unicode')
  assert.equal(refusalOf(''), 'empty')
})

test('counts code points, not UTF-16 units or bytes, towards the minimum', () => {
  assert.deepEqual(codes('👍'.repeat(7)), ['password_too_short'])
  assert.deepEqual(codes('👍'.repeat(8)), [])
  assert.deepEqual(codes('x'), ['password_too_short'])
  assert.deepEqual(codes('fourteen chars', { lengthMin: 15 }), ['password_too_short'])
  assert.deepEqual(codes('fifteen  chars!', { lengthMin: 15 }), [])
})

test('asks for no composition and allows more than 64 characters', () => {
  for (const text of ['bluegreenorange', '93720471', 'a quiet morning by the sea '.repeat(5)]) assert.deepEqual(codes(text), [])
})

test('accepts the sample of the account API and nothing else that is as common', () => {
  assert.deepEqual(codes('testpass', {}, { userName: 'testuser', email: 'test@example.com' }), [])
  for (const text of ['password', '12345678', 'PassWord1', 'ｐａｓｓｗｏｒｄ']) assert.deepEqual(codes(text), ['password_too_common'], text)
})

test('holds the 3,000 most common passwords, and as many of the default minimum length', () => {
  const require = createRequire(import.meta.url)
  const common: string[] = require('@zxcvbn-ts/language-common').dictionary['passwords-common']
  const missing = common.slice(0, 3_000).filter((word) => !commonPasswords.has(foldPassword(word)))
  assert.deepEqual(missing, [])
  const words = readFileSync(new URL('./blocklist.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  assert.ok(words.filter((word) => [...word].length >= 8).length >= 3_000)
  assert.deepEqual(
    words.filter((word) => word !== foldPassword(word)),
    [],
  )
  assert.equal(commonPasswords.has(''), false)
})

test('refuses a password on any of the lists that a tenant adds', () => {
  const blocklists = [commonPasswords, new Set(['our company name'])]
  assert.deepEqual(codes('Our Company Name', { blocklists }), ['password_too_common'])
  assert.deepEqual(codes('our company name!', { blocklists }), [])
})

test('refuses identifiers only as the whole password, in any case', () => {
  const context = { userName: 'Wilhelmina', email: 'Wilhelmina.Berg@example.com' }
  for (const text of ['wilhelmina', 'WILHELMINA', 'wilhelmina.berg', 'wilhelmina.berg@EXAMPLE.com'])
    assert.deepEqual(codes(text, {}, context), ['password_is_identifier'], text)
  for (const text of ['wilhelmina1', 'my name is wilhelmina', 'example.com']) assert.deepEqual(codes(text, {}, context), [], text)
  assert.deepEqual(codes('some long words', {}, { userName: '', email: '@' }), [])
})

test('refuses what bcrypt would cut, with a sentence for the user', () => {
  const [problem] = checkPolicy(accept('漢'.repeat(25)), { ...defaultPasswordPolicy, scheme: 'bcrypt' })
  assert.deepEqual(problem, { code: 'password_too_long', count: 72, sentence: 'Use a password of at most 72 bytes.' })
  assert.deepEqual(codes('漢'.repeat(24), { scheme: 'bcrypt' }), [])
  assert.deepEqual(codes('abcd\0efgh', { scheme: 'bcrypt' }), ['password_contains_nul'])
  assert.deepEqual(codes('abcd\0efgh'), [])
})

test('reports every broken rule at once', () => {
  assert.deepEqual(codes('monkey', {}, { userName: 'monkey' }), ['password_too_short', 'password_too_common', 'password_is_identifier'])
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { hashRecoveryCode, printRecoveryCode, readRecoveryCode, recoveryCodeBytes, recoveryCodeCount } from './recovery-code-form.ts'

test('there are ten, of 80 random bits each', () => {
  assert.deepEqual([recoveryCodeCount, recoveryCodeBytes * 8], [10, 80])
})

test('is printed in groups of four from an alphabet without I, L, O and U, and every bit of it counts', () => {
  assert.equal(printRecoveryCode(Buffer.alloc(10)), '0000-0000-0000-0000')
  assert.equal(printRecoveryCode(Buffer.alloc(10, 255)), 'ZZZZ-ZZZZ-ZZZZ-ZZZZ')
  assert.equal(printRecoveryCode(Buffer.from('00443214c74254b635cf', 'hex')), '0123-4567-89AB-CDEF')
  const bytes = randomBytes(10)
  const flipped = Array.from({ length: 80 }, (_, bit) => {
    const copy = Buffer.from(bytes)
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return printRecoveryCode(copy)
  })
  assert.equal(new Set([printRecoveryCode(bytes), ...flipped]).size, 81)
})

test('is read in any case, with any dashes and spaces, and with the letters that are taken for digits', () => {
  const code = '0123456789ABCDEF'
  for (const text of ['0123-4567-89AB-CDEF', '0123456789abcdef', ' 0123 4567\t89ab cdef\n', 'OI23–4567—89AB‐CDEF', 'ol23-4567-89ab-cdef'])
    assert.equal(readRecoveryCode(text), code, text)
})

test('refuses what is none', () => {
  for (const text of [
    '',
    '0123-4567-89AB-CDE',
    '0123-4567-89AB-CDEF0',
    '0123-4567-89AB-CDEU',
    '0123_4567_89AB_CDEF',
    '０123-4567-89AB-CDEF',
    ' '.repeat(99),
  ])
    assert.equal(readRecoveryCode(text), undefined, text)
})

test('is kept as a hash that differs by account and tenant', () => {
  const owner = { tenantId: 'a', userId: 'b' }
  const hashes = [owner, { ...owner, userId: 'c' }, { ...owner, tenantId: 'd' }].map((one) =>
    hashRecoveryCode('0123456789ABCDEF', one).toString('hex'),
  )
  assert.equal(new Set(hashes).size, 3)
  assert.equal(hashes[0]?.length, 64)
})

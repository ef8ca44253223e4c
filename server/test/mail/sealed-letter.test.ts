import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openLetter, sealedLetterMax, sealLetter } from '../../src/mail/sealed-letter.ts'

const [key, tenantId, now] = [randomBytes(32), 'a tenant', 1_769_860_800_000]
const minutes = (count: number): number => count * 60_000
const sealed = (html: string): string => sealLetter(key, { tenantId, html, now }) ?? assert.fail('it was not sealed')

test('a letter opens for ten minutes, and not a moment longer', () => {
  const text = sealed('<p>Grüezi</p>')
  for (const at of [now, now + minutes(10)]) assert.equal(openLetter(key, { tenantId, text, now: at }), '<p>Grüezi</p>')
  assert.equal(openLetter(key, { tenantId, text, now: now + minutes(10) + 1 }), undefined)
})

test('a letter of another tenant, of another installation, or that was changed does not open', () => {
  const text = sealed('<p>1</p>')
  const changed = `${text.slice(0, -1)}${text.endsWith('A') ? 'Q' : 'A'}`
  assert.equal(openLetter(key, { tenantId: 'another', text, now }), undefined)
  assert.equal(openLetter(randomBytes(32), { tenantId, text, now }), undefined)
  for (const other of [changed, text.slice(0, -4), '', 'AQ', '%', '<p>1</p>'])
    assert.equal(openLetter(key, { tenantId, text: other, now }), undefined)
})

test('the largest HTML that may be saved can be looked at, and what would fill a form many times over is not sealed', () => {
  const largest = randomBytes(49_152).toString('base64')
  assert.equal(largest.length, 65_536)
  assert.equal(openLetter(key, { tenantId, text: sealed(largest), now }), largest)
  assert.ok(sealed(largest).length <= sealedLetterMax)
  assert.equal(sealLetter(key, { tenantId, html: 'x'.repeat(1_048_577), now }), undefined)
  assert.equal(sealLetter(key, { tenantId, html: randomBytes(120_000).toString('base64'), now }), undefined)
})

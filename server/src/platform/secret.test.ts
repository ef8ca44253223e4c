import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format, inspect } from 'node:util'
import { secret } from './secret.ts'

test('shows its text to nobody who does not ask for it', () => {
  const value = secret('hunter2')
  const shown = [
    String(value),
    `${value}`,
    JSON.stringify({ value }),
    inspect(value, { showHidden: true, depth: 5 }),
    inspect({ deep: { value } }),
    format('%s %o %j', value, value, value),
    JSON.stringify({ ...value }),
    JSON.stringify(Object.entries(value)),
    JSON.stringify(Object.assign({}, value)),
  ]
  for (const text of shown) assert.ok(!text.includes('hunter2'), text)
  assert.equal(value.reveal(), 'hunter2')
})

test('cannot be changed', () => {
  const value = secret('hunter2')
  assert.throws(() => Object.assign(value, { reveal: () => 'other' }))
  assert.equal(value.reveal(), 'hunter2')
})

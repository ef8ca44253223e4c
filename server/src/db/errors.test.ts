import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseUnavailable, isRetryable, unavailable, violatedUnique } from './errors.ts'

const coded = (code: string, message = 'words of the driver'): Error => Object.assign(new Error(message), { code })

test('an outage is told from a mistake', () => {
  for (const code of [
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOENT',
    'ETIMEDOUT',
    '57P01',
    '57P03',
    '57014',
    '53300',
    '08006',
    '55P03',
    '25P03',
    '25006',
  ])
    assert.ok(unavailable(coded(code)) instanceof DatabaseUnavailable, code)
  for (const text of [
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])
    assert.ok(unavailable(new Error(text)) instanceof DatabaseUnavailable, text)
  for (const code of ['23505', '42601', '42P01', '22P02', '22003', '28P01'])
    assert.ok(!(unavailable(coded(code)) instanceof DatabaseUnavailable), code)
})

test('an outage keeps its cause and is wrapped once', () => {
  const cause = coded('57P01')
  const wrapped = unavailable(cause)
  assert.equal(wrapped.cause, cause)
  assert.equal(unavailable(wrapped), wrapped)
})

test('what was undone by another transaction may be tried again, nothing else', () => {
  for (const code of ['40001', '40P01']) assert.equal(isRetryable(coded(code)), true)
  for (const error of [coded('23505'), coded('57P01'), new Error('x'), undefined, null]) assert.equal(isRetryable(error), false)
})

test('names the constraint that a row broke', () => {
  assert.equal(violatedUnique(Object.assign(coded('23505'), { constraint: 'identifiers_pkey' })), 'identifiers_pkey')
  assert.equal(violatedUnique(coded('23503')), undefined)
})

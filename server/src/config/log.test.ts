import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, scrub } from './log.ts'

const secrets = [
  'cip_rt_AbCdEfGhIjKlMnOpQrStUvWxYz',
  'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
  '$2y$12$KXs5Gw2onLkAsnGWjL5BGu6R2',
]

test('takes out of a line what looks like a token, a hash or the password of a URL', () => {
  for (const one of secrets) assert.ok(!scrub(`before ${one} after`).includes(one.slice(0, 30)), one)
  assert.equal(scrub('postgres://cip:hunter2@db:5432/cip'), 'postgres://cip:[secret]@db:5432/cip')
  assert.equal(scrub('nothing to hide: 10:20@example'), 'nothing to hide: 10:20@example')
})

const written = (fields: Record<string, unknown>, text: string): string => {
  let output = ''
  createLog({ logLevel: 'trace', logFormat: 'json' }, (line) => {
    output += line
  }).info(fields, text)
  return output
}

test('writes no field that is named like a secret, however deep it stands', () => {
  const line = written(
    { password: 'hunter2', body: { refresh_token: 'hunter2', deep: { authorization: 'hunter2' } }, req: { cookie: 'hunter2' } },
    'x',
  )
  assert.ok(!line.includes('hunter2'), line)
})

test('writes an error with its cause and without what it carries besides', () => {
  const cause = Object.assign(new Error('the cause'), { detail: 'Key (email)=(hunter2) exists', code: '23505' })
  const line = written({ err: new Error(`failed with ${secrets[0]}`, { cause }) }, 'x')
  assert.match(line, /the cause/)
  assert.match(line, /23505/)
  for (const one of ['hunter2', secrets[0] ?? '']) assert.ok(!line.includes(one), line)
})

test('keeps to one line, whatever is in a field', () => {
  const line = written({ name: 'a\r\nb\u2028c\u001b[2J' }, 'two\nlines')
  assert.equal(line.trimEnd().split('\n').length, 1)
  assert.equal(JSON.parse(line).name, 'a\r\nb\u2028c\u001b[2J')
})

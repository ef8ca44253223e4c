import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { newId } from '../platform/ids.ts'
import { printRefreshToken, readRefreshToken } from './refresh-token.ts'

const [key, tenant] = [randomBytes(32), newId()]

test('reads back what it printed, and prints the same for the same', () => {
  for (const counter of [0, 1, 65_536, 2 ** 48 - 1]) {
    const content = { grantId: newId(), counter }
    const token = printRefreshToken(key, tenant, content)
    assert.match(token, /^cip_rt_[\w-]{79}$/)
    assert.deepEqual(readRefreshToken(key, tenant, token), content)
    assert.equal(printRefreshToken(key, tenant, content), token)
  }
})

test('refuses another key, tenant, version, prefix and length', () => {
  const token = printRefreshToken(key, tenant, { grantId: newId(), counter: 1 })
  const otherVersion = Buffer.from(token.slice(7), 'base64url')
  otherVersion[0] = 2
  assert.equal(readRefreshToken(randomBytes(32), tenant, token), undefined)
  assert.equal(readRefreshToken(key, newId(), token), undefined)
  for (const text of [
    '',
    'cip_rt_',
    token.slice(7),
    `${token}A`,
    token.slice(0, -1),
    `cip_rt_${otherVersion.toString('base64url')}`,
    'cip_rt_'.padEnd(300, 'A'),
  ])
    assert.equal(readRefreshToken(key, tenant, text), undefined, text)
})

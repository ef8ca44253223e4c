import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAccount } from './account.ts'
import { isAllowed } from './reach.ts'

const account = { uid: 999, gid: 998 }

test('lets others pass only where the last digit of the mode says so', () => {
  assert.equal(isAllowed('enter', { mode: 0o40711, uid: 0, gid: 0 }, account), true)
  assert.equal(isAllowed('read', { mode: 0o40711, uid: 0, gid: 0 }, account), false)
  assert.equal(isAllowed('enter', { mode: 0o40700, uid: 0, gid: 0 }, account), false)
  assert.equal(isAllowed('enter', { mode: 0o40710, uid: 0, gid: 0 }, account), false)
})

test('goes by the digit of the owner and of the group even where others may do more', () => {
  assert.equal(isAllowed('enter', { mode: 0o40077, uid: 999, gid: 0 }, account), false)
  assert.equal(isAllowed('enter', { mode: 0o40707, uid: 0, gid: 998 }, account), false)
  assert.equal(isAllowed('enter', { mode: 0o40710, uid: 0, gid: 998 }, account), true)
})

test('finds an account by its whole name and never takes root for one', () => {
  const passwd = 'root:x:0:0::/root:/bin/sh\ncip-postgres-old:x:5:6::/:/bin/false\ncip-postgres:x:999:998::/nonexistent:/bin/false\n'
  assert.deepEqual(parseAccount(passwd, 'cip-postgres'), account)
  assert.equal(parseAccount(passwd, 'cip'), undefined)
  assert.equal(parseAccount(passwd, 'root'), undefined)
})

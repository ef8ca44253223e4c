import assert from 'node:assert/strict'
import { argon2Sync } from 'node:crypto'
import { test } from 'node:test'
import { createTaskRunner } from './hash-task.ts'
import { createDecoy, hashPassword, needsRehash, verifyPassword } from './hashing.ts'
import { argon2idSettings, bcryptSettings, type HashSettings } from './settings.ts'

const settings = argon2idSettings()
const bytes = (text: string) => new TextEncoder().encode(text)

const verify = (encoded: string | undefined, text: string, chosen: { settings?: HashSettings; weakAllowed?: boolean } = {}) => {
  let decoys = 0
  const runDecoy = () => {
    decoys += 1
  }
  const verdict = verifyPassword({ encoded, password: bytes(text), settings, weakAllowed: false, runDecoy, ...chosen })
  return { ...verdict, decoys }
}

const rejected = { matches: false, needsRehash: false, isImported: false, decoys: 0 }
const accepted = { matches: true, needsRehash: false, isImported: false, decoys: 0 }
// bcrypt of 72 times x, at cost 4.
const bcrypt72 = '$2b$04$KXs5Gw2onLkAsnGWjL5BGu6R2/Win56pbVCwrbXHjUvZO08CDqlky'

test('hashes with argon2id, 19 MiB, two passes, a 16-byte salt and a 32-byte tag', () => {
  const [, salt = '', tag = ''] =
    /^\$argon2id\$v=19\$m=19456,t=2,p=1\$([^$]+)\$([^$]+)$/.exec(hashPassword(bytes('testpass'), settings)) ?? []
  assert.equal(Buffer.from(salt, 'base64').length, 16)
  assert.equal(Buffer.from(tag, 'base64').length, 32)
  const nonce = Buffer.from(salt, 'base64')
  const expected = argon2Sync('argon2id', { message: 'testpass', nonce, memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 })
  assert.equal(tag, expected.toString('base64').replace(/=+$/, ''))
})

test('salts every hash anew', () => {
  assert.notEqual(hashPassword(bytes('testpass'), settings), hashPassword(bytes('testpass'), settings))
})

test('M-05 M-06 refuses settings below the floor or beyond what an import may have', () => {
  for (const chosen of [
    { memoryKib: 19_455 },
    { passes: 1 },
    { parallelism: 0 },
    { memoryKib: 262_145 },
    { passes: 21 },
    { parallelism: 9 },
  ])
    assert.throws(() => argon2idSettings(chosen), RangeError, JSON.stringify(chosen))
  for (const value of [Number.NaN, 2.5, Number.POSITIVE_INFINITY, -1]) assert.throws(() => argon2idSettings({ passes: value }), RangeError)
  for (const cost of [4, 11, 16, 12.5]) assert.throws(() => bcryptSettings({ cost }), RangeError)
  assert.equal(argon2idSettings({ memoryKib: 65_536, passes: 3, parallelism: 4 }).memoryKib, 65_536)
  assert.equal(bcryptSettings({ cost: 13 }).cost, 13)
})

test('hashes NUL and everything after it', () => {
  const encoded = hashPassword(bytes('abc\0def'), settings)
  assert.deepEqual(verify(encoded, 'abc\0def'), accepted)
  for (const other of ['abc', 'abc\0', 'abc\0deg', 'abcdef', 'abc\0def\0']) assert.deepEqual(verify(encoded, other), rejected, other)
})

test('tells passwords apart by spaces, by their last byte and by their 1,024th', () => {
  const long = 'x'.repeat(1_024)
  for (const [text, other] of [
    [' testpass', 'testpass'],
    ['testpass ', 'testpass'],
    ['a', 'b'],
    [long, `${long.slice(0, -1)}y`],
    ['👍🏽', '👍'],
  ] as const) {
    const encoded = hashPassword(bytes(text), settings)
    assert.deepEqual(verify(encoded, text), accepted)
    assert.deepEqual(verify(encoded, other), rejected)
  }
})

test('refuses to hash more than 1,024 bytes', () => {
  assert.throws(() => hashPassword(bytes('x'.repeat(1_025)), settings), { code: 'password_too_long' })
})

test('hashes with bcrypt of the chosen cost and refuses what bcrypt would cut', () => {
  const bcrypt = bcryptSettings()
  const encoded = hashPassword(bytes('x'.repeat(72)), bcrypt)
  assert.match(encoded, /^\$2[by]\$12\$/)
  assert.deepEqual(verify(encoded, 'x'.repeat(72), { settings: bcrypt }), accepted)
  assert.deepEqual(verify(encoded, 'x'.repeat(73), { settings: bcrypt }), rejected)
  const expected = { name: 'UnhashablePassword', code: 'password_too_long', message: 'Use a password of at most 72 bytes.' }
  assert.throws(() => hashPassword(bytes('x'.repeat(73)), bcrypt), expected)
  assert.throws(() => hashPassword(bytes('漢'.repeat(25)), bcrypt), expected)
  assert.throws(() => hashPassword(bytes('abc\0def'), bcrypt), { code: 'password_contains_nul' })
})

test('M-01 refuses the first 72 bytes followed by anything against a bcrypt hash', () => {
  assert.deepEqual(verify(bcrypt72, 'x'.repeat(72)), { matches: true, needsRehash: true, isImported: true, decoys: 0 })
  for (const garbage of ['x', 'garbage', '\0', ' '])
    assert.deepEqual(verify(bcrypt72, 'x'.repeat(72) + garbage), { ...rejected, isImported: true, decoys: 1 })
})

test('runs exactly one decoy for an unknown user and for a hash that cannot be read', () => {
  const unreadable = [
    '',
    'x',
    '$argon2id$v=19$m=4194304,t=1000,p=1$MDEyMzQ1Njc4OWFiY2RlZg$pW5WC1+eakb57hyDLTPDrJhSbI2ERMMo6+8WDpaYOP4',
    '$2b$31$x',
    '{SHA}x',
  ]
  for (const encoded of [undefined, ...unreadable])
    assert.deepEqual(verify(encoded, 'testpass'), { ...rejected, decoys: 1 }, String(encoded))
})

test('runs a decoy for a weak hash that is no longer enabled, even with the right password', () => {
  const encoded = `md5$seasalt$0e5afa763e5ba972de3f85bdd56fe8da`
  const password = 'Grüße aus Zürich 7!'
  assert.deepEqual(verify(encoded, password), { ...rejected, decoys: 1 })
  assert.deepEqual(verify(encoded, password, { weakAllowed: true }), { matches: true, needsRehash: true, isImported: true, decoys: 0 })
})

test('never refuses a cheaper hash sooner than an unknown user', () => {
  assert.deepEqual(verify(bcrypt72, 'wrong'), { ...rejected, isImported: true, decoys: 1 })
  const current = hashPassword(bytes('testpass'), settings)
  assert.deepEqual(verify(current, 'wrong'), rejected)
  assert.deepEqual(verify(current, 'wrong', { settings: argon2idSettings({ passes: 3 }) }), { ...rejected, isImported: true, decoys: 1 })
})

test('makes the decoy with the scheme and the parameters in force', () => {
  assert.match(createDecoy(settings), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.match(createDecoy(argon2idSettings({ memoryKib: 20_000, passes: 3, parallelism: 2 })), /^\$argon2id\$v=19\$m=20000,t=3,p=2\$/)
  assert.match(createDecoy(bcryptSettings()), /^\$2[by]\$12\$/)
  assert.notEqual(createDecoy(settings), createDecoy(settings))
  assert.equal(needsRehash(createDecoy(settings), settings), false)
})

test('asks for a rehash when the settings were raised and never lowers a hash', () => {
  const encoded = hashPassword(bytes('testpass'), argon2idSettings({ memoryKib: 20_000 }))
  assert.equal(needsRehash(encoded, settings), false)
  assert.equal(needsRehash(encoded, argon2idSettings({ memoryKib: 20_001 })), true)
  assert.equal(needsRehash(encoded, argon2idSettings({ memoryKib: 20_000, passes: 3 })), true)
  assert.equal(needsRehash(encoded, bcryptSettings()), true)
  assert.equal(needsRehash(encoded.replace('$argon2id$', '$argon2i$'), settings), true)
  assert.equal(needsRehash(encoded.replace('v=19', 'v=16'), settings), true)
  assert.equal(needsRehash('$2b$12$KXs5Gw2onLkAsnGWjL5BGu6R2/Win56pbVCwrbXHjUvZO08CDqlky', bcryptSettings({ cost: 13 })), true)
  assert.equal(needsRehash('$2b$12$KXs5Gw2onLkAsnGWjL5BGu6R2/Win56pbVCwrbXHjUvZO08CDqlky', bcryptSettings()), false)
  assert.equal(needsRehash('unreadable', settings), true)
})

test('overwrites the password after every task, also after a failed one', () => {
  const run = createTaskRunner({ settings: argon2idSettings(), weakAllowed: false, osPriority: 0 })
  const bcryptRun = createTaskRunner({ settings: bcryptSettings(), weakAllowed: false, osPriority: 0 })
  const passwords = [bytes('testpass'), bytes('testpass'), bytes('x'.repeat(73))] as const
  const hashed = run({ kind: 'hash', password: passwords[0] })
  assert.ok(hashed.kind === 'hashed')
  assert.deepEqual(run({ kind: 'verify', password: passwords[1], encoded: hashed.encoded }), {
    kind: 'verified',
    verdict: { matches: true, needsRehash: false },
    isImported: false,
  })
  assert.equal(bcryptRun({ kind: 'hash', password: passwords[2] }).kind, 'unhashable')
  for (const password of passwords) assert.ok(password.every((byte) => byte === 0))
})

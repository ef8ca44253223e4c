import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { recoveryCodeMethod } from '../../src/credentials/recovery-code/recovery-code.method.ts'
import { startPeople } from './people.ts'
import { recoveryCodesOf, wrongRecoveryCode } from './recovery-codes-of.ts'

const people = await startPeople()
const [db] = people.nodes
const codes = recoveryCodesOf(people)

suite('a set of recovery codes', () => {
  test('is ten different codes, kept as hashes alone, and tells of its making', async () => {
    const userId = await people.add()
    const made = await codes.make(userId)
    assert.equal(new Set(made).size, 10)
    for (const code of made) assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const [row] = await db.text<{ text: string }>('select string_agg(r::text, $2) as text from recovery_codes r where user_id = $1', [
      userId,
      ' ',
    ])
    assert.ok(!made.some((code) => row?.text.includes(code) || row?.text.includes(Buffer.from(code).toString('hex'))))
    assert.deepEqual(await people.eventsOf(userId), [{ type: 'recovery_codes.made', payload: { count: 10 } }])
    assert.equal(await codes.countLeft(userId), 10)
  })

  test('ends when another is made, with its lock', async () => {
    const userId = await people.add()
    const [old = ''] = await codes.make(userId)
    for (let count = 0; count < 5; count += 1) await codes.check(userId, wrongRecoveryCode)
    await people.lock(userId)
    const [fresh = ''] = await codes.make(userId)
    assert.deepEqual(await codes.check(userId, old), { kind: 'failed' })
    assert.deepEqual(await codes.check(userId, fresh), { kind: 'passed' })
    assert.equal(await codes.countLeft(userId), 9)
  })

  test('is not made for an account that has gone', async () => {
    const userId = await people.add()
    await people.remove(userId)
    assert.deepEqual(await codes.make(userId), [])
  })

  test('counts for nothing once it is removed', async () => {
    const userId = await people.add()
    const [code = ''] = await codes.make(userId)
    await codes.remove(userId)
    assert.deepEqual(await codes.check(userId, code), { kind: 'failed' })
    assert.equal(await codes.countLeft(userId), 0)
  })
})

suite('a recovery code', () => {
  test('O-03 passes once, in whatever form it is typed, and tells of it', async () => {
    const userId = await people.add()
    const [code = ''] = await codes.make(userId)
    assert.deepEqual(await codes.check(userId, ` ${code.toLowerCase().replaceAll('-', ' ')}`), { kind: 'passed' })
    assert.deepEqual(await codes.check(userId, code), { kind: 'failed' })
    assert.equal(await codes.countLeft(userId), 9)
    const types = (await people.eventsOf(userId)).map(({ type }) => type)
    assert.deepEqual(types, ['recovery_codes.made', 'recovery_code.spent'])
  })

  test('O-05 of another person is refused, also where the row was copied', async () => {
    const [ann, bob] = [await people.add(), await people.add()]
    const [code = ''] = await codes.make(ann)
    await codes.make(bob)
    await db.text(
      'insert into recovery_codes (tenant_id, user_id, hash) select tenant_id, $2, hash from recovery_codes where user_id = $1 on conflict do nothing',
      [ann, bob],
    )
    assert.deepEqual(await codes.check(bob, code), { kind: 'failed' })
    assert.deepEqual(await codes.check(ann, code), { kind: 'passed' })
  })
})

suite('wrong recovery codes', () => {
  test('L-02 the fifth in a row locks them all, without spending the right one that comes meanwhile', async () => {
    const userId = await people.add()
    const [code = ''] = await codes.make(userId)
    for (let count = 0; count < 5; count += 1) assert.deepEqual(await codes.check(userId, wrongRecoveryCode), { kind: 'failed' })
    await people.lock(userId)
    assert.deepEqual(await codes.check(userId, code), { kind: 'limited', retryAfterSeconds: 60 })
    assert.equal(await codes.countLeft(userId), 10)
    const locks = (await people.eventsOf(userId)).filter(({ type }) => type === 'factor.locked')
    assert.deepEqual(locks, [{ type: 'factor.locked', payload: { method: 'recovery-code', failures: 5, seconds: 1 } }])
    await people.unlock(userId)
    assert.deepEqual(await codes.check(userId, code), { kind: 'passed' })
    assert.equal(await people.failuresOf(userId, 'recovery-code'), 0)
  })

  test('L-02 a hundred in a row turn them off until new ones are made', async () => {
    const userId = await people.add()
    const [code = ''] = await codes.make(userId)
    await db.text(`update factor_states set failures = 99 where user_id = $1`, [userId])
    assert.deepEqual(await codes.check(userId, wrongRecoveryCode), { kind: 'failed' })
    await people.unlock(userId)
    assert.deepEqual(await codes.check(userId, code), { kind: 'disabled' })
    const [fresh = ''] = await codes.make(userId)
    assert.deepEqual(await codes.check(userId, fresh), { kind: 'passed' })
  })

  test('L-02 are counted apart from those of another factor', async () => {
    const userId = await people.add()
    await codes.make(userId)
    await codes.check(userId, wrongRecoveryCode)
    assert.deepEqual([await people.failuresOf(userId, 'recovery-code'), await people.failuresOf(userId, 'totp')], [1, 0])
  })

  test('cost nothing where there are no codes, and a slip of the hand is not counted', async () => {
    const [nobody, userId] = [await people.add(), await people.add()]
    await codes.make(userId)
    assert.deepEqual(await codes.check(nobody, wrongRecoveryCode), { kind: 'failed' })
    assert.deepEqual(await codes.check(userId, '0000-0000'), { kind: 'failed' })
    assert.deepEqual([await people.failuresOf(nobody, 'recovery-code'), await people.failuresOf(userId, 'recovery-code')], [0, 0])
  })
})

test('the method is offered to whoever has codes left', () => {
  const enrolled = { hasPassword: true, passkeys: 0, hasTotp: true, recoveryCodes: 1, hasVerifiedEmail: true, hasVerifiedPhone: false }
  assert.deepEqual(
    [recoveryCodeMethod.isEnrolled(enrolled), recoveryCodeMethod.isEnrolled({ ...enrolled, recoveryCodes: 0 })],
    [true, false],
  )
})

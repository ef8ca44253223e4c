import assert from 'node:assert/strict'
import { test } from 'node:test'
import { totpOf, wrongCode } from '../credentials/authenticator-app.ts'
import { onBothNodes, startPeople } from '../credentials/people.ts'
import { recoveryCodesOf, wrongRecoveryCode } from '../credentials/recovery-codes-of.ts'

const people = await startPeople()
const kinds = (verdicts: readonly { kind: string }[]) => (kind: string) => verdicts.filter((one) => one.kind === kind).length
const lockAfter = 5

/** A lock of 1, 2, 4 s ... lets one more try through when it ends. */
const triesIn = (seconds: number): number => lockAfter + Math.floor(Math.log2(seconds + 1))

test('O-02 of 16 who give the same code at once on two nodes one passes', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { userId, code } = await totpOf(people).enrol(await people.add())
    const answer = await code()
    const verdicts = await onBothNodes(people, 16, (db) => totpOf(people, db).check(userId, answer))
    assert.equal(kinds(verdicts)('passed'), 1)
  }
})

test('L-02 50 wrong codes of an app at once on two nodes: none is lost, and no more are checked than the lock allows', async () => {
  const app = await totpOf(people).enrol(await people.add())
  const wrong = await wrongCode(app)
  const started = performance.now()
  const verdicts = await onBothNodes(people, 50, (db) => totpOf(people, db).check(app.userId, wrong))
  const bound = triesIn((performance.now() - started) / 1000)
  const failed = kinds(verdicts)('failed')
  assert.ok(failed >= lockAfter && failed <= bound, `${failed} were checked, ${bound} may be`)
  assert.equal(failed + kinds(verdicts)('limited'), 50)
  assert.equal(await people.failuresOf(app.userId, 'totp'), failed)
})

test('O-03 of 16 who give the same recovery code at once on two nodes one passes', async () => {
  for (let round = 0; round < 10; round += 1) {
    const userId = await people.add()
    const [code = ''] = await recoveryCodesOf(people).make(userId)
    const verdicts = await onBothNodes(people, 16, (db) => recoveryCodesOf(people, db).check(userId, code))
    assert.equal(kinds(verdicts)('passed'), 1)
    assert.equal(await recoveryCodesOf(people).countLeft(userId), 9)
    const spent = (await people.eventsOf(userId)).filter(({ type }) => type === 'recovery_code.spent')
    assert.equal(spent.length, 1)
  }
})

test('O-03 ten recovery codes at once all pass', async () => {
  const userId = await people.add()
  const codes = await recoveryCodesOf(people).make(userId)
  const verdicts = await onBothNodes(people, 10, (db, index) => recoveryCodesOf(people, db).check(userId, codes[index] ?? ''))
  assert.equal(kinds(verdicts)('passed'), 10)
  assert.equal(await recoveryCodesOf(people).countLeft(userId), 0)
})

test('L-02 50 wrong recovery codes at once on two nodes, the first ones ever: no more are looked at than the lock allows', async () => {
  const userId = await people.add()
  const codes = await recoveryCodesOf(people).make(userId)
  const started = performance.now()
  const verdicts = await onBothNodes(people, 50, (db) => recoveryCodesOf(people, db).check(userId, wrongRecoveryCode))
  const bound = triesIn((performance.now() - started) / 1000)
  const failed = kinds(verdicts)('failed')
  assert.ok(failed >= lockAfter && failed <= bound, `${failed} were checked, ${bound} may be`)
  assert.equal(await people.failuresOf(userId, 'recovery-code'), failed)
  await people.lock(userId)
  const late = await onBothNodes(people, 10, (db, index) => recoveryCodesOf(people, db).check(userId, codes[index] ?? ''))
  assert.equal(kinds(late)('limited'), 10)
  assert.equal(await recoveryCodesOf(people).countLeft(userId), 10)
})

test('sets of recovery codes that are made at once leave one set', async () => {
  const userId = await people.add()
  const sets = await onBothNodes(people, 8, (db) => recoveryCodesOf(people, db).make(userId))
  assert.equal(await recoveryCodesOf(people).countLeft(userId), 10)
  const firsts = sets.map(([first = '']) => first)
  const verdicts: { kind: string }[] = []
  for (const first of firsts) {
    verdicts.push(await recoveryCodesOf(people).check(userId, first))
    await people.unlock(userId)
  }
  assert.equal(kinds(verdicts)('passed'), 1)
})

test('a recovery code that is given while a new set is made passes or is refused, and is never left over', async () => {
  const userId = await people.add()
  const [code = ''] = await recoveryCodesOf(people).make(userId)
  const [, verdict] = await Promise.all([
    recoveryCodesOf(people, people.nodes[0]).make(userId),
    recoveryCodesOf(people, people.nodes[1]).check(userId, code),
  ])
  assert.ok(['passed', 'failed'].includes(verdict.kind))
  assert.equal(await recoveryCodesOf(people).countLeft(userId), 10)
  assert.deepEqual(await recoveryCodesOf(people).check(userId, code), { kind: 'failed' })
})

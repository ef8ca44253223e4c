import assert from 'node:assert/strict'
import { mock, suite, test } from 'node:test'
import { pendingTotp, totpCheck, totpMethod } from '../../src/credentials/totp/totp.method.ts'
import { totpStore } from '../../src/credentials/totp/totp.store.ts'
import { totpCode } from '../../src/credentials/totp/totp-code.ts'
import type { Sql } from '../../src/db/database.ts'
import { calmStep, key, secretOf, totpOf, wrongCode } from './authenticator-app.ts'
import { startPeople } from './people.ts'

const people = await startPeople()
const [db] = people.nodes
const { tenantId } = people
const totp = totpOf(people)
const labels = { issuer: 'Example', account: 'ann' }

suite('enrolling an authenticator app', () => {
  test('begins with a sealed secret, counts with the first code, and writes its event then', async () => {
    const userId = await people.add()
    const enrolment = await totp.begin(userId)
    assert.match(enrolment?.uri ?? '', /^otpauth:\/\/totp\/Example:ann%40example\.com\?/)
    const secret = secretOf(enrolment?.uri ?? '')
    assert.equal(secret.length, 20)
    const [row] = await db.text<{ sealed_secret: Buffer }>('select sealed_secret from totp_factors where user_id = $1', [userId])
    assert.equal(row?.sealed_secret.includes(secret), false)
    assert.deepEqual(await people.eventsOf(userId), [])
    assert.deepEqual(await totp.confirm(userId, totpCode(secret, await calmStep(db))), { kind: 'confirmed' })
    assert.deepEqual(await people.eventsOf(userId), [{ type: 'totp.enrolled', payload: {} }])
  })

  test('O-02 refuses a code of an enrolment that was not confirmed, and the code that confirmed it', async () => {
    const userId = await people.add()
    const secret = secretOf((await totp.begin(userId))?.uri ?? '')
    const code = totpCode(secret, await calmStep(db))
    assert.deepEqual(await totp.check(userId, code), { kind: 'failed' })
    assert.deepEqual(await totp.confirm(userId, code), { kind: 'confirmed' })
    assert.deepEqual(await totp.check(userId, code), { kind: 'failed' })
  })

  test('refuses a wrong code, and one of a secret that another took the place of', async () => {
    const userId = await people.add()
    const first = secretOf((await totp.begin(userId))?.uri ?? '')
    const second = secretOf((await totp.begin(userId))?.uri ?? '')
    const step = await calmStep(db)
    assert.deepEqual(await totp.confirm(userId, totpCode(first, step)), { kind: 'failed' })
    assert.deepEqual(await totp.confirm(userId, 'abcdef'), { kind: 'failed' })
    assert.deepEqual(await totp.confirm(userId, totpCode(second, step)), { kind: 'confirmed' })
    assert.deepEqual(await totp.confirm(userId, totpCode(second, step + 1)), { kind: 'nothing-pending' })
  })

  test('refuses to begin where a confirmed app stands, and where nobody is', async () => {
    const app = await totp.enrol(await people.add())
    assert.equal(await totp.begin(app.userId), undefined)
    assert.deepEqual(await totp.check(app.userId, await app.code()), { kind: 'passed' })
    const gone = await people.add()
    await people.remove(gone)
    assert.equal(await totp.begin(gone), undefined)
  })

  test('shows an enrolment that waits again, to its owner', async () => {
    const [userId, other] = [await people.add(), await people.add()]
    const begun = await totp.begin(userId)
    assert.equal((await pendingTotp(totp.deps)(tenantId, { userId, ...labels }))?.key, begun?.key)
    assert.equal(await pendingTotp(totp.deps)(tenantId, { userId: other, ...labels }), undefined)
    await db.text('update totp_factors set user_id = $2 where user_id = $1', [userId, other])
    assert.equal(await pendingTotp(totp.deps)(tenantId, { userId: other, ...labels }), undefined, 'a row that was moved opens no secret')
  })

  test('removing it writes its event once, and nothing for an enrolment that nobody confirmed', async () => {
    const { userId } = await totp.enrol(await people.add())
    assert.deepEqual([await totp.remove(userId), await totp.remove(userId)], [true, false])
    await totp.begin(userId)
    assert.equal(await totp.remove(userId), true)
    const removals = (await people.eventsOf(userId)).filter(({ type }) => type === 'totp.removed')
    assert.equal(removals.length, 1)
  })
})

suite('a code', () => {
  test('O-02 counts once, and none from before it counts after it', async () => {
    const { userId, code } = await totp.enrol(await people.add())
    const [before, now, after] = [await code(-1), await code(), await code(1)]
    assert.deepEqual(await totp.check(userId, now), { kind: 'passed' })
    assert.deepEqual(await totp.check(userId, now), { kind: 'failed' })
    assert.deepEqual(await totp.check(userId, before), { kind: 'failed' })
    assert.deepEqual(await totp.check(userId, after), { kind: 'passed' })
  })

  test('O-02 of another person is refused', async () => {
    const [ann, bob] = [await totp.enrol(await people.add()), await totp.enrol(await people.add())]
    assert.deepEqual(await totp.check(ann.userId, await bob.code()), { kind: 'failed' })
    assert.deepEqual(await totp.check(bob.userId, await bob.code()), { kind: 'passed' })
  })

  test('O-10 is judged by the clock of the database, not of the node', async () => {
    const { userId, code } = await totp.enrol(await people.add())
    const [early, late] = [await code(), await code(1)]
    for (const [skew, answer] of [
      [-90_000, early],
      [90_000, late],
    ] as const) {
      mock.timers.enable({ apis: ['Date'], now: Date.now() + skew })
      try {
        assert.deepEqual(await totp.check(userId, answer), { kind: 'passed' })
      } finally {
        mock.timers.reset()
      }
    }
  })

  test('costs two statements at most, and none where it cannot be one', async () => {
    const app = await totp.enrol(await people.add())
    let statements = 0
    const counting: Sql = {
      ...db,
      run: (...call) => {
        statements += 1
        return db.run(...call)
      },
    }
    const lockedEvent = people.event('factor.locked', app.userId, { method: 'totp', failures: 0, seconds: 0 })
    const check = totpCheck({ store: totpStore(counting), key, lockedEvent })
    const costs: number[] = []
    for (const answer of [await app.code(), await app.code(), await wrongCode(app), 'letters', await app.code(1)]) {
      statements = 0
      await check(tenantId, { userId: app.userId, answer })
      costs.push(statements)
    }
    assert.deepEqual(costs, [2, 2, 1, 0, 2])
  })
})

suite('wrong codes', () => {
  test('L-02 the fifth in a row locks the factor, the right code included, and tells of it', async () => {
    const app = await totp.enrol(await people.add())
    const wrong = await wrongCode(app)
    for (let count = 0; count < 5; count += 1) assert.deepEqual(await totp.check(app.userId, wrong), { kind: 'failed' })
    await people.lock(app.userId)
    assert.deepEqual(await totp.check(app.userId, await app.code()), { kind: 'limited', retryAfterSeconds: 60 })
    assert.equal(await people.failuresOf(app.userId, 'totp'), 5)
    const locks = (await people.eventsOf(app.userId)).filter(({ type }) => type === 'factor.locked')
    assert.deepEqual(locks, [{ type: 'factor.locked', payload: { method: 'totp', failures: 5, seconds: 1 } }])
    await people.unlock(app.userId)
    assert.deepEqual(await totp.check(app.userId, await app.code()), { kind: 'passed' })
    assert.equal(await people.failuresOf(app.userId, 'totp'), 0)
  })

  test('L-02 the lock doubles up to a quarter of an hour', async () => {
    const app = await totp.enrol(await people.add())
    const wrong = await wrongCode(app)
    for (let failures = 1; failures <= 16; failures += 1) {
      assert.deepEqual(await totp.check(app.userId, wrong), { kind: 'failed' })
      await people.unlock(app.userId)
    }
    const locks = (await people.eventsOf(app.userId)).filter(({ type }) => type === 'factor.locked')
    assert.deepEqual(
      locks.map(({ payload }) => payload['seconds']),
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900],
    )
  })

  test('L-02 a hundred in a row turn it off until it is set up anew', async () => {
    const app = await totp.enrol(await people.add())
    await db.text(
      `insert into factor_states (tenant_id, user_id, method, failures) values ($1, $2, 'totp', 99)
       on conflict (tenant_id, user_id, method) do update set failures = 99`,
      [tenantId, app.userId],
    )
    assert.deepEqual(await totp.check(app.userId, await wrongCode(app)), { kind: 'failed' })
    await people.unlock(app.userId)
    assert.deepEqual(await totp.check(app.userId, await app.code()), { kind: 'disabled' })
    await totp.remove(app.userId)
    const again = await totp.enrol(app.userId)
    assert.deepEqual(await totp.check(app.userId, await again.code()), { kind: 'passed' })
  })

  test('are counted for the person who has the factor, and a slip of the hand is not counted', async () => {
    const nobody = await people.add()
    assert.deepEqual(await totp.check(nobody, '123456'), { kind: 'failed' })
    const app = await totp.enrol(await people.add())
    assert.deepEqual(await totp.check(app.userId, '12345'), { kind: 'failed' })
    assert.deepEqual([await people.failuresOf(nobody, 'totp'), await people.failuresOf(app.userId, 'totp')], [0, 0])
  })
})

test('the method is offered to whoever has it, as a second factor', () => {
  const enrolled = { hasPassword: true, passkeys: 0, hasTotp: true, recoveryCodes: 0, hasVerifiedEmail: true, hasVerifiedPhone: false }
  assert.deepEqual([totpMethod.isEnrolled(enrolled), totpMethod.isEnrolled({ ...enrolled, hasTotp: false })], [true, false])
  assert.deepEqual(totpMethod.uses, ['second'])
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inTransaction } from '../../src/db/database.ts'
import { erasureUpkeep } from '../../src/events/erasure.job.ts'
import { openEventKeys } from '../../src/events/event-keys.job.ts'
import { record } from '../../src/events/events.job.ts'
import { makeEvent } from '../../src/events/events.ts'
import { firstIdAt, newId } from '../../src/platform/ids.ts'
import { administrator } from '../harness/admin.ts'
import { newOwner } from '../harness/own-account.ts'
import { personalDataOf, testSecrets } from '../harness/personal-data.ts'
import { startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const own = await startProvider()
const { url, sql } = own
const { db, tenantId } = own.platform.base
const admin = await administrator(own, 'owner')

const unexpected = (error: unknown): never => {
  throw error
}
const remove = async (userId: string): Promise<void> => assert.equal((await admin.remove(`users/${userId}`)).status, 204)
const statesOf = async (condition: string, values: readonly unknown[]): Promise<readonly string[]> =>
  (await personalDataOf(sql, condition, values)).map(({ type, personal_data: state }) => `${type} ${state}`)

describe('keys', () => {
  test('another process held in memory while the person was deleted are swept', async () => {
    const { userId } = await newOwner(url)
    const there = await openEventKeys(db, testSecrets, unexpected)
    const origin = { ip: '192.0.2.50', userAgent: 'Other process', seal: there.ofRequest().seal }
    await inTransaction(db, { isIdempotent: false }, async (tx) => {
      await tx.text('select now()')
      await remove(userId)
      await record(tx, makeEvent({ tenantId, type: 'session.ended', userId, payload: { reason: 'logout' }, origin }))
    })
    const late = `e.user_id = $1 and e.type = 'session.ended' and e.key_id is not null and e.actor is null`
    assert.deepEqual(await statesOf(late, [userId]), ['session.ended readable'], 'the deletion could not see it')
    await erasureUpkeep(async () => 400 * 86_400).run(db)
    assert.deepEqual(await statesOf(late, [userId]), ['session.ended erased'])
    await there.close()
  })

  test('serve one person each, and the same one for a while', async () => {
    const keys = await openEventKeys(db, testSecrets, unexpected)
    const origin = { ip: '192.0.2.51', seal: keys.ofRequest().seal }
    const keyFor = (userId: string) => makeEvent({ tenantId, type: 'totp.enrolled', userId, payload: {}, origin }).key_id
    const [ann, bob] = ['019a0000-0000-7000-8000-00000000000a', '019a0000-0000-7000-8000-00000000000b']
    assert.ok(keyFor(ann))
    assert.equal(keyFor(ann), keyFor(ann))
    assert.notEqual(keyFor(ann), keyFor(bob))
    await keys.close()
  })

  test('that were lent for an event that was not written go back, the others stay', async () => {
    const keys = await openEventKeys(db, testSecrets, unexpected)
    const attempt = (isWritten: boolean): string | undefined => {
      const { seal, written, end } = keys.ofRequest()
      const event = makeEvent({
        tenantId,
        type: 'grant.revoked',
        findsUser: true,
        payload: { reason: 'reuse' },
        origin: { ip: '192.0.2.52', seal },
      })
      if (isWritten) written('grant.revoked')
      end()
      return event.key_id
    }
    const first = attempt(false)
    assert.equal(attempt(true), first)
    assert.notEqual(attempt(false), first)
    await keys.close()
  })

  test('are written once the database is there again, also those that were needed meanwhile', async () => {
    let isDown = false
    const errors: unknown[] = []
    const shaky = { ...db, run: ((...given) => (isDown ? Promise.reject(new Error('down')) : db.run(...given))) as typeof db.run }
    const keys = await openEventKeys(shaky, testSecrets, (error) => errors.push(error))
    const origin = { ip: '192.0.2.53', seal: keys.ofRequest().seal }
    isDown = true
    // More persons than keys were written ahead.
    const used = Array.from(
      { length: 300 },
      () => makeEvent({ tenantId, type: 'totp.enrolled', userId: newId(), payload: {}, origin }).key_id,
    )
    await until(() => errors.length > 0, 5000, 'an attempt to write')
    const written = async () => (await sql.text('select id from event_keys where id = any($1::uuid[])', [used])).length
    assert.equal(await written(), 256)
    isDown = false
    await until(async () => (await written()) === 300, 10_000, 'the keys that are owed')
    await keys.close()
  })

  test('that cannot be written keep a server from starting: it would seal what nobody can open', async () => {
    const forbidden = { ...db, run: () => Promise.reject(new Error('permission denied for table event_keys')) }
    await assert.rejects(
      openEventKeys(forbidden, testSecrets, unexpected),
      /permission denied for table event_keys\. .*cip database grants/,
    )
  })

  test('go two months after the last events that they may have sealed', async () => {
    const before = await sql.text<{ id: string }>('select id from event_keys')
    const old = [461, 500].map((days) => firstIdAt(Date.now() - days * 86_400_000))
    await sql.text(`insert into event_keys (id, sealed) select *, '' from unnest($1::uuid[])`, [
      [...old, firstIdAt(Date.now() - 430 * 86_400_000)],
    ])
    await erasureUpkeep(async () => 400 * 86_400).run(db)
    const left = await sql.text<{ id: string }>('select id from event_keys')
    assert.equal(left.length, before.length + 1)
  })
})

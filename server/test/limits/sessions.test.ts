import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { inTransaction } from '../../src/db/database.ts'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { startTestPlatform } from '../harness/platform.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

test('a sign-in past the number of sessions ends the oldest, with its tokens and an event', async () => {
  const database = await databases.create()
  const { url } = await startTestPlatform(database, { CIP_SESSIONS_PER_USER: '3' })
  const api = accountApi(url)
  const { account, pair: first } = await api.join()
  const others = []
  for (let index = 0; index < 3; index += 1) others.push(pairOf(await api.token(account)))
  assert.equal((await api.refresh(first.refresh_token)).status, 401)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  assert.equal((await api.me(first.access_token)).status, 401)
  for (const { access_token } of others) assert.equal((await api.me(access_token)).status, 200)
  const events = await database.sql.text<{ payload: { reason: string } }>(`select payload from events where type = 'session.ended'`)
  assert.deepEqual(
    events.map(({ payload }) => payload.reason),
    ['evicted'],
  )
})

test('a statement that a deadlock undid is run again and succeeds', async () => {
  const { sql } = await databases.create()
  await sql.text('create table rows (id int primary key, n int not null)')
  await sql.text('insert into rows values (1, 0), (2, 0)')
  const holds = Promise.withResolvers<void>()
  // The transaction takes 2, then wants 1; the statement takes 1 and waits for 2: one of them is undone.
  const transaction = inTransaction(sql, { isIdempotent: true }, async (tx) => {
    await tx.text('update rows set n = n + 1 where id = 2')
    holds.resolve()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await tx.text('update rows set n = n + 1 where id = 1')
  })
  await holds.promise
  await Promise.all([transaction, sql.text('update rows set n = n + 1 where id in (1, 2)')])
  assert.deepEqual(await sql.text('select n from rows order by id'), [{ n: 2 }, { n: 2 }])
})

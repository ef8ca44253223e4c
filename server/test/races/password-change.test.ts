import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { startTestPlatform } from '../harness/platform.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('a sign-in with the old password that began while the password was being set does not complete', async () => {
  const database = await databases.create()
  const server = await startTestPlatform(database)
  const api = accountApi(server.url)
  const [account, other] = [newAccount(), newAccount('another password entirely')]
  await api.join(account)
  await api.register(other)
  const client = await database.sql.pool.connect()
  const [row] = (await client.query<{ user_id: string }>(`select user_id from identifiers where written = $1`, [account.username])).rows
  // The operator's transaction, held open in the middle: the generation has moved, the new hash is not committed.
  await client.query('begin')
  await client.query('update sign_in_states set generation = generation + 1 where user_id = $1', [row?.user_id])
  await client.query(
    `update passwords set encoded = (select p.encoded from passwords p join identifiers i using (user_id) where i.written = $2) where user_id = $1`,
    [row?.user_id, other.username],
  )
  await client.query(`update sessions set ended_at = now(), end_reason = 'password-set' where user_id = $1 and ended_at is null`, [
    row?.user_id,
  ])
  const underWay = api.token(account)
  await wait(300)
  await client.query('commit')
  client.release()
  assert.equal((await underWay).status, 401)
  const live = await database.sql.text('select id from sessions where user_id = $1 and ended_at is null', [row?.user_id])
  assert.deepEqual(live, [])
  await wait(1200)
  pairOf(await api.token({ ...account, password: other.password }))
})

test('a sign-in to an account that is deleted meanwhile is refused like any other, not with a 500', async () => {
  const database = await databases.create()
  const server = await startTestPlatform(database)
  const api = accountApi(server.url)
  const { account } = await api.join()
  const client = await database.sql.pool.connect()
  const [row] = (await client.query<{ user_id: string }>(`select user_id from identifiers where written = $1`, [account.username])).rows
  await client.query('begin')
  await client.query('delete from users where id = $1', [row?.user_id])
  const underWay = api.token(account)
  await wait(300)
  await client.query('commit')
  client.release()
  assert.equal((await underWay).status, 401)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pairOf } from '../harness/account-api.ts'
import { atOnce, startNodes } from './nodes.ts'

const lockAfter = 5
const nodes = await startNodes({ CIP_LOCK_AFTER: String(lockAfter) })
const { sql } = nodes.database
const [here, there] = nodes.apis
const refusal = '{"detail":"Incorrect username or password"}'

type Counts = { failures: number; wrong: number; locked: number; network: number; is_locked: boolean }

const countsOf = async (username: string): Promise<Counts | undefined> =>
  (
    await sql.text<Counts>(
      `select t.failures, t.locked_until > '-infinity' as is_locked,
        (select sum(failures)::int from address_failures where key like 'a %') as network,
        count(*) filter (where e.payload->>'reason' = 'wrong-password')::int as wrong, count(*) filter (where e.payload->>'reason' = 'locked')::int as locked
       from identifiers i join sign_in_states t using (user_id) left join events e on e.user_id = i.user_id and e.type = 'sign_in.refused'
       where i.kind = 'username' and i.canonical = $1 group by t.failures, t.locked_until`,
      [username],
    )
  )[0]

const lockUntil = (username: string, when: string) =>
  sql.text(
    `update sign_in_states set locked_until = ${when} where user_id = (select user_id from identifiers where kind = 'username' and canonical = $1)`,
    [username],
  )

test('50 wrong passwords at once over two processes: none is lost, and no more are checked than the lock allows', async () => {
  const { account } = await here.join()
  const start = performance.now()
  const names = [account.username, account.email, account.username.toUpperCase()]
  const answers = await atOnce(nodes, 50, (api, index) => api.token({ username: names[index % 3] ?? '', password: `wrong-${index}` }))
  const seconds = (performance.now() - start) / 1000
  for (const { status, text } of answers) assert.deepEqual([status, text], [401, refusal])
  const counts = await countsOf(account.username)
  assert.ok(counts)
  assert.equal(counts.wrong + counts.locked, 50)
  assert.equal(counts.network, 50)
  assert.equal(counts.failures, counts.wrong)
  // A lock of 1, 2, 4 s ... lets one more through when it ends.
  const bound = lockAfter + Math.floor(Math.log2(seconds + 1))
  assert.ok(counts.failures >= lockAfter && counts.failures <= bound, `${counts.failures} were checked, ${bound} may be`)
  assert.equal(counts.is_locked, true)

  await lockUntil(account.username, `now() + interval '1 minute'`)
  for (const api of nodes.apis) {
    const answer = await api.token(account)
    assert.deepEqual([answer.status, answer.text], [401, refusal])
  }
  await lockUntil(account.username, 'now()')
  pairOf(await there.token(account))
  assert.equal((await countsOf(account.username))?.failures, 0)
})

test('a success between failures clears the count, and only a success does', async () => {
  const { account } = await here.join()
  for (let count = 0; count < lockAfter - 1; count += 1) await there.token({ ...account, password: 'wrong-one' })
  assert.equal((await countsOf(account.username))?.failures, lockAfter - 1)
  pairOf(await here.token(account))
  assert.equal((await countsOf(account.username))?.failures, 0)
})

test('right and wrong passwords at once: the count never falls below the failures that came after the last success', async () => {
  const { account } = await here.join()
  await atOnce(nodes, 12, (api, index) => api.token({ ...account, password: index % 4 === 3 ? account.password : `wrong-${index}` }))
  await lockUntil(account.username, 'now()')
  const before = (await countsOf(account.username))?.failures ?? 0
  await here.token({ ...account, password: 'wrong-again' })
  assert.equal((await countsOf(account.username))?.failures, before + 1)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import type { Answer } from '../harness/http.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const database = await (await startTestDatabase()).create()
const account = newAccount()
const point = 'after-commit-before-response'

const start = (failpoint?: string): Promise<TestServer> =>
  startTestServer({ env: { ...database.env, CIP_REFRESH_TOKEN_LEEWAY: '60s', ...(failpoint ? { CIP_FAILPOINT: failpoint } : {}) } })

/** The call loses its answer, because the server is killed after the commit. */
const losesItsAnswer = async (server: TestServer, call: Promise<Answer>): Promise<void> => {
  await assert.rejects(call, { code: 'ECONNRESET' })
  assert.equal((await server.exited).signal, 'SIGKILL')
}

test('a registration whose answer was lost is there: trying again says so, and the person signs in', async () => {
  const broken = await start(`${point}:1:kill`)
  await losesItsAnswer(broken, accountApi(broken.url).register(account))
  const { url, stop } = await start()
  const again = await accountApi(url).register(account)
  assert.deepEqual([again.status, again.json], [400, { detail: 'Username already registered' }])
  pairOf(await accountApi(url).token(account))
  await stop()
})

test('a sign-in whose answer was lost is done again; the session that nobody knows is in the list of sessions and in the events', async () => {
  const sessions = async (): Promise<number> => (await database.sql.text('select 1 from sessions')).length
  const before = await sessions()
  const broken = await start(`${point}:1:kill`)
  await losesItsAnswer(broken, accountApi(broken.url).token(account))
  assert.equal(await sessions(), before + 1)
  const { url, stop } = await start()
  pairOf(await accountApi(url).token(account))
  const events = await database.sql.text(`select 1 from events where type = 'sign_in.succeeded'`)
  assert.equal(events.length, await sessions())
  await stop()
})

test('a refresh whose answer was lost is repeated within the leeway and gets the successor that was written; the family lives on', async () => {
  const broken = await start(`${point}:2:kill`)
  const api = accountApi(broken.url)
  const first = pairOf(await api.token(account))
  await losesItsAnswer(broken, api.refresh(first.refresh_token))
  const { url } = await start()
  const repeated = pairOf(await accountApi(url).refresh(first.refresh_token))
  const [grant] = await database.sql.text<{ counter: number; revoked_at: Date | null }>(
    'select counter, revoked_at from grants order by created_at desc, id desc limit 1',
  )
  assert.deepEqual(grant, { counter: 1, revoked_at: null })
  const next = pairOf(await accountApi(url).refresh(repeated.refresh_token))
  assert.equal((await accountApi(url).me(next.access_token)).status, 200)
})

test('spent tokens stay spent over a restart: a replay after it still kills the family', async () => {
  const before = await start()
  const first = pairOf(await accountApi(before.url).token(account))
  const second = pairOf(await accountApi(before.url).refresh(first.refresh_token))
  const third = pairOf(await accountApi(before.url).refresh(second.refresh_token))
  await before.kill()
  const api = accountApi((await start()).url)
  assert.equal((await api.refresh(first.refresh_token)).status, 401)
  assert.equal((await api.refresh(third.refresh_token)).status, 401)
  assert.equal((await api.me(third.access_token)).status, 401)
})

test('an error that nobody expected says nothing of itself, and the write before it is kept', async () => {
  const { url, logs } = await start(`${point}:1:throw`)
  const other = newAccount()
  const answer = await accountApi(url).register(other)
  assert.deepEqual([answer.status, answer.text], [500, '{"detail":"Internal Server Error"}'])
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.match(logs(), /A failpoint threw/)
  assert.ok(logs().includes(String(answer.headers['x-request-id'])), 'the log names the request')
  pairOf(await accountApi(url).token(other))
})

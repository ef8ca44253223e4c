import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../src/db/database.ts'
import { findRunning } from '../../src/db/embedded/embedded.ts'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { request } from '../harness/http.ts'
import { postgresOf } from '../harness/postgres-of.ts'
import { startTestServer } from '../harness/server.ts'
import { until } from '../harness/until.ts'
import { assertNothingLost, streamRegistrations } from './history.ts'

test('kill -9 of the server under registrations loses none that was acknowledged, and the next start finds its PostgreSQL', async () => {
  const first = await startTestServer()
  const stream = streamRegistrations(accountApi(first.url))
  await until(() => stream.history.acknowledged.size >= 20, 20_000, '20 registrations')
  await first.kill()
  await sleep(50)
  await stream.stop()
  const orphan = (await postgresOf(first.dataDir)).pid
  const second = await startTestServer({ dataDir: first.dataDir })
  const { pid } = await postgresOf(first.dataDir)
  assert.ok(pid !== undefined && pid !== orphan, 'it runs a PostgreSQL of its own')
  await assertNothingLost(accountApi(second.url), stream.history)
})

test('kill -9 of PostgreSQL under load: 503 with Retry-After meanwhile, served again within 10 s by itself, nothing acknowledged is lost', async () => {
  const server = await startTestServer()
  const api = accountApi(server.url)
  const { pair, account } = await api.join()
  let { refresh_token } = pair
  const stream = streamRegistrations(api)
  for (let round = 1; round <= 3; round += 1) {
    const reached = stream.history.acknowledged.size + 10
    await until(() => stream.history.acknowledged.size >= reached, 20_000, '10 registrations')
    const { pid } = await postgresOf(server.dataDir)
    assert.ok(pid)
    process.kill(pid, 'SIGKILL')
    assert.equal((await request(`${server.url}/healthz`)).status, 200)
    const before = stream.history.acknowledged.size
    await until(() => stream.history.acknowledged.size > before + 4, 10_000, 'the first registrations after the crash')
    await until(async () => (await request(`${server.url}/readyz`)).status === 200, 10_000, 'ready again')
    refresh_token = pairOf(await api.refresh(refresh_token)).refresh_token
  }
  await stream.stop()
  assert.ok(!server.logs().includes('"level":60') && !server.logs().includes('a request failed'), server.logs())
  await assertNothingLost(api, stream.history)
  pairOf(await api.token(account))
})

/** Stops PostgreSQL from answering: its connections end and no new one is taken until `resume`. */
const freeze = async (dataDir: string): Promise<{ readonly resume: () => void }> => {
  const { pid } = await postgresOf(dataDir)
  const connection = await findRunning(dataDir)
  assert.ok(pid && connection)
  const db = openDatabase({ connection, size: 1 })
  await db.text('select 1')
  process.kill(pid, 'SIGSTOP')
  await db.text(`select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`)
  await db.close()
  return { resume: () => void process.kill(pid, 'SIGCONT') }
}

test('while PostgreSQL does not answer nothing is let in, and nothing is called wrong that may be right', async () => {
  const server = await startTestServer()
  const api = accountApi(server.url)
  const { pair, account } = await api.join()
  const frozen = await freeze(server.dataDir)
  try {
    const calls = [
      api.token(account),
      api.refresh(pair.refresh_token),
      api.revoke(pair.refresh_token),
      api.register(newAccount()),
      api.me(pair.access_token),
    ]
    for (const answer of await Promise.all(calls)) assert.equal(answer.status, 503, answer.text)
    for (const answer of [await api.me('wrong'), await api.refresh('cip_rt_none')]) assert.equal(answer.status, 401)
    for (const [path, status] of [
      ['/healthz', 200],
      ['/readyz', 503],
      ['/.well-known/jwks.json', 200],
    ] as const)
      assert.equal((await request(`${server.url}${path}`)).status, status, path)
  } finally {
    frozen.resume()
  }
  await until(async () => (await api.me(pair.access_token)).status === 200, 10_000, 'served again')
  pairOf(await api.refresh(pair.refresh_token))
})

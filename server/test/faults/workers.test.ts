import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../../src/db/embedded/processes.ts'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { request } from '../harness/http.ts'
import { postgresOf } from '../harness/postgres-of.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { until } from '../harness/until.ts'

const server = await startTestServer({ env: { WORKERS: '2', CIP_LOG_LEVEL: 'debug', CIP_SESSIONS_PER_USER: '100' } })
const api = accountApi(server.url)

/** The processes that answered requests since `from` characters of the log. */
const answering = ({ logs, pid }: TestServer, from = 0): Set<number> => {
  const lines = logs()
    .slice(from)
    .split('\n')
    .filter((line) => line.includes('"msg":"request"'))
  const pids = lines.flatMap((line) => Number(/"pid":(\d+)/.exec(line)?.[1] ?? 0))
  return new Set(pids.filter((one) => one !== pid && one > 0))
}

const bothAnswer = async (): Promise<Set<number>> => {
  const from = server.logs().length
  await until(
    async () => {
      await Promise.all(Array.from({ length: 8 }, () => request(`${server.url}/healthz`).catch(() => undefined)))
      return answering(server, from).size >= 2
    },
    10_000,
    'two processes that answer',
  )
  return answering(server, from)
}

test('two workers answer at one port', async () => {
  assert.equal((await bothAnswer()).size, 2)
  const { pair } = await api.join()
  const answers = await Promise.all(Array.from({ length: 8 }, () => api.me(pair.access_token)))
  for (const { status } of answers) assert.equal(status, 200)
})

test('a logout on one worker is heeded at once by the other, without a look at the database', async () => {
  const { account } = await api.join()
  for (let round = 0; round < 8; round += 1) {
    const pair = pairOf(await api.token(account))
    const everywhere = () => Promise.all(Array.from({ length: 6 }, async () => (await api.me(pair.access_token)).status))
    assert.deepEqual([...new Set(await everywhere())], [200])
    assert.equal((await api.logout(pair.access_token)).status, 200)
    await sleep(200)
    assert.deepEqual([...new Set(await everywhere())], [401])
  }
})

test('a killed worker is replaced, and nothing that was acknowledged is lost', async () => {
  const { account, pair } = await api.join()
  const before = [...(await bothAnswer())]
  const victim = before[0] ?? 0
  process.kill(victim, 'SIGKILL')
  await until(() => server.logs().includes('a server process died and is replaced'), 5000, 'the note of its death')
  await until(async () => !(await bothAnswer()).has(victim), 10_000, 'a successor')
  const after = await bothAnswer()
  assert.equal(after.size, 2)
  assert.ok(!after.has(victim))
  assert.equal((await api.me(pair.access_token)).status, 200)
  pairOf(await api.token(account))
})

test('a stop ends every worker and PostgreSQL, with code 0', async () => {
  const workers = await bothAnswer()
  assert.deepEqual(await server.stop(), { code: 0, signal: null })
  for (const pid of workers) assert.equal(isAlive(pid), false)
  assert.equal((await postgresOf(server.dataDir)).pid, undefined)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import type { Answer } from '../harness/http.ts'
import { postgresOf } from '../harness/postgres-of.ts'
import { runToEnd, startTestServer, type TestServer } from '../harness/server.ts'
import { until } from '../harness/until.ts'

const slow = { CIP_FAILPOINT: 'after-commit-before-response:1:delay' }
const shared = await (await startTestDatabase()).create()

/** A registration that is written and whose answer takes another second. */
const beginSlowly = async ({ url }: TestServer): Promise<{ readonly answer: Promise<Answer> }> => {
  const account = newAccount()
  const answer = accountApi(url).register(account)
  answer.catch(() => undefined)
  await until(async () => (await accountApi(url).token(account)).status === 200, 10_000, 'the registration is written')
  return { answer }
}

const endings: readonly (readonly [string, boolean, (server: TestServer) => void])[] = [
  ['SIGTERM', false, (server) => server.signal('SIGTERM')],
  ['Ctrl-C, which reaches the whole process group', true, ({ pid }) => void process.kill(-pid, 'SIGINT')],
]

describe('a stop', { concurrency: 2 }, () => {
  for (const [what, isGroup, end] of endings) {
    test(`by ${what} finishes the running request, ends with code 0 and takes PostgreSQL along`, async () => {
      const server = await startTestServer({ env: slow, isGroup })
      const { answer } = await beginSlowly(server)
      end(server)
      assert.equal((await answer).status, 200)
      assert.deepEqual(await server.exited, { code: 0, signal: null })
      const { pid, cluster } = await postgresOf(server.dataDir)
      assert.equal(pid, undefined, `PostgreSQL still runs on ${cluster}`)
      await assert.rejects(accountApi(server.url).me('x'), { code: 'ECONNREFUSED' })
    })
  }

  test('that is asked for again and again is still one clean stop', async () => {
    const server = await startTestServer({ env: { ...shared.env, ...slow } })
    const { answer } = await beginSlowly(server)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const) server.signal(signal)
    assert.equal((await answer).status, 200)
    assert.deepEqual(await server.exited, { code: 0, signal: null })
  })

  test('waits no longer than its grace for a request', async () => {
    const server = await startTestServer({ env: { ...shared.env, ...slow, CIP_SHUTDOWN_GRACE: '0s' } })
    const { answer } = await beginSlowly(server)
    server.signal('SIGTERM')
    await assert.rejects(answer, { code: 'ECONNRESET' })
    assert.deepEqual(await server.exited, { code: 0, signal: null })
  })
})

describe('one data directory', { concurrency: 2 }, () => {
  test('serves one server: a second start is refused in a clear sentence and harms nothing', async () => {
    const server = await startTestServer()
    const { account } = await accountApi(server.url).join()
    const second = await runToEnd({ dataDir: server.dataDir })
    assert.equal(second.code, 1)
    assert.match(second.output, new RegExp(`^The data directory is in use by process ${server.pid}\\. Stop that process first.*\\n$`))
    pairOf(await accountApi(server.url).token(account))
  })

  test('keeps accounts, sessions and keys over a clean restart', async () => {
    const first = await startTestServer()
    const { account, pair } = await accountApi(first.url).join()
    assert.equal((await first.stop()).code, 0)
    const second = await startTestServer({ dataDir: first.dataDir })
    const api = accountApi(second.url)
    assert.equal((await api.me(pair.access_token)).status, 200)
    pairOf(await api.refresh(pair.refresh_token))
    pairOf(await api.token(account))
    assert.ok(!second.logs().includes('Your first token'), 'the first steps are shown once')
  })
})

test('a killed server leaves its port free and its lock to the next start', async () => {
  const first = await startTestServer()
  await first.kill()
  const second = await startTestServer({ dataDir: first.dataDir, env: { PORT: String(first.port) } })
  await until(async () => (await accountApi(second.url).me('x')).status === 401, 5000, 'an answer')
})

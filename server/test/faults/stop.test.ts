import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { postgresOf } from '../harness/folder.ts'
import { runToEnd, startTestServer, type TestServer } from '../harness/server.ts'
import { until } from './history.ts'

const slow = { CIP_FAILPOINT: 'after-commit-before-response:1:delay' }

const endings: readonly (readonly [string, boolean, (server: TestServer) => void])[] = [
  ['SIGTERM', false, (server) => server.signal('SIGTERM')],
  ['Ctrl-C, which reaches the whole process group', true, ({ pid }) => void process.kill(-pid, 'SIGINT')],
  ['SIGHUP', false, (server) => server.signal('SIGHUP')],
]

describe('a stop', { concurrency: 3 }, () => {
  for (const [what, isGroup, end] of endings) {
    test(`by ${what} finishes the running request, ends with code 0 and takes PostgreSQL along`, async () => {
      const server = await startTestServer({ env: slow, isGroup })
      const account = newAccount()
      const running = accountApi(server.url).register(account)
      await sleep(300)
      end(server)
      assert.equal((await running).status, 200)
      assert.deepEqual(await server.exited, { code: 0, signal: null })
      const { pid, cluster } = await postgresOf(server.dataDir)
      assert.equal(pid, undefined, `PostgreSQL still runs on ${cluster}`)
      await assert.rejects(accountApi(server.url).me('x'), { code: 'ECONNREFUSED' })
    })
  }

  test('that comes twice is still one clean stop', async () => {
    const server = await startTestServer({ env: slow })
    const running = accountApi(server.url).register(newAccount())
    await sleep(300)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGINT'] as const) server.signal(signal)
    assert.equal((await running).status, 200)
    assert.deepEqual(await server.exited, { code: 0, signal: null })
  })

  test('waits no longer than its grace for a request', async () => {
    const server = await startTestServer({ env: { ...slow, CIP_SHUTDOWN_GRACE: '0s' } })
    const running = accountApi(server.url)
      .register(newAccount())
      .catch((error: NodeJS.ErrnoException) => error.code)
    await sleep(300)
    server.signal('SIGTERM')
    assert.equal(await running, 'ECONNRESET')
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

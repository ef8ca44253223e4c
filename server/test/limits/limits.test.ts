import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { createLimiter } from '../../src/http/limits.ts'
import { accountApi } from '../harness/account-api.ts'
import { leastCost } from '../harness/cost.ts'
import { startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { form, request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

const failedRefresh = (url: string) => request(`${url}/auth/token/refresh`, form({ refresh_token: 'cip_rt_unknown' }))

suite('request limits', () => {
  test('refuse with 429 and Retry-After once the budget of the window is spent', async () => {
    const { url } = await startTestPlatform(await databases.create(), { CIP_LIMIT_REQUESTS: '5' })
    const statuses: number[] = []
    let retryAfter: string | undefined
    for (let index = 0; index < 12; index += 1) {
      const answer = await failedRefresh(url)
      statuses.push(answer.status)
      retryAfter ??= answer.headers['retry-after']
    }
    // The window may turn over in between: two budgets of five at most.
    assert.ok(statuses.filter((status) => status === 401).length <= 10)
    assert.ok(statuses.includes(429))
    assert.match(retryAfter ?? '', /^[1-9]\d*$/)
  })

  test('hold over two nodes: what one counted the other learns', async () => {
    const database = await databases.create()
    const env = { CIP_LIMIT_REQUESTS: '40' }
    const [one, two] = [await startTestPlatform(database, env), await startTestPlatform(database, env)]
    // The budget is one minute's: begin early enough in it.
    const left = 60_000 - (Date.now() % 60_000)
    if (left < 10_000) await new Promise((resolve) => setTimeout(resolve, left))
    for (let index = 0; index < 40; index += 1) assert.equal((await failedRefresh(one.url)).status, 401)
    for (let index = 0; index < 12; index += 1) await failedRefresh(two.url)
    const deadline = performance.now() + 5000
    while ((await failedRefresh(two.url)).status !== 429) {
      assert.ok(performance.now() < deadline, 'node two learns within 5 s what node one counted')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  })

  test('a limiter frees the budget with the next window and forgets old keys', () => {
    let now = 60_000_000
    const limiter = createLimiter(() => now)
    assert.equal(limiter.take('a', 1, 60), 0)
    assert.equal(limiter.take('a', 1, 60), 60)
    now += 30_000
    assert.equal(limiter.take('a', 1, 60), 30)
    now += 30_000
    assert.equal(limiter.take('a', 1, 60), 0)
  })
})

suite('failure budgets', () => {
  test('a network that failed too often for one name gets 429 before any hash, whoever the name belongs to', async () => {
    const { url, platform } = await startTestPlatform(await databases.create(), {
      CIP_FAILURES_PER_ADDRESS_AND_USER: '3',
      CIP_LOCK_AFTER: '50',
    })
    const api = accountApi(url)
    const { account } = await api.join()
    for (const username of [account.username, 'nobody-here']) {
      for (let index = 0; index < 3; index += 1) assert.equal((await api.token({ username, password: 'wrong password' })).status, 401)
      const refused = () => api.token({ username, password: account.password })
      const { cost, answer } = await leastCost({ db: platform.base.db, enough: 1, work: refused })
      assert.equal(answer.status, 429)
      assert.match(answer.headers['retry-after'] ?? '', /^[1-9]\d*$/)
      assert.equal(cost.statements, 1, 'one look at the budget, nothing else')
    }
  })

  test('a network that failed too often gets 429 for every name', async () => {
    const { url } = await startTestPlatform(await databases.create(), { CIP_FAILURES_PER_ADDRESS: '4' })
    const api = accountApi(url)
    const { account } = await api.join()
    for (let index = 0; index < 4; index += 1)
      assert.equal((await api.token({ username: `nobody-${index}`, password: 'wrong password' })).status, 401)
    assert.equal((await api.token(account)).status, 429)
  })
})

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { before, test } from 'node:test'
import { createLimiter } from '../../src/http/limits.ts'
import { accountApi } from '../harness/account-api.ts'
import { leastCost } from '../harness/cost.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { bearer, request } from '../harness/http.ts'
import { startTestPlatform, type TestPlatform } from '../harness/platform.ts'

let database: FreshDatabase
let server: TestPlatform
before(async () => {
  database = await (await startTestDatabase()).create()
  server = await startTestPlatform(database, { CIP_LIMIT_REQUESTS: '1000000' })
})

test('a form of 32,767 equal names is read in time that grows with its length alone', async () => {
  const send = async (pairs: number): Promise<number> => {
    const began = performance.now()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await request(`${server.url}/auth/token/revoke`, { method: 'POST', headers, body: 'a&'.repeat(pairs) })
    assert.equal(answer.status, 422)
    return performance.now() - began
  }
  await send(100)
  const [small, large] = [await send(4000), await send(32_000)]
  // Eight times the pairs: 64 times the work if it were quadratic, which was seconds.
  assert.ok(large < Math.max(40 * small, 1000), `${small} ms, then ${large} ms`)
})

test('a client that hangs up is not an error of the server, and its guess is either counted whole or not at all', async () => {
  const { account } = await accountApi(server.url).join()
  const { port } = new URL(server.url)
  const body = `username=${account.username}&password=wrong`
  const head = `POST /auth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`
  for (let index = 0; index < 20; index += 1)
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(head + body, () => socket.resetAndDestroy())
      })
      socket.on('close', () => resolve())
      socket.on('error', () => undefined)
    })
  await new Promise((resolve) => setTimeout(resolve, 1000))
  assert.equal(server.logs().includes('invalid input syntax'), false)
  assert.equal(server.logs().includes('"level":50'), false)
})

test('bearer tokens that nobody stands behind are counted against their network', async () => {
  const own = await startTestPlatform(database, { CIP_LIMIT_REQUESTS: '5' })
  const statuses: number[] = []
  for (let index = 0; index < 12; index += 1) statuses.push((await request(`${own.url}/auth/me`, { headers: bearer('x.y.z') })).status)
  assert.ok(statuses.includes(401) && statuses.includes(429), statuses.join(' '))
})

test('the token of an ended session costs no statement once that is known', async () => {
  const api = accountApi(server.url)
  const { pair } = await api.join()
  await api.logout(pair.access_token)
  const ask = async (): Promise<void> => {
    for (let index = 0; index < 10; index += 1) assert.equal((await api.me(pair.access_token)).status, 401)
  }
  assert.equal((await leastCost({ db: server.platform.base.db, enough: 0, work: ask })).cost.statements, 0)
})

test('a limiter holds no window longer than it lasts and never more keys than its bound', () => {
  let now = 0
  const limiter = createLimiter(() => now)
  for (let index = 0; index < 250_000; index += 1) limiter.take(`key ${index}`, 5, 60)
  assert.ok(limiter.size() <= 200_000)
  now = 60_000
  limiter.report()
  assert.equal(limiter.size(), 0)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const own = await startTestPlatform(await (await startTestDatabase()).create())
const { db } = own.platform.base
const api = accountApi(own.url)

type Cost = { readonly statements: number; readonly transactions: number }

const read = (): Cost => {
  const { statements, transactions } = db.metrics.read()
  return { statements, transactions }
}

/** What the platform asks of the database by itself in a second, such as the look for ended sessions, is kept out: a quiet span is waited for. */
const costOf = async (work: () => Promise<unknown>): Promise<Cost> => {
  const measured: Cost[] = []
  for (let round = 0; round < 5; round += 1) {
    const before = read()
    await work()
    const after = read()
    measured.push({ statements: after.statements - before.statements, transactions: after.transactions - before.transactions })
  }
  return measured.reduce((least, one) => (one.statements < least.statements ? one : least))
}

const { account, pair } = await api.join()
await api.me(pair.access_token)

describe('statements and explicit transactions of', () => {
  test('GET /auth/me with the session in memory: none', async () => {
    assert.deepEqual(await costOf(() => api.me(pair.access_token)), { statements: 0, transactions: 0 })
  })

  test('GET /auth/me with a session that is not: 1', async () => {
    const pairs = await Promise.all(Array.from({ length: 5 }, async () => pairOf(await api.token(account))))
    const next = pairs.values()
    assert.deepEqual(await costOf(() => api.me(next.next().value?.access_token ?? '')), { statements: 1, transactions: 0 })
  })

  test('POST /auth/token/refresh: 1', async () => {
    let { refresh_token } = pair
    const cost = await costOf(async () => {
      refresh_token = pairOf(await api.refresh(refresh_token)).refresh_token
    })
    assert.deepEqual(cost, { statements: 1, transactions: 0 })
  })

  test('POST /auth/token: 2, one before the hash and one after it', async () => {
    assert.deepEqual(await costOf(() => api.token(account)), { statements: 2, transactions: 0 })
  })

  test('POST /auth/token that is refused: 2', async () => {
    assert.deepEqual(await costOf(() => api.token({ ...newAccount(), password: 'wrong-one' })), { statements: 2, transactions: 0 })
  })

  test('POST /auth/register: 2', async () => {
    assert.deepEqual(await costOf(() => api.register(newAccount())), { statements: 2, transactions: 0 })
  })

  test('POST /auth/register of a name that is taken: 1, and no hash', async () => {
    assert.deepEqual(await costOf(() => api.register(account)), { statements: 1, transactions: 0 })
  })

  test('POST /auth/token/revoke of a token that is none: none', async () => {
    assert.deepEqual(await costOf(() => api.revoke('cip_rt_none')), { statements: 0, transactions: 0 })
  })

  test('POST /auth/logout: 1', async () => {
    const pairs = await Promise.all(Array.from({ length: 5 }, async () => pairOf(await api.token(account))))
    for (const { access_token } of pairs) await api.me(access_token)
    const next = pairs.values()
    assert.deepEqual(await costOf(() => api.logout(next.next().value?.access_token ?? '')), { statements: 1, transactions: 0 })
  })

  for (const path of ['/.well-known/jwks.json', '/openapi.json', '/docs', '/healthz'])
    test(`GET ${path}: none`, async () => {
      assert.deepEqual(await costOf(() => request(`${own.url}${path}`)), { statements: 0, transactions: 0 })
    })

  test('requests that are refused at the door: none', async () => {
    const refusals = [
      () => api.me('wrong'),
      () => api.refresh('cip_rt_none'),
      () => api.register({ ...newAccount(), password: 'short' }),
      () => request(`${own.url}/auth/token`, { method: 'POST' }),
    ]
    for (const refused of refusals) assert.deepEqual(await costOf(refused), { statements: 0, transactions: 0 })
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccountApi, accountApi, newAccount } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Answer, request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const postgres = await startTestDatabase()
const limited = async (env: Record<string, string>): Promise<{ url: string; api: AccountApi }> => {
  const { url } = await startTestPlatform(await postgres.create(), env)
  return { url, api: accountApi(url) }
}

const isTooMany = (answer: Answer, detail: string, secondsMax: number): void => {
  assert.deepEqual([answer.status, answer.json], [429, { detail }])
  const wait = Number(answer.headers['retry-after'])
  assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= secondsMax, String(wait))
  assert.equal(answer.headers['cache-control'], 'no-store')
}

const requests = 'Too many requests. Try again later.'
const failures = 'Too many failed attempts. Try again later.'

/** Calls until the answer is 429: a window may turn in the middle, so the count is at most twice the limit. */
const untilRefused = async (limit: number, call: () => Promise<Answer>): Promise<Answer> => {
  for (let count = 0; count <= 2 * limit; count += 1) {
    const answer = await call()
    if (answer.status === 429) {
      assert.ok(count >= limit, `refused after ${count} of ${limit}`)
      return answer
    }
  }
  throw new Error(`never refused within ${2 * limit} requests`)
}

test('registrations from one network are limited, before their bodies are looked at', async () => {
  const { api, url } = await limited({ CIP_LIMIT_REGISTER: '3' })
  isTooMany(await untilRefused(3, () => api.register(newAccount())), requests, 60)
  const garbage = await request(`${url}/auth/register`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })
  assert.equal(garbage.status, 429)
  assert.equal((await request(`${url}/healthz`)).status, 200)
})

test('sign-ins from one network are limited', async () => {
  const { api } = await limited({ CIP_LIMIT_SIGN_IN: '3' })
  isTooMany(await untilRefused(3, () => api.token(newAccount())), requests, 60)
})

test('every other endpoint has its own limit', async () => {
  const { api } = await limited({ CIP_LIMIT_REQUESTS: '3' })
  const { pair } = await api.join()
  isTooMany(await untilRefused(3, () => api.me(pair.access_token)), requests, 60)
  isTooMany(await untilRefused(3, () => api.refresh('cip_rt_none')), requests, 60)
  isTooMany(await untilRefused(3, () => api.revoke('cip_rt_none')), requests, 60)
  assert.equal((await api.logout(pair.access_token)).status, 200)
})

test('failures for one name from one network end in 429 for known and unknown names alike, and leave other names alone', async () => {
  const { api } = await limited({ CIP_FAILURES_PER_ADDRESS_AND_USER: '3', CIP_LOCK_AFTER: '50' })
  const { account } = await api.join()
  for (const username of [account.username, 'nobody-at-all']) {
    for (let count = 0; count < 3; count += 1) assert.equal((await api.token({ username, password: 'wrong-one' })).status, 401)
    isTooMany(await api.token({ username, password: 'wrong-one' }), failures, 900)
  }
  isTooMany(await api.token(account), failures, 900)
  await api.join()
})

test('failures from one network end in 429 for every name', async () => {
  const { api } = await limited({ CIP_FAILURES_PER_ADDRESS: '4' })
  const { account } = await api.join()
  for (let count = 0; count < 4; count += 1) assert.equal((await api.token(newAccount())).status, 401)
  isTooMany(await api.token(newAccount()), failures, 900)
  isTooMany(await api.token(account), failures, 900)
})

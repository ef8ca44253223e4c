import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

test('a flood of sign-ins is answered with 503 and Retry-After beyond what can be hashed in time; everything else goes on', async () => {
  const { url } = await startTestPlatform(await (await startTestDatabase()).create(), { CIP_HASH_WAIT: '100ms' })
  const api = accountApi(url)
  const { pair, account } = await api.join()
  const flood = Promise.all(Array.from({ length: 80 }, () => api.token({ ...newAccount(), password: 'wrong-one' })))
  const others = await Promise.all([api.me(pair.access_token), api.refresh(pair.refresh_token), request(`${url}/healthz`)])
  for (const { status } of others) assert.equal(status, 200)
  const answers = await flood
  assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [401, 503])
  for (const { headers } of answers.filter(({ status }) => status === 503)) assert.match(String(headers['retry-after']), /^[1-9]\d*$/)
  pairOf(await api.token(account))
})

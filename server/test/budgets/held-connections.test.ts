import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import type { Answer } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const database = await (await startTestDatabase()).create()
const usual = await startTestPlatform(database)
// One connection for everything, and a hash that takes half a second: whoever held the one during the other would hold up everybody.
const slow = await startTestPlatform(database, { CIP_DATABASE_POOL_SIZE: '1', CIP_ARGON2_MEMORY_KIB: '65536', CIP_ARGON2_PASSES: '20' })
const api = accountApi(slow.url)

const hashesRunning = async (): Promise<number> => {
  const metrics = await slow.platform.metrics.registry.getMetricsAsJSON()
  return Number(metrics.find(({ name }) => name === 'cip_hash_running_jobs')?.values[0]?.value)
}

const untilHashing = async (): Promise<void> => {
  while ((await hashesRunning()) === 0) await new Promise((resolve) => setTimeout(resolve, 1))
}

const calls: Readonly<Record<string, () => Promise<Answer>>> = {
  'a sign-in': () => api.token({ ...newAccount(), password: 'wrong-one' }),
  'a registration': () => api.register(newAccount()),
}

describe('no connection is held while a password is hashed, by', () => {
  for (const [what, call] of Object.entries(calls))
    test(what, async () => {
      let { refresh_token } = (await accountApi(usual.url).join()).pair
      const order: string[] = []
      const hashing = call().then(() => order.push('hashed'))
      await untilHashing()
      for (let count = 0; count < 5; count += 1) refresh_token = pairOf(await api.refresh(refresh_token)).refresh_token
      order.push('refreshed')
      await hashing
      assert.deepEqual(order, ['refreshed', 'hashed'])
    })
})

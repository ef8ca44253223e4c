import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { startTestPlatform } from '../harness/platform.ts'

const own = await startTestPlatform(await (await startTestDatabase()).create(), { CIP_DATABASE_POOL_SIZE: '1' })
const api = accountApi(own.url)
const { db } = own.platform.base

type Updates = { n_tup_upd: number; n_tup_hot_upd: number }

// One connection does it all, so that it alone has counts to tell; by itself it would tell them after a second, or ten when it is idle.
const updatesOf = async (table: string, least: number): Promise<Updates> => {
  const deadline = performance.now() + 15_000
  for (;;) {
    await db.text('select pg_stat_force_next_flush()')
    const [row] = await db.text<Updates>('select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relname = $1', [table])
    if (row !== undefined && row.n_tup_upd >= least) return row
    assert.ok(performance.now() < deadline, `the statistics of ${table} do not come: ${JSON.stringify(row)}`)
    await sleep(20)
  }
}

const isHot = ({ n_tup_upd, n_tup_hot_upd }: Updates): void =>
  assert.ok(n_tup_hot_upd >= 0.9 * n_tup_upd, `${n_tup_hot_upd} of ${n_tup_upd} updates were heap-only`)

test('100 refreshes touch no index: their updates are heap-only', async () => {
  let { refresh_token } = (await api.join()).pair
  for (let count = 0; count < 100; count += 1) refresh_token = pairOf(await api.refresh(refresh_token)).refresh_token
  isHot(await updatesOf('grants', 100))
})

test('counting failures and clearing them touches no index either', async () => {
  const { account } = await api.join()
  for (let count = 0; count < 20; count += 1) {
    await api.token({ ...account, password: 'wrong-one' })
    await api.token(account)
  }
  isHot(await updatesOf('sign_in_states', 60))
})

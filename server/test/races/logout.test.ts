import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AccountApi, type Pair, pairOf } from '../harness/account-api.ts'
import { startNodes } from './nodes.ts'

const nodes = await startNodes({ CIP_SESSIONS_PER_USER: '1000' })
const [here, there] = nodes.apis
const boundMs = 5000

/** Milliseconds until the node refuses the access token. */
const untilRefused = async (api: AccountApi, pair: Pair): Promise<number> => {
  const start = performance.now()
  while (performance.now() - start < 3 * boundMs) {
    const { status } = await api.me(pair.access_token)
    if (status === 401) return performance.now() - start
    assert.equal(status, 200)
    await sleep(50)
  }
  throw new Error('the token is still accepted')
}

const endings: readonly (readonly [string, (pair: Pair) => Promise<unknown>])[] = [
  ['logout', (pair) => here.logout(pair.access_token)],
  ['revocation', (pair) => here.revoke(pair.refresh_token)],
]

for (const [what, end] of endings) {
  test(`a ${what} on one node is heeded at once there, and within 5 s on the other that had the session in memory`, async (context) => {
    const { account } = await here.join()
    const pairs = await Promise.all(Array.from({ length: 5 }, async () => pairOf(await here.token(account))))
    for (const pair of pairs) assert.equal((await there.me(pair.access_token)).status, 200)
    await Promise.all(pairs.map(end))
    for (const pair of pairs) assert.equal((await here.me(pair.access_token)).status, 401)
    const waits = await Promise.all(pairs.map((pair) => untilRefused(there, pair)))
    context.diagnostic(`refused on the other node after ${waits.map(Math.round).join(', ')} ms`)
    assert.ok(Math.max(...waits) <= boundMs)
    for (const pair of pairs) assert.equal((await there.refresh(pair.refresh_token)).status, 401)
  })
}

test('a replay that kills a family on one node is heeded within 5 s on the other', async () => {
  const { pair } = await here.join()
  const second = pairOf(await here.refresh(pair.refresh_token))
  const third = pairOf(await here.refresh(second.refresh_token))
  assert.equal((await there.me(third.access_token)).status, 200)
  assert.equal((await here.refresh(pair.refresh_token)).status, 401)
  assert.equal((await here.me(third.access_token)).status, 401)
  assert.ok((await untilRefused(there, third)) <= boundMs)
})

test('logout against refresh: whoever wins, no usable token is left', async () => {
  const { account } = await here.join()
  const left: Pair[] = []
  for (let round = 0; round < 50; round += 1) {
    const pair = pairOf(await here.token(account))
    const [logout, refresh] = await Promise.all([here.logout(pair.access_token), there.refresh(pair.refresh_token)])
    assert.equal(logout.status, 200)
    left.push(pair, ...(refresh.status === 200 ? [pairOf(refresh)] : []))
    if (refresh.status !== 200) assert.equal(refresh.status, 401)
  }
  for (const pair of left) {
    for (const api of [here, there]) assert.equal((await api.refresh(pair.refresh_token)).status, 401)
    assert.equal((await here.me(pair.access_token)).status, 401)
    await untilRefused(there, pair)
  }
  const live = await nodes.database.sql.text(
    `select 1 from grants g join sessions s on s.id = g.session_id where (g.revoked_at is null) <> (s.ended_at is null)`,
  )
  assert.equal(live.length, 0)
})

test('16 logouts of one session write one event', async () => {
  const { pair } = await here.join()
  const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => (index % 2 ? here : there).logout(pair.access_token)))
  for (const { status } of answers) assert.ok(status === 200 || status === 401)
  const sid = JSON.parse(Buffer.from(pair.access_token.split('.')[1] ?? '', 'base64url').toString()).sid
  const events = await nodes.database.sql.text(`select 1 from events where type = 'session.ended' and session_id = $1`, [sid])
  assert.equal(events.length, 1)
})

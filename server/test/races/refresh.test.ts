import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Pair, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import type { Answer } from '../harness/http.ts'
import { atOnce, type Nodes, startNodes } from './nodes.ts'

type Grant = { counter: number; revoke_reason: string | null }

const postgres = await startTestDatabase()
const usual = await startNodes({ CIP_REFRESH_TOKEN_LEEWAY: '60s' }, postgres)
const strict = await startNodes({ CIP_REFRESH_TOKEN_LEEWAY: '0s' }, postgres)

const sessionOf = ({ access_token }: Pair): string => JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()).sid

const grantOf = async ({ database }: Nodes, pair: Pair): Promise<Grant | undefined> =>
  (await database.sql.text<Grant>('select counter, revoke_reason from grants where session_id = $1', [sessionOf(pair)]))[0]

const isRefused = ({ status, json }: Answer): void =>
  assert.deepEqual([status, json], [401, { detail: 'Invalid or revoked refresh token' }])

const isDead = async ({ apis }: Nodes, pair: Pair): Promise<void> => {
  for (const api of apis) isRefused(await api.refresh(pair.refresh_token))
}

describe('16 refreshes of one token at once over two processes', () => {
  test('advance the grant by one and give one successor, in each of 20 rounds', async () => {
    let { pair } = await usual.apis[0].join()
    for (let round = 1; round <= 20; round += 1) {
      const answers = await atOnce(usual, 16, (api) => api.refresh(pair.refresh_token))
      const pairs = answers.filter(({ status }) => status === 200).map(pairOf)
      for (const answer of answers.filter(({ status }) => status !== 200)) isRefused(answer)
      assert.ok(pairs.length >= 1)
      assert.equal(new Set(pairs.map(({ refresh_token }) => refresh_token)).size, 1, 'one live head')
      assert.deepEqual(await grantOf(usual, pair), { counter: round, revoke_reason: null })
      pair = pairs[0] ?? pair
    }
    assert.equal((await usual.apis[1].me(pair.access_token)).status, 200)
  })

  test('have at most one winner where no leeway is given', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { pair } = await strict.apis[0].join()
      const answers = await atOnce(strict, 16, (api) => api.refresh(pair.refresh_token))
      for (const answer of answers.filter(({ status }) => status !== 200)) isRefused(answer)
      assert.equal(answers.filter(({ status }) => status === 200).length, 1)
      assert.equal((await grantOf(strict, pair))?.counter, 1)
    }
  })
})

describe('a token that was spent', () => {
  test('gets the same successor again within the leeway, from either process', async () => {
    const { pair } = await usual.apis[0].join()
    const first = pairOf(await usual.apis[0].refresh(pair.refresh_token))
    for (const api of usual.apis) assert.equal(pairOf(await api.refresh(pair.refresh_token)).refresh_token, first.refresh_token)
    assert.equal((await grantOf(usual, pair))?.counter, 1)
  })

  test('kills its family when it is older than the last one, even within the leeway', async () => {
    const { pair } = await usual.apis[0].join()
    const second = pairOf(await usual.apis[1].refresh(pair.refresh_token))
    const third = pairOf(await usual.apis[0].refresh(second.refresh_token))
    isRefused(await usual.apis[1].refresh(pair.refresh_token))
    await isDead(usual, third)
    await isDead(usual, second)
    assert.equal((await grantOf(usual, pair))?.revoke_reason, 'reuse')
  })

  test('kills its family after the leeway, and the kill is committed with its event though the answer is a refusal', async () => {
    const { pair } = await strict.apis[0].join()
    const next = pairOf(await strict.apis[1].refresh(pair.refresh_token))
    isRefused(await strict.apis[0].refresh(pair.refresh_token))
    assert.equal((await grantOf(strict, pair))?.revoke_reason, 'reuse')
    await isDead(strict, next)
    assert.equal((await strict.apis[0].me(next.access_token)).status, 401)
    const events = await strict.database.sql.text<{ payload: object }>(
      `select payload from events where type = 'grant.killed' and session_id = $1`,
      [sessionOf(pair)],
    )
    assert.deepEqual(events, [{ payload: { presented: 0, current: 1 } }])
  })

  test('kills once, however often it comes back and wherever', async () => {
    const { pair } = await strict.apis[0].join()
    pairOf(await strict.apis[0].refresh(pair.refresh_token))
    for (const answer of await atOnce(strict, 16, (api) => api.refresh(pair.refresh_token))) isRefused(answer)
    const events = await strict.database.sql.text(`select 1 from events where type = 'grant.killed' and session_id = $1`, [sessionOf(pair)])
    assert.equal(events.length, 1)
  })

  test('within a leeway that has passed is a replay', async () => {
    const short = await startNodes({ CIP_REFRESH_TOKEN_LEEWAY: '1s' }, postgres)
    const { pair } = await short.apis[0].join()
    const next = pairOf(await short.apis[0].refresh(pair.refresh_token))
    await sleep(1200)
    isRefused(await short.apis[1].refresh(pair.refresh_token))
    await isDead(short, next)
  })
})

test('no grant has been left with two live heads or revoked without a reason', async () => {
  for (const { database } of [usual, strict]) {
    const rows = await database.sql.text(
      `select 1 from grants where (revoked_at is null) <> (revoke_reason is null)
       union all select 1 from sessions s join grants g on g.session_id = s.id group by s.id having count(*) filter (where g.revoked_at is null) > 1`,
    )
    assert.equal(rows.length, 0)
  }
})

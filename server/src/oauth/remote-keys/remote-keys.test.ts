import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeysOutcome } from '../core/jwt/jwk.ts'
import { createRemoteKeys } from './remote-keys.ts'

const uri = 'https://app.test/jwks'
const setOf = (...kids: string[]): string => JSON.stringify({ keys: kids.map((kid) => ({ kty: 'EC', kid })) })
const known = { kid: 'a', isRefresh: false }
const missing = { kid: 'z', isRefresh: false }

const cacheOf = (urisMax?: number) => {
  const state = { at: 0, fetches: 0, answer: async (): Promise<string> => setOf('a') }
  const fetchText = (): Promise<string> => {
    state.fetches += 1
    return state.answer()
  }
  return { state, keys: createRemoteKeys({ fetchText, now: () => state.at, ...(urisMax === undefined ? {} : { urisMax }) }) }
}

const kidsOf = (outcome: KeysOutcome): unknown => (outcome.kind === 'keys' ? outcome.keys.map(({ kid }) => kid) : outcome.kind)
const fail = async (): Promise<string> => Promise.reject(new Error('secret detail of the network'))

test('keeps a set for ten minutes and not longer', async () => {
  const { state, keys } = cacheOf()
  for (const at of [0, 1000, 599_999]) {
    state.at = at
    assert.deepEqual(kidsOf(await keys.get(uri, known)), ['a'])
  }
  assert.equal(state.fetches, 1)
  state.at = 600_000
  await keys.get(uri, known)
  assert.equal(state.fetches, 2)
})

test('H-04 fetches once for a flood of unknown kids, and then once a minute at most', async () => {
  const { state, keys } = cacheOf()
  await Promise.all(Array.from({ length: 100 }, () => keys.get(uri, missing)))
  assert.equal(state.fetches, 1)
  for (let at = 0; at <= 590_000; at += 1000) {
    state.at = at
    await keys.get(uri, { kid: `z${at}`, isRefresh: at % 2000 === 0 })
  }
  assert.ok(state.fetches <= 11, `${state.fetches} fetches in 590 s`)
  assert.ok(state.fetches >= 9, 'a missing key is looked for again')
})

test('follows a rotation at the first token of the new key', async () => {
  const { state, keys } = cacheOf()
  await keys.get(uri, known)
  state.answer = async () => setOf('b')
  state.at = 11_000
  assert.deepEqual(kidsOf(await keys.get(uri, { kid: 'b', isRefresh: false })), ['b'])
  assert.equal(state.fetches, 2)
})

test('keeps the old set while the address fails or answers nonsense, for a day and not longer', async () => {
  const { state, keys } = cacheOf()
  await keys.get(uri, known)
  const bad = [fail, async () => '<html>', async () => '{"keys":[{"kty":"oct","k":"AA"}]}', async () => 'x'.repeat(70_000)]
  for (const [index, answer] of bad.entries()) {
    Object.assign(state, { answer, at: 600_000 + index * 10_000 })
    assert.deepEqual(kidsOf(await keys.get(uri, known)), ['a'])
  }
  assert.equal(state.fetches, 5)
  state.at = 86_400_000
  assert.equal(kidsOf(await keys.get(uri, known)), 'unavailable')
})

test('U-06 says of a dead address neither why nor where, and asks it at most every ten seconds', async () => {
  const { state, keys } = cacheOf()
  state.answer = fail
  for (let at = 0; at < 60_000; at += 500) {
    state.at = at
    const outcome = await keys.get(uri, known)
    assert.ok(outcome.kind === 'unavailable')
    assert.doesNotMatch(outcome.rule, /secret detail|app\.test/)
  }
  assert.equal(state.fetches, 6)
})

test('shares one fetch between callers and none between addresses', async () => {
  const { state, keys } = cacheOf()
  await Promise.all([uri, uri, `${uri}/2`].map((one) => keys.get(one, known)))
  assert.equal(state.fetches, 2)
})

test('forgets the address that was used longest ago rather than grow', async () => {
  const { state, keys } = cacheOf(2)
  for (const one of ['https://1.test', 'https://2.test', 'https://3.test', 'https://1.test']) await keys.get(one, known)
  assert.equal(state.fetches, 4)
})

test('U-04 refuses a set of a thousand keys', async () => {
  const { state, keys } = cacheOf()
  state.answer = async () => setOf(...Array.from({ length: 1000 }, (_, index) => String(index)))
  assert.equal(kidsOf(await keys.get(uri, known)), 'unavailable')
})

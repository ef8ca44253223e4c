import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSessionCache, type SessionView } from './session-cache.ts'

const tenant = 'tenant'
const view = (expiresAt = 1000): SessionView => ({ userId: 'user', number: 1, username: 'name', email: null, expiresAt })

const cacheOf = (load: () => Promise<SessionView | undefined>, state = { now: 0, isInformed: true }) => {
  let loads = 0
  const counted = (): Promise<SessionView | undefined> => {
    loads += 1
    return load()
  }
  const cache = createSessionCache({ load: counted, now: () => state.now, isInformed: () => state.isInformed })
  return { cache, loads: () => loads, state }
}

test('asks once for a session and remembers it', async () => {
  const { cache, loads } = cacheOf(async () => view())
  assert.deepEqual(await cache.get(tenant, 'a'), view())
  assert.deepEqual(await cache.get(tenant, 'a'), view())
  assert.equal(loads(), 1)
})

test('asks once for many who ask at once', async () => {
  const { cache, loads } = cacheOf(async () => view())
  await Promise.all(Array.from({ length: 10 }, () => cache.get(tenant, 'a')))
  assert.equal(loads(), 1)
})

test('remembers for a while that there was none: a session is written before its token is issued', async () => {
  const { cache, loads } = cacheOf(async () => undefined)
  assert.equal(await cache.get(tenant, 'a'), undefined)
  assert.equal(await cache.get(tenant, 'a'), undefined)
  assert.equal(loads(), 1)
})

test('believes nothing in memory while word of ended sessions may be missing', async () => {
  const { cache, loads, state } = cacheOf(async () => view())
  await cache.get(tenant, 'a')
  state.isInformed = false
  await cache.get(tenant, 'a')
  assert.equal(loads(), 2)
})

test('gives no session whose time has passed', async () => {
  const { cache, state } = cacheOf(async () => view(50))
  await cache.get(tenant, 'a')
  state.now = 50
  assert.equal(await cache.get(tenant, 'a'), undefined)
})

test('a session that ends while it is being read is not given and not remembered', async () => {
  const reading = Promise.withResolvers<SessionView | undefined>()
  const { cache } = cacheOf(() => reading.promise)
  const got = cache.get(tenant, 'a')
  cache.end(tenant, 'a')
  reading.resolve(view())
  assert.equal(await got, undefined)
  assert.equal(cache.size(), 0)
})

test('what was read before everything was forgotten is not written back', async () => {
  const reading = Promise.withResolvers<SessionView | undefined>()
  const { cache } = cacheOf(() => reading.promise)
  const got = cache.get(tenant, 'a')
  cache.clear()
  reading.resolve(view())
  await got
  assert.equal(cache.size(), 0)
})

test('a failed reading is not remembered', async () => {
  let isBroken = true
  const { cache } = cacheOf(async () => {
    if (isBroken) throw new Error('away')
    return view()
  })
  await assert.rejects(cache.get(tenant, 'a'), /away/)
  isBroken = false
  assert.deepEqual(await cache.get(tenant, 'a'), view())
})

test('sessions of two tenants with one id are two', async () => {
  const { cache, loads } = cacheOf(async () => view())
  await cache.get('one', 'a')
  await cache.get('two', 'a')
  assert.equal(loads(), 2)
})

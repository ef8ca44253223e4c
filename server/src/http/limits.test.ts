import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLimiter } from './limits.ts'

const limiterAt = (time: { now: number }) => createLimiter(() => time.now)

test('lets through as many as it may in a window, says how long to wait, and begins again', () => {
  const time = { now: 30_000 }
  const limiter = limiterAt(time)
  for (let count = 0; count < 3; count += 1) assert.equal(limiter.take('a', 3, 60), 0)
  assert.equal(limiter.take('a', 3, 60), 30)
  assert.equal(limiter.take('b', 3, 60), 0)
  time.now = 60_000
  assert.equal(limiter.take('a', 3, 60), 0)
})

test('a refused request is not counted: who waits is let in again', () => {
  const time = { now: 0 }
  const limiter = limiterAt(time)
  for (let count = 0; count < 100; count += 1) limiter.take('a', 10, 60)
  assert.deepEqual(limiter.report(), [{ key: 'a', start: 0, added: 10 }])
})

test('counts what the other nodes have told, once', () => {
  const time = { now: 0 }
  const limiter = limiterAt(time)
  for (let count = 0; count < 20; count += 1) limiter.take('a', 100, 60)
  assert.deepEqual(limiter.report(), [{ key: 'a', start: 0, added: 20 }])
  limiter.learn('a', 0, 90)
  let taken = 0
  while (limiter.take('a', 100, 60) === 0) taken += 1
  assert.equal(taken, 10)
})

test('tells the others only what they have not heard, and nothing of the few', () => {
  const limiter = limiterAt({ now: 0 })
  for (let count = 0; count < 9; count += 1) limiter.take('few', 100, 60)
  for (let count = 0; count < 12; count += 1) limiter.take('many', 100, 60)
  assert.deepEqual(limiter.report(), [{ key: 'many', start: 0, added: 12 }])
  assert.deepEqual(limiter.report(), [])
  limiter.take('many', 100, 60)
  assert.deepEqual(limiter.report(), [{ key: 'many', start: 0, added: 1 }])
})

test('word of another window changes nothing', () => {
  const limiter = limiterAt({ now: 60_000 })
  limiter.take('a', 2, 60)
  limiter.learn('a', 0, 1000)
  assert.equal(limiter.take('a', 2, 60), 0)
})

test('keeps a bounded number of keys, whoever sends them', () => {
  const limiter = limiterAt({ now: 0 })
  for (let count = 0; count < 200_010; count += 1) limiter.take(`key ${count}`, 10, 60)
  assert.ok(limiter.size() <= 200_001, String(limiter.size()))
})

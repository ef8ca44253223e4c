import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marksOf, stacked, ticksOf } from './scale.ts'

test('an axis has round numbers, begins at nothing and holds the largest value', () => {
  for (const max of [0, 1, 2, 3, 7, 9, 10, 11, 42, 99, 101, 999, 12_345, 9_999_999]) {
    const ticks = ticksOf(max)
    assert.equal(ticks[0], 0)
    assert.ok((ticks.at(-1) ?? 0) >= max, `${max}: ${ticks}`)
    assert.ok(ticks.length >= 2 && ticks.length <= 6, `${max}: ${ticks}`)
    assert.ok(ticks.every(Number.isInteger), `${max}: ${ticks}`)
    assert.equal(new Set(ticks).size, ticks.length)
  }
})

test('each edge of a stack is the sum of what lies below it', () => {
  assert.deepEqual(
    stacked([
      [1, 2],
      [3, 0],
      [0, 5],
    ]),
    [
      [1, 2],
      [4, 2],
      [4, 7],
    ],
  )
  assert.deepEqual(stacked([]), [])
})

test('marks are never more than there is room for', () => {
  assert.deepEqual(marksOf(24, 4), [0, 6, 12, 18])
  assert.deepEqual(marksOf(3, 8), [0, 1, 2])
  assert.deepEqual(marksOf(0, 8), [])
  for (const count of [1, 5, 24, 168]) assert.ok(marksOf(count, 8).length <= 8)
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareRanks } from '../../bench/rank-test.ts'

const close = (value: number, expected: number, within = 1e-4): void => {
  assert.ok(Math.abs(value - expected) < within, `${value} is not ${expected}`)
}

describe('compareRanks', () => {
  it('gives the p of the normal approximation for samples that do not overlap', () => {
    // U = 0 of 10 x 10: z = (50 - 0.5) / sqrt(100 * 21 / 12) = 3.74186.
    const left = Array.from({ length: 10 }, (_, index) => index)
    const right = Array.from({ length: 10 }, (_, index) => 100 + index)
    const { p, difference } = compareRanks(left, right)
    close(p, 0.00018267, 1e-6)
    assert.equal(difference, -100)
  })

  it('counts ties with the mean of their ranks', () => {
    // Ranks 2 for each 1, 4.5 for each 2: U = 8.5 - 6 = 2.5, its mean 4.5; ties of three and of two: the variance is 0.75 * (7 - 30 / 30).
    const { p } = compareRanks([1, 1, 2], [1, 2, 3])
    close(p, 0.4795, 1e-4)
  })

  it('finds nothing between equal samples, and nothing in a sample of one value', () => {
    const same = Array.from({ length: 500 }, (_, index) => index % 50)
    assert.deepEqual(compareRanks(same, same), { difference: 0, p: 1 })
    assert.equal(compareRanks([5, 5, 5], [5, 5, 5]).p, 1)
  })

  it('is the same whichever sample is named first', () => {
    const [left, right] = [Array.from({ length: 40 }, (_, index) => index * 1.5), Array.from({ length: 60 }, (_, index) => 10 + index)]
    close(compareRanks(left, right).p, compareRanks(right, left).p, 1e-12)
  })
})

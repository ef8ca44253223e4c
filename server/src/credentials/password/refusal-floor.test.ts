import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRefusalFloor } from './refusal-floor.ts'

const hour = 3_600_000
const salt = 'abcdefghijklmnopqrstuv'
const cost10 = `$2b$10$${salt}`
const cost12 = `$2b$12$${salt}`

describe('the floor of refusals', () => {
  it('is none before an imported hash was verified', () => {
    assert.equal(createRefusalFloor().floorMs(0), 0)
  })

  it('lies above the dearest form that was seen, however rare it is', () => {
    const floor = createRefusalFloor()
    floor.learn(cost12, 240, 0)
    for (let index = 0; index < 100; index += 1) floor.learn(cost10, 60, index)
    assert.equal(floor.floorMs(100), 360)
  })

  it('does not follow one slow moment of the machine', () => {
    const floor = createRefusalFloor()
    for (const milliseconds of [60, 62, 1_900, 61, 63]) floor.learn(cost10, milliseconds, 0)
    assert.equal(floor.floorMs(1), 93)
  })

  it('goes when no imported hash was seen for an hour, and is learned anew', () => {
    const floor = createRefusalFloor()
    floor.learn(cost10, 80, 0)
    assert.equal(floor.floorMs(hour), 0)
    floor.learn(cost10, 80, hour)
    assert.equal(floor.floorMs(hour), 120)
  })

  it('never holds a refusal for more than two seconds, and remembers no more than a few forms', () => {
    const floor = createRefusalFloor()
    for (let index = 0; index < 1_000; index += 1) floor.learn(`form${index}$${salt}`, 60_000, index)
    assert.equal(floor.floorMs(1_001), 2_000)
    for (let index = 0; index < 40; index += 1) floor.learn(`other${index}$${salt}`, 10, 1_001)
    assert.equal(floor.floorMs(1_002), 15)
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchIdle } from './idle.ts'

/** Two tabs are two of these on one channel; time passes as the test says. */
const setUp = () => {
  const world = { now: 1_000_000, said: [] as string[], told: 0, sign: () => {}, tell: () => {}, look: () => {} }
  const { back } = watchIdle(
    {
      quietMs: 120_000,
      onQuiet: (isQuiet) => void world.said.push(isQuiet ? 'quiet' : 'loud'),
      idleMs: 900_000,
      onIdle: () => void world.said.push('idle'),
    },
    {
      now: () => world.now,
      onSign: (listener) => {
        world.sign = listener
      },
      others: {
        tell: () => {
          world.told += 1
        },
        onTold: (listener) => {
          world.tell = listener
        },
      },
      every: (_, look) => {
        world.look = look
      },
    },
  )
  const pass = (ms: number): void => {
    world.now += ms
    world.look()
  }
  return { world, back, pass }
}

test('what reads by itself pauses when nobody is there, and the console closes after longer; each is said once', () => {
  const { world, pass } = setUp()
  for (const ms of [119_000, 1000, 60_000, 719_000, 1000, 60_000]) pass(ms)
  assert.deepEqual(world.said, ['quiet', 'idle'])
})

test('whoever does something in time is there, also in another tab', () => {
  const { world, pass } = setUp()
  for (const sign of [world.sign, world.tell])
    for (let left = 3; left > 0; left -= 1) {
      pass(600_000)
      sign()
    }
  assert.deepEqual(world.said, Array.from({ length: 6 }, () => ['quiet', 'loud']).flat())
})

test('who comes too late does not open it by that, and a machine that slept is found idle at the first sign', () => {
  const { world, back } = setUp()
  world.now += 3_600_000
  world.sign()
  assert.deepEqual(world.said, ['quiet', 'idle'])
  world.sign()
  world.tell()
  assert.deepEqual(world.said, ['quiet', 'idle'])
  assert.equal(world.told, 0)
  back()
  assert.deepEqual(world.said, ['quiet', 'idle', 'loud'])
  world.sign()
  assert.equal(world.told, 1)
})

test('other tabs are told now and then, not at each move', () => {
  const { world } = setUp()
  for (let left = 100; left > 0; left -= 1) {
    world.now += 100
    world.sign()
  }
  assert.ok(world.told >= 2 && world.told <= 3, String(world.told))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { watchOverload } from './overload.ts'

const block = (ms: number): void => {
  const end = performance.now() + ms
  while (performance.now() < end);
}

/** Keeps the event loop busy for so long, with hardly a breath between. */
const hold = async (times: number): Promise<void> => {
  for (let left = times; left > 0; left -= 1) {
    block(600)
    await setImmediate()
  }
}

test('what blocks a process while it starts is no overload; what blocks it later is, until it has gone', async () => {
  const overload = watchOverload(0.3)
  try {
    await hold(3)
    overload.begin()
    await setTimeout(600)
    assert.equal(overload.isShedding(), false)
    await hold(3)
    assert.equal(overload.isShedding(), true)
    await setTimeout(600)
    assert.equal(overload.isShedding(), false)
  } finally {
    overload.stop()
  }
})

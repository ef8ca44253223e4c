import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { HashPoolClosed, HashPoolOverloaded } from './hash-errors.ts'
import { createScheduler, type SchedulerOptions } from './hash-scheduler.ts'

const createBench = (context: TestContext, chosen: Partial<SchedulerOptions> = {}) => {
  const scheduler = createScheduler({ slots: 2, maxWaitMs: 60_000, queueMax: 100, waitMsAt: () => 0, ...chosen })
  const started: string[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const submit = (name: string, key?: string) => {
    const end = Promise.withResolvers<void>()
    ends.set(name, end)
    const run = async () => {
      started.push(name)
      await end.promise
      return name
    }
    return scheduler.submit({ key, run })
  }
  const end = async (name: string) => {
    ends.get(name)?.resolve()
    await nextTurn()
  }
  context.after(async () => {
    for (const { resolve } of ends.values()) resolve()
    while (scheduler.counts().running > 0) await nextTurn()
  })
  return { scheduler, started, ends, submit, end }
}

test('runs jobs in the order of arrival, no more at once than there are slots', async (context) => {
  const { scheduler, started, submit, end } = createBench(context)
  const outcomes = ['a', 'b', 'c', 'd'].map((name) => submit(name))
  assert.deepEqual(started, ['a', 'b'])
  assert.deepEqual(scheduler.counts(), { queued: 2, running: 2, completed: 0, shed: 0 })
  await end('b')
  assert.deepEqual(started, ['a', 'b', 'c'])
  await end('a')
  assert.deepEqual(started, ['a', 'b', 'c', 'd'])
  for (const name of ['c', 'd']) await end(name)
  assert.deepEqual(await Promise.all(outcomes), ['a', 'b', 'c', 'd'])
  assert.deepEqual(scheduler.counts(), { queued: 0, running: 0, completed: 4, shed: 0 })
})

test('runs jobs of one key one after the other and lets others pass', async (context) => {
  const { started, submit, end } = createBench(context)
  for (const [name, key] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['a3', 'a'],
    ['b1', 'b'],
    ['none', undefined],
  ] as const)
    submit(name, key)
  assert.deepEqual(started, ['a1', 'b1'])
  await end('b1')
  assert.deepEqual(started, ['a1', 'b1', 'none'])
  await end('none')
  assert.deepEqual(started, ['a1', 'b1', 'none'])
  await end('a1')
  assert.deepEqual(started, ['a1', 'b1', 'none', 'a2'])
  await end('a2')
  assert.deepEqual(started, ['a1', 'b1', 'none', 'a2', 'a3'])
})

test('frees the slot and the key of a job that fails', async (context) => {
  const { started, submit, ends, end } = createBench(context, { slots: 1 })
  const failing = submit('fails', 'a')
  submit('next', 'a')
  ends.get('fails')?.reject(new Error('broken'))
  await assert.rejects(failing, /broken/)
  await nextTurn()
  assert.deepEqual(started, ['fails', 'next'])
  await end('next')
})

test('turns a job away at once when its expected wait is too long, and says when to come back', async (context) => {
  const { scheduler, submit, started } = createBench(context, { slots: 1, maxWaitMs: 2_000, waitMsAt: ({ ahead }) => ahead * 1_000 })
  for (const name of ['a', 'b', 'c']) submit(name)
  await assert.rejects(submit('d'), (error) => error instanceof HashPoolOverloaded && error.retryAfterSeconds === 3)
  assert.deepEqual(started, ['a'])
  assert.deepEqual(scheduler.counts(), { queued: 2, running: 1, completed: 0, shed: 1 })
})

test('counts the jobs of the same key that a job has to wait for', async (context) => {
  const places: unknown[] = []
  const { submit } = createBench(context, { slots: 3, waitMsAt: (place) => places.push(place) * 0 })
  for (const [name, key] of [
    ['a1', 'a'],
    ['b1', 'b'],
    ['a2', 'a'],
    ['a3', 'a'],
  ] as const)
    submit(name, key)
  assert.deepEqual(places, [
    { ahead: 0, aheadOfKey: 0 },
    { ahead: 1, aheadOfKey: 0 },
    { ahead: 2, aheadOfKey: 1 },
    { ahead: 3, aheadOfKey: 2 },
  ])
})

test('turns jobs away when the queue is full, however short the expected wait', async (context) => {
  const { submit } = createBench(context, { slots: 1, queueMax: 2 })
  for (const name of ['a', 'b', 'c']) submit(name)
  await assert.rejects(submit('d'), HashPoolOverloaded)
})

test('turns away whoever has waited too long, never starting the job', async (context) => {
  const { scheduler, submit, started, end } = createBench(context, { slots: 1, maxWaitMs: 20 })
  const running = submit('a')
  const late = await Promise.allSettled([submit('b'), submit('c')])
  for (const outcome of late) assert.ok(outcome.status === 'rejected' && outcome.reason instanceof HashPoolOverloaded)
  await end('a')
  assert.equal(await running, 'a')
  assert.deepEqual(started, ['a'])
  assert.deepEqual(scheduler.counts(), { queued: 0, running: 0, completed: 1, shed: 2 })
})

test('closes after what runs has ended, and turns away what waits and what comes', async (context) => {
  const { scheduler, submit, end } = createBench(context, { slots: 1 })
  const running = submit('a')
  const waiting = submit('b')
  let isClosed = false
  const closing = scheduler.close().then(() => {
    isClosed = true
  })
  await assert.rejects(waiting, HashPoolClosed)
  await assert.rejects(submit('c'), HashPoolClosed)
  assert.equal(isClosed, false)
  await end('a')
  assert.equal(await running, 'a')
  await closing
  await createBench(context).scheduler.close()
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { test } from 'node:test'
import { secret } from '../../platform/secret.ts'
import { HashPoolClosed, HashPoolOverloaded, HashThreadFailed } from './hash-errors.ts'
import { createHashPool, type HashPoolOptions } from './hash-pool.ts'
import { startHashThread } from './hash-thread.ts'
import { argon2idSettings, bcryptSettings } from './settings.ts'

const settings = argon2idSettings()
const testpass = secret('testpass')

const withPool = async (chosen: Partial<HashPoolOptions>, use: (pool: ReturnType<typeof createHashPool>) => Promise<void>) => {
  const pool = createHashPool({ settings, threads: 1, ...chosen })
  try {
    await use(pool)
  } finally {
    await pool.close()
  }
}

const withHash = async (chosen: HashPoolOptions['settings']): Promise<string> => {
  const pool = createHashPool({ settings: chosen, threads: 1 })
  return pool.hash(testpass).finally(() => pool.close())
}

/** A stand-in for the thread: says `crash` to it and it ends, `slow` and it takes `slowMs`. */
const program = (slowMs = 0) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort } from 'node:worker_threads'
      parentPort.postMessage({ kind: 'ready', decoyMs: 1 })
      parentPort.on('message', (task) => {
        const text = new TextDecoder().decode(task.password)
        if (text === 'exit') process.exit(3)
        if (text === 'throw') throw new Error('broken')
        if (text === 'fail') return parentPort.postMessage({ kind: 'failed', message: 'private detail' })
        if (text === 'slow') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${slowMs})
        parentPort.postMessage({ kind: 'hashed', encoded: 'hash of ' + text })
      })`)}`,
  )

test('hashes and verifies in a thread, and hands back what was loaded', () =>
  withPool({}, async (pool) => {
    const encoded = await pool.hash(testpass)
    assert.match(encoded, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const loaded = { encoded, userId: 'u1' }
    assert.deepEqual(await pool.verify({ secret: testpass, load: async () => loaded }), { loaded, matches: true, needsRehash: false })
    const wrong = await pool.verify({ secret: secret('testpasS'), load: async () => loaded })
    assert.deepEqual(wrong, { loaded, matches: false, needsRehash: false })
    const unknown = await pool.verify({ secret: testpass, load: async () => ({ encoded: undefined, refusal: 'locked' }) })
    assert.deepEqual(unknown, { loaded: { encoded: undefined, refusal: 'locked' }, matches: false, needsRehash: false })
    assert.deepEqual(pool.stats(), { queued: 0, running: 0, threads: 1, waitMsEstimate: 0, completed: 4, shed: 0 })
  }))

test('refuses a password that the scheme would cut, with the public sentence', () =>
  withPool({ settings: bcryptSettings() }, async (pool) => {
    const expected = { name: 'UnhashablePassword', code: 'password_too_long', message: 'Use a password of at most 72 bytes.' }
    await assert.rejects(pool.hash(secret('x'.repeat(73))), expected)
  }))

test('verifies weak hashes only when they are enabled', async () => {
  const job = { secret: secret('Grüße aus Zürich 7!'), load: async () => ({ encoded: 'md5$seasalt$0e5afa763e5ba972de3f85bdd56fe8da' }) }
  await withPool({}, async (pool) => assert.equal((await pool.verify(job)).matches, false))
  await withPool({ weakAllowed: true }, async (pool) => {
    const { matches, needsRehash } = await pool.verify(job)
    assert.deepEqual({ matches, needsRehash }, { matches: true, needsRehash: true })
  })
})

test('loads the next hash while one is computed, and no more than that', () =>
  withPool({ threads: 1 }, async (pool) => {
    const loads: number[] = []
    const gate = Promise.withResolvers<void>()
    const jobs = [0, 1, 2, 3].map((index) => {
      const load = async () => {
        loads.push(index)
        await gate.promise
        return { encoded: undefined }
      }
      return pool.verify({ secret: testpass, load })
    })
    assert.deepEqual(loads, [0, 1])
    assert.equal(pool.stats().queued, 2)
    gate.resolve()
    await Promise.all(jobs)
    assert.deepEqual(loads, [0, 1, 2, 3])
  }))

test('begins to load for a user only after the attempt before has ended', () =>
  withPool({ threads: 2 }, async (pool) => {
    const running: number[] = []
    const load = async () => {
      running.push(pool.stats().running)
      return { encoded: undefined }
    }
    await Promise.all(Array.from({ length: 6 }, () => pool.verify({ secret: testpass, load, key: 'one user' })))
    assert.deepEqual(running, [1, 1, 1, 1, 1, 1])
  }))

test('passes on the error of a load and goes on', () =>
  withPool({}, async (pool) => {
    const load = async (): Promise<{ encoded: string }> => {
      throw new Error('no database')
    }
    for (const _ of [1, 2, 3]) await assert.rejects(pool.verify({ secret: testpass, load, key: 'u1' }), /no database/)
    assert.equal((await pool.verify({ secret: testpass, load: async () => ({ encoded: undefined }), key: 'u1' })).matches, false)
  }))

test('sheds load when the wait would pass the limit, and says when to come back', () =>
  withPool({ program: program(30), maxWaitMs: 100 }, async (pool) => {
    for (const _ of [1, 2, 3]) await pool.hash(secret('slow'))
    const outcomes = await Promise.allSettled(Array.from({ length: 300 }, () => pool.hash(secret('slow'))))
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    assert.ok(refusals.length > 0 && refusals.length < 300)
    assert.ok(refusals.every((error) => error instanceof HashPoolOverloaded && error.retryAfterSeconds >= 1))
    assert.equal(pool.stats().shed, refusals.length)
    assert.equal(await pool.hash(testpass), 'hash of testpass')
  }))

for (const crash of ['exit', 'throw', 'fail']) {
  test(`rejects the job of a thread that ends by "${crash}" without its detail, and serves the next jobs`, () =>
    withPool({ program: program() }, async (pool) => {
      const outcomes = await Promise.allSettled([testpass, secret(crash), testpass, testpass].map((each) => pool.hash(each)))
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
      )
      const [, refusal] = outcomes
      assert.ok(refusal?.status === 'rejected' && refusal.reason instanceof HashThreadFailed)
      assert.equal(refusal.reason.message, 'The password could not be processed. Try again.')
      assert.equal(pool.stats().running, 0)
    }))
}

test('rejects jobs one by one when the thread cannot start at all', () =>
  withPool({ program: new URL('data:text/javascript,throw new Error("cannot start")') }, async (pool) => {
    for (const _ of [1, 2, 3]) await assert.rejects(pool.hash(testpass), HashThreadFailed)
  }))

test('leaves no copy of the password bytes on the side of the server', async () => {
  const setup = { settings, weakAllowed: false, osPriority: 10 }
  const thread = startHashThread({ setup, program: program(), onReady: () => {} })
  const password = new TextEncoder().encode('testpass')
  const reply = thread.run({ kind: 'hash', password })
  assert.equal(password.byteLength, 0)
  assert.deepEqual(await reply, { kind: 'hashed', encoded: 'hash of testpass' })
  await thread.close()
})

test('turns jobs away after it was closed, and closing ends what runs', async () => {
  const pool = createHashPool({ settings, threads: 1 })
  const jobs = Promise.allSettled(Array.from({ length: 5 }, () => pool.hash(testpass)))
  await pool.close()
  await assert.rejects(pool.hash(testpass), HashPoolClosed)
  const outcomes = await jobs
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected'],
  )
})

/** Field 19 of proc(5) stat, counted after the parenthesised name. */
const nicenessOfTasks = () =>
  readdirSync('/proc/self/task').map((id) => {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
  })

if (process.platform === 'linux') {
  test('lowers the priority of the hashing threads and of nothing else', () =>
    withPool({ threads: 2, osPriority: 13 }, async (pool) => {
      const own = getPriority()
      await Promise.all(Array.from({ length: 4 }, () => pool.hash(testpass)))
      assert.equal(nicenessOfTasks().filter((niceness) => niceness === 13).length, 2)
      assert.equal(getPriority(), own)
    }))
}

test('K-02: once an imported hash has been refused, every refusal waits as long as the dearest, and no success does', async () => {
  const imported = await withHash(bcryptSettings())
  const waits: number[] = []
  const wait = async (milliseconds: number) => void waits.push(milliseconds)
  await withPool({ wait }, async (pool) => {
    const own = await pool.hash(testpass)
    const attempt = (encoded: string | undefined, typed: string) =>
      pool.verify({ secret: secret(typed), load: async () => ({ encoded }) }).then(({ matches }) => matches)
    assert.deepEqual([await attempt(undefined, 'wrong'), await attempt(own, 'wrong')], [false, false])
    assert.deepEqual(waits, [])
    assert.equal(await attempt(imported, 'wrong'), false)
    assert.equal(waits.length, 1)
    assert.deepEqual([await attempt(undefined, 'wrong'), await attempt(own, 'wrong')], [false, false])
    assert.equal(waits.length, 3)
    const [dearest = 0, ...others] = waits
    assert.ok(others.every((one) => one > dearest))
    assert.deepEqual([await attempt(own, 'testpass'), await attempt(imported, 'testpass')], [true, true])
    assert.equal(waits.length, 3)
  })
})

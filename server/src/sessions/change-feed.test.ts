import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChangeFeed, type FeedRow } from './change-feed.ts'

const feedOf = () => {
  const state = { now: 0, rows: [] as FeedRow[], isBroken: false }
  const [asked, ended, versions]: [number[], string[], string[]] = [[], [], []]
  const feed = createChangeFeed({
    read: async (seconds) => {
      asked.push(seconds)
      if (state.isBroken) throw new Error('away')
      return state.rows
    },
    onSessionEnded: (id) => void ended.push(id),
    onVersion: (kind) => void versions.push(kind),
    now: () => state.now,
    onError: () => undefined,
    intervalMs: 60_000,
  })
  feed.stop()
  return { feed, state, asked, ended, versions }
}

test('tells of each ended session, and of a version when it moves', async () => {
  const { feed, state, ended, versions } = feedOf()
  state.rows = [{ kind: 'keys', id: '', version: 1 }]
  await feed.poll()
  versions.length = 0
  state.rows = [
    { kind: 'ended', id: 'a', version: 0 },
    { kind: 'keys', id: '', version: 1 },
  ]
  await feed.poll()
  assert.deepEqual([ended, versions], [['a'], []])
  state.rows = [{ kind: 'keys', id: '', version: 2 }]
  await feed.poll()
  assert.deepEqual(versions, ['keys'])
})

test('is informed for less than 5 s after a look that succeeded, and not before the first', async () => {
  const { feed, state } = feedOf()
  assert.equal(feed.isInformed(), false)
  await feed.poll()
  state.now = 3999
  assert.equal(feed.isInformed(), true)
  state.now = 4000
  assert.equal(feed.isInformed(), false)
})

test('a look that fails informs nobody, and the next one reaches back over the silence', async () => {
  const { feed, state, asked } = feedOf()
  await feed.poll()
  state.isBroken = true
  state.now = 20_000
  await assert.rejects(feed.poll(), /away/)
  assert.equal(feed.isInformed(), false)
  state.isBroken = false
  state.now = 60_000
  await feed.poll()
  assert.equal(feed.isInformed(), true)
  assert.ok((asked.at(-1) ?? 0) >= 60, String(asked))
})

test('what is learnt counts from the beginning of the look, not from its end', async () => {
  const state = { now: 0 }
  const feed = createChangeFeed({
    read: async () => {
      state.now = 3000
      return []
    },
    onSessionEnded: () => undefined,
    onVersion: () => undefined,
    now: () => state.now,
    onError: () => undefined,
    intervalMs: 60_000,
  })
  feed.stop()
  await feed.poll()
  state.now = 4000
  assert.equal(feed.isInformed(), false)
})

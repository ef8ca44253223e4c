import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sql } from '../db/database.ts'
import { startUpkeep, type Upkeep } from './jobs.ts'

const sql = {} as Sql

const upkeepOf = (tasks: readonly Upkeep[], isMine: boolean) => {
  const [finished, errors]: [[string, string | null][], string[]] = [[], []]
  const { look, stop } = startUpkeep({
    tasks,
    claim: async () => isMine,
    finish: async (task, error) => void finished.push([task, error]),
    sql,
    onError: (task) => void errors.push(task),
  })
  stop()
  return { look, finished, errors }
}

const task = (name: string, run: () => Promise<void>): Upkeep => ({ task: name, everySeconds: 60, run })

test('does a task that it won, and notes that', async () => {
  let runs = 0
  const { look, finished } = upkeepOf([task('a', async () => void runs++)], true)
  await look()
  assert.deepEqual([runs, finished], [1, [['a', null]]])
})

test('leaves a task that another node won', async () => {
  const { look, finished } = upkeepOf([task('a', () => Promise.reject(new Error('not mine')))], false)
  await look()
  assert.deepEqual(finished, [])
})

test('a task that fails is noted and holds up no other', async () => {
  const { look, finished, errors } = upkeepOf(
    [task('bad', () => Promise.reject(new Error('broken'))), task('good', async () => undefined)],
    true,
  )
  await look()
  assert.deepEqual(
    [finished, errors],
    [
      [
        ['bad', 'broken'],
        ['good', null],
      ],
      ['bad'],
    ],
  )
})

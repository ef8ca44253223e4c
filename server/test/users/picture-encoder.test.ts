import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createPictureEncoder } from '../../src/users/picture-encoder.job.ts'
import { makeFolder } from '../harness/folder.ts'

const folder = await makeFolder()
/** An encoder that runs this program instead. */
const running = async (source: string, options: { parallel?: number; waitingMax?: number; timeoutMs?: number } = {}) => {
  const programPath = join(folder, `${Math.random().toString(36).slice(2)}.mjs`)
  await writeFile(programPath, source)
  return createPictureEncoder({ ...options, programPath })
}
const bytes = Buffer.from('what was sent')

test('a program that never ends is ended', async () => {
  const encode = await running('setInterval(() => {}, 1000)', { timeoutMs: 300 })
  const began = performance.now()
  assert.deepEqual(await encode(bytes), { kind: 'unreadable' })
  assert.ok(performance.now() - began < 5000)
})

test('a program that falls, says nothing, or says too much, gives no picture', async () => {
  for (const source of [
    'process.abort()',
    'process.exit(0)',
    'process.exit(2)',
    'process.stdout.write(Buffer.alloc(200_000)); setInterval(() => {}, 1000)',
  ])
    assert.deepEqual(await (await running(source))(bytes), { kind: 'unreadable' }, source)
})

test('a machine without a decoder is told apart from a picture that cannot be read', async () => {
  assert.deepEqual(await (await running('process.exit(3)'))(bytes), { kind: 'unavailable' })
})

test('one at a time, few that wait, and the others are sent away at once; afterwards there is room again', async () => {
  const encode = await running('setTimeout(() => process.stdout.write("done"), 400)', { parallel: 1, waitingMax: 2 })
  const kinds = (await Promise.all(Array.from({ length: 5 }, () => encode(bytes)))).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['encoded', 'encoded', 'encoded', 'busy', 'busy'])
  assert.equal((await encode(bytes)).kind, 'encoded')
})

test('the program is given no secret: its environment is empty', async () => {
  process.env['SECRET_KEY'] ??= 'a-secret-that-the-program-must-not-see'
  const encode = await running('process.stdout.write(JSON.stringify(Object.keys(process.env)))')
  const made = await encode(bytes)
  assert.ok(made.kind === 'encoded')
  assert.doesNotMatch(Buffer.from(made.image.bytes).toString(), /SECRET|DATABASE|SMTP|PATH|HOME/)
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { copyBinaries, installedBinaries, programOf } from './binaries.ts'
import { EmbeddedError } from './embedded-error.ts'

test('says what to do where there are no binaries for the platform', async () => {
  await assert.rejects(installedBinaries('plan9', 'mips'), (error) => {
    assert.ok(error instanceof EmbeddedError && error.code === 'no-binary-for-platform')
    return error.message.includes('DATABASE_URL')
  })
})

test('makes one copy that runs from anywhere, and replaces a broken one', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'cip-binaries-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const original = await installedBinaries()
  const [copy, same] = await Promise.all([copyBinaries(original, folder), copyBinaries(original, folder)])
  assert.deepEqual(copy, same)
  const version = () => spawnSync(programOf(copy, 'postgres'), ['--version'], { encoding: 'utf8', env: {} }).stdout
  assert.match(version(), /PostgreSQL\) 18/)
  await truncate(programOf(copy, 'postgres'), 100)
  await copyBinaries(original, folder)
  assert.match(version(), /PostgreSQL\) 18/)
  assert.equal((await readdir(folder)).length, 1)
})

import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLogFile, rotateLogFile, tailOfLogFile } from './log-file.ts'

test('keeps the last three full logs while the writer holds the file open', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'cip-log-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'log', 'postgres.log')
  const file = await openLogFile(path)
  for (let round = 1; round <= 6; round++) {
    await file.write(`round ${round}\n`)
    await rotateLogFile(path, 5)
    await rotateLogFile(path, 5)
  }
  await file.write('last\n')
  await file.close()
  assert.deepEqual((await readdir(join(folder, 'log'))).sort(), ['postgres.log', 'postgres.log.1', 'postgres.log.2', 'postgres.log.3'])
  assert.equal(await readFile(`${path}.3`, 'utf8'), 'round 4\n')
  assert.equal(await tailOfLogFile(path), 'last')
  assert.equal(await tailOfLogFile(join(folder, 'missing')), '')
})

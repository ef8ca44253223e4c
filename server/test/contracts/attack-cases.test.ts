import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { checkout, pinnedNode } from '../harness/server.ts'

test('every attack case that is listed is carried by a test or says why it waits', async () => {
  const { stdout } = await promisify(execFile)(pinnedNode, ['scripts/attack-cases.mjs'], { cwd: checkout })
  assert.match(stdout, / 0 missing without a reason/)
})

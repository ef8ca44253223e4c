import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { checkout, pinnedNode } from '../harness/server.ts'

test('schema.sql, its types and the generated documents are what the migrations, settings, routes and events make them', async () => {
  const { stdout } = await promisify(execFile)(pinnedNode, ['scripts/generate.mjs', '--check'], { cwd: checkout })
  assert.match(stdout, /Everything is up to date/)
})

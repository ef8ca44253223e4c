import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { chooseEndpoint } from './endpoint.ts'

const long = 'x'.repeat(120)

test('uses a closed folder for its socket, beside the cluster where the path is short enough', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'cip-endpoint-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const beside = await chooseEndpoint({ runFolder: folder, account: undefined })
  assert.equal(beside.host, join(folder, 'socket'))
  const elsewhere = await chooseEndpoint({ runFolder: join(folder, long), account: undefined, temporary: folder })
  assert.ok(elsewhere.isSocket && elsewhere.host.startsWith(join(folder, 'cip-')))
  for (const { host } of [beside, elsewhere]) assert.equal((await stat(host)).mode & 0o777, 0o700)
  await elsewhere.remove()
  assert.equal(existsSync(elsewhere.host), false)
})

test('falls back to a loopback port where no socket can be', async () => {
  for (const platform of ['linux', 'win32']) {
    const endpoint = await chooseEndpoint({ runFolder: `/${long}`, account: undefined, platform, temporary: `/${long}` })
    assert.equal(endpoint.host, '127.0.0.1')
    assert.equal(endpoint.isSocket, false)
    assert.ok(endpoint.port > 0)
  }
})

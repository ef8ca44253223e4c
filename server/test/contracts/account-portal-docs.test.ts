import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { newOwner } from '../harness/own-account.ts'
import { startProvider } from '../harness/provider.ts'
import { checkout } from '../harness/server.ts'

const own = await startProvider()
const text = await readFile(join(checkout, 'docs/account-portal-api.md'), 'utf8')

test('the table lists every route that needs a token, and tells which asks for a fresh sign-in', () => {
  const listed = [...text.matchAll(/^\| `([A-Z]+ \S+)` \|.*\| (any|fresh) \|$/gm)].map(([, name, signIn]) => `${name} ${signIn}`)
  const served = own.platform.routes.flatMap(({ method, path, auth }) =>
    auth.kind === 'signed-in' && path.startsWith('/account/')
      ? [`${method} ${path.replace(/:([A-Za-z]+)/g, '{$1}')} ${auth.isFresh === true ? 'fresh' : 'any'}`]
      : [],
  )
  assert.deepEqual(listed.sort(), served.sort())
})

test('the curl lines of the page do what they say', async () => {
  const { token } = await newOwner(own.url)
  const [, block = ''] = /^```sh\n([\s\S]*?)^```/m.exec(text) ?? []
  const lines = block.split('\n').filter((line) => line.startsWith('curl '))
  assert.ok(lines.length >= 6)
  for (const line of lines) {
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { env: { ...process.env, URL: own.url, TOKEN: token } })
    assert.ok(JSON.parse(stdout), line)
  }
})

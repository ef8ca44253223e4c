import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { welcome } from '../../src/cli/welcome.ts'
import { checkout, startTestServer } from '../harness/server.ts'

const run = promisify(execFile)
const promisedUrl = 'http://127.0.0.1:8000'

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

const linesOf = (block: string): string[] =>
  block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('curl '))

/** The block of the README that shows the way to a first token. */
const curlsOfReadme = async (): Promise<string[]> => {
  const text = await readFile(join(checkout, 'README.md'), 'utf8')
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '')
  return linesOf(blocks.find((block) => block.includes('/auth/register')) ?? '')
}

const shell = async (line: string): Promise<Record<string, unknown>> => JSON.parse((await run('sh', ['-c', line])).stdout)

test('the curl lines of the README are those that the first start prints', async () => {
  const printed = linesOf(welcome(promisedUrl, { isNew: true, claim: undefined }))
  assert.equal(printed.length, 3)
  assert.deepEqual(await curlsOfReadme(), printed)
})

test('the curl lines of the README lead to a first token and to the name behind it', async () => {
  const port = (await isFree(8000)) ? '8000' : '0'
  const { url } = await startTestServer({ env: { PORT: port } })
  const [register = '', token = '', me = ''] = (await curlsOfReadme()).map((line) => line.replaceAll(promisedUrl, url))
  assert.deepEqual(await shell(register), { id: 1, username: 'testuser', email: 'test@example.com' })
  const { access_token, token_type } = await shell(token)
  assert.equal(token_type, 'bearer')
  assert.deepEqual(await shell(me.replace('<access_token>', String(access_token))), {
    id: 1,
    username: 'testuser',
    email: 'test@example.com',
  })
})

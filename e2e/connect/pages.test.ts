import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { startServer } from '../server.ts'

const server = await startServer()
after(server.stop)

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8')
const shown = { express: 'node.mjs', react: 'spa.js', fastapi: 'fastapi_app.py', go: 'go/main.go', curl: 'curl.sh' }

for (const [page, file] of Object.entries(shown))
  test(`docs/connect/${page}.md shows the very file that the tests run`, async () => {
    const [text, source] = [await read(`../../docs/connect/${page}.md`), await read(file)]
    assert.ok(text.includes(`\n${source}\`\`\`\n`), `Put the text of e2e/connect/${file} into the page again.`)
  })

test('the commands of docs/connect/curl.md get a token that is active, and that ends', async () => {
  const made = await server.cip('clients', 'create', '--template', 'machine', '--name', 'Reports', '--scope', 'reports:read')
  const [id, secret] = [String(made['client_id']), String(made['client_secret'])]
  const environment = { PATH: process.env['PATH'] ?? '', ISSUER: server.url, CLIENT_ID: id, CLIENT_SECRET: secret }
  const script = new URL('curl.sh', import.meta.url).pathname
  const { stdout } = await promisify(execFile)('sh', [script], { env: environment })
  const [before, ended] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual([before.active, before.client_id, before.scope], [true, id, 'reports:read'])
  assert.deepEqual(ended, { active: false })
  const wrong = { ...environment, CLIENT_SECRET: 'another' }
  await assert.rejects(promisify(execFile)('sh', [script], { env: wrong }), /401/)
})

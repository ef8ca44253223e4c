import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.ts'
import { newPerson } from '../person.ts'
import { startServer } from '../server.ts'

const server = await startServer()
after(server.stop)
const folder = await mkdtemp(join(tmpdir(), 'cip-demo-'))
after(() => rm(folder, { recursive: true, force: true }))
const port = await freePort()
const home = `http://127.0.0.1:${port}`

const startDemo = async () => {
  const environment = { PATH: process.env['PATH'] ?? '', ISSUER: server.url, DEMO_PORT: String(port), DATA_DIR: folder }
  const child = spawn(process.execPath, [fileURLToPath(new URL('demo.mjs', import.meta.url))], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await once(child, 'close')
  }
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) if (String(chunk).includes(home)) return stop
  throw new Error('The demo ended before it listened.')
}

const clientId = async (): Promise<string> => JSON.parse(await readFile(join(folder, 'demo-client.json'), 'utf8')).id

test('the demo registers itself, signs a person in, renews, signs out, and keeps its registration', async () => {
  let stop = await startDemo()
  const id = await clientId()
  const person = await newPerson(server.url, [home])
  assert.match((await person.follow(home)).html, /Nobody is signed in/)
  assert.match((await person.follow(`${home}/login`)).html, new RegExp(`Hello ${person.account.username}`))
  assert.match((await person.follow(`${home}/refresh`)).html, /renewed 1 times/)
  const left = await person.follow(`${home}/logout`)
  assert.equal(left.url, `${home}/`)
  assert.match(left.html, /Nobody is signed in/)
  await stop()
  stop = await startDemo()
  assert.equal(await clientId(), id)
  await stop()
})

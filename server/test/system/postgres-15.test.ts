import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { openDatabase } from '../../src/db/database.ts'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { atEnd, endWithUs } from '../harness/closing.ts'
import { testSecret } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { runToEnd, startTestServer } from '../harness/server.ts'

// The oldest supported release, from the system's packages: needs postgresql-15.
const programs = '/usr/lib/postgresql/15/bin'

let url: string
let admin: ReturnType<typeof openDatabase>

const account = (): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

before(async () => {
  assert.ok(
    existsSync(join(programs, 'postgres')),
    `PostgreSQL 15 is not installed: there is no ${programs}/postgres. Install postgresql-15.`,
  )
  const folder = await makeFolder()
  const [cluster, socket] = [join(folder, 'cluster'), join(folder, 'socket')]
  const who = account()
  for (const path of [cluster, socket]) {
    mkdirSync(path, { mode: 0o700 })
    if (who.uid !== undefined && who.gid !== undefined) chownSync(path, who.uid, who.gid)
  }
  const run = { ...who, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } }
  execFileSync(
    join(programs, 'initdb'),
    ['-D', cluster, '-U', 'owner', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    run,
  )
  const settings = ['listen_addresses=', `unix_socket_directories=${socket}`, 'port=5432'].flatMap((setting) => ['-c', setting])
  const child = spawn(join(programs, 'postgres'), ['-D', cluster, ...settings], { ...run, stdio: 'ignore' })
  endWithUs(child)
  atEnd(() => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGINT')))
  url = `postgres://owner@${encodeURIComponent(socket)}:5432/postgres`
  admin = openDatabase({ connection: { connectionString: url }, size: 1 })
  atEnd(() => admin.close())
  for (let left = 100; ; left -= 1) {
    const isReady = await admin.text('select 1').then(
      () => true,
      () => false,
    )
    if (isReady) return
    assert.ok(left > 0, 'PostgreSQL 15 did not start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})

test('the account API works on PostgreSQL 15', async () => {
  const server = await startTestServer({ databaseUrl: url, env: { SECRET_KEY: testSecret } })
  const api = accountApi(server.url)
  const { account: person, pair } = await api.join()
  const { id, ...me } = (await api.me(pair.access_token)).json as { id: number; username: string; email: string }
  assert.equal(id, 1)
  assert.deepEqual(me, { username: person.username, email: person.email })
  const next = pairOf(await api.refresh(pair.refresh_token))
  assert.equal((await api.register(person)).status, 400)
  assert.equal((await api.token({ ...newAccount(), username: person.username })).status, 200)
  assert.equal((await api.token({ username: person.username, password: 'not the password' })).status, 401)
  assert.equal((await api.logout(next.access_token)).status, 200)
  assert.equal((await api.me(next.access_token)).status, 401)
})

test('a role that may not create tables stops the start with one sentence and exit code 1', async () => {
  await admin.text('create role visitor login')
  await admin.text('create database closed')
  const closed = url.replace('owner@', 'visitor@').replace(/postgres$/, 'closed')
  const { code, output } = await runToEnd({ databaseUrl: closed, env: { SECRET_KEY: testSecret } })
  assert.equal(code, 1)
  assert.match(output, /lacks a right/)
})

test('a server that runs with fsync off is refused', async () => {
  await admin.text('alter system set fsync = off')
  await admin.text('select pg_reload_conf()')
  const { code, output } = await runToEnd({ databaseUrl: url, env: { SECRET_KEY: testSecret } })
  await admin.text('alter system reset fsync')
  await admin.text('select pg_reload_conf()')
  assert.equal(code, 1)
  assert.match(output, /fsync/)
})

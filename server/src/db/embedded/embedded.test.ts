import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { type EmbeddedConnection, EmbeddedError, type EmbeddedServer, findRunning, startEmbedded } from './embedded.ts'
import { isAlive, until } from './processes.ts'

const isRoot = process.getuid?.() === 0
const quiet = () => undefined

// Servers end before their folders go: the hooks of node:test would run in the order they were added.
const endings = new WeakMap<TestContext, (() => unknown)[]>()

const atEnd = (t: TestContext, ending: () => unknown): void => {
  const known = endings.get(t)
  if (known) return void known.unshift(ending)
  const list = [ending]
  endings.set(t, list)
  t.after(async () => {
    for (const next of list) await next()
  })
}

const open = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cip-embedded-'))
  // Under root PostgreSQL runs as another user, who must be able to pass.
  await chmod(folder, 0o711)
  atEnd(t, () => rm(folder, { recursive: true, force: true }))
  return folder
}

const start = async (t: TestContext, dataDir: string): Promise<EmbeddedServer> => {
  const server = await startEmbedded({ dataDir, log: quiet })
  atEnd(t, () => server.stop())
  return server
}

const query = async (connection: EmbeddedConnection, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ ...connection, ssl: false })
  client.on('error', quiet)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

// For a server that is on its way back.
const queryWhenReady = async (connection: EmbeddedConnection, sql: string): Promise<Record<string, unknown>[]> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await query(connection, sql)
    } catch (error) {
      if (attempt > 500) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

const refusedWith = (code: string) => (error: unknown) => error instanceof EmbeddedError && error.code === code

const pidOf = (server: EmbeddedServer): number => {
  const pid = server.pid()
  assert.ok(pid !== undefined)
  return pid
}

const startInOtherProcess = async (t: TestContext, dataDir: string): Promise<number> => {
  const code = `import { startEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined })
    console.log('ready')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  atEnd(t, () => child.kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error('the other process ended')))
  })
  assert.ok(child.pid !== undefined)
  return child.pid
}

const postmasterOf = async (dataDir: string): Promise<number> =>
  Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)

test('keeps its rows and its password from one start to the next', async (t) => {
  const dataDir = join(await open(t), 'data')
  const first = await start(t, dataDir)
  assert.equal(first.isFirstRun, true)
  await query(first.connection, 'create table kept as select 42 as answer')
  await first.stop()
  await first.stop()
  assert.equal(first.pid(), undefined)
  assert.equal(await findRunning(dataDir), undefined)
  assert.equal((await stat(join(dataDir, 'postgres-password'))).mode & 0o777, 0o600)

  const second = await start(t, dataDir)
  assert.equal(second.isFirstRun, false)
  assert.deepEqual(second.connection, first.connection)
  assert.deepEqual(await query(second.connection, 'select answer from kept'), [{ answer: 42 }])
})

test('runs with durable settings, with limits and with a socket as its only way in', async (t) => {
  const { connection } = await start(t, join(await open(t), 'data'))
  const names = `'fsync','full_page_writes','synchronous_commit','data_checksums','listen_addresses','statement_timeout','lock_timeout',
    'idle_in_transaction_session_timeout','client_connection_check_interval','TimeZone','shared_preload_libraries','server_encoding'`
  const rows = await query(
    connection,
    `select name, current_setting(name) as value from pg_settings where name in (${names}) order by name collate "C"`,
  )
  assert.deepEqual(Object.fromEntries(rows.map(({ name, value }) => [name, value])), {
    TimeZone: 'UTC',
    client_connection_check_interval: '2s',
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    idle_in_transaction_session_timeout: '5s',
    listen_addresses: '',
    lock_timeout: '2s',
    server_encoding: 'UTF8',
    shared_preload_libraries: '',
    statement_timeout: '5s',
    synchronous_commit: 'on',
  })
  const locale = await query(connection, `select datlocprovider, datlocale from pg_database where datname = 'cip'`)
  assert.deepEqual(locale, [{ datlocprovider: 'b', datlocale: 'C.UTF-8' }])
  await assert.rejects(query({ ...connection, password: 'wrong' }, 'select 1'), { code: '28P01' })
})

test('refuses a data directory that a live process holds, and names the process', async (t) => {
  const dataDir = join(await open(t), 'data')
  const server = await start(t, dataDir)
  await assert.rejects(startEmbedded({ dataDir, log: quiet }), (error) => {
    assert.ok(refusedWith('data-dir-in-use')(error))
    return (error as Error).message.includes(String(process.pid))
  })
  assert.deepEqual(await findRunning(dataDir), server.connection)
  assert.deepEqual(await query(server.connection, 'select 1 as one'), [{ one: 1 }])
})

test('lets exactly one of several simultaneous starts win over the lock of a dead process', async (t) => {
  const dataDir = join(await open(t), 'data')
  await mkdir(dataDir, { mode: 0o711 })
  await chmod(dataDir, 0o711)
  await writeFile(join(dataDir, 'server.lock'), '{"pid":')
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => start(t, dataDir)))
  const refusals = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason)
  assert.equal(refusals.length, 3)
  for (const reason of refusals) assert.ok(refusedWith('data-dir-in-use')(reason))
  assert.deepEqual(
    (await readdir(dataDir)).filter((name) => name.startsWith('server.lock')),
    ['server.lock'],
  )
})

test('does not take a later process with the same id for the holder', async (t) => {
  const dataDir = join(await open(t), 'data')
  await (await start(t, dataDir)).stop()
  const holder = { pid: process.pid, birth: 'another birth', token: '0123456789abcdef' }
  await writeFile(join(dataDir, 'server.lock'), JSON.stringify(holder))
  assert.equal(await findRunning(dataDir), undefined)
  const server = await start(t, dataDir)
  assert.deepEqual(await findRunning(dataDir), server.connection)
})

test('comes back under the same connection, with every committed row, when the postmaster is killed', async (t) => {
  const server = await start(t, join(await open(t), 'data'))
  await query(server.connection, 'create table kept as select 42 as answer')
  for (let round = 0; round < 2; round++) {
    const killed = pidOf(server)
    process.kill(killed, 'SIGKILL')
    assert.ok(await until(() => server.pid() !== undefined && server.pid() !== killed, 20_000))
    assert.deepEqual(await queryWhenReady(server.connection, 'select answer from kept'), [{ answer: 42 }])
  }
})

test('does not start PostgreSQL again once it is told to stop', async (t) => {
  const dataDir = join(await open(t), 'data')
  const server = await start(t, dataDir)
  process.kill(pidOf(server), 'SIGKILL')
  await until(() => server.pid() === undefined, 5000)
  await server.stop()
  assert.equal(server.pid(), undefined)
  assert.equal(existsSync(join(dataDir, 'server.lock')), false)
})

test('takes over from a server that was killed and left its PostgreSQL running', async (t) => {
  const dataDir = join(await open(t), 'data')
  const holder = await startInOtherProcess(t, dataDir)
  await assert.rejects(startEmbedded({ dataDir, log: quiet }), refusedWith('data-dir-in-use'))
  const connection = await findRunning(dataDir)
  assert.ok(connection)
  await query(connection, 'create table kept as select 42 as answer')
  const orphan = await postmasterOf(dataDir)
  process.kill(holder, 'SIGKILL')
  assert.ok(await until(() => !isAlive(holder), 5000))
  assert.equal(isAlive(orphan), true)

  const server = await start(t, dataDir)
  assert.equal(isAlive(orphan), false)
  assert.notEqual(server.pid(), orphan)
  assert.deepEqual(await query(server.connection, 'select answer from kept'), [{ answer: 42 }])
})

test('is not held up by the process id of a dead postmaster that another program got', async (t) => {
  const dataDir = join(await open(t), 'data')
  await (await start(t, dataDir)).stop()
  const stale = `${process.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n${join(dataDir, 'postgres-run', 'socket')}\n\n`
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), stale)
  await writeFile(join(dataDir, 'postgres-run', 'socket', '.s.PGSQL.5432.lock'), stale)
  const server = await start(t, dataDir)
  assert.deepEqual(await query(server.connection, 'select 1 as one'), [{ one: 1 }])
})

test('begins again after an interrupted first start', async (t) => {
  const dataDir = join(await open(t), 'data')
  await (await start(t, dataDir)).stop()
  await rm(join(dataDir, 'postgres', 'global', 'pg_control'))
  await rm(join(dataDir, 'postgres', 'base'), { recursive: true })
  await mkdir(join(dataDir, 'postgres.new-0123'))
  await writeFile(join(dataDir, 'postgres.new-0123', 'PG_VERSION'), '18\n')
  const server = await start(t, dataDir)
  assert.equal(server.isFirstRun, true)
  assert.equal(existsSync(join(dataDir, 'postgres.new-0123')), false)
})

test('refuses to begin again over a damaged cluster that holds data', async (t) => {
  const dataDir = join(await open(t), 'data')
  await (await start(t, dataDir)).stop()
  await rm(join(dataDir, 'postgres', 'global', 'pg_control'))
  await assert.rejects(startEmbedded({ dataDir, log: quiet }), refusedWith('cluster-damaged'))
})

test('refuses a cluster of another major version, a missing and a wrong password, and lets go of the lock', async (t) => {
  const dataDir = join(await open(t), 'data')
  await (await start(t, dataDir)).stop()
  const version = join(dataDir, 'postgres', 'PG_VERSION')
  await writeFile(version, '17\n')
  await assert.rejects(startEmbedded({ dataDir, log: quiet }), refusedWith('cluster-version'))
  await writeFile(version, '18\n')

  const passwordFile = join(dataDir, 'postgres-password')
  const password = await readFile(passwordFile, 'utf8')
  await writeFile(passwordFile, 'wrong\n')
  await assert.rejects(startEmbedded({ dataDir, log: quiet }), refusedWith('password-refused'))
  await rm(passwordFile)
  await assert.rejects(startEmbedded({ dataDir, log: quiet }), refusedWith('password-missing'))
  await writeFile(passwordFile, password)
  assert.equal((await start(t, dataDir)).isFirstRun, false)
})

test('says where the reason is when PostgreSQL does not start', async (t) => {
  const dataDir = join(await open(t), 'data')
  await (await start(t, dataDir)).stop()
  await writeFile(join(dataDir, 'postgres-run', 'local.conf'), 'shared_buffers = nonsense\n')
  await assert.rejects(startEmbedded({ dataDir, log: quiet }), (error) => {
    assert.ok(error instanceof EmbeddedError && error.code === 'postgres-did-not-start')
    assert.ok(error.message.includes(join('log', 'postgres.log')))
    return error.detail?.includes('shared_buffers') === true
  })
})

test('starts in a directory that only its owner can enter, and finds the same cluster again', async (t) => {
  const dataDir = join(await open(t), 'closed', 'data')
  await mkdir(dirname(dataDir), { mode: 0o700 })
  const first = await start(t, dataDir)
  await query(first.connection, 'create table kept as select 42 as answer')
  await first.stop()
  const inPlace = existsSync(join(dataDir, 'postgres'))
  assert.equal(inPlace, !isRoot)
  if (!inPlace) {
    const { home } = JSON.parse(await readFile(join(dataDir, 'postgres-location.json'), 'utf8')) as { home: string }
    atEnd(t, () => rm(home, { recursive: true, force: true }))
  }
  const second = await start(t, dataDir)
  assert.equal(second.isFirstRun, false)
  assert.deepEqual(await query(second.connection, 'select answer from kept'), [{ answer: 42 }])
})

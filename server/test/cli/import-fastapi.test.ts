import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { before, test } from 'node:test'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { type FreshDatabase, startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { cip, cipJson } from './cip.ts'

// bcrypt of "secret sesame", cost 12.
const hash = '$2b$12$1/Wdh1fct8YutXN3zLVv..5gm8HNLVW8lm1RT2NddFzX6mc6jNJr2'

type Report = { rows: number; created: number; present: number; errors: number }

let server: TestDatabase

before(async () => {
  server = await startTestDatabase()
})

const open = async (): Promise<{ database: FreshDatabase; env: Environment; cwd: string }> => {
  const database = await server.create()
  const cwd = await makeFolder()
  return { database, env: testEnvironment(cwd, database.env), cwd }
}

const table = 'create table users (id integer primary key, username varchar unique, email varchar unique, hashed_password varchar)'
const people = [
  [3, 'maria', 'maria@example.com', hash],
  [7, 'jo', 'jo@example.com', hash],
  [8, 'two words', 'words@example.com', hash],
  [9, 'nohash', 'nohash@example.com', null],
  [4711, 'zoe.müller', 'zoe@example.com', hash],
] as const

const numbers = ({ sql }: FreshDatabase): Promise<unknown[]> =>
  sql.text(`select u.number, i.written from users u join identifiers i on i.user_id = u.id and i.kind = 'username' order by u.number`)

const makeSqlite = (path: string): void => {
  const database = new DatabaseSync(path)
  database.exec(table)
  const insert = database.prepare('insert into users values (?, ?, ?, ?)')
  for (const person of people) insert.run(...person)
  database.close()
}

test('takes users from SQLite under their own ids, tells of the others, and a second run changes nothing', async () => {
  const { database, env, cwd } = await open()
  makeSqlite(join(cwd, 'app.db'))
  const dry = await cip(['import', 'fastapi', 'sqlite:///app.db', '--dry-run', '--json'], { env, cwd })
  assert.deepEqual([dry.code, (JSON.parse(dry.stdout) as Report).created], [1, 2])
  assert.deepEqual(await numbers(database), [])
  const first = await cip(['import', 'fastapi', 'sqlite:///app.db', '--json'], { env, cwd })
  const report = JSON.parse(first.stdout) as Report
  assert.deepEqual([first.code, report.rows, report.created, report.errors], [1, 5, 2, 3])
  assert.deepEqual(await numbers(database), [
    { number: 3, written: 'maria' },
    { number: 4711, written: 'zoe.müller' },
  ])
  const errors = (await readFile(join(cwd, 'fastapi.errors.jsonl'), 'utf8')).trim().split('\n')
  const told = errors.map((line) => JSON.parse(line) as { line: number; reason: string })
  assert.deepEqual(
    told.map(({ line }) => line),
    [7, 8, 9],
  )
  assert.match(told[0]?.reason ?? '', /3 to 64 characters/)
  assert.match(told[1]?.reason ?? '', /letters, digits/)
  assert.match(told[2]?.reason ?? '', /hashed_password is missing/)
  const again = JSON.parse((await cip(['import', 'fastapi', `sqlite:///${join(cwd, 'app.db')}`, '--json'], { env, cwd })).stdout) as Report
  assert.deepEqual([again.created, again.present, again.errors], [0, 2, 3])
})

test('takes users from another PostgreSQL; they sign in with their old passwords and see their old ids', async () => {
  const source = await server.create({ isEmpty: true })
  await source.sql.text(table)
  for (const person of people) await source.sql.text('insert into users values ($1, $2, $3, $4)', person)
  const { database, env, cwd } = await open()
  const url = source.url.replace('postgres://', 'postgresql+asyncpg://')
  const { stdout, stderr } = await cip(['import', 'fastapi', '-', '--json'], { env, cwd, input: `${url}\n` })
  assert.equal(stderr, '')
  assert.equal((JSON.parse(stdout) as Report).created, 2)
  const api = accountApi((await startTestPlatform(database)).url)
  const pair = pairOf(await api.token({ username: 'zoe@example.com', password: 'secret sesame' }))
  assert.equal(((await api.me(pair.access_token)).json as { id: number }).id, 4711)
  const registered = await api.register({ username: 'next', email: 'next@example.com', password: 'correct horse battery' })
  assert.equal((registered.json as { id: number }).id, 4712)
})

test('never overwrites: a number, name or address of another account is an error', async () => {
  const { database, env, cwd } = await open()
  makeSqlite(join(cwd, 'app.db'))
  const args = (name: string, email: string): string[] => ['users', 'create', '--username', name, '--email', email, '--password-stdin']
  const input = 'correct horse battery'
  for (const [name, email] of [
    ['first', 'a@example.com'],
    ['maria', 'b@example.com'],
    ['third', 'c@example.com'],
  ] as const)
    await cipJson(args(name, email), { env, input })
  await database.sql.text(`update users set number = 4711 where number = 3`)
  const before = await numbers(database)
  const { stdout } = await cip(['import', 'fastapi', 'sqlite:///app.db', '--json'], { env, cwd })
  assert.deepEqual([(JSON.parse(stdout) as Report).created, (JSON.parse(stdout) as Report).errors], [0, 5])
  assert.deepEqual(await numbers(database), before)
})

test('says what is wrong with a source', async () => {
  const { env, cwd } = await open()
  const of = async (url: string): Promise<string> => (await cip(['import', 'fastapi', url], { env, cwd })).stderr
  assert.match(await of('sqlite:///missing.db'), /no database file/)
  new DatabaseSync(join(cwd, 'empty.db')).close()
  assert.match(await of('sqlite:///empty.db'), /no table "users"/)
  assert.match(await of('mysql://localhost/app'), /Give a URL such as/)
  assert.match(await of('postgresql://nobody@127.0.0.1:1/app'), /cannot be read: ECONNREFUSED/)
  assert.match(await of((await server.create({ isEmpty: true })).url), /no table "users"/)
})

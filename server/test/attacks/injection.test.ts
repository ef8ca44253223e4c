import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { exchange, form, json, request, sendAndLeave } from '../harness/http.ts'
import { errorsIn } from '../harness/log-lines.ts'
import { personalDataOf } from '../harness/personal-data.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { until } from '../harness/until.ts'

const database = await (await startTestDatabase()).create()
const { url, logs, platform } = await startTestPlatform(database)
const api = accountApi(url)
const port = Number(new URL(url).port)
const password = 'correct horse battery'
const jsonType = { 'content-type': 'application/json' }

const hostile = [
  `' or 1=1--`,
  `admin'/*`,
  `'; drop table users; --`,
  `" or ""="`,
  `') union select encoded from passwords--`,
  '%',
  '_',
  'user%',
  '$1',
  '\\',
  `\\'; --`,
  'a\0b',
  '\0',
  '\ud800',
  '\udfff\ud800',
  '#{7*7}',
  '{{7*7}}',
  '*)(uid=*',
  '.*',
  '(a+)+$',
  '\r\nSet-Cookie: a=b',
  '\u001b[2J',
  '\u2028',
  '\ufeff',
  'a'.repeat(1024),
  '@'.repeat(1024),
  `${'a.'.repeat(300)}@${'b.'.repeat(150)}com`,
]

describe('names that are code somewhere', () => {
  test('sign nobody in and break nothing', async () => {
    for (const name of hostile) {
      const answer = await api.token({ username: name, password })
      assert.deepEqual([answer.status, answer.text], [401, '{"detail":"Incorrect username or password"}'], JSON.stringify(name))
    }
  })

  test('are not registered as user name or e-mail address', async () => {
    for (const name of hostile)
      for (const account of [
        { ...newAccount(), username: name },
        { ...newAccount(), email: name },
      ]) {
        const answer = await api.register(account)
        assert.equal(answer.status, 422, JSON.stringify(name))
      }
  })

  test('are refused in every other field', async () => {
    for (const name of hostile) {
      assert.equal((await api.refresh(name)).status, 401, JSON.stringify(name))
      assert.equal((await api.revoke(name)).status, 200, JSON.stringify(name))
    }
  })

  test('leave the database as it was', async () => {
    assert.equal((await database.sql.text('select 1 from users')).length, 0)
    await api.join()
  })
})

describe('names that every object has', () => {
  for (const username of ['constructor', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', 'toLocaleString'])
    test(`${username} is an ordinary user name`, async () => {
      const { account, pair } = await api.join({ ...newAccount(), username })
      assert.equal(((await api.me(pair.access_token)).json as { username: string }).username, username)
      pairOf(await api.token(account))
    })

  const members = ['__proto__', 'constructor', 'prototype', 'toString', '__defineGetter__']
  test('are refused as members of a body', async () => {
    for (const member of members) {
      const account = JSON.stringify(newAccount())
      const answer = await request(`${url}/auth/register`, { ...json(0), body: `{"${member}":{"isAdmin":true},${account.slice(1)}` })
      assert.equal(answer.status, 422, member)
      const inForm = await request(
        `${url}/auth/token`,
        form([
          [member, 'x'],
          ['username', 'a'],
          ['password', 'b'],
        ]),
      )
      assert.equal(inForm.status, 422, member)
    }
    assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined)
  })

  test('do not stand in for members that are missing', async () => {
    const answer = await request(`${url}/auth/register`, { ...json(0), body: `{"__proto__":${JSON.stringify(newAccount())}}` })
    assert.equal(answer.status, 422)
  })

  test('a member that is sent twice counts once, as JSON has it, and is checked as it counts', async () => {
    const { username, email } = newAccount()
    const body = `{"username":"${username}","email":"${email}","password":"${password}","password":"short"}`
    assert.equal((await request(`${url}/auth/register`, { ...json(0), body })).status, 422)
  })
})

describe('bodies that are meant to hurt', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

  test('M-02 1 MB and 10 MB are refused before they are read to the end', async () => {
    for (const bytes of [1_048_576, 10_485_760]) {
      const head = `POST /auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`
      assert.match(await exchange(port, head + 'x'.repeat(1000)), /^HTTP\/1\.1 413 /)
    }
  })

  test('JSON nested 30,000 deep is refused like any other body that does not fit', async () => {
    for (const body of [
      nested(30_000),
      `{"username":${nested(15_000)},"email":${nested(15_000)}}`,
      `{"password":${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}}`,
    ]) {
      const answer = await request(`${url}/auth/register`, { method: 'POST', headers: jsonType, body })
      assert.equal(answer.status, 422)
      assert.ok(answer.text.length < 10_000)
    }
  })

  test('thousands of members give a short answer', async () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`m${index}`, 1])))
    const answer = await request(`${url}/auth/register`, { method: 'POST', headers: jsonType, body })
    assert.equal(answer.status, 422)
    assert.ok(answer.text.length < 10_000)
  })

  test('a form of thousands of parameters, repeated or broken, is refused', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const body of ['password=a&'.repeat(5000), '&'.repeat(60_000), '%'.repeat(1000), '=', 'a'.repeat(60_000)]) {
      const answer = await request(`${url}/auth/token`, { method: 'POST', headers: type, body })
      assert.equal(answer.status, 422, body.slice(0, 40))
      assert.ok(answer.text.length < 70_000)
    }
  })

  test('bytes that are no text in a form sign nobody in', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const body of ['username=%ff%fe&password=%', 'username=testuser&password=%00%ed%a0%80', 'username=%00&password=%0d%0a'])
      assert.equal((await request(`${url}/auth/token`, { method: 'POST', headers: type, body })).status, 401, body)
  })

  test('a body that stops in the middle ends with its connection and nothing else', async () => {
    const head = 'POST /auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"username":'
    assert.match(await exchange(port, head), /^(HTTP\/1\.1 400 |$)/)
    assert.equal((await request(`${url}/healthz`)).status, 200)
  })

  test('V-09 connections that are dropped while their request is worked on leave no half account and no connection of the database behind', async () => {
    const { username, password: typed } = (await api.join()).account
    const before = (await database.sql.text('select 1 from users')).length
    const bodies = Array.from({ length: 20 }, () => JSON.stringify(newAccount()))
    const signIn = `username=${username}&password=${encodeURIComponent(typed)}`
    const head = (path: string, type: string, body: string): string =>
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const requests = bodies.flatMap((body) => [
      head('/auth/register', 'application/json', body),
      head('/auth/token', 'application/x-www-form-urlencoded', signIn),
    ])
    await Promise.all(requests.map((bytes) => sendAndLeave(port, bytes)))
    pairOf(await api.token({ username, password: typed }))
    const { db } = platform.base
    await until(() => db.pool.idleCount === db.pool.totalCount, 10_000, 'every connection is idle again')
    const [row] = await database.sql.text<{ users: number; whole: number }>(
      `select (select count(*) from users) as users,
        (select count(*) from users u where exists (select from passwords p where p.user_id = u.id) and 2 = (select count(*) from identifiers i where i.user_id = u.id)) as whole`,
    )
    assert.ok(row && row.users >= before && row.users <= before + 20)
    assert.equal(row.whole, row.users)
  })

  test('two lengths, or a length beside chunks, are refused (request smuggling)', async () => {
    const common = 'POST /auth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'
    for (const lines of [
      'Content-Length: 5\r\nContent-Length: 6\r\n',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      'Transfer-Encoding: chunked, identity\r\n',
      'Content-Length: +5\r\n',
    ])
      assert.match(
        await exchange(port, `${common}${lines}\r\n0\r\n\r\nGET /auth/me HTTP/1.1\r\nHost: x\r\n\r\n`),
        /^HTTP\/1\.1 4\d\d (?![\s\S]*HTTP\/1\.1)/,
        lines,
      )
  })
})

describe('headers that are meant to hurt', () => {
  const ids = [
    'a%0d%0aSet-Cookie: x=1',
    'a b',
    'a"b',
    '<script>',
    'a;b',
    '',
    ' ',
    'x'.repeat(129),
    '\u00e9\u00ff',
    `{"a":1}`,
    '../../etc/passwd',
  ]
  test('a request id that is no plain word is replaced', async () => {
    for (const id of ids) {
      const answer = await request(`${url}/healthz`, { headers: { 'x-request-id': id } })
      assert.match(String(answer.headers['x-request-id']), /^[\w-]{16}$/, id)
      assert.equal(answer.headers['set-cookie'], undefined)
    }
    const twice = await request(`${url}/healthz`, { headers: { 'x-request-id': ['one', 'two'] } })
    assert.match(String(twice.headers['x-request-id']), /^[\w-]{16}$/)
  })

  test('a user agent of 10 KB and of odd bytes is kept short in the events and breaks nothing', async () => {
    for (const agent of ['a'.repeat(10_240), '\u00e9\u00ff\u0080', `' or 1=1--`, '\\u0000', '"}\u00a0{"']) {
      const sent = json(newAccount())
      assert.equal((await request(`${url}/auth/register`, { ...sent, headers: { ...sent.headers, 'user-agent': agent } })).status, 200)
    }
    const longest = Math.max(...(await personalDataOf(database.sql, 'true')).map(({ user_agent: agent }) => agent?.length ?? 0))
    assert.equal(longest, 512)
  })
})

test('none of this was a failure of the server', () => {
  assert.deepEqual(errorsIn(logs()), [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startOwnDatabase } from '../harness/database.ts'
import { form, json, request } from '../harness/http.ts'
import { startTestServer } from '../harness/server.ts'

const postgres = await startOwnDatabase()
const database = await postgres.create()
const server = await startTestServer({
  env: { ...database.env, CIP_LOG_LEVEL: 'trace', CIP_FAILPOINT: 'after-commit-before-response:3:throw', CIP_REFRESH_TOKEN_LEEWAY: '0s' },
})
const { url } = server
const api = accountApi(url)
const password = 'Canary-Passw0rd-one'
const others = [
  'Canary-Passw0rd-two',
  'Canary-Passw0rd-three',
  'Canary-Name-that-was-a-password',
  'Canary-Bearer-value',
  'Canary-Query-token',
  'Canary-Form-token',
]
const [wrong = '', late = '', misplaced = '', bearerValue = '', inQuery = '', inForm = ''] = others

/** Everything that a person may do right and wrong, with secrets in every place that they turn up in. */
const useAll = async (): Promise<string[]> => {
  const account = newAccount(password)
  await api.register(account)
  await api.register({ ...newAccount(password), username: account.username })
  await api.register({ ...newAccount(password), email: 'nowhere' })
  await request(`${url}/auth/register`, { ...json({}), body: `{"password":"${late}"` })
  await request(`${url}/auth/register`, json({ ...newAccount(password), extra: late, password: { nested: late } }))
  const first = pairOf(await api.token(account))
  assert.equal((await api.token(account)).status, 500)
  await api.token({ ...account, password: wrong })
  await api.token({ username: misplaced, password: wrong })
  await request(
    `${url}/auth/token`,
    form([
      ['username', 'a'],
      ['password', wrong],
      ['password', late],
    ]),
  )
  await api.me(first.access_token)
  const second = pairOf(await api.refresh(first.refresh_token))
  await api.refresh(first.refresh_token)
  await api.refresh(`cip_rt_${inForm}`)
  await api.revoke(second.refresh_token)
  await api.logout(second.access_token)
  await request(`${url}/auth/me`, { headers: { authorization: `Bearer ${bearerValue}` } })
  await request(`${url}/auth/me`, {
    headers: { authorization: `Basic ${Buffer.from(`u:${password}`).toString('base64')}`, cookie: `s=${bearerValue}` },
  })
  await request(`${url}/auth/me?access_token=${inQuery}&password=${password}`)
  await request(`${url}/nowhere/${inQuery}?token=${inQuery}`)
  await request(`${url}/auth/%zz${inQuery}`)
  return [first, second].flatMap(({ access_token, refresh_token }) => [
    access_token,
    refresh_token,
    access_token.split('.')[2] ?? '',
    refresh_token.slice(7),
  ])
}

test('no password, token or Authorization header is in the log, the events, any other row, or the log of PostgreSQL', async () => {
  const tokens = await useAll()
  const secrets = [password, ...others, ...tokens, Buffer.from(`u:${password}`).toString('base64')]
  await server.stop()
  const logs = server.logs()
  assert.ok(logs.includes('A failpoint threw'), 'an error was logged with its stack')
  for (const secret of secrets) assert.ok(!logs.includes(secret), `the log holds ${secret}`)

  const tables = await database.sql.text<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  assert.ok(tables.length >= 10)
  for (const { name } of tables) {
    const rows = await database.sql.text<{ line: string }>(`select t::text as line from ${name} t`)
    for (const { line } of rows) for (const secret of secrets) assert.ok(!line.includes(secret), `${name} holds ${secret}`)
  }
  const [count] = await database.sql.text<{ count: number }>('select count(*) as count from events')
  assert.ok((count?.count ?? 0) >= 5)
  const own = await postgres.logs()
  for (const secret of secrets) assert.ok(!own.includes(secret), `the log of PostgreSQL holds ${secret}`)
})

test('V-07 a log line is one JSON object, whatever was sent', async () => {
  const lines = server
    .logs()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  assert.ok(lines.length > 10)
  for (const line of lines) assert.equal(typeof JSON.parse(line).msg, 'string')
})

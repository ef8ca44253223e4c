import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Answer, form, json, request } from '../harness/http.ts'
import { startTestServer } from '../harness/server.ts'

const database = await (await startTestDatabase()).create()
const { url } = await startTestServer({ env: database.env })
const api = accountApi(url)
const sample = { username: 'testuser', email: 'test@example.com', password: 'testpass' }

const isJson = ({ headers }: Answer): void => assert.equal(headers['content-type'], 'application/json; charset=utf-8')
const isNotStored = ({ headers }: Answer): void => assert.equal(headers['cache-control'], 'no-store')

const refuses = (answer: Answer, status: number, detail: string): void => {
  assert.deepEqual({ status: answer.status, body: answer.json }, { status, body: { detail } })
  assert.equal(answer.headers['www-authenticate'], status === 401 ? 'Bearer' : undefined)
  isJson(answer)
  isNotStored(answer)
}

describe('POST /auth/register', () => {
  test('gives the first user of a new platform the id 1 and answers with the three promised members', async () => {
    const answer = await api.register(sample)
    assert.equal(answer.status, 200)
    assert.equal(answer.text, '{"id":1,"username":"testuser","email":"test@example.com"}')
    isJson(answer)
    isNotStored(answer)
  })

  test('refuses a user name that somebody has', async () => {
    refuses(await api.register({ ...sample, email: 'other@example.com' }), 400, 'Username already registered')
  })

  test('refuses an e-mail address that somebody has', async () => {
    refuses(await api.register({ ...sample, username: 'other' }), 400, 'Email already registered')
  })

  test('speaks of the user name first where both are taken', async () => {
    refuses(await api.register(sample), 400, 'Username already registered')
  })

  test('writes nothing where it refuses', async () => {
    await api.register({ ...sample, email: 'never@example.com' })
    const rows = await database.sql.text(`select 1 from identifiers where canonical in ('never@example.com', 'other')`)
    assert.equal(rows.length, 0)
  })
})

describe('POST /auth/token', () => {
  test('answers with a bearer pair to a user name', async () => {
    const answer = await api.token(sample)
    const { access_token, refresh_token, ...rest } = pairOf(answer)
    assert.deepEqual(rest, { token_type: 'bearer', expires_in: 900, scope: 'account' })
    assert.match(access_token, /^eyJ[\w-]+\.[\w-]+\.[\w-]{86}$/)
    assert.match(refresh_token, /^cip_rt_[\w-]{79}$/)
    isJson(answer)
    isNotStored(answer)
  })

  test('takes the e-mail address as the user name', async () => {
    const { access_token } = pairOf(await api.token({ ...sample, username: sample.email }))
    assert.equal((await api.me(access_token)).status, 200)
  })

  test('takes the optional members of the password flow', async () => {
    const { username, password } = sample
    const optional = { grant_type: 'password', scope: 'anything at all', client_id: 'app', client_secret: 'x' }
    pairOf(await request(`${url}/auth/token`, form({ username, password, ...optional })))
    pairOf(await request(`${url}/auth/token`, form({ username, password, grant_type: '', scope: '', client_id: '' })))
  })

  test('refuses a wrong password', async () => {
    refuses(await api.token({ ...sample, password: 'wrongpass' }), 401, 'Incorrect username or password')
  })

  test('refuses an unknown user in the same words', async () => {
    refuses(await api.token({ ...sample, username: 'nobody-here' }), 401, 'Incorrect username or password')
  })

  test('refuses another grant than the password', async () => {
    const answer = await request(`${url}/auth/token`, form({ ...sample, email: '', grant_type: 'client_credentials' }))
    assert.equal(answer.status, 422)
  })
})

describe('GET /auth/me', () => {
  test('says who is signed in and nothing of the password', async () => {
    const { access_token } = pairOf(await api.token(sample))
    const answer = await api.me(access_token)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.json, { id: 1, username: 'testuser', email: 'test@example.com' })
    isJson(answer)
    isNotStored(answer)
  })

  test('refuses a request without a token', async () => {
    refuses(await request(`${url}/auth/me`), 401, 'Not authenticated')
  })

  test('refuses a token that is none', async () => {
    refuses(await api.me('not-a-token'), 401, 'Invalid authentication credentials')
  })
})

describe('POST /auth/token/refresh', () => {
  test('gives a new pair whose tokens both work', async () => {
    const { pair } = await api.join()
    const answer = await api.refresh(pair.refresh_token)
    const next = pairOf(answer)
    assert.notEqual(next.refresh_token, pair.refresh_token)
    assert.notEqual(next.access_token, pair.access_token)
    assert.deepEqual(Object.keys(next).sort(), Object.keys(pair).sort())
    assert.equal((await api.me(next.access_token)).status, 200)
    pairOf(await api.refresh(next.refresh_token))
    isNotStored(answer)
  })

  test('takes the grant_type of the OAuth form', async () => {
    const { pair } = await api.join()
    pairOf(await request(`${url}/auth/token/refresh`, form({ refresh_token: pair.refresh_token, grant_type: 'refresh_token' })))
  })

  test('refuses a token that is none, and one that was revoked', async () => {
    refuses(await api.refresh('cip_rt_none'), 401, 'Invalid or revoked refresh token')
    const { pair } = await api.join()
    await api.revoke(pair.refresh_token)
    refuses(await api.refresh(pair.refresh_token), 401, 'Invalid or revoked refresh token')
  })
})

describe('POST /auth/token/revoke', () => {
  const revoked = '{"detail":"Refresh token revoked successfully"}'

  test('ends the session: neither token works afterwards', async () => {
    const { pair } = await api.join()
    const answer = await api.revoke(pair.refresh_token)
    assert.deepEqual([answer.status, answer.text], [200, revoked])
    isNotStored(answer)
    refuses(await api.me(pair.access_token), 401, 'Invalid authentication credentials')
    refuses(await api.refresh(pair.refresh_token), 401, 'Invalid or revoked refresh token')
  })

  test('answers the same for a token that is revoked already and for one that never was', async () => {
    const { pair } = await api.join()
    await api.revoke(pair.refresh_token)
    for (const token of [pair.refresh_token, 'cip_rt_unknown', 'x']) {
      const answer = await api.revoke(token)
      assert.deepEqual([answer.status, answer.text], [200, revoked])
    }
  })
})

describe('POST /auth/logout', () => {
  test('ends the session behind the token, and that one only', async () => {
    const { account, pair } = await api.join()
    const other = pairOf(await api.token(account))
    const answer = await api.logout(pair.access_token)
    assert.deepEqual([answer.status, answer.text], [200, '{"detail":"Logged out"}'])
    isNotStored(answer)
    refuses(await api.me(pair.access_token), 401, 'Invalid authentication credentials')
    refuses(await api.refresh(pair.refresh_token), 401, 'Invalid or revoked refresh token')
    assert.equal((await api.me(other.access_token)).status, 200)
  })

  test('refuses without a token, and with the token of a session that has ended', async () => {
    refuses(await request(`${url}/auth/logout`, { method: 'POST' }), 401, 'Not authenticated')
    const { pair } = await api.join()
    await api.logout(pair.access_token)
    refuses(await api.logout(pair.access_token), 401, 'Invalid authentication credentials')
  })
})

test('keeps every change together with its event, and each event names request and user', async () => {
  const account = newAccount()
  const headers = { 'x-request-id': `events-${process.pid}` }
  const registered = await request(`${url}/auth/register`, {
    ...json(account),
    headers: { ...headers, 'content-type': 'application/json' },
  })
  assert.equal(registered.status, 200)
  const { pair } = { pair: pairOf(await api.token(account)) }
  await api.logout(pair.access_token)
  const { id } = registered.json as { id: number }
  const rows = await database.sql.text<{ type: string; request_id: string; session_id: string | null }>(
    `select e.type, e.request_id, e.session_id from events e join users u on u.id = e.user_id where u.number = $1 order by e.at, e.id`,
    [id],
  )
  assert.deepEqual(
    rows.map(({ type }) => type),
    ['user.registered', 'sign_in.succeeded', 'session.ended'],
  )
  assert.equal(rows[0]?.request_id, headers['x-request-id'])
  assert.equal(rows[1]?.session_id, rows[2]?.session_id)
})

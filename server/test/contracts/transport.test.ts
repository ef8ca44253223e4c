import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { bearer, exchange, form, json, request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const { url } = await startTestPlatform(await (await startTestDatabase()).create())
const api = accountApi(url)
const port = Number(new URL(url).port)
const { pair } = await api.join()

const posts = ['/auth/register', '/auth/token', '/auth/token/refresh', '/auth/token/revoke', '/auth/logout']
const withBody = posts.slice(0, 4)
const jsonType = { 'content-type': 'application/json' }

const padded = (bytes: number): string => {
  const text = JSON.stringify(newAccount())
  return text + ' '.repeat(bytes - text.length)
}

describe('size', () => {
  test('takes a body of exactly 64 KiB', async () => {
    const answer = await request(`${url}/auth/register`, { method: 'POST', headers: jsonType, body: padded(65_536) })
    assert.equal(answer.status, 200, answer.text)
  })

  test('refuses one byte more with 413', async () => {
    const answer = await request(`${url}/auth/register`, { method: 'POST', headers: jsonType, body: padded(65_537) })
    assert.equal(answer.status, 413)
    assert.deepEqual(answer.json, { detail: 'Request body too large. At most 64 KiB are accepted' })
    assert.equal(answer.headers['cache-control'], 'no-store')
  })

  test('refuses it also where its length is not announced', async () => {
    const body = padded(65_537)
    const chunked = `POST /auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    assert.match(await exchange(port, chunked), /^HTTP\/1\.1 413 /)
  })

  test('refuses a form of that size', async () => {
    for (const path of ['/auth/token', '/auth/token/refresh', '/auth/token/revoke']) {
      const answer = await request(`${url}${path}`, form({ username: 'x', password: 'y'.repeat(65_536), refresh_token: 'z' }))
      assert.equal(answer.status, 413, path)
    }
  })
})

describe('media types', () => {
  const others = [
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/json5',
    'text/json',
    'application/jsonx',
    '',
  ]
  for (const path of withBody) {
    test(`${path} refuses every other with 415`, async () => {
      const swapped = path === '/auth/register' ? 'application/x-www-form-urlencoded' : 'application/json'
      for (const type of [swapped, ...others]) {
        const answer = await request(`${url}${path}`, { method: 'POST', headers: type === '' ? {} : { 'content-type': type }, body: '{}' })
        assert.equal(answer.status, 415, `${type}: ${answer.text}`)
        assert.match((answer.json as { detail: string }).detail, /^Unsupported media type\. Send application\//)
        assert.equal(answer.headers['cache-control'], 'no-store')
      }
    })
  }

  test('takes parameters of the media type and any case', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    const answer = await request(`${url}/auth/register`, { method: 'POST', headers, body: JSON.stringify(newAccount()) })
    assert.equal(answer.status, 200, answer.text)
  })
})

describe('methods', () => {
  for (const path of posts) {
    test(`${path} answers every method but POST with 405 and Allow`, async () => {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'TRACE']) {
        const answer = await request(`${url}${path}`, { method })
        assert.deepEqual([answer.status, answer.text], [405, '{"detail":"Method Not Allowed"}'], method)
        assert.equal(answer.headers['allow'], 'OPTIONS, POST')
      }
      const head = await request(`${url}${path}`, { method: 'HEAD' })
      assert.deepEqual([head.status, head.text, head.headers['allow']], [405, '', 'OPTIONS, POST'])
    })
  }

  test('a read takes GET, HEAD and OPTIONS', async () => {
    const answer = await request(`${url}/auth/me`, { method: 'POST', headers: bearer(pair.access_token) })
    assert.deepEqual([answer.status, answer.headers['allow']], [405, 'GET, HEAD, OPTIONS'])
  })

  test('refuses a method before it reads a body', async () => {
    const answer = await request(`${url}/auth/token`, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(70_000),
    })
    assert.equal(answer.status, 405)
  })

  test('HEAD has the headers of GET and no body', async () => {
    const headers = bearer(pair.access_token)
    const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => request(`${url}/auth/me`, { method, headers })))
    assert.ok(get && head)
    assert.deepEqual([head.status, head.text], [200, ''])
    for (const name of ['content-type', 'cache-control', 'x-content-type-options'])
      assert.equal(head.headers[name], get.headers[name], name)
  })

  test('HEAD without a token is refused as GET is', async () => {
    const head = await request(`${url}/auth/me`, { method: 'HEAD' })
    assert.deepEqual([head.status, head.headers['www-authenticate'], head.text], [401, 'Bearer', ''])
  })

  test('OPTIONS says what a path takes, without credentials', async () => {
    for (const path of [...posts, '/auth/me']) {
      const answer = await request(`${url}${path}`, { method: 'OPTIONS' })
      const allow = path === '/auth/me' ? 'GET, HEAD, OPTIONS' : 'OPTIONS, POST'
      assert.deepEqual([answer.status, answer.text, answer.headers['allow']], [204, '', allow], path)
    }
  })

  test('V-10 methods that HTTP does not know here are refused without harm', async () => {
    for (const line of ['PROPFIND /auth/me', 'FOO /auth/me', 'OPTIONS *', 'CONNECT example.com:443'])
      assert.match(await exchange(port, `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), /^(HTTP\/1\.1 4\d\d |$)/, line)
    assert.equal((await request(`${url}/healthz`)).status, 200)
  })
})

describe('paths', () => {
  const nowhere = [
    '/',
    '/auth',
    '/auth/',
    '/auth/me/',
    '/auth//me',
    '/AUTH/me',
    '/auth/me;x',
    '/auth/token/refresh/',
    '/.git/config',
    '/metrics',
    '/debug',
    '/docs/../metrics',
    '/auth/%6de%2f',
    '/t/default/auth/me',
  ]
  test('V-10 answers what is not there with 404 in the envelope of the API', async () => {
    for (const path of nowhere) {
      const answer = await request(`${url}${path}`, { headers: bearer(pair.access_token) })
      assert.deepEqual([answer.status, answer.text], [404, '{"detail":"Not Found"}'], path)
    }
  })

  test('answers a path that cannot be decoded with 400', async () => {
    const answer = await request(`${url}/auth/%zz`)
    assert.deepEqual([answer.status, answer.text], [400, '{"detail":"The URL is not valid"}'])
  })

  test('a query changes nothing and carries no credential', async () => {
    const query = new URLSearchParams({ access_token: pair.access_token, token: pair.access_token })
    assert.equal((await request(`${url}/auth/me?${query}`)).status, 401)
    const inUrl = await request(`${url}/auth/token?username=a&password=b`, { method: 'POST' })
    assert.equal(inUrl.status, 422)
  })
})

test('answers what is no HTTP at all in the envelope of the API', async () => {
  const tooLarge = `GET /auth/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${'a'.repeat(65_536)}\r\n\r\n`
  for (const [bytes, status] of [
    ['GARBAGE\r\n\r\n', 400],
    [tooLarge, 431],
  ] as const) {
    const [head = '', body = ''] = (await exchange(port, bytes)).split('\r\n\r\n')
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `))
    assert.deepEqual(Object.keys(JSON.parse(body)), ['detail'])
  }
})

describe('request ids', () => {
  test('gives back the one that was sent', async () => {
    const answer = await request(`${url}/healthz`, { headers: { 'x-request-id': 'trace-1:a.b_c' } })
    assert.equal(answer.headers['x-request-id'], 'trace-1:a.b_c')
  })

  test('makes one for every other request, also for a refused one', async () => {
    const ids = new Set<unknown>()
    for (const path of ['/healthz', '/healthz', '/nowhere', '/auth/me']) ids.add((await request(`${url}${path}`)).headers['x-request-id'])
    assert.equal(ids.size, 4)
    for (const id of ids) assert.match(String(id), /^[\w-]{16}$/)
  })
})

test('every answer carries the headers that keep browsers from guessing, framing and telling', async () => {
  const answers = [
    await api.me(pair.access_token),
    await request(`${url}/auth/me`),
    await request(`${url}/nowhere`),
    await request(`${url}/auth/register`, json({})),
    await request(`${url}/.well-known/jwks.json`),
    await request(`${url}/auth/token`, { method: 'DELETE' }),
  ]
  for (const { headers } of answers) {
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.match(String(headers['content-security-policy']), /^default-src 'none'/)
    assert.equal(headers['server'], undefined)
    assert.equal(headers['x-powered-by'], undefined)
    assert.equal(headers['set-cookie'], undefined)
  }
})

test('an empty body on an endpoint that takes none is no error', async () => {
  const other = pairOf(await api.token((await api.join()).account))
  const headers = { ...bearer(other.access_token), ...jsonType, 'content-length': '0' }
  assert.equal((await request(`${url}/auth/logout`, { method: 'POST', headers })).status, 200)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { exchange, request } from '../harness/http.ts'
import { errorsIn } from '../harness/log-lines.ts'
import { startTestPlatform } from '../harness/platform.ts'

const { url, logs } = await startTestPlatform(await (await startTestDatabase()).create())
const { pair } = await accountApi(url).join()
const token = pair.access_token
const port = Number(new URL(url).port)

const endpoints = [
  ['GET', '/auth/me'],
  ['POST', '/auth/logout'],
] as const

const noToken = [
  '',
  'Bearer',
  'Bearer ',
  'bearer    ',
  'Basic dXNlcjpwYXNz',
  'Basic',
  'Token x',
  `DPoP ${token}`,
  token,
  `Bearer${token}`,
  `Bearer:${token}`,
  'null',
  'undefined',
]
const wrongToken = [
  'Bearer x',
  'Bearer  x',
  'bEaReR x',
  'Bearer .',
  'Bearer ..',
  `Bearer ${token} ${token}`,
  `Bearer ${token},${token}`,
  `Bearer "${token}"`,
  `Bearer ${token};`,
  'Bearer \u00e9\u00ff',
  `Bearer %${token}`,
  `Bearer Bearer ${token}`,
]

for (const [method, path] of endpoints) {
  describe(`${method} ${path}`, () => {
    test('says "Not authenticated" where there is no bearer token', async () => {
      for (const authorization of noToken) {
        const answer = await request(`${url}${path}`, { method, headers: { authorization } })
        assert.deepEqual(
          [answer.status, answer.text, answer.headers['www-authenticate']],
          [401, '{"detail":"Not authenticated"}', 'Bearer'],
          authorization,
        )
      }
    })

    test('says "Invalid authentication credentials" where there is one that is wrong', async () => {
      for (const authorization of wrongToken) {
        const answer = await request(`${url}${path}`, { method, headers: { authorization } })
        assert.deepEqual(
          [answer.status, answer.text, answer.headers['www-authenticate']],
          [401, '{"detail":"Invalid authentication credentials"}', 'Bearer'],
          authorization,
        )
      }
    })

    test('refuses a header of 64 KB, of control characters, and one after another, without a failure (CVE-2026-9803)', async () => {
      for (const lines of [
        `Authorization: Bearer ${'a'.repeat(65_536)}`,
        `Authorization: Bearer\t${token}`,
        'Authorization: Bearer a\0b',
        'Authorization: Bearer\u0001x',
        `Authorization: Bearer x\r\nAuthorization: Bearer ${token}`,
        `Authorization:\r\n Bearer x`,
      ])
        assert.match(
          await exchange(port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines}\r\n\r\n`),
          /^HTTP\/1\.1 4(00|01|31) /,
          lines.slice(0, 60),
        )
    })
  })
}

test('takes the scheme in any case (RFC 7235 section 2.1)', async () => {
  for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR'])
    assert.equal((await request(`${url}/auth/me`, { headers: { authorization: `${scheme} ${token}` } })).status, 200)
})

test('takes a token from no other place than the header Authorization', async () => {
  const names = [
    'X-Authorization',
    'X-Auth-Token',
    'X_Auth_User',
    'Proxy-Authorization',
    'Cookie',
    'X-Access-Token',
    'Sec-WebSocket-Protocol',
    'X-Forwarded-User',
    'Remote-User',
  ]
  for (const name of names) assert.equal((await request(`${url}/auth/me`, { headers: { [name]: `Bearer ${token}` } })).status, 401, name)
})

test('a bearer token on an endpoint that needs none changes nothing there', async () => {
  for (const authorization of ['Bearer x', 'garbage', `Bearer ${token}`])
    assert.equal((await request(`${url}/healthz`, { headers: { authorization } })).status, 200)
})

test('none of this was a failure of the server', () => {
  assert.deepEqual(errorsIn(logs()), [])
})

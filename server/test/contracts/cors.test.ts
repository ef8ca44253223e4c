import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startTestDatabase } from '../harness/database.ts'
import { json, request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const database = await (await startTestDatabase()).create()
const origin = 'https://app.example.com'
const closed = await startTestPlatform(database)
const listed = await startTestPlatform(database, { CIP_CORS_ORIGINS: `${origin}, https://second.example.com` })
const open = await startTestPlatform(database, { CIP_CORS_ORIGINS: '*' })

const preflight = (url: string, from: string) =>
  request(`${url}/auth/token`, {
    method: 'OPTIONS',
    headers: { origin: from, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  })

const corsHeadersOf = (headers: object): string[] => Object.keys(headers).filter((name) => name.startsWith('access-control-allow-origin'))

describe('without the setting', () => {
  test('no origin is allowed', async () => {
    for (const answer of [await preflight(closed.url, origin), await request(`${closed.url}/auth/me`, { headers: { origin } })])
      assert.deepEqual(corsHeadersOf(answer.headers), [])
  })

  test('public keys may be read from everywhere', async () => {
    const answer = await request(`${closed.url}/.well-known/jwks.json`, { headers: { origin } })
    assert.equal(answer.headers['access-control-allow-origin'], '*')
  })
})

describe('with a list', () => {
  test('a listed origin is named, with what it may send and read', async () => {
    const answer = await preflight(listed.url, origin)
    assert.equal(answer.status, 204)
    assert.equal(answer.headers['access-control-allow-origin'], origin)
    assert.equal(answer.headers['access-control-allow-methods'], 'OPTIONS, POST')
    assert.match(String(answer.headers['access-control-allow-headers']), /Authorization/)
    assert.match(String(answer.headers['access-control-expose-headers']), /WWW-Authenticate/)
    assert.match(String(answer.headers['vary']), /Origin/)
  })

  test('a refusal is readable too', async () => {
    for (const answer of [
      await request(`${listed.url}/auth/me`, { headers: { origin } }),
      await request(`${listed.url}/auth/register`, { ...json({}), headers: { origin, 'content-type': 'application/json' } }),
    ])
      assert.equal(answer.headers['access-control-allow-origin'], origin)
  })

  const strangers = [
    'https://app.example.com.evil.example',
    'http://app.example.com',
    'https://app.example.com:444',
    'https://APP.example.com',
    'null',
    'https://evil.example',
  ]
  test('any other origin is not allowed, however alike', async () => {
    for (const from of strangers) {
      const answer = await preflight(listed.url, from)
      assert.deepEqual(corsHeadersOf(answer.headers), [], from)
      assert.match(String(answer.headers['vary']), /Origin/)
    }
  })
})

test('with * every origin is allowed', async () => {
  for (const from of [origin, 'https://evil.example', 'null']) {
    const answer = await preflight(open.url, from)
    assert.equal(answer.headers['access-control-allow-origin'], '*')
  }
})

test('credentials of a browser are never allowed', async () => {
  for (const { url } of [closed, listed, open])
    for (const from of [origin, 'https://evil.example']) {
      const answer = await preflight(url, from)
      assert.equal(answer.headers['access-control-allow-credentials'], undefined)
    }
})

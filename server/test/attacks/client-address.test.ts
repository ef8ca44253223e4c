import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { form, type HttpRequest, request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { decodePart } from './forge.ts'

const database = await (await startTestDatabase()).create()
const direct = await startTestPlatform(database, { CIP_FAILURES_PER_ADDRESS_AND_USER: '3' })
const elsewhere = await startTestPlatform(database, { TRUSTED_PROXIES: '10.0.0.0/8,::2' })
const behind = await startTestPlatform(database, { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' })

/** The address that a sign-in from here is put down to, in its event. */
const notedAddress = async (url: string, headers: Record<string, string | string[]>): Promise<string | undefined> => {
  const id = `address-${Math.random().toString(36).slice(2)}`
  const sent: HttpRequest = form({ username: newAccount().username, password: 'wrong-one' })
  await request(`${url}/auth/token`, { ...sent, headers: { ...sent.headers, ...headers, 'x-request-id': id } })
  const [row] = await database.sql.text<{ ip: string }>('select host(ip) as ip from events where request_id = $1', [id])
  return row?.ip
}

const claims = [
  '203.0.113.7',
  '203.0.113.7, 198.51.100.2',
  '127.0.0.2',
  '::1',
  'unknown',
  '',
  '" or 1=1',
  '203.0.113.7:80',
  `${'203.0.113.7,'.repeat(500)}`,
]

describe('a peer that is no trusted proxy', () => {
  for (const [what, { url }] of [
    ['none is trusted', direct],
    ['others are trusted', elsewhere],
  ] as const)
    test(`is put down to its own address where ${what}, whatever it claims`, async () => {
      for (const claim of claims) assert.equal(await notedAddress(url, { 'x-forwarded-for': claim }), '127.0.0.1', claim)
      for (const name of ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip', 'x_forwarded_for'])
        assert.equal(await notedAddress(url, { [name]: name === 'forwarded' ? 'for=203.0.113.7' : '203.0.113.7' }), '127.0.0.1', name)
    })

  test('cannot leave its budget of failures behind by claiming another address each time', async () => {
    const account = newAccount()
    const statuses: number[] = []
    for (let count = 1; count <= 5; count += 1) {
      const sent = form({ username: account.username, password: 'wrong-one' })
      const answer = await request(`${direct.url}/auth/token`, {
        ...sent,
        headers: { ...sent.headers, 'x-forwarded-for': `203.0.${count}.7` },
      })
      statuses.push(answer.status)
    }
    assert.deepEqual(statuses, [401, 401, 401, 429, 429])
  })
})

const hops: readonly (readonly [string, string])[] = [
  ['203.0.113.7', '203.0.113.7'],
  ['198.51.100.2, 203.0.113.7', '203.0.113.7'],
  ['198.51.100.2, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
  ['evil, 203.0.113.7', '203.0.113.7'],
  ['203.0.113.7, evil', '127.0.0.1'],
  ['203.0.113.7, evil, 10.1.2.3', '10.1.2.3'],
  ['10.1.2.3, 10.4.5.6', '10.1.2.3'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['', '127.0.0.1'],
]

describe('behind a trusted proxy', () => {
  test('V-01 the right-most hop that is not trusted is the client', async () => {
    for (const [forwarded, expected] of hops)
      assert.equal(await notedAddress(behind.url, { 'x-forwarded-for': forwarded }), expected, forwarded)
    assert.equal(await notedAddress(behind.url, { 'x-forwarded-for': ['198.51.100.2', '203.0.113.7'] }), '203.0.113.7')
  })
})

test('V-03 names that only resemble a header are none: no twin brings an address, a credential or an identity', async () => {
  for (const twin of [
    'x_forwarded_for',
    'X_FORWARDED_FOR',
    'x-forwarded_for',
    'x.forwarded.for',
    'x-forwarded-for-',
    'http-x-forwarded-for',
  ]) {
    assert.equal(await notedAddress(behind.url, { [twin]: '203.0.113.7' }), '127.0.0.1', twin)
    assert.equal(await notedAddress(behind.url, { [twin]: '198.51.100.2', 'x-forwarded-for': '203.0.113.7' }), '203.0.113.7', twin)
  }
  const { pair } = await accountApi(behind.url).join()
  const bearer = `Bearer ${pair.access_token}`
  for (const twin of [
    'authorization_',
    'http_authorization',
    'x-authorization',
    'x_authorization',
    'proxy-authorization',
    'authorization.',
  ])
    assert.equal((await request(`${behind.url}/auth/me`, { headers: { [twin]: bearer } })).status, 401, twin)
  for (const name of [
    'x-auth-user',
    'x_auth_user',
    'remote-user',
    'x-remote-user',
    'x-forwarded-user',
    'x-user-id',
    'x-authenticated-user',
  ])
    assert.equal((await request(`${behind.url}/auth/me`, { headers: { [name]: 'admin' } })).status, 401, name)
})

test('V-01 N-01 the issuer and the documentation come from the settings, never from headers', async () => {
  const headers = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '444',
    'x-forwarded-prefix': '/x',
    forwarded: 'host=evil.example',
    'x-original-url': '/auth/me',
    'x-rewrite-url': '/auth/me',
  }
  for (const { url } of [direct, behind]) {
    const { account, pair } = await accountApi(url).join()
    const sent = form(account as unknown as Record<string, string>)
    const { username, password } = account
    const answer = await request(`${url}/auth/token`, { ...form({ username, password }), headers: { ...sent.headers, ...headers } })
    assert.equal(decodePart((answer.json as { access_token: string }).access_token, 1)['iss'], decodePart(pair.access_token, 1)['iss'])
    for (const path of ['/openapi.json', '/docs', '/healthz'])
      assert.ok(!(await request(`${url}${path}`, { headers })).text.includes('evil.example'), path)
  }
})

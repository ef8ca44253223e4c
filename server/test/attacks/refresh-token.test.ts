import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { printRefreshToken, readRefreshToken } from '../../src/sessions/refresh-token.ts'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { errorsIn } from '../harness/log-lines.ts'
import { startTestPlatform } from '../harness/platform.ts'

const own = await startTestPlatform(await (await startTestDatabase()).create())
const api = accountApi(own.url)
const { pair } = await api.join()
const token = pair.refresh_token
const prefix = 'cip_rt_'
const bytes = Buffer.from(token.slice(prefix.length), 'base64url')
const key = own.config.key('refresh-tokens')
const { tenantId } = own.platform.base
const content = readRefreshToken(key, tenantId, token) ?? assert.fail('the token cannot be read')

const refusal = { status: 401, body: '{"detail":"Invalid or revoked refresh token"}' }
const present = async (refresh_token: string, path = '/auth/token/refresh') => {
  const answer = await own.platform.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ refresh_token }).toString(),
  })
  return { status: answer.statusCode, body: answer.body }
}

const flipped = (index: number, bit: number): string => {
  const copy = Buffer.from(bytes)
  copy[index] = (copy[index] ?? 0) ^ (1 << bit)
  return prefix + copy.toString('base64url')
}

const lastCharacters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter((one) => one !== token.at(-1))
const text = token.slice(prefix.length)

const cases: Readonly<Record<string, readonly string[]>> = {
  'with any bit changed': Array.from({ length: bytes.length * 8 }, (_, index) => flipped(Math.floor(index / 8), index % 8)),
  'cut at any place': Array.from({ length: token.length - 1 }, (_, index) => token.slice(0, index + 1)),
  'with something before or after it': ['a', '=', '==', ' ', '\n', '\0', '.'].flatMap((one) => [token + one, one + token]),
  'with another last character, even one of the same bits': lastCharacters.map((last) => token.slice(0, -1) + last),
  'under another prefix or none': ['', 'cip_', 'cip_cs_', 'cip_pat_', 'CIP_RT_', 'cip_rt_cip_rt_'].map((one) => one + text),
  'in another case': [token.toUpperCase(), token.toLowerCase()],
  'in the other alphabet of base64': [`${prefix}${bytes.toString('base64')}`],
  'of another tenant': [printRefreshToken(key, randomUUID(), content)],
  'under another key': [
    printRefreshToken(randomBytes(32), tenantId, content),
    printRefreshToken(Buffer.alloc(32), tenantId, content),
    printRefreshToken(own.config.key('signing-keys'), tenantId, content),
  ],
  'of a grant that is not there': [printRefreshToken(key, tenantId, { grantId: randomUUID(), counter: 0 })],
  'of a counter that has not come': [1, 2, 1000, 2 ** 48 - 1].map((counter) => printRefreshToken(key, tenantId, { ...content, counter })),
  'of random bytes of the right length': Array.from({ length: 20 }, () => prefix + randomBytes(bytes.length).toString('base64url')),
}

describe('refuses a refresh token', () => {
  for (const [what, forged] of Object.entries(cases))
    test(what, async () => {
      for (const one of forged) assert.deepEqual(await present(one), refusal, one)
    })
})

test('a forged token revokes nothing', async () => {
  const forged = Object.entries(cases).flatMap(([what, tokens]) => (what.includes('counter') ? [] : tokens))
  for (const one of forged.filter((_, index) => index % 7 === 0)) assert.equal((await present(one, '/auth/token/revoke')).status, 200)
})

test('after all of this the family lives: the true token gives its successor', async () => {
  const next = pairOf(await api.refresh(token))
  assert.equal((await api.me(next.access_token)).status, 200)
  assert.deepEqual(errorsIn(own.logs()), [])
})

test('is stored nowhere: the database holds neither it nor a hash that it could be tried against', async () => {
  const tables = ['users', 'identifiers', 'passwords', 'sessions', 'grants', 'events', 'platform_state', 'signing_keys']
  for (const table of tables) {
    const rows = await own.platform.base.db.text<{ line: string }>(`select t::text as line from ${table} t`)
    for (const { line } of rows) assert.ok(!line.includes(text.slice(40)) && !line.includes(pair.access_token.slice(-40)), table)
  }
})

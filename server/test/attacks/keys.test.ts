import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyChangesOf, rotationOf } from '../../src/compose.ts'
import { revokeKeyNow, rotateKey } from '../../src/keys/keys.ts'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { decodePart } from './forge.ts'

const database = await (await startTestDatabase()).create()
const here = await startTestPlatform(database)
const there = await startTestPlatform(database)
const [api, elsewhere] = [accountApi(here.url), accountApi(there.url)]
const { base } = here.platform
const rotate = (isImmediate: boolean) => rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: 'ES256', isImmediate })
const kidOf = (token: string): string => String(decodePart(token, 0)['kid'])

const published = async (url: string): Promise<string[]> =>
  ((await request(`${url}/.well-known/jwks.json`)).json as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)

const untilSeen = async (condition: () => Promise<boolean>, what: string): Promise<void> => {
  const deadline = performance.now() + 5000
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `within 5 s: ${what}`)
    await sleep(50)
  }
}

test('a successor is published on every node before it signs, and what the old key signed stays good', async () => {
  const { pair, account } = await api.join()
  const result = await rotate(false)
  assert.ok(result && result.activeInSeconds >= 600)
  for (const { url } of [here, there])
    await untilSeen(async () => (await published(url)).includes(result.kid), 'the successor in the published set')
  assert.notEqual(kidOf(pairOf(await api.token(account)).access_token), result.kid)
  assert.equal((await elsewhere.me(pair.access_token)).status, 200)
})

test('two rotations at once on two nodes make one successor', async () => {
  const { platform } = there
  const other = rotateKey(keyChangesOf(platform.base), rotationOf(platform.base), { algorithm: 'EdDSA', isImmediate: false })
  const [left, right] = await Promise.all([
    rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: 'EdDSA', isImmediate: false }),
    other,
  ])
  assert.equal(left?.kid, right?.kid)
})

test('the tokens of a revoked key are refused on every node within 5 s, and sign-in goes on with a new key', async () => {
  const { pair, account } = await api.join()
  assert.equal((await elsewhere.me(pair.access_token)).status, 200)
  const kid = kidOf(pair.access_token)
  assert.equal(await revokeKeyNow(keyChangesOf(base), rotationOf(base), kid), true)
  for (const one of [api, elsewhere]) await untilSeen(async () => (await one.me(pair.access_token)).status === 401, 'the refusal')
  for (const { url } of [here, there]) assert.ok(!(await published(url)).includes(kid))
  const next = pairOf(await elsewhere.token(account))
  assert.notEqual(kidOf(next.access_token), kid)
  for (const one of [api, elsewhere]) assert.equal((await one.me(next.access_token)).status, 200)
})

test('private keys are sealed in the database: no row holds one that can be read', async () => {
  const rows = await database.sql.text<{ sealed_private: Buffer; public_jwk: object }>(
    'select sealed_private, public_jwk from signing_keys',
  )
  assert.ok(rows.length >= 3)
  for (const { sealed_private, public_jwk } of rows) {
    assert.equal(sealed_private[0], 1)
    assert.ok(!sealed_private.includes(Buffer.from('2a8648ce3d', 'hex')) && !sealed_private.includes(Buffer.from('2a864886f70d', 'hex')))
    assert.ok(!('d' in public_jwk))
  }
})

import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { keyChangesOf, rotationOf } from '../../src/compose.ts'
import { loadConfig } from '../../src/config/config.ts'
import { loadKeys, rotateOldKeys } from '../../src/keys/keys.job.ts'
import { ensureKeys, revokeKeyNow, rotateKey } from '../../src/keys/keys.ts'
import { accountApi } from '../harness/account-api.ts'
import { type FreshDatabase, startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { testEnvironment } from '../harness/environment.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform, type TestPlatform } from '../harness/platform.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

const kids = async ({ url }: TestPlatform): Promise<string[]> => {
  const { json } = await request(`${url}/.well-known/jwks.json`)
  return (json as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
}

const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

const until = async (what: string, check: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 5000
  while (!(await check())) {
    assert.ok(performance.now() < deadline, `within 5 s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const moveTimes = (database: FreshDatabase, change: string): Promise<unknown> =>
  database.sql.text(
    `with moved as (update signing_keys set ${change} where algorithm = 'ES256')
     update cache_epochs set version = version + 1 where kind = 'keys'`,
  )

suite('a rotation', () => {
  test('Y-04 publishes the successor before it signs, and keeps the retired key until its last token has expired', async () => {
    const database = await databases.create()
    const server = await startTestPlatform(database)
    const { base } = server.platform
    const api = accountApi(server.url)
    const { account, pair } = await api.join()
    const first = kidOf(pair.access_token)

    const result = await rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: 'ES256', isImmediate: false })
    assert.equal(result?.kind, 'rotated')
    assert.equal(result?.activeInSeconds, 600)
    const second = result?.kid ?? ''
    await until('the successor is published', async () => (await kids(server)).includes(second))
    assert.equal(kidOf(((await api.token(account)).json as { access_token: string }).access_token), first, 'the old key still signs')

    await moveTimes(database, `active_at = active_at - interval '700 s', retired_at = retired_at - interval '700 s'`)
    await until(
      'the successor signs',
      async () => kidOf(((await api.token(account)).json as { access_token: string }).access_token) === second,
    )
    assert.ok((await kids(server)).includes(first), 'the retired key stays published')
    assert.equal((await api.me(pair.access_token)).status, 200, 'its tokens are still good')

    await moveTimes(database, `removed_at = now() - interval '1 s'`)
    await until('the removed key has gone', async () => !(await kids(server)).includes(first))
    assert.equal((await api.me(pair.access_token)).status, 401)
  })

  test('Y-04 happens once when two nodes find a key too old at the same time', async () => {
    const database = await databases.create()
    const nodes = [await startTestPlatform(database), await startTestPlatform(database)]
    await moveTimes(database, `active_at = now() - interval '91 days'`)
    const rotate = ({ platform: { base } }: TestPlatform) => rotateOldKeys(keyChangesOf(base), rotationOf(base), 90 * 86_400)
    await Promise.all([...nodes, ...nodes].map(rotate))
    const rows = await database.sql.text(`select id from signing_keys where algorithm = 'ES256'`)
    assert.equal(rows.length, 2)
    const events = await database.sql.text(`select id from events where type = 'key.rotated'`)
    assert.equal(events.length, 1)
  })

  test('leaves a young key alone and answers a second call with the successor that waits', async () => {
    const server = await startTestPlatform(await databases.create())
    const { base } = server.platform
    await rotateOldKeys(keyChangesOf(base), rotationOf(base), 90 * 86_400)
    assert.equal((await kids(server)).length, 3)
    const ask = () => rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: 'EdDSA', isImmediate: false })
    const first = await ask()
    assert.deepEqual({ ...(await ask()), activeInSeconds: 600 }, { ...first, kind: 'already-pending' })
  })

  test('at once takes the place of a successor that still waits', async () => {
    const database = await databases.create()
    const server = await startTestPlatform(database)
    const { base } = server.platform
    const waiting = await rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: 'ES256', isImmediate: false })
    const urgent = await rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: 'ES256', isImmediate: true })
    await moveTimes(database, `created_at = created_at - interval '700 s', active_at = active_at - interval '700 s'`)
    const { ring } = await loadKeys(base.db, rotationOf(base))
    assert.notEqual(waiting?.kid, urgent?.kid)
    assert.equal(ring.signer('ES256').kid, urgent?.kid)
  })
})

suite('a revoked key', () => {
  test('Y-04 is refused by every node within 5 s and replaced at once', async () => {
    const database = await databases.create()
    const [one, two] = [await startTestPlatform(database), await startTestPlatform(database)]
    const { pair, account } = await accountApi(one.url).join()
    assert.equal((await accountApi(two.url).me(pair.access_token)).status, 200)
    const { base } = one.platform
    const revoked = kidOf(pair.access_token)
    assert.equal(await revokeKeyNow(keyChangesOf(base), rotationOf(base), revoked), true)
    for (const { url } of [one, two])
      await until('the token is refused', async () => (await accountApi(url).me(pair.access_token)).status === 401)
    assert.equal((await kids(two)).includes(revoked), false)
    const next = (await accountApi(two.url).token(account)).json as { access_token: string }
    assert.notEqual(kidOf(next.access_token), revoked)
    assert.equal(await revokeKeyNow(keyChangesOf(base), rotationOf(base), revoked), false, 'a second call changes nothing')
  })
})

test('revoking the signer while its successor waits leaves no moment without a signer', async () => {
  const database = await databases.create()
  const server = await startTestPlatform(database)
  const { base } = server.platform
  const api = accountApi(server.url)
  const { account, pair } = await api.join()
  await rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: 'ES256', isImmediate: false })
  await revokeKeyNow(keyChangesOf(base), rotationOf(base), kidOf(pair.access_token))
  await until('the token is refused', async () => (await api.me(pair.access_token)).status === 401)
  assert.equal((await api.token(account)).status, 200)
  assert.equal((await api.refresh(pair.refresh_token)).status, 200)
})

suite('keys at rest', () => {
  test('Y-03 are sealed: no private part can be read from the database', async () => {
    const database = await databases.create()
    await startTestPlatform(database)
    const rows = await database.sql.text<{ sealed_private: Buffer; public_jwk: Record<string, unknown> }>(
      'select sealed_private, public_jwk from signing_keys',
    )
    assert.equal(rows.length, 3)
    for (const { sealed_private, public_jwk } of rows) {
      assert.equal('d' in public_jwk, false)
      // PKCS #8 begins with a SEQUENCE and the version 0; sealed bytes begin with the version of the seal.
      assert.equal(sealed_private[0], 1)
      assert.equal(sealed_private.includes(Buffer.from([0x02, 0x01, 0x00, 0x30])), false)
    }
  })

  test('cannot be opened under another secret, and the start says what to do', async () => {
    const database = await databases.create()
    const { platform } = await startTestPlatform(database)
    const other = loadConfig(testEnvironment('/nonexistent', { SECRET_KEY: 'another-secret-0123456789-abcdefghijklmnopqrstuvwxyz' }))
    await assert.rejects(loadKeys(database.sql, rotationOf({ ...platform.base, config: other })), /SECRET_KEY/)
  })

  test('are made once by nodes that start together', async () => {
    const database = await databases.create()
    const { platform } = await startTestPlatform(database)
    await database.sql.text('delete from signing_keys')
    await Promise.all([1, 2, 3].map(() => ensureKeys(keyChangesOf(platform.base), rotationOf(platform.base))))
    assert.equal((await database.sql.text('select id from signing_keys')).length, 3)
  })
})

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { hashSync } from '@node-rs/bcrypt'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { type FreshDatabase, startTestDatabase, type TestDatabase } from '../harness/database.ts'
import { startTestPlatform } from '../harness/platform.ts'

let databases: TestDatabase
before(async () => {
  databases = await startTestDatabase()
})

const storeHash = ({ sql }: FreshDatabase, username: string, encoded: string): Promise<unknown> =>
  sql.text(`update passwords p set encoded = $2 from identifiers i where i.user_id = p.user_id and i.written = $1`, [username, encoded])

const storedHash = async ({ sql }: FreshDatabase): Promise<string> =>
  (await sql.text<{ encoded: string }>('select encoded from passwords'))[0]?.encoded ?? ''

const countEvents = async ({ sql }: FreshDatabase, type: string): Promise<number> =>
  (await sql.text('select id from events where type = $1', [type])).length

test('an imported bcrypt hash signs in and is replaced by argon2id, once, also when two sign-ins run side by side on two nodes', async () => {
  const database = await databases.create()
  const [one, two] = [await startTestPlatform(database), await startTestPlatform(database)]
  const account = newAccount()
  await accountApi(one.url).register(account)
  await storeHash(database, account.username, hashSync(account.password, 4))
  const answers = await Promise.all([one, two].map(({ url }) => accountApi(url).token(account)))
  assert.ok(answers.some(({ status }) => status === 200))
  assert.match(await storedHash(database), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const upgraded = await storedHash(database)
  assert.equal((await accountApi(two.url).token(account)).status, 200)
  assert.equal(await storedHash(database), upgraded, 'a present hash is left alone')
})

test('a wrong password for an imported hash changes nothing', async () => {
  const database = await databases.create()
  const { url } = await startTestPlatform(database)
  const account = newAccount()
  await accountApi(url).register(account)
  const imported = hashSync(account.password, 4)
  await storeHash(database, account.username, imported)
  assert.equal((await accountApi(url).token({ ...account, password: 'wrong password' })).status, 401)
  assert.equal(await storedHash(database), imported)
})

test('a weak imported form is refused unless the setting accepts it', async () => {
  const md5 = 'md5$salt$0d6f2ff5b1b2d1b1a7c1f4f1e9b1c0a1'
  for (const accepted of ['false', 'true']) {
    const database = await databases.create()
    const { url } = await startTestPlatform(database, { CIP_PASSWORD_WEAK_IMPORTS: accepted })
    const account = newAccount()
    await accountApi(url).register(account)
    const { createHash } = await import('node:crypto')
    const encoded = md5.replace(/\$[0-9a-f]{32}$/, `$${createHash('md5').update(`salt${account.password}`).digest('hex')}`)
    await storeHash(database, account.username, encoded)
    assert.equal((await accountApi(url).token(account)).status, accepted === 'true' ? 200 : 401)
  }
})

test('with bcrypt as the scheme new hashes are bcrypt, and argon2id hashes are replaced', async () => {
  const database = await databases.create()
  const argon = await startTestPlatform(database)
  const account = newAccount()
  await accountApi(argon.url).register(account)
  const bcrypt = await startTestPlatform(database, { CIP_PASSWORD_HASH: 'bcrypt' })
  assert.equal((await accountApi(bcrypt.url).token(account)).status, 200)
  assert.match(await storedHash(database), /^\$2[by]\$12\$/)
  assert.equal((await accountApi(argon.url).token(account)).status, 200)
  assert.match(await storedHash(database), /^\$argon2id\$/)
  assert.equal(await countEvents(database, 'password.upgraded'), 2)
})

test('a start with other settings is noted, secrets by name alone', async () => {
  const database = await databases.create()
  await startTestPlatform(database)
  await startTestPlatform(database, { CIP_ACCESS_TOKEN_TTL: '5m', SMTP_URL: 'smtp://user:mail-canary@127.0.0.1:2525' })
  const rows = await database.sql.text<{ payload: { names: string[] } }>(`select payload from events where type = 'setting.changed'`)
  assert.deepEqual(
    rows.map(({ payload }) => [...payload.names].sort()),
    [['CIP_ACCESS_TOKEN_TTL', 'SMTP_URL']],
  )
  const state = await database.sql.text<{ value: unknown }>(`select value from platform_state where key = 'settings'`)
  assert.equal(JSON.stringify([rows, state]).includes('mail-canary'), false)
})

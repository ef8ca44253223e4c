import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestServer } from '../harness/server.ts'

const postgres = await startTestDatabase()

test('of three servers that start together on an empty database one migrates, and all serve with the same keys', async () => {
  const database = await postgres.create({ isEmpty: true })
  const servers = await Promise.all([1, 2, 3].map(() => startTestServer({ env: database.env })))
  assert.equal(servers.filter((server) => server.logs().includes('Applied the migration')).length, 1)
  const [migrations] = await database.sql.text<{ count: number; names: number }>(
    'select count(*) as count, count(distinct name) as names from schema_migrations',
  )
  assert.equal(migrations?.count, migrations?.names)
  const keys = await database.sql.text<{ algorithm: string }>('select algorithm from signing_keys where revoked_at is null order by 1')
  assert.deepEqual(
    keys.map(({ algorithm }) => algorithm),
    ['ES256', 'EdDSA', 'RS256'],
  )
  const sets = await Promise.all(servers.map(({ url }) => request(`${url}/.well-known/jwks.json`)))
  assert.equal(new Set(sets.map(({ text }) => text)).size, 1)
  for (const { url } of servers) {
    const { pair } = await accountApi(url).join()
    for (const other of servers) assert.equal((await accountApi(other.url).me(pair.access_token)).status, 200)
  }
})

test('a server that starts while another serves changes nothing that it finds', async () => {
  const database = await postgres.create({ isEmpty: true })
  const first = await startTestServer({ env: database.env })
  const { pair, account } = await accountApi(first.url).join()
  const second = await startTestServer({ env: database.env })
  assert.equal((await accountApi(second.url).me(pair.access_token)).status, 200)
  pairOf(await accountApi(second.url).token(account))
  assert.equal((await database.sql.text('select 1 from signing_keys')).length, 3)
})

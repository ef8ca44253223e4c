import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '../../src/db/database.ts'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Answer, request } from '../harness/http.ts'
import { startTestServer } from '../harness/server.ts'

const database = await (await startTestDatabase()).create()
const { sql } = database
const server = await startTestServer({ env: { ...database.env, CIP_DATABASE_POOL_SIZE: '2' } })
const api = accountApi(server.url)
const { account, pair } = await api.join()

const isUnavailable = ({ status, headers, text }: Answer): void => {
  assert.equal(status, 503, text)
  assert.match(String(headers['retry-after']), /^[1-9]\d*$/)
  assert.equal(text, '{"detail":"The service is busy or being repaired. Try again shortly."}')
  assert.equal(headers['cache-control'], 'no-store')
}

test('connections that PostgreSQL ends are an outage of one request at most, never an internal error', async () => {
  for (let round = 0; round < 15; round += 1) {
    const waiting = [api.register(newAccount()), api.token(account), api.refresh('cip_rt_none')]
    await sql
      .text(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'custom-identity-platform' and pid <> pg_backend_pid() and datname = current_database()`,
      )
      .catch(() => [])
    for (const answer of await Promise.all(waiting)) if (![200, 401].includes(answer.status)) isUnavailable(answer)
  }
  pairOf(await api.token(account))
})

test('a lock that does not go away ends in 503 for whoever needs it and for whoever waits for a connection, and in nothing worse', async () => {
  await inTransaction(sql, { isIdempotent: false }, async (tx) => {
    await tx.text('lock table grants, sessions in access exclusive mode')
    const answers = Promise.all(Array.from({ length: 6 }, () => api.refresh(pair.refresh_token)))
    const probes = [await request(`${server.url}/healthz`), await request(`${server.url}/.well-known/jwks.json`)]
    for (const { status } of probes) assert.equal(status, 200)
    for (const answer of await answers) isUnavailable(answer)
  })
  pairOf(await api.refresh(pair.refresh_token))
})

test('readiness follows the database, liveness does not', async () => {
  const ready = await request(`${server.url}/readyz`)
  assert.deepEqual([ready.status, (ready.json as { status: string }).status], [200, 'ready'])
  await sql.text('alter table schema_migrations rename to schema_migrations_away')
  await new Promise((resolve) => setTimeout(resolve, 300))
  const away = await request(`${server.url}/readyz`)
  await sql.text('alter table schema_migrations_away rename to schema_migrations')
  assert.equal(away.status, 503)
  assert.equal((away.json as { checks: Record<string, boolean> }).checks['migrations'], false)
  assert.ok(!/postgres|relation|select/i.test(away.text), away.text)
})

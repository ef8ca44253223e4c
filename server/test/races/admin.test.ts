import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTokenAdmin } from '../../src/access/tokens.job.ts'
import { findTenantId } from '../../src/tenants/tenants.store.ts'
import { newAccount } from '../harness/account-api.ts'
import { type AdminApi, adminApi } from '../harness/admin.ts'
import type { Answer } from '../harness/http.ts'
import { startNodes } from './nodes.ts'

const nodes = await startNodes()
const { sql } = nodes.database
const parallel = 16

/** The same administrator at both processes. */
const administrators = async (): Promise<readonly [AdminApi, AdminApi]> => {
  const account = newAccount()
  assert.equal((await nodes.apis[0].register(account)).status, 200)
  const [row] = await sql.text<{ id: string }>('select user_id as id from identifiers where canonical = $1', [account.username])
  assert.ok(row)
  await sql.text(`insert into role_assignments (tenant_id, user_id, role) select tenant_id, id, 'owner' from users where id = $1`, [row.id])
  const tenantId = (await findTenantId('default', sql)) ?? ''
  const permissions = ['settings:read', 'settings:write', 'clients:read', 'clients:write', 'resources:write']
  const made = await createTokenAdmin(sql, tenantId).make({ userId: row.id, name: 'race', permissions, days: 1 })
  assert.ok(made.kind === 'made')
  const [first, second] = nodes.servers
  return [adminApi(first?.url ?? '', made.text), adminApi(second?.url ?? '', made.text)]
}

const apis = await administrators()
const atOnce = (call: (api: AdminApi, index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: parallel }, (_, index) => call(apis[index % 2 === 0 ? 0 : 1], index)))
const countsOf = (answers: readonly Answer[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]))

test('S-08: of 16 replacements of one setting on one version over two processes exactly one holds', async () => {
  for (let round = 0; round < 4; round += 1) {
    const headers = { 'if-match': String((await apis[0].get('settings/sign-in')).headers['etag']) }
    const answers = await atOnce((api, index) =>
      api.call('PUT', 'settings/sign-in', { body: { trusted_device_seconds: 1000 + index }, headers }),
    )
    assert.deepEqual(countsOf(answers), { 200: 1, 412: parallel - 1 })
    const [row] = await sql.text<{ versions: number; events: number }>(
      `select (select count(*) from setting_versions where key = 'sign-in') as versions,
         (select count(*) from events where type = 'setting.saved' and payload ->> 'key' = 'sign-in') as events`,
    )
    assert.deepEqual(row, { versions: round + 1, events: round + 1 })
  }
})

test('S-08: of 16 changes of one application on one version over two processes exactly one holds', async () => {
  const made = await apis[0].post('clients', { template: 'machine', metadata: { client_name: 'Before' } })
  const { id } = made.json as { id: string }
  const changes = [
    (index: number) => ({ metadata: { client_name: `Name ${index}` } }),
    (index: number) => ({ first_party: index % 2 === 0 }),
  ]
  for (const change of changes) {
    const headers = { 'if-match': String((await apis[0].get(`clients/${id}`)).headers['etag']) }
    const answers = await atOnce((api, index) => api.patch(`clients/${id}`, change(index), headers))
    assert.deepEqual(countsOf(answers), { 200: 1, 412: parallel - 1 })
  }
})

test('of 16 registrations of one API or one application over two processes exactly one makes it', async () => {
  assert.deepEqual(countsOf(await atOnce((api) => api.post('resources', { identifier: 'urn:raced' }))), { 201: 1, 409: parallel - 1 })
  const body = { id: 'raced', template: 'machine', metadata: {} }
  assert.deepEqual(countsOf(await atOnce((api) => api.post('clients', body))), { 201: 1, 409: parallel - 1 })
})

test('a redirect URI that is added is kept by every other that is added at the time', async () => {
  const redirectUri = (index: number): string => `https://app.example.test/${index}`
  const made = await apis[0].post('clients', { template: 'web', metadata: { redirect_uris: [redirectUri(99)] } })
  const { id } = made.json as { id: string }
  const answers = await atOnce((api, index) => api.post(`clients/${id}/redirect-uris`, { redirect_uri: redirectUri(index) }))
  const added = answers.flatMap(({ status }, index) => (status === 200 ? [redirectUri(index)] : []))
  const read = (await apis[1].get(`clients/${id}`)).json as { metadata: { redirect_uris: string[] } }
  assert.ok(added.length > 0)
  assert.deepEqual(read.metadata.redirect_uris.toSorted(), [...added, redirectUri(99)].toSorted())
})

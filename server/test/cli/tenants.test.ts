import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../harness/http.ts'
import { startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'
import { cip, cipJson } from './cip.ts'

const { url, sql, env } = await startProvider()

type Changed = { slug: string; changed: boolean; deletionDueAt: string | null }

const isAnswered = (status: number) =>
  until(async () => (await request(`${url}/t/acme/.well-known/jwks.json`)).status === status, 5000, `the answer ${status}`)
const refuses = async (args: readonly string[], words: RegExp): Promise<void> => {
  const { code, stderr } = await cip(args, { env })
  assert.notEqual(code, 0)
  assert.match(stderr, words)
}

test('suspends, resumes and deletes a tenant, and says when it goes', async () => {
  await cipJson<unknown>(['tenants', 'create', 'acme'], { env })
  await isAnswered(200)
  assert.deepEqual((await cipJson<Changed>(['tenants', 'suspend', 'acme'], { env })).changed, true)
  await isAnswered(404)
  assert.equal((await cipJson<Changed>(['tenants', 'suspend', 'acme'], { env })).changed, false)
  assert.equal((await cipJson<Changed>(['tenants', 'resume', 'acme'], { env })).changed, true)
  await isAnswered(200)
  await refuses(['tenants', 'delete', 'acme'], /--yes/)
  const { changed, deletionDueAt } = await cipJson<Changed>(['tenants', 'delete', 'acme', '--yes'], { env })
  assert.ok(changed && Date.parse(deletionDueAt ?? '') > Date.now() + 6 * 86_400_000)
  await isAnswered(404)
  assert.equal((await cipJson<Changed>(['tenants', 'resume', 'acme'], { env })).deletionDueAt, null)
  await isAnswered(200)
  const types = await sql.text<{ type: string }>(
    `select e.type from events e join tenants t using (tenant_id) where t.slug = 'default' and e.payload->>'slug' = 'acme' order by e.at, e.id`,
  )
  assert.deepEqual(
    types.map(({ type }) => type),
    ['tenant.suspended', 'tenant.resumed', 'tenant.deletion_planned', 'tenant.resumed'],
  )
})

test('refuses the tenant at the root, one that is not there, and what is no slug', async () => {
  await refuses(['tenants', 'suspend', 'default'], /at the root/)
  await refuses(['tenants', 'delete', 'default', '--yes'], /at the root/)
  await refuses(['tenants', 'suspend', 'nowhere'], /There is no tenant "nowhere"/)
  await refuses(['tenants', 'suspend', 'No Slug'], /lower-case letters/)
  assert.equal((await sql.text(`select 1 from tenants where slug = 'default' and status = 'active' and deletion_due_at is null`)).length, 1)
})

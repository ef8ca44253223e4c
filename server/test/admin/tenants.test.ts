import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { record } from '../../src/events/events.job.ts'
import { newId } from '../../src/platform/ids.ts'
import { tenantPurge } from '../../src/tenants/purge.job.ts'
import { tenantTables } from '../../src/tenants/purge.store.ts'
import { accountApi } from '../harness/account-api.ts'
import { adminApi, administrator, isProblem } from '../harness/admin.ts'
import { request } from '../harness/http.ts'
import { newPerson, registerClient, tokensFor } from '../harness/oauth.ts'
import { newOwner } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const own = await startProvider()
const { url, sql, platform } = own
const { db, tenantId: rootId } = platform.base
const owner = await administrator(own, 'owner')
const admin = await administrator(own, 'administrator')

type Tenant = { id: string; slug: string; status: string; issuer: string; deletion_due_at: string | null }

const made = async (slug: string): Promise<Tenant> => {
  const answer = await owner.post('tenants', { slug, name: `The tenant ${slug}` })
  assert.equal(answer.status, 201, answer.text)
  return answer.json as Tenant
}
const statusOf = async (slug: string) => (await request(`${url}/t/${slug}/.well-known/jwks.json`)).status
const isServed = (slug: string) => until(async () => (await statusOf(slug)) === 200, 5000, `${slug} is served`)
const isRefused = (slug: string) => until(async () => (await statusOf(slug)) === 404, 5000, `${slug} is refused`)
const eventsOf = async (tenant: Tenant) =>
  (
    await sql.text<{ type: string; actor: string | null }>(
      `select type, actor from events where tenant_id = $1 and payload->>'slug' = $2 order by at, id`,
      [...[rootId, tenant.slug]],
    )
  ).map(({ type, actor }) => [type, actor])
const purge = () => tenantPurge({ asOwner: (work) => work(db), rootId, record }).run(db)

describe('tenants', () => {
  test('are made, listed page by page, and served at their own issuer', async () => {
    const tenants = [await made('beta'), await made('alpha'), await made('gamma')]
    assert.equal(tenants[0]?.issuer, `${url}/t/beta`)
    await isServed('beta')
    const slugs: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = (await owner.get(`tenants?limit=2${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`)).json as {
        tenants: Tenant[]
        next: string | null
      }
      slugs.push(...page.tenants.map(({ slug }) => slug))
      next = page.next
    }
    assert.deepEqual(slugs, ['alpha', 'beta', 'default', 'gamma'])
    assert.deepEqual(await eventsOf(tenants[0] as Tenant), [['tenant.created', `user ${owner.userId}`]])
  })

  test('are not made with a slug that is taken or none, nor by a retry', async () => {
    isProblem(await owner.post('tenants', { slug: 'default', name: 'x' }), 409, 'slug-taken')
    for (const wrong of [
      { slug: 'A' },
      { slug: '-a' },
      { slug: 'a.b' },
      { slug: '' },
      { slug: 'x'.repeat(64) },
      { name: '' },
      { status: 'active' },
    ])
      isProblem(await owner.post('tenants', { slug: 'fine', name: 'Fine', ...wrong }), 422, 'invalid-request')
    const key = { 'idempotency-key': newId() }
    const answers = [1, 2].map(async () => owner.post('tenants', { slug: 'once', name: 'Once' }, key))
    await Promise.all(answers)
    const again = await owner.post('tenants', { slug: 'once', name: 'Once' }, key)
    assert.equal(again.status, 201)
    assert.equal((await sql.text(`select 1 from tenants where slug = 'once'`)).length, 1)
  })

  test('are suspended: refused within five seconds, and served again with all that they had', async () => {
    const tenant = await made('brief')
    const person = await newOwner(`${url}/t/brief`)
    assert.equal((await owner.post(`tenants/${tenant.id}/suspend`)).status, 200)
    await isRefused('brief')
    assert.equal((await request(`${url}/t/brief/auth/me`)).status, 404)
    assert.equal(((await owner.post(`tenants/${tenant.id}/suspend`)).json as Tenant).status, 'suspended')
    assert.equal(((await owner.post(`tenants/${tenant.id}/resume`)).json as Tenant).status, 'active')
    await isServed('brief')
    assert.equal((await accountApi(`${url}/t/brief`).token(person.account)).status, 200)
    const actor = `user ${owner.userId}`
    assert.deepEqual(await eventsOf(tenant), [
      ['tenant.created', actor],
      ['tenant.suspended', actor],
      ['tenant.resumed', actor],
    ])
  })

  test('the one at the root is neither suspended nor deleted, and one that is not there is not found', async () => {
    isProblem(await owner.post(`tenants/${rootId}/suspend`), 409, 'root-tenant')
    isProblem(await owner.remove(`tenants/${rootId}`), 409, 'root-tenant')
    for (const id of [newId(), 'x', '%00'])
      for (const answer of [
        await owner.get(`tenants/${id}`),
        await owner.post(`tenants/${id}/suspend`),
        await owner.remove(`tenants/${id}`),
      ])
        isProblem(answer, 404, 'not-found')
  })

  test('S-01, T-01: are for owners of the tenant at the root alone', async () => {
    const tenant = await made('walled')
    const { account, browser } = await newPerson(`${url}/t/walled`)
    const client = await registerClient(`${url}/t/walled`)
    const tokens = await tokensFor(`${url}/t/walled`, client, { person: { account, browser } })
    await sql.text(
      'insert into role_assignments (tenant_id, user_id, role) select tenant_id, user_id, $2 from identifiers where tenant_id = $1 limit 1',
      [tenant.id, 'owner'],
    )
    for (const api of [adminApi(`${url}/t/walled`, tokens.access_token), adminApi(`${url}/t/walled`, owner.token)])
      for (const answer of [await api.get('tenants'), await api.post(`tenants/${tenant.id}/suspend`), await api.get('jobs')])
        assert.ok([401, 404].includes(answer.status), answer.text)
    isProblem(await admin.get('tenants'), 403, 'missing-permission')
    isProblem(await admin.remove(`tenants/${tenant.id}`), 403, 'missing-permission')
    await isServed('walled')
  })
})

describe('a tenant that is deleted', () => {
  test('is refused at once and stays for seven days, in which it is called off', async () => {
    const tenant = await made('doomed')
    const planned = (await owner.remove(`tenants/${tenant.id}`)).json as Tenant
    const days = (Date.parse(planned.deletion_due_at ?? '') - Date.now()) / 86_400_000
    assert.ok(days > 6.99 && days <= 7, planned.deletion_due_at ?? 'none')
    await isRefused('doomed')
    await purge()
    const again = (await owner.remove(`tenants/${tenant.id}`)).json as Tenant
    assert.equal(again.deletion_due_at, planned.deletion_due_at, 'asking again does not move it')
    assert.equal(((await owner.post(`tenants/${tenant.id}/resume`)).json as Tenant).deletion_due_at, null)
    await isServed('doomed')
    await purge()
    assert.equal((await owner.get(`tenants/${tenant.id}`)).status, 200)
  })

  test('goes afterwards with all that it had, and nothing of another goes with it', async () => {
    const tenant = await made('gone')
    const at = `${url}/t/gone`
    const { account, browser } = await newPerson(at)
    await tokensFor(at, await registerClient(at), { person: { account, browser } })
    await newOwner(at)
    const tables = (await tenantTables(db)).map(({ name }) => name)
    assert.ok(tables.length > 25)
    const rowsOf = async (of: string): Promise<Record<string, number>> => {
      const found = new Map<string, number>()
      for (const table of tables) {
        const [row] = await sql.text<{ rows: number }>(`select count(*) as rows from "${table}" where tenant_id = $1`, [of])
        found.set(table, row?.rows ?? 0)
      }
      return Object.fromEntries(found)
    }
    const before = await rowsOf(rootId)
    const had = await rowsOf(tenant.id)
    for (const table of ['users', 'sessions', 'clients', 'signing_keys', 'oauth_grants']) assert.ok((had[table] ?? 0) > 0, table)
    const keys = (
      await sql.text<{ key_id: string }>('select key_id from events where tenant_id = $1 and key_id is not null', [tenant.id])
    ).map(({ key_id: id }) => id)
    const keysLeft = async () => (await sql.text('select id from event_keys where id = any($1::uuid[])', [keys])).length
    assert.ok((await keysLeft()) > 0)
    await owner.remove(`tenants/${tenant.id}`)
    await isRefused('gone')
    await sql.text(`update tenants set deletion_due_at = now() - interval '1 second' where tenant_id = $1`, [tenant.id])
    isProblem(await owner.post(`tenants/${tenant.id}/resume`), 409, 'grace-over')
    await Promise.all([purge(), purge()])
    assert.deepEqual(
      Object.values(await rowsOf(tenant.id)).filter((rows) => rows > 0),
      [],
    )
    assert.equal(await keysLeft(), 0, 'keys of what its events had sealed')
    isProblem(await owner.get(`tenants/${tenant.id}`), 404, 'not-found')
    const after = await rowsOf(rootId)
    for (const table of tables.filter((name) => !name.startsWith('events') && !/windows|failures|idempotency/.test(name)))
      assert.equal(after[table], before[table], table)
    assert.deepEqual(
      (await eventsOf(tenant)).map(([type]) => type),
      ['tenant.created', 'tenant.deletion_planned', 'tenant.deleted'],
    )
    assert.equal(await statusOf('gone'), 404)
  })
})

test('jobs are shown with their outcome, and what waits to be sent is counted', async () => {
  await sql.text(`insert into upkeep (task, due_at, last_run_at, last_error) values ('test.broken', now(), now(), 'broken'), ('test.fine', now(), now(), null)
    on conflict do nothing`)
  type Jobs = {
    tasks: { task: string; outcome: string; error: string | null }[]
    outboxes: { name: string; waiting: number; late: number }[]
  }
  const { tasks, outboxes } = (await admin.get('jobs')).json as Jobs
  assert.deepEqual(
    tasks.filter(({ task }) => task.startsWith('test.')).map(({ outcome, error }) => [outcome, error]),
    [
      ['failed', 'broken'],
      ['done', null],
    ],
  )
  assert.deepEqual(outboxes.map(({ name }) => name).sort(), ['logouts', 'messages'])
  for (const { waiting, late } of outboxes) assert.ok(late <= waiting)
  isProblem(await (await administrator(own, 'support')).get('jobs'), 403, 'missing-permission')
})

test('no request of this file made the server fail', () => {
  assert.deepEqual(failuresIn(own), [])
})

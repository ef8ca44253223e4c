import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Administrator, administrator, isProblem } from '../harness/admin.ts'
import type { Answer } from '../harness/http.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { sql } = provider
const owner = await administrator(provider, 'owner')
const second = await administrator(provider, 'administrator')

type Version = { version: number; actor: string; created: number; changed: number; deleted: number }
type Whole = Version & { changes: { section: string; key: string; kind: string }[]; document: Record<string, Record<string, unknown>> }

const ok = (answer: Answer, status: number): Answer => {
  assert.equal(answer.status, status, answer.text)
  return answer
}
const idOf = (answer: Answer): string => (ok(answer, 202).json as { change: string }).change
const newest = async (): Promise<number> =>
  ((await owner.get('config/history?limit=1')).json as { versions: Version[] }).versions[0]?.version ?? 0
const version = async (number: number): Promise<Whole> => (await owner.get(`config/history/${number}`)).json as Whole
const nameOf = ({ changes }: Whole): string[] => changes.map(({ kind, section, key }) => `${kind} ${section} ${key}`)
const exported = async () => (await owner.get('config')).json as Record<string, Record<string, Record<string, unknown>>>
const eventsOf = async (type: string): Promise<number> => (await sql.text('select 1 from events where type = $1', [type])).length

/** Every kind of change of one thing, by its own route, with what the history calls it. */
const changesBy = async (by: Administrator, tag: string, uri: string) => {
  const client = { id: `shop-${tag}`, metadata: { client_name: 'Shop', redirect_uris: [`https://${tag}.example/callback`] } }
  const steps: (readonly [told: string, work: () => Promise<Answer>])[] = [
    [`create roles team-${tag}`, () => by.post('roles', { id: `team-${tag}`, name: 'Team', permissions: ['users:read'] })],
    [`change roles team-${tag}`, () => by.patch(`roles/team-${tag}`, { permissions: ['users:read', 'groups:read'] })],
    [`create groups Night ${tag}`, () => by.post('groups', { name: `Night ${tag}`, description: 'At night' })],
    [`create clients shop-${tag}`, () => by.post('clients', client)],
    [`change clients shop-${tag}`, () => by.patch(`clients/shop-${tag}`, { metadata: { client_name: 'Store' } })],
    [`change clients shop-${tag}`, () => by.post(`clients/shop-${tag}/redirect-uris`, { redirect_uri: `https://${tag}.example/other` })],
    [
      `create resources https://${tag}.example`,
      () => by.post('resources', { identifier: `https://${tag}.example`, name: 'Orders', scopes: ['read'] }),
    ],
    [
      `change resources https://${tag}.example`,
      () => by.patch(`resources/${encodeURIComponent(`https://${tag}.example`)}`, { name: 'Sales' }),
    ],
    [`create webhooks ${uri}`, () => by.post('webhooks', { url: uri, event_types: ['user.*'] })],
    [
      `create organization_roles buyer-${tag}`,
      () => by.post('organization-roles', { id: `buyer-${tag}`, name: 'Buyer', permissions: ['members:read'] }),
    ],
    [`change organization_roles buyer-${tag}`, () => by.patch(`organization-roles/buyer-${tag}`, { description: 'Buys' })],
    ['create mail_templates sign-in-code', () => by.put('mail/templates/sign-in-code/en', { subject: '{code} it is' })],
  ]
  return steps
}

describe('changes of one thing', () => {
  test('are versions of the configuration, each in the transaction of its event', async () => {
    for (const [told, work] of await changesBy(owner, 'one', 'https://hooks.example.com/one')) {
      const before = await newest()
      const answer = await work()
      assert.ok(answer.status === 200 || answer.status === 201 || answer.status === 204, `${told}: ${answer.text}`)
      const kept = await version(before + 1)
      assert.deepEqual(nameOf(kept), [told])
      assert.equal(kept.actor, `user ${owner.userId}`)
      assert.equal(await newest(), before + 1)
    }
    const before = await newest()
    isProblem(await owner.post('roles', { id: 'team-one', name: 'Again', permissions: [] }), 409, 'taken')
    isProblem(await owner.patch('roles/nobody', { name: 'x' }), 404, 'not-found')
    ok(await owner.put('roles/team-one/none'), 404)
    assert.equal(await newest(), before)
  })

  test('are taken back to any earlier version, with what was deleted', async () => {
    const start = await newest()
    const before = await exported()
    ok(await owner.patch('roles/team-one', { name: 'Other', permissions: [] }), 200)
    ok(await owner.remove('clients/shop-one'), 204)
    ok(await owner.post('clients', { id: 'later', metadata: { redirect_uris: ['https://later.example/callback'] } }), 201)
    ok(await owner.post('config/apply', { document: { version: 1, groups: { 'Night one': { description: 'Changed' } } } }), 200)
    assert.notDeepEqual(await exported(), before)
    ok(await owner.post(`config/revert/${start}`), 200)
    assert.deepEqual(await exported(), before)
    assert.deepEqual(nameOf(await version(await newest())).sort(), [
      'change groups Night one',
      'change roles team-one',
      'create clients shop-one',
      'delete clients later',
    ])
  })

  test('a group that was given another name is no other group', async () => {
    const { groups } = (await owner.get('groups')).json as { groups: { id: string; name: string }[] }
    const { id = '' } = groups.find(({ name }) => name === 'Night one') ?? {}
    const before = await newest()
    ok(await owner.patch(`groups/${id}`, { name: 'Late one' }), 200)
    assert.deepEqual(nameOf(await version(before + 1)), ['change groups Late one'])
    ok(await owner.post(`config/revert/${before}`), 200)
    assert.equal(((await owner.get(`groups/${id}`)).json as { name: string }).name, 'Late one')
  })

  test('of many at once none is lost', async () => {
    const before = await newest()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => owner.post('roles', { id: `race-${index}`, name: 'Race', permissions: [] })),
    )
    for (const answer of answers) ok(answer, 201)
    assert.equal(await newest(), before + 12)
  })
})

describe('where the tenant asks for two persons', () => {
  test('each of them waits, leaves no trace, and is made by the approval', async () => {
    const tag = { 'if-match': String((await owner.get('settings/approval')).headers['etag']) }
    ok(await owner.call('PUT', 'settings/approval', { body: { two_persons: true }, headers: tag }), 200)
    ok(await owner.remove('mail/templates/sign-in-code/en'), 202)
    const steps = (await changesBy(owner, 'two', 'https://hooks.example.com/two')).filter(([told]) => !told.includes('mail_templates'))
    for (const [told, work] of steps) {
      const [before, events] = [await exported(), await eventsOf('webhook.created')]
      const id = idOf(await work())
      assert.deepEqual(await exported(), before, told)
      assert.equal(await eventsOf('webhook.created'), events)
      const waiting = (await owner.get(`changes/${id}`)).json as Whole & { title: string }
      assert.deepEqual(nameOf(waiting), [told])
      assert.equal(waiting.title, told.replace(/^\w+ /, ''))
      isProblem(await owner.post(`changes/${id}/approve`), 403, 'own-change')
      ok(await second.post(`changes/${id}/approve`), 200)
      assert.notDeepEqual(await exported(), before, told)
    }
  })

  test('roles of groups and applications wait; those of people do not', async () => {
    idOf(await owner.put('clients/shop-two/roles/auditor'))
    const { groups } = (await owner.get('groups')).json as { groups: { id: string; name: string }[] }
    const { id: group = '' } = groups.find(({ name }) => name === 'Night two') ?? {}
    idOf(await owner.put(`groups/${group}/roles/auditor`))
    assert.deepEqual((await owner.get(`groups/${group}/roles`)).json, { roles: [] })
    ok(await owner.put(`users/${second.userId}/roles/auditor`), 204)
  })

  test('a name that it is known by cannot wait; shutting an application does not wait', async () => {
    const { groups } = (await owner.get('groups')).json as { groups: { id: string; name: string }[] }
    const { id: group = '' } = groups.find(({ name }) => name === 'Night two') ?? {}
    isProblem(await owner.patch(`groups/${group}`, { name: 'Dawn two' }), 409, 'approval-needed')
    assert.equal(((await owner.get(`groups/${group}`)).json as { name: string }).name, 'Night two')
    ok(await owner.post('clients/shop-two/disable'), 204)
    assert.equal(((await owner.get('clients/shop-two')).json as { status: string }).status, 'disabled')
    idOf(await owner.post('clients/shop-two/enable'))
    assert.equal(((await owner.get('clients/shop-two')).json as { status: string }).status, 'disabled')
  })

  test('what is refused is refused at once, and what changes nothing does not wait', async () => {
    const count = async () => (await sql.text('select 1 from pending_changes')).length
    const before = await count()
    isProblem(await owner.post('roles', { id: 'owner', name: 'x', permissions: [] }), 409, 'built-in-role')
    isProblem(await owner.patch('clients/shop-two', { metadata: { nonsense: 1 } }), 422, 'invalid-request')
    isProblem(
      await owner.call('PATCH', 'roles/team-two', { body: { name: 'x' }, headers: { 'if-match': '"99"' } }),
      412,
      'changed-meanwhile',
    )
    isProblem(await owner.patch('roles/team-two', { name: 'Team' }), 409, 'nothing-to-change')
    ok(await owner.post('clients/shop-two/disable'), 204)
    assert.equal(await count(), before)
  })

  test('the same request with an idempotency key waits once', async () => {
    const headers = { 'idempotency-key': 'once-and-no-more' }
    const make = () => owner.call('POST', 'roles', { body: { id: 'once', name: 'Once', permissions: [] }, headers })
    assert.equal(idOf(await make()), idOf(await make()))
  })
})

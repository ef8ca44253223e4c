import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator, isProblem } from '../harness/admin.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { sql } = provider
const owner = await administrator(provider, 'owner')
const admin = await administrator(provider, 'administrator')
const auditor = await administrator(provider, 'auditor')

type Document = Record<string, Record<string, Record<string, unknown> | null>>
type Change = { section: string; key: string; kind: string; differences: { at: string; before?: unknown; after?: unknown }[] }
type Planned = { plan: string; changes: Change[]; needs_approval: boolean }
type Applied = { version: number | null; changes: Change[]; secrets: { section: string; key: string; secret: string }[] }
type Problems = { problems: { at: string[]; message: string }[] }

const exported = async (): Promise<Document> => (await owner.get('config')).json as Document
const plan = (document: unknown, rest: object = {}, by = owner) => by.post('config/plan', { document, ...rest })
const apply = (document: unknown, rest: object = {}, by = owner) => by.post('config/apply', { document, ...rest })
const applied = async (document: unknown, rest: object = {}): Promise<Applied> => {
  const answer = await apply(document, rest)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Applied
}
const planned = async (document: unknown, rest: object = {}): Promise<Planned> => {
  const answer = await plan(document, rest)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Planned
}
const events = async (): Promise<{ type: string }[]> => sql.text<{ type: string }>('select type from events order by at, id')
const namesOf = (changes: readonly Change[]): string[] => changes.map(({ kind, section, key }) => `${kind} ${section} ${key}`)

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const whole = {
  version: 1,
  roles: { 'people-team': { name: 'People team', permissions: ['users:support', 'users:read'] } },
  resources: { 'https://api.example.com': { name: 'Orders', scopes: ['orders:read'] } },
  clients: {
    shop: { metadata: { client_name: 'Shop', redirect_uris: ['https://shop.example/callback'] } },
    deploy: {
      first_party: true,
      roles: ['people-team'],
      metadata: { grant_types: ['client_credentials'], token_endpoint_auth_method: 'client_secret_basic', scope: 'admin' },
    },
  },
  groups: { 'Night shift': { description: 'Answers at night', roles: ['people-team'] } },
  mail_templates: { 'sign-in-code': { en: { subject: '{code} is your code' } } },
  webhooks: { 'https://hooks.example.com/identity': { event_types: ['user.*'] } },
  settings: { branding: { name: 'Acme', accent: '#1f4fd8', logo: { base64: png } }, 'sign-in': { trusted_device_seconds: 3600 } },
}

describe('a configuration as one document', () => {
  test('is planned without a trace, and applied in one transaction with the events of its parts', async () => {
    const before = (await events()).length
    const { plan: hash, changes } = await planned(whole)
    assert.deepEqual(namesOf(changes), [
      'create roles people-team',
      'create resources https://api.example.com',
      'create clients deploy',
      'create clients shop',
      'create groups Night shift',
      'create mail_templates sign-in-code',
      'create webhooks https://hooks.example.com/identity',
      'change settings branding',
      'change settings sign-in',
    ])
    assert.equal((await events()).length, before)
    assert.deepEqual((await planned(whole)).plan, hash)
    const done = await applied(whole, { plan: hash })
    assert.deepEqual([done.version, namesOf(done.changes)], [1, namesOf(changes)])
    assert.deepEqual(done.secrets.map(({ key }) => key).sort(), ['deploy', 'https://hooks.example.com/identity', 'shop'])
    const types = (await events()).slice(before).map(({ type }) => type)
    for (const type of [
      'role.created',
      'resource.saved',
      'client.created',
      'role.given',
      'group.created',
      'webhook.created',
      'setting.saved',
    ])
      assert.ok(types.includes(type), type)
    assert.equal(types.filter((type) => type === 'config.applied').length, 1)
  })

  test('comes back as it went out: nothing is left to do, and no secret is in it', async () => {
    const { changes } = await planned(whole)
    assert.deepEqual(changes, [])
    const out = await exported()
    assert.deepEqual(await exported(), out)
    assert.deepEqual((await planned(out, { prune: true })).changes, [])
    assert.equal((await applied(out, { prune: true })).version, null)
    assert.doesNotMatch(JSON.stringify(out), /cip_cs_|whsec_|hash_|"secret/)
  })

  test('leaves alone what it does not name, deletes what is null, and prunes where that is asked for', async () => {
    const extra = { version: 1, clients: { second: { metadata: { redirect_uris: ['https://b.example/cb'] } } } }
    assert.deepEqual(namesOf((await applied(extra)).changes), ['create clients second'])
    assert.deepEqual(namesOf((await planned({ version: 1, clients: { second: null } })).changes), ['delete clients second'])
    const pruned = namesOf((await planned(whole, { prune: true })).changes)
    assert.ok(pruned.includes('delete clients second') && pruned.every((one) => one.startsWith('delete clients ')))
    assert.ok(namesOf((await planned({ version: 1, clients: {} }, { prune: true })).changes).includes('delete clients shop'))
    assert.deepEqual((await planned({ version: 1, clients: { nobody: null } })).changes, [])
    assert.deepEqual(namesOf((await applied({ version: 1, clients: { second: null } })).changes), ['delete clients second'])
  })

  test('says what differs, member by member', async () => {
    const { changes } = await planned({
      version: 1,
      clients: { shop: { metadata: { ...whole.clients.shop.metadata, client_name: 'Store' } } },
    })
    assert.deepEqual(changes[0]?.differences, [{ at: 'metadata.client_name', before: 'Shop', after: 'Store' }])
  })
})

describe('a configuration is refused', () => {
  const refused = async (document: unknown, ...places: readonly string[]): Promise<void> => {
    const before = await exported()
    const answer = await apply(document)
    isProblem(answer, 422, 'invalid-configuration')
    const found = (answer.json as Problems).problems.map(({ at }) => at.join('/'))
    for (const place of places) assert.ok(found.includes(place), `${place} is not in ${found.join(' ')}`)
    assert.deepEqual(await exported(), before)
  }

  test('with every place that does not fit, and nothing of it is kept', async () => {
    await refused({}, 'version')
    await refused({ version: 2 }, 'version')
    await refused({ version: 1, people: {} }, 'people')
    await refused({ version: 1, clients: [] }, 'clients')
    await refused({ version: 1, clients: { a: 'x' } }, 'clients/a')
    await refused(
      { version: 1, clients: { 'a b': { metadata: {} } }, roles: { Big: { name: 'x', permissions: [] } } },
      'clients/a b',
      'roles/Big',
    )
    await refused({ version: 1, clients: { a: { metadata: { secret: 'x' } } } }, 'clients/a/metadata/secret')
    await refused(
      { version: 1, settings: { nothing: {}, 'sign-in': { second_factor: 'never' } } },
      'settings/nothing',
      'settings/sign-in/second_factor',
    )
    await refused({ version: 1, settings: { claims: { claims: [{ claim: 'sub', attribute: 'a', scope: 'profile' }] } } }, 'settings/claims')
    await refused(
      {
        version: 1,
        roles: { good: { name: 'Good', permissions: [] } },
        clients: { bad: { metadata: { redirect_uris: ['javascript:1'] } }, 'account-portal': { metadata: {} } },
        webhooks: { 'http://169.254.169.254/': { event_types: ['*'] } },
        groups: { Night: { roles: ['nothing'] } },
        mail_templates: { 'sign-in-code': { en: { subject: '{password}' } } },
      },
      ...[
        'clients/bad',
        'clients/account-portal',
        'webhooks/http://169.254.169.254/',
        'groups/Night/roles',
        'mail_templates/sign-in-code/en',
      ],
    )
    await refused({ version: 1, settings: { branding: { logo: { base64: 'PHN2Zz4=' } } } }, 'settings/branding/logo')
    await refused({ version: 1, roles: { 'people-team': null } }, 'roles/people-team')
    await refused({ version: 1, clients: { a: { metadata: { client_name: '\u0000' } } } }, '')
  })

  test('where it was planned on something else', async () => {
    const document = { version: 1, settings: { 'sign-in': { trusted_device_seconds: 7200 } } }
    const { plan: hash } = await planned(document)
    await applied({ version: 1, settings: { 'sign-in': { trusted_device_seconds: 60 } } })
    isProblem(await apply(document, { plan: hash }), 409, 'plan-stale')
    isProblem(await apply(document, { plan: 'x' }), 409, 'plan-stale')
  })

  test('S-02: of who does not hold what it confers, or may not change that part', async () => {
    const rich = { version: 1, roles: { rich: { name: 'Rich', permissions: ['owners:write'] } } }
    isProblem(await apply(rich, {}, admin), 403, 'more-than-held')
    isProblem(await plan(rich, {}, admin), 403, 'more-than-held')
    const narrow = {
      version: 1,
      roles: { narrow: { name: 'Narrow', permissions: ['config:read', 'config:write', 'settings:read', 'settings:write'] } },
    }
    await applied(narrow)
    const limited = await administrator(provider, 'narrow')
    assert.deepEqual(Object.keys((await limited.get('config')).json as object).sort(), ['settings', 'version'])
    isProblem(await apply({ version: 1, clients: { shop: null } }, {}, limited), 403, 'more-than-held')
    isProblem(await apply({ version: 1, groups: { 'Night shift': null } }, {}, limited), 403, 'more-than-held')
    assert.equal((await plan({ version: 1, settings: { branding: { name: 'Other' } } }, {}, limited)).status, 200)
    const shown = (await limited.get('config/history/1')).json as { document: Document; changes: Change[] }
    assert.deepEqual(Object.keys(shown.document).sort(), ['settings', 'version'])
    assert.ok(shown.changes.every(({ section }) => section === 'settings'))
    isProblem(await plan({ version: 1 }, {}, auditor), 403, 'missing-permission')
  })
})

describe('the versions of a configuration', () => {
  test('tell who changed what and when, and one is gone back to', async () => {
    const former = await exported()
    const { version = 0 } = await applied({ version: 1, settings: { branding: { name: 'Before' } } })
    const then = await exported()
    await applied({ version: 1, settings: { branding: { name: 'After' } }, groups: { Later: {} }, clients: { shop: null } })
    const { versions } = (await auditor.get('config/history?limit=2')).json as {
      versions: { version: number; actor: string; deleted: number }[]
    }
    assert.deepEqual(versions[0], {
      ...versions[0],
      version: (version ?? 0) + 1,
      actor: `user ${owner.userId}`,
      created: 1,
      changed: 1,
      deleted: 1,
    })
    isProblem(await auditor.post(`config/revert/${version}`), 403, 'missing-permission')
    for (const wrong of ['0', 'x', '999', '%00']) isProblem(await owner.post(`config/revert/${wrong}`), 404, 'not-found')
    const back = await owner.post(`config/revert/${version}`)
    assert.equal(back.status, 200, back.text)
    assert.deepEqual(namesOf((back.json as Applied).changes), ['create clients shop', 'change settings branding', 'delete groups Later'])
    assert.deepEqual(await exported(), then)
    assert.notDeepEqual(then, former)
    assert.deepEqual(((await auditor.get(`config/history/${version}`)).json as { document: Document }).document, then)
  })

  test('of an older release are gone back to by the whole document, and not where it was shortened', async () => {
    const { version = 0 } = await applied({ version: 1, groups: { Early: {} } })
    const then = await exported()
    await applied({ version: 1, groups: { Early: { description: 'Changed' } }, settings: { branding: { name: 'Changed' } } })
    await sql.text('update config_versions set former = null where version >= $1', [version])
    const back = await owner.post(`config/revert/${version}`)
    assert.equal(back.status, 200, back.text)
    assert.deepEqual(await exported(), then)
    await sql.text(`update config_versions set document = '{}' where version = $1`, [version])
    isProblem(await owner.post(`config/revert/${version}`), 409, 'version-shortened')
    assert.deepEqual(await exported(), then)
  })

  test('are numbered without gaps when many apply at once', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map((one) => apply({ version: 1, groups: { [`Team ${one}`]: {} } })))
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      [200, 200, 200, 200],
    )
    const numbers = outcomes.map(({ json }) => (json as Applied).version ?? 0).sort((a, b) => a - b)
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => (numbers[0] ?? 0) + index),
    )
  })
})

test('a document may be larger than other bodies, up to 2 MiB', async () => {
  const roles = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `big-${index}`,
        { name: 'x'.repeat(90), permissions: [], description: 'y'.repeat(400) },
      ]),
    )
  const { changes } = await planned({ version: 1, roles: roles(300) })
  assert.equal(changes.length, 300)
  const refused = await plan({ version: 1, roles: roles(4000) })
  isProblem(refused, 413, 'body-too-large')
  assert.match(refused.text, /At most 2048 KiB are accepted/)
})

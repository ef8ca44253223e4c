import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { callback, newPerson, postAs, type TestClient, tokensFor } from '../harness/oauth.ts'
import { operatorClient, startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const developer = await administrator(provider, 'developer')
const auditor = await administrator(provider, 'auditor')

type Listed = { id: string; name: string; built_in: boolean; status: string; metadata: Record<string, unknown>; secrets: { id: string }[] }
type Made = Listed & { client_secret?: string }
type Page = { clients: Listed[]; next: string | null }

const redirect_uris = [callback]
const make = async (metadata: Record<string, unknown> = {}, template = 'web'): Promise<Made> => {
  const answer = await developer.post('clients', { template, metadata: { redirect_uris, ...metadata } })
  assert.equal(answer.status, 201, answer.text)
  return answer.json as Made
}
const machine = (client: Made): TestClient => ({
  id: client.id,
  secret: client.client_secret,
  redirectUri: callback,
  registrationToken: '',
})
const tokenOf = (client: TestClient) => postAs(`${url}/oauth2/token`, client, { grant_type: 'client_credentials' })
const eventsOf = async (id: string): Promise<string[]> =>
  (
    await sql.text<{ type: string; actor: string; via: string }>(
      `select type, actor, payload ->> 'via' as via from events where client_id = $1 and actor is not null order by at, id`,
      [id],
    )
  ).map(({ type, actor, via }) => [type, actor, via].filter((one) => one !== null).join(' '))

describe('an application', () => {
  test('is registered from a template, with its secret in that answer alone and the event of who did it', async () => {
    const answer = await developer.post('clients', { template: 'web', first_party: true, metadata: { client_name: 'Shop', redirect_uris } })
    assert.equal(answer.status, 201, answer.text)
    const made = answer.json as Made
    assert.match(made.client_secret ?? '', /^cip_cs_/)
    assert.deepEqual([made.metadata['token_endpoint_auth_method'], made.status, made.built_in], ['client_secret_basic', 'active', false])
    assert.equal(answer.headers['location'], `/admin/v1/clients/${made.id}`)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.deepEqual(await eventsOf(made.id), [`client.created user ${developer.userId} admin`])
    const read = await auditor.get(`clients/${made.id}`)
    assert.equal(read.headers['etag'], answer.headers['etag'])
    assert.doesNotMatch(read.text, /client_secret"|cip_cs_|hash|sealed/)
  })

  test('is found by its status, name and page by page alike', async () => {
    const [open, shut] = [await make({ client_name: 'Statusly open' }), await make({ client_name: 'Statusly shut' })]
    assert.equal((await developer.post(`clients/${shut.id}/disable`)).status, 204)
    const idsOf = async (query: string) => ((await auditor.get(`clients?${query}`)).json as Page).clients.map(({ id }) => id)
    assert.deepEqual(await idsOf('prefix=statusly&status=disabled'), [shut.id])
    assert.deepEqual(await idsOf('prefix=statusly&status=active'), [open.id])
    const all = await idsOf('status=disabled&limit=200')
    assert.deepEqual([all.includes(shut.id), all.includes(open.id)], [true, false])
    isProblem(await auditor.get('clients?status=gone'), 422, 'invalid-request')
  })

  test('can be used at once, and no longer after it was shut', async () => {
    const own = machine(await make({ redirect_uris: null }, 'machine'))
    assert.equal((await tokenOf(own)).status, 200)
    assert.equal((await developer.post(`clients/${own.id}/disable`)).status, 204)
    assert.equal((await developer.post(`clients/${own.id}/disable`)).status, 204)
    assert.equal((await tokenOf(own)).status, 401)
    assert.equal((await developer.post(`clients/${own.id}/enable`)).status, 204)
    assert.equal((await tokenOf(own)).status, 200)
    assert.deepEqual(
      (await eventsOf(own.id)).map((one) => one.split(' ')[0]),
      ['client.created', 'client.disabled', 'client.enabled'],
    )
  })

  test('is made once for an Idempotency-Key, with the same secret in both answers', async () => {
    const key = { 'idempotency-key': newId() }
    const body = { template: 'machine', metadata: {} }
    const [first, second] = [await developer.post('clients', body, key), await developer.post('clients', body, key)]
    assert.equal(first.status, 201)
    assert.equal(second.text, first.text)
  })

  test('is changed in the members that are named; null takes one away', async () => {
    const { id } = await make({ client_name: 'Before', policy_uri: 'https://shop.example/policy' })
    const answer = await developer.patch(`clients/${id}`, { metadata: { client_name: 'After', policy_uri: null } })
    assert.equal(answer.status, 200, answer.text)
    const { name, metadata } = answer.json as Listed
    assert.deepEqual([name, metadata['policy_uri'], metadata['redirect_uris']], ['After', undefined, redirect_uris])
    assert.equal((await eventsOf(id)).at(-1), `client.updated user ${developer.userId} admin`)
  })

  test('gets another secret where it authenticates otherwise from then on', async () => {
    const { id } = await make({}, 'spa')
    const answer = await developer.patch(`clients/${id}`, { metadata: { token_endpoint_auth_method: 'client_secret_post' } })
    assert.match((answer.json as Made).client_secret ?? '', /^cip_cs_/)
  })

  test('S-08: is not changed over what somebody else changed meanwhile', async () => {
    const { id } = await make({ client_name: 'First' })
    const tag = { 'if-match': String((await owner.get(`clients/${id}`)).headers['etag']) }
    assert.equal((await developer.patch(`clients/${id}`, { metadata: { client_name: 'Second' } }, tag)).status, 200)
    isProblem(await owner.patch(`clients/${id}`, { metadata: { client_name: 'Third' } }, tag), 412, 'changed-meanwhile')
    assert.equal(((await owner.get(`clients/${id}`)).json as Listed).name, 'Second')
  })

  test('gets a new secret; the one before works for the overlap, or no longer', async () => {
    const before = machine(await make({ redirect_uris: null }, 'machine'))
    const rotated = await developer.post(`clients/${before.id}/secrets`, {})
    assert.equal(rotated.status, 201, rotated.text)
    const after = { ...before, secret: (rotated.json as { client_secret: string }).client_secret }
    assert.deepEqual([(await tokenOf(before)).status, (await tokenOf(after)).status], [200, 200])
    assert.equal((await developer.post(`clients/${before.id}/secrets`, { overlap_seconds: 0 })).status, 201)
    assert.deepEqual([(await tokenOf(before)).status, (await tokenOf(after)).status], [401, 401])
    const { id } = await make({}, 'spa')
    isProblem(await developer.post(`clients/${id}/secrets`, {}), 409, 'no-secret')
    isProblem(await developer.post(`clients/${before.id}/secrets`, { overlap_seconds: 91 * 86_400 }), 422, 'invalid-request')
  })

  test('gets one more redirect URI, checked as at a registration, and once', async () => {
    const { id } = await make()
    const uri = 'https://shop.example/second'
    for (let time = 0; time < 2; time += 1) {
      const answer = await developer.post(`clients/${id}/redirect-uris`, { redirect_uri: uri })
      assert.equal(answer.status, 200, answer.text)
      assert.deepEqual((answer.json as Listed).metadata['redirect_uris'], [callback, uri])
    }
    assert.equal((await eventsOf(id)).filter((one) => one.startsWith('client.updated')).length, 1)
    for (const bad of [
      'http://shop.example/',
      'https://*.example/',
      'https://shop.example/#x',
      'javascript:alert(1)',
      '//shop.example',
      'https://shop.example/../x',
    ])
      isProblem(await developer.post(`clients/${id}/redirect-uris`, { redirect_uri: bad }), 422, 'invalid-redirect-uri')
  })

  test('keeps every redirect URI that is added at the same moment', async () => {
    const { id } = await make()
    const uris = [1, 2, 3, 4].map((one) => `https://shop.example/${one}`)
    const answers = await Promise.all(uris.map((uri) => developer.post(`clients/${id}/redirect-uris`, { redirect_uri: uri })))
    const kept = ((await owner.get(`clients/${id}`)).json as Listed).metadata['redirect_uris'] as string[]
    const added = uris.filter((_, index) => answers[index]?.status === 200)
    assert.ok(added.length > 0)
    assert.deepEqual([...kept].sort(), [callback, ...added].sort())
  })

  test('tells whether and since when somebody signs in to it', async () => {
    const client = await operatorClient(provider)
    const ask = async () =>
      (await auditor.get(`clients/${client.id}/first-sign-in`)).json as { signed_in: boolean; first_at: string | null }
    assert.deepEqual(await ask(), { signed_in: false, first_at: null })
    await tokensFor(url, client, { person: await newPerson(url) })
    const first = await ask()
    assert.ok(first.signed_in && first.first_at !== null)
    await tokensFor(url, client, { person: await newPerson(url) })
    assert.deepEqual(await ask(), first)
  })

  test('is deleted after a fresh sign-in alone, and gone', async () => {
    const client = machine(await make({ redirect_uris: null }, 'machine'))
    const stale = await administrator(provider, 'developer')
    await sql.text(
      `update sessions set auth_time = auth_time - interval '1 hour', created_at = created_at - interval '1 hour' where user_id = $1`,
      [stale.userId],
    )
    isProblem(await stale.remove(`clients/${client.id}`), 403, 'insufficient-authentication')
    assert.equal((await developer.remove(`clients/${client.id}`)).status, 204)
    isProblem(await developer.remove(`clients/${client.id}`), 404, 'not-found')
    isProblem(await developer.get(`clients/${client.id}`), 404, 'not-found')
    assert.equal((await tokenOf(client)).status, 401)
    assert.equal((await eventsOf(client.id)).at(-1), `client.deleted user ${developer.userId} admin`)
  })
})

describe('the list of applications', () => {
  const allPages = async (query: string): Promise<Listed[]> => {
    const found: Listed[] = []
    for (let next: string | null = ''; next !== null; ) {
      const answer = await auditor.get(`clients?${query}${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`)
      assert.equal(answer.status, 200, answer.text)
      const page = answer.json as Page
      found.push(...page.clients)
      next = page.next
    }
    return found
  }

  test('comes page by page, each once, with those of the platform', async () => {
    for (let index = 0; index < 5; index += 1) await make()
    const ids = (await allPages('limit=2')).map(({ id }) => id)
    const [row] = await sql.text<{ clients: number }>('select count(*) as clients from clients')
    assert.deepEqual([ids.length, new Set(ids).size], [row?.clients, row?.clients])
    assert.ok(ids.includes('account-portal'))
  })

  test('finds by how a name begins, in any case, also where two have the same name', async () => {
    for (const name of ['Zebra shop', 'zebra shop', 'Zebra notes', 'Zebr', 'A zebra']) await make({ client_name: name })
    const names = async (query: string) => (await allPages(query)).map(({ name }) => name).sort()
    assert.deepEqual(await names('prefix=ZEBRA&limit=1'), ['Zebra notes', 'Zebra shop', 'zebra shop'])
    for (const text of ["'", '%', '_', '\\', "x' or 1=1--", '😀']) assert.deepEqual(await names(`prefix=${encodeURIComponent(text)}`), [])
  })

  test('S-06, S-07: takes no operator, no other sorting, and no cursor of another search', async () => {
    for (const query of ['sort=secret', 'order=name', 'prefix=', 'limit=0', 'limit=201'])
      isProblem(await auditor.get(`clients?${query}`), 422, 'invalid-request')
    const { next } = (await auditor.get('clients?limit=1')).json as Page
    isProblem(await auditor.get(`clients?prefix=a&cursor=${encodeURIComponent(next ?? '')}`), 422, 'invalid-request')
  })
})

describe('S-02: whoever may not hand out roles', () => {
  test('registers no application that asks for the admin API or for accounts, and makes none of one that is there', async () => {
    const { id } = await make()
    for (const scope of ['openid admin', 'account', 'admin'])
      for (const answer of [
        await developer.post('clients', { metadata: { redirect_uris, scope } }),
        await developer.patch(`clients/${id}`, { metadata: { scope } }),
      ])
        isProblem(answer, 403, 'more-than-held')
    assert.equal((await owner.patch(`clients/${id}`, { metadata: { scope: 'openid admin' } })).status, 200)
  })

  test('gets no foot into one that does: no redirect URI, no secret, no change, no end of it', async () => {
    const answer = await owner.post('clients', { template: 'web', metadata: { redirect_uris, scope: 'openid admin' } })
    const { id } = answer.json as Made
    for (const refused of [
      await developer.post(`clients/${id}/redirect-uris`, { redirect_uri: 'https://elsewhere.example/' }),
      await developer.post(`clients/${id}/secrets`, { overlap_seconds: 86_400 }),
      await developer.patch(`clients/${id}`, { metadata: { scope: 'openid' } }),
      await developer.patch(`clients/${id}`, { first_party: true }),
      await developer.post(`clients/${id}/disable`),
      await developer.remove(`clients/${id}`),
    ])
      isProblem(refused, 403, 'more-than-held')
    const unchanged = (await owner.get(`clients/${id}`)).json as Listed
    assert.deepEqual([unchanged.metadata['redirect_uris'], unchanged.status, unchanged.secrets.length], [redirect_uris, 'active', 1])
  })

  test('gets no secret of one that holds a role beyond the own', async () => {
    const { id } = await make({ redirect_uris: null }, 'machine')
    assert.equal((await owner.put(`clients/${id}/roles/support`)).status, 204)
    isProblem(await developer.post(`clients/${id}/secrets`, {}), 403, 'more-than-held')
    isProblem(await developer.patch(`clients/${id}`, { metadata: { client_name: 'Mine' } }), 403, 'more-than-held')
    assert.equal((await owner.post(`clients/${id}/secrets`, {})).status, 201)
  })
})

test('the applications of the platform are read and not changed', async () => {
  const read = await auditor.get('clients/account-portal')
  assert.deepEqual([read.status, (read.json as Listed).built_in], [200, true])
  for (const answer of [
    await owner.patch('clients/account-portal', { first_party: false }),
    await owner.post('clients/account-portal/disable'),
    await owner.post('clients/account-portal/secrets', {}),
    await owner.post('clients/account-portal/redirect-uris', { redirect_uri: callback }),
    await owner.remove('clients/account-portal'),
  ])
    isProblem(answer, 409, 'built-in-client')
  isProblem(await owner.post('clients', { id: 'account-portal', metadata: { redirect_uris } }), 422, 'invalid-client-metadata')
})

test('S-04, W-01: no member that nobody knows is taken, outside or inside of metadata', async () => {
  const { id } = await make()
  for (const extra of ['tenant_id', 'created_via', 'status', 'client_secret', 'secrets', 'built_in']) {
    isProblem(await owner.post('clients', { metadata: { redirect_uris }, [extra]: 'x' }), 422, 'invalid-request')
    isProblem(await owner.patch(`clients/${id}`, { metadata: { [extra]: 'x' } }), 422, 'invalid-request')
  }
  for (const extra of ['constructor', 'toString', 'client_name#', 'redirect_uri', 'first_party'])
    isProblem(await owner.post('clients', { metadata: { redirect_uris, [extra]: 'x' } }), 422, 'invalid-request')
})

test('T-01: ids that are not there are not found, and one that is taken is not taken over', async () => {
  for (const id of [newId(), 'x', '%00', "'--", 'a'.repeat(300)])
    for (const answer of [
      await owner.get(`clients/${id}`),
      await owner.get(`clients/${id}/first-sign-in`),
      await owner.patch(`clients/${id}`, { first_party: true }),
      await owner.post(`clients/${id}/enable`),
      await owner.post(`clients/${id}/secrets`, {}),
      await owner.post(`clients/${id}/redirect-uris`, { redirect_uri: callback }),
      await owner.remove(`clients/${id}`),
    ])
      assert.equal(answer.status, 404, `${id} ${answer.text}`)
  const { id } = await make()
  isProblem(await owner.post('clients', { id, metadata: { redirect_uris } }), 409, 'taken')
  isProblem(await owner.post('clients', { id: 'a b', metadata: { redirect_uris } }), 422, 'invalid-request')
})

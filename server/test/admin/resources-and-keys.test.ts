import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator, isProblem } from '../harness/admin.ts'
import { request } from '../harness/http.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const developer = await administrator(provider, 'developer')
const auditor = await administrator(provider, 'auditor')

const at = (identifier: string): string => `resources/${encodeURIComponent(identifier)}`
type Resource = { identifier: string; name: string; scopes: string[]; access_token_ttl_seconds: number | null; signing_algorithm: string }

describe('an API that takes access tokens', () => {
  test('is registered, read, changed and deleted, with the events of who did it', async () => {
    const identifier = 'https://api.example.com/orders'
    const made = await developer.post('resources', { identifier, scopes: ['orders:read'] })
    assert.equal(made.status, 201, made.text)
    assert.equal(made.headers['location'], `/admin/v1/${at(identifier)}`)
    const read = await auditor.get(at(identifier))
    assert.equal(read.headers['etag'], made.headers['etag'])
    assert.deepEqual(read.json, {
      ...{ identifier, name: identifier, scopes: ['orders:read'], access_token_ttl_seconds: null },
      ...{ signing_algorithm: 'ES256', token_format: 'jwt', access_claims: [] },
    })
    const changed = await developer.patch(at(identifier), { name: 'Orders', access_token_ttl_seconds: 300 })
    assert.deepEqual([(changed.json as Resource).name, (changed.json as Resource).access_token_ttl_seconds], ['Orders', 300])
    const back = await developer.patch(at(identifier), { access_token_ttl_seconds: null })
    assert.equal((back.json as Resource).access_token_ttl_seconds, null)
    assert.ok(((await auditor.get('resources')).json as { resources: Resource[] }).resources.some((one) => one.identifier === identifier))
    assert.equal((await developer.remove(at(identifier))).status, 204)
    isProblem(await developer.remove(at(identifier)), 404, 'not-found')
    isProblem(await developer.get(at(identifier)), 404, 'not-found')
    const rows = await sql.text<{ type: string; actor: string }>(
      `select type, actor from events where payload ->> 'identifier' = $1 order by at, id`,
      [identifier],
    )
    assert.deepEqual(
      rows.map(({ type, actor }) => [type, actor]),
      ['resource.saved', 'resource.saved', 'resource.saved', 'resource.deleted'].map((type) => [type, `user ${developer.userId}`]),
    )
  })

  test('S-08: is not changed over what somebody else changed meanwhile', async () => {
    const identifier = 'urn:contested'
    await developer.post('resources', { identifier })
    const tag = { 'if-match': String((await owner.get(at(identifier))).headers['etag']) }
    assert.equal((await developer.patch(at(identifier), { name: 'First' }, tag)).status, 200)
    isProblem(await owner.patch(at(identifier), { name: 'Second' }, tag), 412, 'changed-meanwhile')
  })

  test('is made once of many at the same moment', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((one) => developer.post('resources', { identifier: 'urn:once', name: `Name ${one}` })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
  })

  test('gets a key of its algorithm where there was none', async () => {
    const made = await developer.post('resources', { identifier: 'urn:ps', signing_algorithm: 'PS256' })
    assert.equal(made.status, 201, made.text)
    const { keys } = (await auditor.get('keys')).json as { keys: { algorithm: string }[] }
    assert.ok(keys.some(({ algorithm }) => algorithm === 'PS256'))
  })

  test('S-04, W-01: is refused with members that nobody knows, identifiers that are none, and scopes of the platform', async () => {
    for (const body of [
      { identifier: 'urn:x', tenant_id: 'x' },
      { name: 'x' },
      { identifier: 'urn:x', token_format: 'paseto' },
      { identifier: 'urn:x', signing_algorithm: 'none' },
    ])
      isProblem(await developer.post('resources', body), 422, 'invalid-request')
    for (const body of [
      { identifier: 'not a uri' },
      { identifier: 'https://api.example/#x' },
      { identifier: 'urn:x', scopes: ['admin'] },
      { identifier: 'urn:x', scopes: ['account'] },
      { identifier: 'urn:x', scopes: ['two words'] },
    ])
      isProblem(await developer.post('resources', body), 422, 'invalid-resource')
    for (const id of ['x', '%00', "'--", encodeURIComponent('urn:nobody')])
      for (const answer of [
        await owner.get(`resources/${id}`),
        await owner.patch(`resources/${id}`, { name: 'x' }),
        await owner.remove(`resources/${id}`),
      ])
        isProblem(answer, 404, 'not-found')
  })
})

type Key = { kid: string; algorithm: string; state: string; revoked_at: string | null }
const keys = async (): Promise<Key[]> => ((await auditor.get('keys')).json as { keys: Key[] }).keys
const published = async (): Promise<string[]> =>
  ((await request(`${url}/.well-known/jwks.json`, {})).json as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)

describe('signing keys', () => {
  test('are listed with their state, never with a private part', async () => {
    const answer = await auditor.get('keys')
    assert.doesNotMatch(answer.text, /sealed|private|"d"|public_jwk/)
    assert.ok((await keys()).some(({ algorithm, state }) => algorithm === 'ES256' && state === 'active'))
  })

  test('get a successor that waits until everybody knows it, once, with the event of who asked', async () => {
    const first = await owner.post('keys/rotate', { algorithm: 'RS256' })
    const [made] = (first.json as { keys: { kid: string; outcome: string; active_in_seconds: number }[] }).keys
    assert.deepEqual([made?.outcome, made?.active_in_seconds], ['rotated', 600], first.text)
    const second = await owner.post('keys/rotate', { algorithm: 'RS256' })
    const [waiting] = (second.json as { keys: { kid: string; outcome: string }[] }).keys
    assert.deepEqual([waiting?.kid, waiting?.outcome], [made?.kid, 'already-pending'])
    assert.ok((await published()).includes(made?.kid ?? ''))
    const rows = await sql.text<{ actor: string }>(`select actor from events where type = 'key.rotated' and payload ->> 'successor' = $1`, [
      made?.kid,
    ])
    assert.deepEqual(rows, [{ actor: `user ${owner.userId}` }])
    isProblem(await auditor.post('keys/rotate', {}), 403, 'missing-permission')
    isProblem(await owner.post('keys/rotate', { algorithm: 'none' }), 422, 'invalid-request')
  })

  test('are revoked after a fresh sign-in alone, at once, and something else signs', async () => {
    const stale = await administrator(provider, 'administrator')
    await sql.text(
      `update sessions set auth_time = auth_time - interval '1 hour', created_at = created_at - interval '1 hour' where user_id = $1`,
      [stale.userId],
    )
    const kid = (await keys()).find(({ algorithm, state }) => algorithm === 'EdDSA' && state === 'active')?.kid ?? ''
    isProblem(await stale.post(`keys/${kid}/revoke`), 403, 'insufficient-authentication')
    isProblem(await developer.post(`keys/${kid}/revoke`), 403, 'missing-permission')
    assert.deepEqual((await owner.post(`keys/${kid}/revoke`)).json, { kid, changed: true })
    assert.deepEqual((await owner.post(`keys/${kid}/revoke`)).json, { kid, changed: false })
    isProblem(await owner.post('keys/nobody/revoke'), 404, 'not-found')
    assert.ok(!(await published()).includes(kid))
    const after = await keys()
    assert.equal(after.find((one) => one.kid === kid)?.state, 'revoked')
    assert.ok(after.some(({ algorithm, state }) => algorithm === 'EdDSA' && state === 'active'))
    const rows = await sql.text<{ actor: string }>(`select actor from events where type = 'key.revoked' and payload ->> 'kid' = $1`, [kid])
    assert.deepEqual(rows, [{ actor: `user ${owner.userId}` }])
  })
})

describe('tokens by which applications register themselves', () => {
  test('are made with the text in that answer alone, used, listed and deleted', async () => {
    const answer = await developer.post('registration-tokens', { note: 'partner', uses: 2, life_seconds: 3600 })
    assert.equal(answer.status, 201, answer.text)
    const { id, initial_access_token: text } = answer.json as { id: string; initial_access_token: string }
    assert.match(text, /^cip_it_/)
    const listed = await auditor.get('registration-tokens')
    const [shown] = (listed.json as { tokens: { id: string; uses_left: number; works: boolean }[] }).tokens.filter((one) => one.id === id)
    assert.deepEqual([shown?.uses_left, shown?.works], [2, true])
    assert.ok(!listed.text.includes(text))
    isProblem(await auditor.remove(`registration-tokens/${id}`), 403, 'missing-permission')
    assert.equal((await developer.remove(`registration-tokens/${id}`)).status, 204)
    isProblem(await developer.remove(`registration-tokens/${id}`), 404, 'not-found')
    isProblem(await developer.remove('registration-tokens/x'), 404, 'not-found')
    for (const body of [{ uses: 0 }, { life_seconds: 1 }, { mode: 'open' }, { note: '' }])
      isProblem(await developer.post('registration-tokens', body), 422, 'invalid-request')
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { request } from '../harness/http.ts'
import { claimsOf, newPerson, postAs, tokensFor } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql, platform } = own
const { tenantId } = platform.base
const owner = await administrator(own, 'owner')
const api = 'https://orders.example.com'
const mute = 'https://mute.example.com'
const made = await owner.post('resources', { identifier: api, scopes: ['orders'], access_claims: ['roles', 'entitlements'] })
assert.equal(made.status, 201, made.text)
assert.deepEqual((made.json as { access_claims: string[] }).access_claims, ['roles', 'entitlements'])
assert.equal((await owner.post('resources', { identifier: mute, scopes: ['silence'] })).status, 201)
const mapped = await request(`${url}/admin/v1/settings/claims`, {
  method: 'PUT',
  headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json', 'if-match': '"0"' },
  body: JSON.stringify({
    claims: [
      { claim: 'groups', access: 'groups', scope: 'groups' },
      { claim: 'https://example.com/roles', access: 'roles', scope: 'profile' },
    ],
  }),
})
assert.equal(mapped.status, 200, mapped.text)
const shop = await operatorClient(own, { metadata: { scope: 'openid profile groups orders silence' } })

const personWith = async (...roles: readonly string[]) => {
  const person = await newPerson(url)
  const [row] = await sql.text<{ user_id: string }>('select user_id from identifiers where written = $1', [person.account.username])
  const userId = row?.user_id ?? ''
  for (const role of roles)
    await sql.text('insert into role_assignments (tenant_id, user_id, role) values ($1, $2, $3)', [tenantId, userId, role])
  return { person, userId }
}
const infoOf = async (token: string) =>
  (await request(`${url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } })).json as Record<string, unknown>

describe('the access token of an API', () => {
  test('says what the API asks for: roles and permissions of the person, as they are now', async () => {
    const { person, userId } = await personWith('support')
    const group = newId()
    await sql.text(`insert into groups (tenant_id, id, name) values ($1, $2, $3)`, [tenantId, group, `Helpers ${group}`])
    await sql.text('insert into group_members (tenant_id, group_id, user_id) values ($1, $2, $3)', [tenantId, group, userId])
    await sql.text(`insert into group_roles (tenant_id, group_id, role) values ($1, $2, 'auditor')`, [tenantId, group])
    const parameters = { scope: 'openid orders', resource: api }
    const claims = claimsOf((await tokensFor(url, shop, { person, parameters })).access_token)
    assert.deepEqual(claims['roles'], ['auditor', 'support'])
    assert.ok((claims['entitlements'] as string[]).includes('users:support'))
    assert.equal(claims['groups'], undefined, 'the API did not ask for groups')
    await sql.text('delete from role_assignments where user_id = $1', [userId])
    const later = claimsOf((await tokensFor(url, shop, { person, parameters })).access_token)
    assert.deepEqual(later['roles'], ['auditor'])
  })

  test('says nothing where the API does not ask, and nothing without an API', async () => {
    const { person } = await personWith('owner')
    for (const parameters of [{ scope: 'openid silence', resource: mute }, { scope: 'openid' }] as Record<string, string>[]) {
      const { access_token: token, id_token: idToken } = await tokensFor(url, shop, { person, parameters })
      for (const name of ['roles', 'groups', 'entitlements'])
        assert.deepEqual([claimsOf(token)[name], claimsOf(idToken)[name]], [undefined, undefined], name)
    }
  })

  test('of an application that acts for itself says the roles of the application', async () => {
    const metadata = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope: 'orders' }
    const machine = await operatorClient(own, { metadata })
    await sql.text(`insert into client_roles (tenant_id, client_id, role) values ($1, $2, 'developer')`, [tenantId, machine.id])
    const answer = await postAs(`${url}/oauth2/token`, machine, { grant_type: 'client_credentials', scope: 'orders', resource: api })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(claimsOf((answer.json as { access_token: string }).access_token)['roles'], ['developer'])
  })
})

describe('claims of access', () => {
  test('come with their scope, and not without it', async () => {
    const { person, userId } = await personWith('auditor')
    const group = newId()
    await sql.text(`insert into groups (tenant_id, id, name) values ($1, $2, $3)`, [tenantId, group, `Team ${group}`])
    await sql.text('insert into group_members (tenant_id, group_id, user_id) values ($1, $2, $3)', [tenantId, group, userId])
    const both = await infoOf((await tokensFor(url, shop, { person, parameters: { scope: 'openid profile groups' } })).access_token)
    assert.deepEqual([both['groups'], both['https://example.com/roles']], [[`Team ${group}`], ['auditor']])
    const neither = await infoOf((await tokensFor(url, shop, { person, parameters: { scope: 'openid' } })).access_token)
    assert.deepEqual([neither['groups'], neither['https://example.com/roles']], [undefined, undefined])
  })

  test('are an empty list for whoever holds nothing', async () => {
    const { person } = await personWith()
    const info = await infoOf((await tokensFor(url, shop, { person, parameters: { scope: 'openid profile groups' } })).access_token)
    assert.deepEqual([info['groups'], info['https://example.com/roles']], [[], []])
  })

  test('are refused from two sources, from none, from an unknown one, and under a name of the protocol', async () => {
    const put = (claim: object) => owner.put('settings/claims', { claims: [claim] })
    for (const claim of [
      { claim: 'a', scope: 'a', access: 'roles', attribute: 'department' },
      { claim: 'a', scope: 'a' },
      { claim: 'a', scope: 'a', access: 'passwords' },
    ])
      isProblem(await put(claim), 422, 'invalid-request')
    const etag = (await owner.get('settings/claims')).headers['etag']
    const taken = await owner.call('PUT', 'settings/claims', {
      body: { claims: [{ claim: 'act', scope: 'a', access: 'roles' }] },
      headers: { 'if-match': String(etag) },
    })
    isProblem(taken, 422, 'invalid-setting')
    isProblem(await owner.post('resources', { identifier: 'https://x.example.com', access_claims: ['secrets'] }), 422, 'invalid-request')
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { accountApi } from '../harness/account-api.ts'
import { adminApi, administrator, isProblem } from '../harness/admin.ts'
import { postAs } from '../harness/oauth.ts'
import { operatorClient, startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const admin = await administrator(provider, 'administrator')
const support = await administrator(provider, 'support')
const nobody = await administrator(provider)

const typesOf = async (actor: string): Promise<readonly string[]> =>
  (await sql.text<{ type: string }>('select type from events where actor = $1 order by at, id', [actor])).map(({ type }) => type)

const newRole = (id: string, permissions: readonly string[]) => ({ id, name: `Role ${id}`, permissions })

describe('who is let in', () => {
  test('nobody without a token, with a token of the account, or with a made-up one', async () => {
    const { pair } = await accountApi(url).join()
    for (const token of ['', 'wrong', pair.access_token, 'cip_pat_wrong']) {
      const answer = await adminApi(url, token).get('roles')
      isProblem(answer, 401, 'not-authenticated')
      assert.equal(answer.headers['www-authenticate'], 'Bearer')
    }
  })

  test('nobody without a role, whatever the scope of the token', async () => {
    const answer = await nobody.get('roles')
    isProblem(answer, 403, 'missing-permission')
    assert.equal((answer.json as { permission: string }).permission, 'roles:read')
  })

  test('S-12: a role taken away counts at the next request', async () => {
    const other = await administrator(provider, 'auditor')
    assert.equal((await other.get('roles')).status, 200)
    assert.equal((await owner.remove(`users/${other.userId}/roles/auditor`)).status, 204)
    isProblem(await other.get('roles'), 403, 'missing-permission')
  })

  test('an account that is disabled is nobody at once', async () => {
    const other = await administrator(provider, 'auditor')
    await sql.text(`update users set status = 'disabled' where id = $1`, [other.userId])
    isProblem(await other.get('roles'), 401, 'not-authenticated')
  })

  test('a token without the scope admin is none for the admin API, though its owner holds a role', async () => {
    const client = await operatorClient(provider, { metadata: { scope: 'openid account' } })
    const answer = await postAs(`${url}/oauth2/token`, client, { grant_type: 'client_credentials', scope: 'admin' })
    assert.equal(answer.status, 400)
  })
})

describe('who holds a role', () => {
  const holdersOf = async (role: string) =>
    ((await owner.get(`roles/${role}/holders`)).json as { holders: { kind: string; id: string; name: string }[]; more: boolean }).holders

  test('is listed by kind and name: people, groups and applications that it was given to', async () => {
    assert.equal((await owner.post('roles', newRole('held-by-three', ['users:read']))).status, 201)
    const group = (await owner.post('groups', { name: 'Held by three' })).json as { id: string }
    const client = await operatorClient(provider)
    const person = await administrator(provider)
    for (const path of [`users/${person.userId}`, `groups/${group.id}`, `clients/${client.id}`])
      assert.equal((await owner.put(`${path}/roles/held-by-three`)).status, 204)
    const found = await holdersOf('held-by-three')
    assert.deepEqual(
      found.map(({ kind, id }) => [kind, id]),
      [
        ['client', client.id],
        ['group', group.id],
        ['user', person.userId],
      ],
    )
    assert.deepEqual([found[0]?.name, found[1]?.name], ['Own application', 'Held by three'])
    assert.ok((found[2]?.name ?? '').length > 0)
  })

  test('is nobody for a new one, somebody for a built-in one, and nothing for one that is not there', async () => {
    assert.equal((await owner.post('roles', newRole('held-by-nobody', ['users:read']))).status, 201)
    assert.deepEqual(await holdersOf('held-by-nobody'), [])
    assert.ok((await holdersOf('owner')).some(({ id }) => id === owner.userId))
    isProblem(await owner.get('roles/not-there/holders'), 404, 'not-found')
    isProblem(await support.get('roles/owner/holders'), 403, 'missing-permission')
  })
})

describe('an application that acts for itself', () => {
  const machine = async (scope: string) => {
    const client = await operatorClient(provider, { metadata: { scope, grant_types: ['client_credentials'], redirect_uris: [] } })
    const answer = await postAs(`${url}/oauth2/token`, client, { grant_type: 'client_credentials', scope: 'admin' })
    return { client, token: (answer.json as { access_token: string }).access_token }
  }

  test('may do what its roles allow, and nothing without one', async () => {
    const { client, token } = await machine('admin')
    const api = adminApi(url, token)
    isProblem(await api.get('roles'), 403, 'missing-permission')
    assert.equal((await owner.put(`clients/${client.id}/roles/administrator`)).status, 204)
    assert.equal((await api.get('roles')).status, 200)
    assert.equal((await api.post('roles', newRole('by-machine', ['users:read']))).status, 201)
    assert.deepEqual(await typesOf(`client ${client.id}`), ['role.created'])
  })

  test('is never an owner, nor is a group', async () => {
    const { client } = await machine('admin')
    isProblem(await owner.put(`clients/${client.id}/roles/owner`), 409, 'owner-for-persons')
    const group = (await owner.post('groups', { name: 'Owners?' })).json as { id: string }
    isProblem(await owner.put(`groups/${group.id}/roles/owner`), 409, 'owner-for-persons')
  })

  test('makes no personal token', async () => {
    const { client, token } = await machine('admin')
    await owner.put(`clients/${client.id}/roles/administrator`)
    isProblem(await adminApi(url, token).post('tokens', { name: 'x', permissions: ['users:read'] }), 403, 'person-needed')
  })
})

describe('roles', () => {
  test('are made, read, changed and deleted, each with its event', async () => {
    const made = await owner.post('roles', { ...newRole('people-team', ['users:read']), description: 'Looks after people' })
    assert.equal(made.status, 201, made.text)
    assert.equal(made.headers['location'], '/admin/v1/roles/people-team')
    const read = await owner.get('roles/people-team')
    assert.deepEqual(read.json, made.json)
    assert.equal(read.headers['etag'], made.headers['etag'])
    const changed = await owner.patch('roles/people-team', { permissions: ['users:read', 'users:support'] })
    assert.equal(changed.status, 200, changed.text)
    assert.notEqual(changed.headers['etag'], made.headers['etag'])
    assert.equal((await owner.remove('roles/people-team')).status, 204)
    isProblem(await owner.get('roles/people-team'), 404, 'not-found')
    const types = await typesOf(`user ${owner.userId}`)
    for (const type of ['role.created', 'role.changed', 'role.deleted']) assert.ok(types.includes(type), type)
  })

  test('that are built in are not made anew, changed or deleted', async () => {
    isProblem(await owner.post('roles', newRole('support', ['users:read'])), 409, 'built-in-role')
    isProblem(await owner.patch('roles/owner', { name: 'King' }), 409, 'built-in-role')
    isProblem(await owner.remove('roles/auditor'), 409, 'built-in-role')
  })

  test('that somebody holds are not deleted', async () => {
    await owner.post('roles', newRole('held', ['users:read']))
    await owner.put(`users/${nobody.userId}/roles/held`)
    isProblem(await owner.remove('roles/held'), 409, 'role-held')
    await owner.remove(`users/${nobody.userId}/roles/held`)
    assert.equal((await owner.remove('roles/held')).status, 204)
  })

  test('S-08: are not changed over what somebody else changed meanwhile', async () => {
    const made = await owner.post('roles', newRole('raced', ['users:read']))
    const tag = { 'if-match': String(made.headers['etag']) }
    assert.equal((await owner.patch('roles/raced', { name: 'First' }, tag)).status, 200)
    isProblem(await owner.patch('roles/raced', { name: 'Second' }, tag), 412, 'changed-meanwhile')
    isProblem(await owner.remove('roles/raced', tag), 412, 'changed-meanwhile')
    assert.equal(((await owner.get('roles/raced')).json as { name: string }).name, 'First')
  })

  test('S-04: take no member that is not theirs', async () => {
    for (const extra of [{ built_in: true }, { tenant_id: newId() }, { version: 7 }]) {
      const answer = await owner.post('roles', { ...newRole('extra', ['users:read']), ...extra })
      isProblem(answer, 422, 'invalid-request')
      assert.equal((answer.json as { errors: unknown[] }).errors.length, 1)
    }
    isProblem(await owner.post('roles', newRole('No Id', ['users:read'])), 422, 'invalid-request')
    isProblem(await owner.post('roles', newRole('unknown', ['users:everything'])), 422, 'invalid-request')
  })
})

describe('S-02: nobody gives what they do not hold', () => {
  test('an administrator makes no owner and no role that does what only owners may', async () => {
    isProblem(await admin.put(`users/${nobody.userId}/roles/owner`), 403, 'more-than-held')
    isProblem(await admin.put(`users/${admin.userId}/roles/owner`), 403, 'more-than-held')
    isProblem(await admin.post('roles', newRole('sly', ['owners:write'])), 403, 'more-than-held')
    isProblem(await support.post('roles', newRole('sly', ['users:read'])), 403, 'missing-permission')
  })

  test('nor widens a role of theirs, nor narrows one that allows more than they may', async () => {
    await owner.post('roles', newRole('wide', ['tenants:write', 'users:read']))
    isProblem(await admin.patch('roles/wide', { permissions: ['users:read'] }), 403, 'more-than-held')
    isProblem(await admin.remove('roles/wide'), 403, 'more-than-held')
    isProblem(await admin.put(`users/${admin.userId}/roles/wide`), 403, 'more-than-held')
    await owner.post('roles', newRole('mine', ['users:read', 'roles:write']))
    const person = await administrator(provider, 'mine')
    isProblem(await person.patch('roles/mine', { permissions: ['users:read', 'roles:write', 'keys:write'] }), 403, 'more-than-held')
  })

  test('nor joins a group whose roles allow more, nor takes somebody out of it', async () => {
    const group = ((await owner.post('groups', { name: 'Tenant makers' })).json as { id: string }).id
    await owner.post('roles', newRole('tenant-maker', ['tenants:write']))
    assert.equal((await owner.put(`groups/${group}/roles/tenant-maker`)).status, 204)
    assert.equal((await owner.put(`groups/${group}/members/${nobody.userId}`)).status, 204)
    isProblem(await admin.put(`groups/${group}/members/${admin.userId}`), 403, 'more-than-held')
    isProblem(await admin.remove(`groups/${group}/members/${nobody.userId}`), 403, 'more-than-held')
    isProblem(await admin.remove(`groups/${group}`), 403, 'more-than-held')
    const open = ((await admin.post('groups', { name: 'Open' })).json as { id: string }).id
    isProblem(await admin.put(`groups/${open}/roles/owner`), 409, 'owner-for-persons')
    isProblem(await admin.put(`groups/${open}/roles/tenant-maker`), 403, 'more-than-held')
  })

  test('a group gives its roles to its members, from the next request on', async () => {
    const group = ((await owner.post('groups', { name: 'Auditors' })).json as { id: string }).id
    await owner.put(`groups/${group}/roles/auditor`)
    const person = await administrator(provider)
    isProblem(await person.get('roles'), 403, 'missing-permission')
    await owner.put(`groups/${group}/members/${person.userId}`)
    assert.equal((await person.get('roles')).status, 200)
    await owner.remove(`groups/${group}/members/${person.userId}`)
    isProblem(await person.get('roles'), 403, 'missing-permission')
  })
})

describe('the last owner', () => {
  test('stays one', async () => {
    isProblem(await owner.remove(`users/${owner.userId}/roles/owner`), 409, 'last-owner')
    const second = await administrator(provider, 'owner')
    assert.equal((await second.remove(`users/${second.userId}/roles/owner`)).status, 204)
    isProblem(await owner.remove(`users/${owner.userId}/roles/owner`), 409, 'last-owner')
  })

  test('two owners who unmake each other at once leave one', async () => {
    const own = await startProvider()
    for (let round = 0; round < 5; round += 1) {
      await own.sql.text(`delete from role_assignments where role = 'owner'`)
      const [first, second] = [await administrator(own, 'owner'), await administrator(own, 'owner')]
      const answers = await Promise.all([
        first.remove(`users/${second.userId}/roles/owner`),
        second.remove(`users/${first.userId}/roles/owner`),
      ])
      const [row] = await own.sql.text<{ owners: number }>(`select count(*) as owners from role_assignments where role = 'owner'`)
      assert.equal(row?.owners, 1, JSON.stringify(answers.map(({ status, text }) => [status, text])))
    }
  })
})

describe('T-01: ids', () => {
  test('that are not there, or no ids at all, are not found', async () => {
    for (const id of [newId(), 'x', '%00', '..%2f..', "'--"]) {
      assert.equal((await owner.put(`users/${id}/roles/support`)).status, 404, id)
      assert.equal((await owner.put(`users/${nobody.userId}/roles/${id}`)).status, 404, id)
      assert.equal((await owner.get(`roles/${id}`)).status, 404, id)
      assert.equal((await owner.get(`groups/${id}`)).status, 404, id)
      assert.equal((await owner.remove(`tokens/${id}`)).status, 404, id)
    }
    isProblem(await owner.put(`users/${nobody.userId}/roles/no-such-role`), 404, 'not-found')
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { newMember, newOrganization, type Organization } from '../organizations/organizations-of.ts'

const provider = await startProvider()
const { sql } = provider
const owner = await administrator(provider, 'owner')
const support = await administrator(provider, 'support')

type Listed = { organizations: Organization[]; next: string | null }
type Members = { members: { id: string; roles: string[]; email: string | null }[]; next: string | null }

const typesAbout = async (organization: string): Promise<readonly string[]> =>
  (await sql.text<{ type: string }>(`select type from events where payload->>'organization' = $1 order by at, id`, [organization])).map(
    ({ type }) => type,
  )

const rolesOf = async (organization: string, userId: string): Promise<readonly string[] | undefined> =>
  ((await owner.get(`organizations/${organization}/members`)).json as Members).members.find(({ id }) => id === userId)?.roles

describe('organizations', () => {
  test('are made, read by id and slug, changed, suspended, resumed and deleted, each with its event', async () => {
    const made = await owner.post('organizations', { slug: 'acme', name: 'Acme Corporation' })
    assert.equal(made.status, 201, made.text)
    const { id } = made.json as Organization
    assert.equal(made.headers['location'], `/admin/v1/organizations/${id}`)
    for (const name of [id, 'acme']) {
      const read = await support.get(`organizations/${name}`)
      assert.deepEqual([read.json, read.headers['etag']], [made.json, made.headers['etag']], name)
    }
    const changed = await owner.patch(`organizations/${id}`, { name: 'Acme Holding' })
    assert.deepEqual([changed.status, (changed.json as Organization).name], [200, 'Acme Holding'], changed.text)
    for (const [verb, status] of [
      ['suspend', 'suspended'],
      ['suspend', 'suspended'],
      ['resume', 'active'],
    ]) {
      const turned = await owner.post(`organizations/${id}/${verb}`)
      assert.deepEqual([turned.status, (turned.json as { status: string }).status], [200, status], turned.text)
    }
    assert.equal((await owner.remove(`organizations/${id}`)).status, 204)
    isProblem(await owner.get(`organizations/${id}`), 404, 'not-found')
    assert.deepEqual(await typesAbout(id), [
      ...['organization.created', 'organization.changed', 'organization.suspended', 'organization.resumed', 'organization.deleted'],
    ])
    const actors = await sql.text(`select distinct actor from events where payload->>'organization' = $1`, [id])
    assert.deepEqual(actors, [{ actor: `user ${owner.userId}` }])
  })

  test('have a slug that no other of the tenant has, and that is no id', async () => {
    const { slug } = await newOrganization(owner)
    isProblem(await owner.post('organizations', { slug, name: 'Another' }), 409, 'taken')
    const other = await newOrganization(owner)
    isProblem(await owner.patch(`organizations/${other.id}`, { slug }), 409, 'taken')
    for (const bad of ['', 'A', '-a', 'a-', 'a b', 'a/b', newId(), 'a'.repeat(64)])
      isProblem(await owner.post('organizations', { slug: bad, name: 'X' }), 422, 'invalid-request')
  })

  test('S-04 take no member that is not theirs', async () => {
    for (const extra of [{ id: newId() }, { tenant_id: newId() }, { status: 'suspended' }, { version: 7 }, { name: '   ' }])
      isProblem(await owner.post('organizations', { slug: 'extra', name: 'Extra', ...extra }), 422, 'invalid-request')
    const { id } = await newOrganization(owner)
    for (const bad of [{}, { status: 'suspended' }, { version: 1 }])
      isProblem(await owner.patch(`organizations/${id}`, bad), 422, 'invalid-request')
  })

  test('S-08 are not changed or deleted over what somebody else changed meanwhile', async () => {
    const { id } = await newOrganization(owner)
    const tag = { 'if-match': String((await owner.get(`organizations/${id}`)).headers['etag']) }
    assert.equal((await owner.patch(`organizations/${id}`, { name: 'First' }, tag)).status, 200)
    isProblem(await owner.patch(`organizations/${id}`, { name: 'Second' }, tag), 412, 'changed-meanwhile')
    isProblem(await owner.remove(`organizations/${id}`, tag), 412, 'changed-meanwhile')
  })

  test('are made once by a request that is repeated with its key', async () => {
    const body = { slug: 'repeated', name: 'Repeated' }
    const headers = { 'idempotency-key': 'organization-1' }
    const [first, again] = [await owner.post('organizations', body, headers), await owner.post('organizations', body, headers)]
    assert.deepEqual([first.status, again.status, again.json], [201, 201, first.json])
  })

  test('are deleted by somebody who has signed in a short while ago only', async () => {
    const { id } = await newOrganization(owner)
    const late = await administrator(provider, 'owner')
    await sql.text(`update sessions set auth_time = auth_time - interval '1 hour' where user_id = $1`, [late.userId])
    const answer = await late.remove(`organizations/${id}`)
    assert.deepEqual([answer.status, (answer.json as { code: string }).code], [403, 'insufficient-authentication'], answer.text)
    assert.equal((await owner.get(`organizations/${id}`)).status, 200)
  })
})

describe('the list', () => {
  test('goes by how names begin, in any case, page by page', async () => {
    for (const name of ['Zebra One', 'zebra two', 'ZEBRA three', 'Zebu']) {
      const slug = name.toLowerCase().replace(' ', '-')
      assert.equal((await owner.post('organizations', { slug, name })).status, 201)
    }
    const names: string[] = []
    let next: string | null = null
    do {
      const answer = await support.get(`organizations?prefix=ZEBRA&limit=1${next === null ? '' : `&cursor=${next}`}`)
      assert.equal(answer.status, 200, answer.text)
      const page: Listed = answer.json as Listed
      names.push(...page.organizations.map(({ name }) => name))
      next = page.next
    } while (next !== null)
    assert.deepEqual(names, ['Zebra One', 'ZEBRA three', 'zebra two'])
  })

  test('W-01 takes wildcards and quotes for what they are', async () => {
    for (const prefix of ['%', '_', "'", "zebra' or 1=1--", '\\', '%25']) {
      const answer = await owner.get(`organizations?prefix=${encodeURIComponent(prefix)}`)
      assert.deepEqual([answer.status, (answer.json as Listed).organizations], [200, []], `${prefix} ${answer.text}`)
    }
  })

  test('S-07 takes no limit and no cursor that is not its own', async () => {
    for (const query of ['limit=0', 'limit=-1', 'limit=201', 'limit=NaN', 'cursor=x', 'cursor=W10.AAAA', 'sort=slug', 'prefix='])
      isProblem(await owner.get(`organizations?${query}`), 422, 'invalid-request')
    const { next } = (await owner.get('organizations?prefix=zebra&limit=1')).json as Listed
    isProblem(await owner.get(`organizations?limit=1&cursor=${next}`), 422, 'invalid-request')
  })
})

describe('members', () => {
  test('are added with roles, listed, given other roles and removed, each with its event', async () => {
    const [first, second] = [await newMember(provider), await newMember(provider)]
    const { id } = await newOrganization(owner, { owner: first, member: second })
    const { members } = (await owner.get(`organizations/${id}/members`)).json as Members
    assert.deepEqual(
      members.map(({ email, roles }) => [email, roles]),
      [
        [first.account.email, ['owner']],
        [second.account.email, ['member']],
      ],
    )
    assert.equal((await owner.put(`organizations/${id}/members/${second.userId}/roles`, { roles: ['owner', 'member'] })).status, 200)
    assert.equal((await owner.remove(`organizations/${id}/members/${first.userId}`)).status, 204)
    assert.deepEqual(await rolesOf(id, second.userId), ['owner', 'member'])
    assert.equal(await rolesOf(id, first.userId), undefined)
    assert.deepEqual((await typesAbout(id)).slice(1), [
      ...['organization_member.added', 'organization_member.added', 'organization_member.roles_changed', 'organization_member.removed'],
    ])
  })

  test('are nobody twice, nobody who is not there, and have no role that is not there', async () => {
    const person = await newMember(provider)
    const { id } = await newOrganization(owner, { member: person })
    const members = `organizations/${id}/members`
    isProblem(await owner.post(members, { user_id: person.userId }), 409, 'member-already')
    isProblem(await owner.post(members, { user_id: newId() }), 404, 'not-found')
    isProblem(await owner.put(`${members}/${newId()}/roles`, { roles: ['member'] }), 404, 'not-found')
    isProblem(await owner.put(`${members}/${person.userId}/roles`, { roles: ['no-such-role'] }), 422, 'unknown-role')
    isProblem(await owner.remove(`${members}/${newId()}`), 404, 'not-found')
    for (const roles of [[], ['Owner!'], ['owner', 'owner'], 'owner', null])
      isProblem(await owner.put(`${members}/${person.userId}/roles`, { roles }), 422, 'invalid-request')
    assert.deepEqual(await rolesOf(id, person.userId), ['member'])
  })

  test('a person is in many organizations, with other roles in each', async () => {
    const person = await newMember(provider)
    const [one, other] = [await newOrganization(owner, { owner: person }), await newOrganization(owner, { member: person })]
    assert.deepEqual([await rolesOf(one.id, person.userId), await rolesOf(other.id, person.userId)], [['owner'], ['member']])
  })

  test('the last owner who can sign in stays one, whoever asks', async () => {
    const [first, second] = [await newMember(provider), await newMember(provider)]
    const { id } = await newOrganization(owner, { owner: first })
    const at = `organizations/${id}/members/${first.userId}`
    isProblem(await owner.remove(at), 409, 'last-owner')
    isProblem(await owner.put(`${at}/roles`, { roles: ['administrator'] }), 409, 'last-owner')
    assert.equal((await owner.post(`organizations/${id}/members`, { user_id: second.userId, roles: ['owner'] })).status, 201)
    await sql.text(`update users set status = 'disabled' where id = $1`, [second.userId])
    isProblem(await owner.remove(at), 409, 'last-owner')
    await sql.text(`update users set status = 'active' where id = $1`, [second.userId])
    assert.equal((await owner.remove(at)).status, 204)
  })

  test('go with their organization and with their account; the account stays without the organization', async () => {
    const [first, second] = [await newMember(provider), await newMember(provider)]
    const { id } = await newOrganization(owner, { owner: first, member: second })
    assert.equal((await owner.remove(`users/${second.userId}`)).status, 204)
    assert.equal(await rolesOf(id, second.userId), undefined)
    assert.equal((await owner.remove(`organizations/${id}`)).status, 204)
    assert.equal((await owner.get(`users/${first.userId}`)).status, 200)
    assert.deepEqual(await sql.text('select 1 from organization_members where organization_id = $1', [id]), [])
  })
})

describe('roles for organizations', () => {
  test('are made, listed after the built-in ones, changed and deleted, each with its event', async () => {
    const made = await owner.post('organization-roles', { id: 'hr', name: 'People', permissions: ['members:read'] })
    assert.equal(made.status, 201, made.text)
    const { roles } = (await support.get('organization-roles')).json as { roles: { id: string }[] }
    assert.deepEqual(
      roles.map(({ id }) => id),
      ['owner', 'administrator', 'member', 'hr'],
    )
    const changed = await owner.patch('organization-roles/hr', { permissions: ['members:read', 'members:write'] })
    assert.equal(changed.status, 200, changed.text)
    isProblem(
      await owner.patch('organization-roles/hr', { name: 'X' }, { 'if-match': String(made.headers['etag']) }),
      412,
      'changed-meanwhile',
    )
    assert.equal((await owner.remove('organization-roles/hr')).status, 204)
    isProblem(await owner.get('organization-roles/hr'), 404, 'not-found')
    const types = await sql.text<{ type: string }>(`select type from events where payload->>'role' = 'hr' order by at, id`)
    assert.deepEqual(
      types.map(({ type }) => type),
      ['organization_role.created', 'organization_role.changed', 'organization_role.deleted'],
    )
  })

  test('T-04 allow nothing of the tenant, whose roles count for no organization', async () => {
    for (const permission of ['users:read', 'organizations:write', 'tenants:write', '*', 'owner'])
      isProblem(await owner.post('organization-roles', { id: 'sly', name: 'Sly', permissions: [permission] }), 422, 'invalid-request')
    const person = await newMember(provider)
    const { id } = await newOrganization(owner, { member: person })
    assert.equal((await owner.post('roles', { id: 'of-tenant', name: 'Of the tenant', permissions: ['users:read'] })).status, 201)
    isProblem(await owner.put(`organizations/${id}/members/${person.userId}/roles`, { roles: ['of-tenant'] }), 422, 'unknown-role')
    isProblem(await owner.put(`organizations/${id}/members/${person.userId}/roles`, { roles: ['auditor'] }), 422, 'unknown-role')
  })

  test('that are built in are not made anew, changed or deleted', async () => {
    isProblem(await owner.post('organization-roles', { id: 'member', name: 'X', permissions: [] }), 409, 'built-in-role')
    isProblem(await owner.patch('organization-roles/owner', { name: 'King' }), 409, 'built-in-role')
    isProblem(await owner.remove('organization-roles/administrator'), 409, 'built-in-role')
  })

  test('that a member holds, or an open invitation would give, are not deleted', async () => {
    const person = await newMember(provider)
    const { id } = await newOrganization(owner)
    await owner.post('organization-roles', { id: 'held', name: 'Held', permissions: ['members:read'] })
    const invited = await owner.post(`organizations/${id}/invitations`, { email: 'held@example.com', roles: ['held'] })
    assert.equal(invited.status, 201, invited.text)
    isProblem(await owner.remove('organization-roles/held'), 409, 'role-held')
    assert.equal((await owner.remove(`organizations/${id}/invitations/${(invited.json as { id: string }).id}`)).status, 204)
    await owner.post(`organizations/${id}/members`, { user_id: person.userId, roles: ['held'] })
    isProblem(await owner.remove('organization-roles/held'), 409, 'role-held')
    await owner.remove(`organizations/${id}/members/${person.userId}`)
    assert.equal((await owner.remove('organization-roles/held')).status, 204)
  })
})

describe('T-01 ids', () => {
  test('of another tenant, that are not there, or no ids at all, are not found', async () => {
    const tenant = newId()
    await sql.text(`insert into tenants (tenant_id, slug, name) values ($1, 'elsewhere', 'Elsewhere')`, [tenant])
    const foreign = newId()
    await sql.text(`insert into organizations (tenant_id, id, slug, name, folded_name) values ($1, $2, 'foreign', 'Foreign', 'foreign')`, [
      ...[tenant, foreign],
    ])
    const person = await newMember(provider)
    for (const id of [foreign, newId(), 'x', '%00', "'--"]) {
      const at = `organizations/${id}`
      isProblem(await owner.get(`organization-roles/${id}`), 404, 'not-found')
      isProblem(await owner.get(at), 404, 'not-found')
      isProblem(await owner.patch(at, { name: 'Mine' }), 404, 'not-found')
      isProblem(await owner.post(`${at}/suspend`), 404, 'not-found')
      isProblem(await owner.remove(at), 404, 'not-found')
      isProblem(await owner.get(`${at}/members`), 404, 'not-found')
      isProblem(await owner.post(`${at}/members`, { user_id: person.userId }), 404, 'not-found')
      isProblem(await owner.put(`${at}/members/${person.userId}/roles`, { roles: ['owner'] }), 404, 'not-found')
      isProblem(await owner.get(`${at}/invitations`), 404, 'not-found')
      isProblem(await owner.post(`${at}/invitations`, { email: 'x@example.com' }), 404, 'not-found')
    }
    const [row] = await sql.text<{ name: string; status: string }>('select name, status from organizations where id = $1', [foreign])
    assert.deepEqual(row, { name: 'Foreign', status: 'active' })
  })

  test('a membership joins no organization of one tenant with a person of another: the database refuses', async () => {
    const person = await newMember(provider)
    const [foreign] = await sql.text<{ tenant_id: string; id: string }>(`select tenant_id, id from organizations where slug = 'foreign'`)
    const insert = `insert into organization_members (tenant_id, organization_id, user_id, roles) values ($1, $2, $3, '{owner}')`
    await assert.rejects(sql.text(insert, [foreign?.tenant_id, foreign?.id, person.userId]), /foreign key/)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(provider), []))

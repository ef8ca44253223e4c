import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { OrganizationPermission } from '../../src/organizations/organization-permissions.ts'
import { newId } from '../../src/platform/ids.ts'
import { cipJson } from '../cli/cip.ts'
import { accountApi } from '../harness/account-api.ts'
import { adminApi, administrator, isProblem } from '../harness/admin.ts'
import type { Answer } from '../harness/http.ts'
import { age } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { callAs, newMember, newOrganization, type Somebody } from './organizations-of.ts'

const provider = await startProvider()
const { url, sql, platform } = provider
const admin = await administrator(provider, 'owner')

/** What each route of an organization's own administrators needs. A route that is not here fails the test. */
const needed: Readonly<Record<string, OrganizationPermission>> = {
  'GET /organizations/v1/:id/members': 'members:read',
  'PUT /organizations/v1/:id/members/:userId/roles': 'roles:write',
  'DELETE /organizations/v1/:id/members/:userId': 'members:write',
  'GET /organizations/v1/:id/roles': 'members:read',
  'GET /organizations/v1/:id/invitations': 'members:read',
  'POST /organizations/v1/:id/invitations': 'members:write',
  'POST /organizations/v1/:id/invitations/bulk': 'members:write',
  'POST /organizations/v1/:id/invitations/:invitationId/resend': 'members:write',
  'DELETE /organizations/v1/:id/invitations/:invitationId': 'members:write',
  'GET /organizations/v1/:id/domains': 'members:read',
  'POST /organizations/v1/:id/domains': 'domains:write',
  'POST /organizations/v1/:id/domains/:domainId/verify': 'domains:write',
  'PATCH /organizations/v1/:id/domains/:domainId': 'domains:write',
  'DELETE /organizations/v1/:id/domains/:domainId': 'domains:write',
  'GET /organizations/v1/:id/policy': 'policy:write',
  'PUT /organizations/v1/:id/policy': 'policy:write',
  'GET /organizations/v1/:id/branding': 'policy:write',
  'PUT /organizations/v1/:id/branding': 'policy:write',
  'PUT /organizations/v1/:id/branding/logo': 'policy:write',
  'GET /organizations/v1/:id/events': 'events:read',
}
const routes = platform.routes.filter(({ path }) => path.startsWith('/organizations/'))
const nameOf = ({ method, path }: (typeof routes)[number]): string => `${method} ${path}`

const all: readonly OrganizationPermission[] = [
  'members:read',
  'members:write',
  'roles:write',
  'domains:write',
  'policy:write',
  'events:read',
  'owners:write',
]
const holding: Readonly<Record<string, readonly OrganizationPermission[]>> = {
  owner: all,
  administrator: all.filter((one) => one !== 'owners:write'),
  member: [],
  reader: ['members:read'],
  inviter: ['members:read', 'members:write'],
}
for (const id of ['reader', 'inviter']) {
  const made = await admin.post('organization-roles', { id, name: id, permissions: holding[id] })
  assert.equal(made.status, 201, made.text)
}

const people: Record<string, Somebody> = {}
for (const role of Object.keys(holding)) people[role] = await newMember(provider)
const own = await newOrganization(admin, people)
const other = await newOrganization(admin, { owner: await newMember(provider) })
const suspended = await newOrganization(admin, people)
assert.equal((await admin.post(`organizations/${suspended.id}/suspend`)).status, 200)
const stranger = await newMember(provider)

const bodies: Readonly<Record<string, unknown>> = {
  'PUT /organizations/v1/:id/members/:userId/roles': { roles: ['member'] },
  'POST /organizations/v1/:id/invitations': { email: 'no address' },
  'POST /organizations/v1/:id/invitations/bulk': { list: 'no address' },
  'POST /organizations/v1/:id/invitations/:invitationId/resend': {},
  'POST /organizations/v1/:id/domains': { domain: 'no domain' },
  'POST /organizations/v1/:id/domains/:domainId/verify': {},
  'PATCH /organizations/v1/:id/domains/:domainId': { joining: 'off' },
  'PUT /organizations/v1/:id/policy': { second_factor: 'off', session_seconds: null, methods: null },
  'PUT /organizations/v1/:id/branding': { display_name: null, accent: null, background: null, logo: null },
}

let cells = 0
const ask = (route: (typeof routes)[number], token: string, organization: string): Promise<Answer> => {
  cells += 1
  const path = route.path.replace(':id', organization).replace(/:[A-Za-z]+/g, newId())
  return callAs(url, token, route.method, path, bodies[nameOf(route)])
}
const problemOf = ({ json }: Answer) => json as { code?: string; detail?: string; permission?: string }
const isNoOrganization = (answer: Answer, about: string): void => {
  assert.equal(answer.status, 404, `${about}: ${answer.text}`)
  assert.equal(problemOf(answer).detail, 'There is no such organization.', about)
}

describe('S-01 T-04 every route of the own administrators of an organization', () => {
  after(() => process.stdout.write(`# ${cells} cells of route, role and organization\n`))

  test('stands in the table of what is needed', () => {
    assert.deepEqual(routes.map(nameOf).sort(), Object.keys(needed).sort())
    for (const route of routes) assert.equal(route.auth.kind, 'signed-in', nameOf(route))
  })

  for (const route of routes) {
    const permission = needed[nameOf(route)] ?? 'owners:write'
    test(`${nameOf(route)} is for members with ${permission}, in their own organization`, async () => {
      for (const [role, person] of Object.entries(people)) {
        const about = `${role} ${nameOf(route)}`
        const inOwn = await ask(route, person.token, own.id)
        if (holding[role]?.includes(permission) === true) {
          assert.ok(inOwn.status !== 401 && inOwn.status !== 403, `${about}: ${inOwn.text}`)
          assert.notEqual(problemOf(inOwn).detail, 'There is no such organization.', about)
        } else {
          isProblem(inOwn, 403, 'missing-permission')
          assert.equal(problemOf(inOwn).permission, permission, about)
        }
        isNoOrganization(await ask(route, person.token, other.id), `${about} elsewhere`)
        isNoOrganization(await ask(route, person.token, newId()), `${about} nowhere`)
        isProblem(await ask(route, person.token, suspended.id), 403, 'organization-suspended')
      }
      isNoOrganization(await ask(route, stranger.token, own.id), 'a stranger')
      isNoOrganization(await ask(route, admin.token, own.id), 'an owner of the tenant, who is no member')
      for (const token of ['', 'wrong']) isProblem(await ask(route, token, own.id), 401, 'not-authenticated')
    })
  }

  test('T-04 a role in an organization is none of the tenant: every route of the admin API refuses its owner', async () => {
    const inAdmin = platform.routes.filter(({ auth }) => auth.kind === 'permission')
    assert.ok(inAdmin.length > 30)
    const person = await administrator(provider)
    const added = await admin.post(`organizations/${own.id}/members`, { user_id: person.userId, roles: ['owner'] })
    assert.equal(added.status, 201, added.text)
    for (const route of inAdmin) {
      const path = route.path.replace('/admin/v1/', '').replace(/:[A-Za-z]+/g, own.id)
      isProblem(await adminApi(url, person.token).call(route.method, path, { body: route.request?.body && {} }), 403, 'missing-permission')
    }
  })

  test('T-01 knows no organization below the path of another tenant', async () => {
    await cipJson(['tenants', 'create', 'acme'], { env: provider.env })
    const { pair } = await accountApi(`${url}/t/acme`).join()
    const path = `/organizations/v1/${own.id}/members`
    isNoOrganization(await callAs(`${url}/t/acme`, pair.access_token, 'GET', path), 'a person of the other tenant')
    isProblem(await callAs(`${url}/t/acme`, people['owner']?.token ?? '', 'GET', path), 401, 'not-authenticated')
  })
})

describe('an administrator of an organization', () => {
  const at = (path: string) => `/organizations/v1/${own.id}/${path}`
  const as = (role: string, ...[method, path, body]: readonly ['GET' | 'POST' | 'PUT' | 'DELETE', string, unknown?]) =>
    callAs(url, people[role]?.token ?? '', method, at(path), body)
  const idOf = (role: string): string => people[role]?.userId ?? ''

  test('S-02 makes no owner, unmakes none, removes none, and gives nothing that they do not hold', async () => {
    for (const who of ['administrator', 'member'])
      isProblem(await as('administrator', 'PUT', `members/${idOf(who)}/roles`, { roles: ['owner'] }), 403, 'more-than-held')
    isProblem(await as('administrator', 'PUT', `members/${idOf('owner')}/roles`, { roles: ['member'] }), 403, 'more-than-held')
    isProblem(await as('administrator', 'DELETE', `members/${idOf('owner')}`), 403, 'more-than-held')
    isProblem(await as('administrator', 'POST', 'invitations', { email: 'new-owner@example.com', roles: ['owner'] }), 403, 'more-than-held')
    isProblem(await as('inviter', 'POST', 'invitations', { email: 'new@example.com', roles: ['administrator'] }), 403, 'more-than-held')
    isProblem(await as('inviter', 'DELETE', `members/${idOf('administrator')}`), 403, 'more-than-held')
    isProblem(await as('inviter', 'PUT', `members/${idOf('inviter')}/roles`, { roles: ['administrator'] }), 403, 'missing-permission')
  })

  test('S-02 neither renews nor takes back an invitation that they could not have made', async () => {
    const invited = await as('owner', 'POST', 'invitations', { email: 'second-owner@example.com', roles: ['owner'] })
    assert.equal(invited.status, 201, invited.text)
    const { id } = invited.json as { id: string }
    isProblem(await as('administrator', 'POST', `invitations/${id}/resend`, {}), 403, 'more-than-held')
    isProblem(await as('administrator', 'DELETE', `invitations/${id}`), 403, 'more-than-held')
    assert.equal((await as('owner', 'DELETE', `invitations/${id}`)).status, 204)
  })

  test('adds nobody without an invitation, and gets no link that proves nothing', async () => {
    assert.equal((await as('owner', 'POST', 'members', { user_id: stranger.userId })).status, 405)
    isProblem(await as('owner', 'POST', 'invitations', { email: 'x@example.com', with_link: true }), 422, 'invalid-request')
  })

  test('sees the roles of the tenant, and what each allows', async () => {
    const { roles } = (await as('inviter', 'GET', 'roles')).json as { roles: { id: string; permissions: string[] }[] }
    const allowed = Object.fromEntries(roles.map(({ id, permissions }) => [id, [...permissions].sort()]))
    assert.deepEqual(allowed, Object.fromEntries(Object.entries(holding).map(([id, permissions]) => [id, [...permissions].sort()])))
  })

  test('S-12 gives a role that counts at the next request, and its end as well; the events say who did it', async () => {
    const person = await newMember(provider)
    await admin.post(`organizations/${own.id}/members`, { user_id: person.userId })
    const list = () => callAs(url, person.token, 'GET', at('members'))
    isProblem(await list(), 403, 'missing-permission')
    assert.equal((await as('administrator', 'PUT', `members/${person.userId}/roles`, { roles: ['reader'] })).status, 200)
    assert.equal((await list()).status, 200)
    assert.equal((await as('administrator', 'DELETE', `members/${person.userId}`)).status, 204)
    isNoOrganization(await list(), 'who was removed')
    const events = await sql.text(
      `select type, actor from events where user_id = $1 and type like 'organization_member.%' order by at, id`,
      [person.userId],
    )
    const actor = `user ${idOf('administrator')}`
    assert.deepEqual(events.slice(1), [
      { type: 'organization_member.roles_changed', actor },
      { type: 'organization_member.removed', actor },
    ])
  })

  test('who is disabled administers nothing any more', async () => {
    const person = await newMember(provider)
    await admin.post(`organizations/${own.id}/members`, { user_id: person.userId, roles: ['administrator'] })
    await sql.text(`update users set status = 'disabled' where id = $1`, [person.userId])
    const answer = await callAs(url, person.token, 'GET', at('members'))
    assert.ok([401, 404].includes(answer.status), answer.text)
  })

  test('gives roles only after signing in a short while ago', async () => {
    const person = await newMember(provider)
    await admin.post(`organizations/${own.id}/members`, { user_id: person.userId, roles: ['administrator'] })
    const [session] = await sql.text<{ id: string }>('select id from sessions where user_id = $1', [person.userId])
    await age(provider, { sessionId: session?.id ?? '' }, 60)
    const answer = await callAs(url, person.token, 'PUT', at(`members/${idOf('member')}/roles`), { roles: ['reader'] })
    isProblem(answer, 403, 'insufficient-authentication')
  })
})

describe('the own organizations of a person', () => {
  type Listed = { organizations: { id: string; roles: string[]; permissions: string[] }[]; next: string | null }
  const path = '/account/v1/organizations'

  test('are listed with what the roles allow, and nothing of one that is suspended', async () => {
    const answer = await callAs(url, people['inviter']?.token ?? '', 'GET', path)
    const { organizations } = answer.json as Listed
    assert.deepEqual(
      organizations.map(({ id, roles, permissions }) => [id, roles, permissions]),
      [
        [own.id, ['inviter'], ['members:read', 'members:write']],
        [suspended.id, ['inviter'], []],
      ],
    )
    assert.deepEqual(((await callAs(url, stranger.token, 'GET', path)).json as Listed).organizations, [])
    const page = (await callAs(url, people['inviter']?.token ?? '', 'GET', `${path}?limit=1`)).json as Listed
    assert.equal((await callAs(url, people['owner']?.token ?? '', 'GET', `${path}?cursor=${page.next}`)).status, 422)
  })

  test('are left, but not by their last owner, and not by somebody who is no member', async () => {
    const [first, second] = [await newMember(provider), await newMember(provider)]
    const { id } = await newOrganization(admin, { owner: first, member: second })
    assert.equal((await callAs(url, first.token, 'DELETE', `${path}/${id}`)).status, 409)
    assert.equal((await callAs(url, second.token, 'DELETE', `${path}/${id}`)).status, 204)
    for (const gone of [id, own.id, newId(), 'x']) assert.equal((await callAs(url, second.token, 'DELETE', `${path}/${gone}`)).status, 404)
    const [event] = await sql.text(`select actor from events where type = 'organization_member.left' and user_id = $1`, [second.userId])
    assert.deepEqual(event, { actor: null })
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(provider), []))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAccountClient } from './account-client.ts'
import { StepUpRequired } from './errors.ts'
import { createOrganizationClient } from './organization-client.ts'

type Sent = { readonly url: string; readonly method: string | undefined; readonly body: unknown }

const setUp = () => {
  const sent: Sent[] = []
  const options = {
    issuer: 'https://id.example/t/acme',
    getToken: async () => 'token',
    fetch: async (url: string, { method, body }: RequestInit) => {
      sent.push({ url, method, body })
      return Response.json({ domains: [], organizations: [], invitations: [] })
    },
  }
  return { sent, api: createOrganizationClient({ ...options, organization: '01/..' }), account: createAccountClient(options) }
}

test('an organization is asked below its own id, which cannot lead elsewhere', async () => {
  const { sent, api } = setUp()
  const base = 'https://id.example/t/acme/organizations/v1/01%2F..'
  await api.members({ cursor: 'a&b', limit: 2 })
  await api.setRoles('user', ['member'])
  assert.deepEqual(await api.domains(), [])
  await api.revokeInvitation('../x')
  assert.deepEqual(sent, [
    { url: `${base}/members?limit=2&cursor=a%26b`, method: 'GET', body: undefined },
    { url: `${base}/members/user/roles`, method: 'PUT', body: '{"roles":["member"]}' },
    { url: `${base}/domains`, method: 'GET', body: undefined },
    { url: `${base}/invitations/..%2Fx`, method: 'DELETE', body: undefined },
  ])
})

test('rules are changed on the tag that they were read with, and answer the next one', async () => {
  const tags: (string | null)[] = []
  const api = createOrganizationClient({
    ...{ issuer: 'https://id.example', organization: '01', getToken: async () => 'token' },
    fetch: async (_, { headers }) => {
      tags.push(new Headers(headers).get('if-match'))
      return Response.json({ version: 1 }, { headers: { etag: `"${tags.length}"` } })
    },
  })
  const { etag } = await api.policy()
  const saved = await api.setPolicy({ second_factor: 'off', session_seconds: null, methods: null }, { ifMatch: etag })
  await api.setLogo(new Blob(['x'], { type: 'image/png' }), { ifMatch: undefined })
  assert.deepEqual([tags, saved.etag], [[null, '"1"', null], '"2"'])
})

test('the own organizations, invitations and offers of a person are asked at the account API', async () => {
  const { sent, account } = setUp()
  await account.organizations({ cursor: 'next' })
  assert.deepEqual(await account.organizationInvitations(), [])
  assert.deepEqual(await account.organizationOffers(), [])
  await account.acceptOrganizationInvitation('i')
  await account.joinOrganization('o')
  await account.leaveOrganization('o')
  assert.deepEqual(
    sent.map(({ url, method }) => `${method} ${url.replace('https://id.example/t/acme/account/v1', '')}`),
    [
      'GET /organizations?limit=100&cursor=next',
      'GET /organization-invitations',
      'GET /organization-offers',
      'POST /organization-invitations/i/accept',
      'POST /organization-offers/o/join',
      'DELETE /organizations/o',
    ],
  )
})

test('where the organization takes some methods alone, the refusal names them', async () => {
  const api = createOrganizationClient({
    ...{ issuer: 'https://id.example', organization: '01', getToken: async () => 'token' },
    fetch: async () => {
      const headers = { 'www-authenticate': 'Bearer error="insufficient_user_authentication", max_age="0", acr_values="aal1"' }
      return Response.json({ code: 'insufficient-authentication', methods: ['passkey', 7] }, { status: 403, headers })
    },
  })
  await assert.rejects(api.domains(), (error) => {
    assert.ok(error instanceof StepUpRequired)
    assert.deepEqual([error.maxAge, error.methods], [0, ['passkey']])
    return true
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type AdminBody, type AdminClient, type AdminQuery, createAdminClient } from './admin-client.ts'
import { ApiError, StepUpRequired } from './errors.ts'

type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

const setUp = (...answers: readonly Answer[]) => {
  const requests: { url: string; options: RequestInit }[] = []
  const client = createAdminClient({
    issuer: 'https://id.example/t/acme',
    getToken: async ({ isStale }) => (isStale ? 'new' : 'old'),
    fetch: async (url, options) => {
      const { status, body, headers = {} } = answers[requests.length] ?? { status: 500 }
      requests.push({ url, options })
      return body === undefined ? new Response(null, { status, headers }) : Response.json(body, { status, headers })
    },
  })
  const sent = () => {
    const [{ url, options } = { url: '', options: {} }] = requests
    return { url, method: options.method, body: options.body, headers: new Headers(options.headers) }
  }
  return { client, requests, sent }
}

const problem = (expected: Partial<ApiError>) => (error: unknown) => {
  assert.ok(error instanceof ApiError)
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(error[name as keyof ApiError], value, name)
  return true
}

describe('a call', () => {
  test('fills in its path, leaves out what is undefined in the query, and gives the tag of what it read', async () => {
    const { client, sent } = setUp({ status: 200, body: { sessions: [] }, headers: { etag: '"7"' } })
    const { status, etag } = await client.get('/users/{id}/sessions', { path: { id: 'a/b?c' } })
    assert.deepEqual([status, etag, sent().url], [200, '"7"', 'https://id.example/t/acme/admin/v1/users/a%2Fb%3Fc/sessions'])
    const list = setUp({ status: 200, body: { users: [], next: null } })
    const query = { limit: 3, prefix: 'a b', status: 'active' } satisfies AdminQuery<'get', '/users'>
    assert.equal((await list.client.get('/users', { query })).body.next, null)
    assert.equal(list.sent().url, 'https://id.example/t/acme/admin/v1/users?limit=3&prefix=a+b&status=active')
  })

  test('carries its body as JSON, the tag as If-Match and the key of a retry', async () => {
    const { client, sent } = setUp({ status: 201, body: {} })
    const body: AdminBody<'post', '/roles'> = { id: 'auditor', name: 'Auditor', permissions: ['events:read'] }
    await client.post('/roles', { body, ifMatch: '"1"', idempotencyKey: 'once' })
    const { method, headers, body: text } = sent()
    assert.deepEqual([method, text], ['POST', JSON.stringify(body)])
    assert.deepEqual(
      ['content-type', 'if-match', 'idempotency-key', 'authorization'].map((name) => headers.get(name)),
      ['application/json', '"1"', 'once', 'Bearer old'],
    )
  })

  test('sends a picture as it is, and gives nothing for an empty answer', async () => {
    const { client, sent } = setUp({ status: 204 })
    const body = new Blob(['picture'], { type: 'image/png' })
    const answer = await client.put('/settings/branding/logo', { body })
    assert.deepEqual([answer.body, sent().body, sent().headers.get('content-type')], [undefined, body, 'image/png'])
  })

  test('hands an export over unread, by either method', async () => {
    const { client, requests, sent } = setUp({ status: 200, body: 'a,b' }, { status: 200, body: {} })
    const answer = await client.stream('/events/export', { query: { format: 'csv' } })
    assert.equal(answer.bodyUsed, false)
    assert.equal(await (await answer.blob()).text(), '"a,b"')
    assert.deepEqual([sent().url.split('/').at(-1), sent().method], ['export?format=csv', 'GET'])
    await client.stream('/users/export', { method: 'post' })
    assert.equal(requests[1]?.options.method, 'POST')
  })

  test('refuses a path parameter that would lead to another route, before it sends anything', async () => {
    for (const id of ['', '.', '..']) {
      const { client, requests } = setUp()
      await assert.rejects(client.delete('/users/{id}', { path: { id } }), TypeError)
      assert.equal(requests.length, 0)
    }
  })

  test('that the document does not know does not compile', () => {
    const { client }: { client: AdminClient } = setUp()
    const refusals = [
      // @ts-expect-error: there is no such path
      () => client.get('/userz'),
      // @ts-expect-error: the path has no such method
      () => client.delete('/users'),
      // @ts-expect-error: a path parameter is missing
      () => client.get('/users/{id}'),
      // @ts-expect-error: a path parameter is missing
      () => client.get('/users/{id}', { path: {} }),
      // @ts-expect-error: there is no such member of the query
      () => client.get('/users', { query: { limits: 1 } }),
      // @ts-expect-error: a member of the body is missing
      () => client.post('/users', { body: { username: 'alice' } }),
      // @ts-expect-error: there is no such member of the body
      () => client.post('/users', { body: { username: 'alice', email: 'alice@example.com', password: 'x' } }),
      // @ts-expect-error: a picture is bytes
      () => client.put('/settings/branding/logo', { body: 'picture' }),
      // @ts-expect-error: the path answers with JSON
      () => client.stream('/users', {}),
      // @ts-expect-error: this export is asked for by POST
      () => client.stream('/users/export', {}),
      // @ts-expect-error: the answer has no such member
      async () => (await client.get('/users')).body.people,
    ]
    assert.equal(refusals.length, 11)
  })
})

describe('a refusal', () => {
  const missing = {
    type: 'urn:cip:problem:missing-permission',
    title: 'Not allowed',
    status: 403,
    code: 'missing-permission',
    detail: 'This needs the permission users:read. Ask an owner for a role that holds it.',
    permission: 'users:read',
    request_id: 'M2WIBigO0_Dcgqj3',
  }

  test('keeps code, sentence, permission and request of its problem details', async () => {
    await assert.rejects(
      setUp({ status: 403, body: missing }).client.get('/users'),
      problem({
        kind: 'refused',
        code: 'missing-permission',
        detail: missing.detail,
        message: missing.detail,
        permission: 'users:read',
        requestId: 'M2WIBigO0_Dcgqj3',
        members: missing,
      }),
    )
  })

  test('of the schema names each place', async () => {
    const errors = [{ type: 'format', loc: ['body', 'email'], msg: 'must be an e-mail address', input: null }]
    await assert.rejects(
      setUp({ status: 422, body: { code: 'invalid-request', detail: 'It does not fit.', errors } }).client.get('/users'),
      problem({
        kind: 'invalid',
        message: 'It does not fit.',
        errors: [{ type: 'format', loc: ['body', 'email'], msg: 'must be an e-mail address' }],
        fields: { email: 'must be an e-mail address' },
      }),
    )
  })

  test('of a change on something older is a conflict', async () => {
    const { client } = setUp({ status: 412, body: { code: 'changed-meanwhile', detail: 'Read it again.' } })
    await assert.rejects(
      client.patch('/roles/{role}', { path: { role: 'auditor' }, body: { name: 'x' }, ifMatch: '"1"' }),
      problem({ kind: 'conflict', code: 'changed-meanwhile' }),
    )
  })

  test('for a fresher sign-in is StepUpRequired', async () => {
    const { client } = setUp({
      status: 403,
      body: { code: 'insufficient-authentication', detail: 'Sign in again to do this', max_age: 600, acr_values: 'aal2' },
      headers: { 'www-authenticate': 'Bearer error="insufficient_user_authentication", max_age="600", acr_values="aal2"' },
    })
    await assert.rejects(client.delete('/users/{id}', { path: { id: 'x' } }), (error) => {
      assert.ok(error instanceof StepUpRequired)
      assert.deepEqual([error.maxAge, error.acrValues, error.methods], [600, ['aal2'], undefined])
      return true
    })
  })

  test('is made from a second 401 after the token was renewed once', async () => {
    const { client, requests } = setUp({ status: 401 }, { status: 401 })
    await assert.rejects(client.get('/users'), problem({ kind: 'signed-out', status: 401 }))
    assert.equal(requests.length, 2)
  })
})

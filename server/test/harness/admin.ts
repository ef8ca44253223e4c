import assert from 'node:assert/strict'
import { type Answer, bearer, request } from './http.ts'
import { newPerson, type TestClient, tokensFor } from './oauth.ts'
import { operatorClient, type TestProvider } from './provider.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Sent = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

/** The admin API with one token. */
export const adminApi = (url: string, token: string) => {
  const call = (method: Method, path: string, { body, headers = {} }: Sent = {}): Promise<Answer> =>
    request(`${url}/admin/v1/${path}`, {
      method,
      headers: { ...bearer(token), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  return {
    token,
    call,
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown, headers?: Sent['headers']) => call('POST', path, { body, ...(headers && { headers }) }),
    put: (path: string, body?: unknown) => call('PUT', path, { body }),
    patch: (path: string, body?: unknown, headers?: Sent['headers']) => call('PATCH', path, { body, ...(headers && { headers }) }),
    remove: (path: string, headers?: Sent['headers']) => call('DELETE', path, headers && { headers }),
  }
}

export type AdminApi = ReturnType<typeof adminApi>
export type Administrator = AdminApi & { readonly userId: string; readonly username: string }

const consoles = new WeakMap<TestProvider, Promise<TestClient>>()

/** An application of the operator's own that may ask for the admin API. */
const consoleOf = (provider: TestProvider): Promise<TestClient> => {
  const known = consoles.get(provider) ?? operatorClient(provider, { metadata: { scope: 'openid profile email account admin' } })
  consoles.set(provider, known)
  return known
}

/** A person who is signed in to the console a moment ago and holds these roles. */
export const administrator = async (provider: TestProvider, ...roles: readonly string[]): Promise<Administrator> => {
  const { url, sql } = provider
  const person = await newPerson(url)
  const { username } = person.account
  const [row] = await sql.text<{ user_id: string }>(`select user_id from identifiers where kind = 'username' and written = $1`, [username])
  assert.ok(row)
  for (const role of roles)
    await sql.text('insert into role_assignments (tenant_id, user_id, role) select tenant_id, id, $2 from users where id = $1', [
      row.user_id,
      role,
    ])
  const tokens = await tokensFor(url, await consoleOf(provider), { person, parameters: { scope: 'openid admin account' } })
  return { ...adminApi(url, tokens.access_token), userId: row.user_id, username }
}

/** A refusal of the admin API: problem details of RFC 9457 with this code. */
export const isProblem = (answer: Answer, ...[status, code]: readonly [number, string]): void => {
  const problem = answer.json as Record<string, unknown>
  assert.deepEqual([answer.status, problem?.['code']], [status, code], answer.text)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(problem['status'], status)
  assert.equal(problem['type'], `urn:cip:problem:${code}`)
  for (const member of ['title', 'detail', 'request_id']) assert.equal(typeof problem[member], 'string', member)
}

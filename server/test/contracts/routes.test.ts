import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { isPermission } from '../../src/access/access.ts'
import { catalogue } from '../../src/events/catalogue.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import { schemaCheck } from '../../src/http/validation.ts'
import { accountApi, type Pair } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { bearer, request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const { url, platform } = await startTestPlatform(await (await startTestDatabase()).create())
const { routes } = platform
const nameOf = ({ method, path }: AnyRoute): string => `${method} ${path}`
const isDocumented = ({ tag }: AnyRoute): boolean => tag !== 'documentation' && tag !== 'pages'
const documentedName = (route: AnyRoute): string => nameOf(route).replace(/:([A-Za-z]+)/g, '{$1}')
const says = (why: string): boolean => why.trim().split(/\s+/).length >= 2

describe('every route', () => {
  for (const route of routes) {
    const { auth, audit, limit, method, isCredential, summary, responses } = route
    test(`${nameOf(route)} has a complete policy`, () => {
      assert.ok(auth.kind === 'signed-in' || auth.kind === 'permission' || says(auth.why), 'a public route says why')
      if (auth.kind === 'permission') assert.ok(isPermission(auth.permission), `${auth.permission} is a permission`)
      assert.ok(
        'event' in audit ? [audit.event].flat().every((type) => type in catalogue) : says(audit.none),
        'an event, or why there is none',
      )
      if (method !== 'GET') assert.ok('event' in audit || says(audit.none))
      assert.ok(limit.by === 'nobody' ? says(limit.why) : limit.max > 0 && limit.seconds > 0, 'a limit, or why there is none')
      assert.ok(summary.length > 0 && Object.keys(responses).length > 0)
      if (route.path.startsWith('/auth/')) assert.equal(isCredential, true, 'answers that carry credentials are marked')
    })
  }

  test('has schemas that can be compiled, though that is done with the first request', () => {
    const schemas = routes.flatMap(({ request }) => [request?.body, request?.form, request?.query]).filter((one) => one !== undefined)
    assert.ok(schemas.length > 100)
    for (const schema of schemas) assert.ok(schemaCheck(schema, 'body')(null).length > 0)
  })

  test('is there once', () => {
    assert.equal(new Set(routes.map(nameOf)).size, routes.length)
  })
})

describe('every route that needs a token', () => {
  for (const route of routes.filter(({ auth }) => ['signed-in', 'permission', 'administrator'].includes(auth.kind))) {
    test(`${nameOf(route)} refuses without one and with a wrong one`, async () => {
      for (const headers of [{}, bearer('wrong'), { authorization: 'Basic dTpw' }]) {
        const answer = await request(`${url}${route.path}`, { method: route.method, headers })
        assert.deepEqual([answer.status, answer.headers['www-authenticate']], [401, 'Bearer'])
      }
    })
  }
})

describe('every credential route', () => {
  const api = accountApi(url)
  let pair: Pair | undefined
  /** Somebody who is signed in, until a route has ended that. */
  const signedIn = async (): Promise<Pair> => {
    if (pair === undefined || (await api.me(pair.access_token)).status !== 200) pair = (await api.join()).pair
    return pair
  }
  for (const route of routes.filter(({ isCredential }) => isCredential)) {
    test(`${nameOf(route)} forbids caches whatever it answers`, async () => {
      const { access_token } = await signedIn()
      const headers = { 'content-type': 'application/json' }
      for (const answer of [
        await request(`${url}${route.path}`, {
          method: route.method,
          ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { headers, body: '{' }),
        }),
        await request(`${url}${route.path}`, { method: route.method, headers: bearer(access_token) }),
      ])
        assert.equal(answer.headers['cache-control'], 'no-store')
    })
  }
})

test('Y-02 a mutation of the account API commits its event: none succeeds silently', async () => {
  const { sql } = { sql: platform.base.db }
  const count = async (): Promise<number> => (await sql.text<{ count: number }>('select count(*) as count from events'))[0]?.count ?? 0
  const before = await count()
  const api = accountApi(url)
  const { pair } = await api.join()
  await api.revoke(pair.refresh_token)
  assert.equal((await count()) - before, 3)
})

describe('the OpenAPI document', () => {
  const load = async (): Promise<Record<string, unknown>> => (await request(`${url}/openapi.json`)).json as Record<string, unknown>

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(await load())
    assert.deepEqual(result.errors ?? [], [])
    assert.equal(result.valid, true)
    assert.equal(validator.version, '3.1')
  })

  test('lists every documented route and nothing else', async () => {
    const paths = (await load())['paths'] as Record<string, Record<string, unknown>>
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    assert.deepEqual(listed.sort(), routes.filter(isDocumented).map(documentedName).sort())
  })

  test('has a section with a sentence on it for every tag, and none without an operation', async () => {
    const { tags, paths } = (await load()) as { tags: { name: string; description: string }[]; paths: Record<string, object> }
    const used = Object.values(paths).flatMap((methods) => Object.values(methods).flatMap(({ tags: own }: { tags: string[] }) => own))
    assert.deepEqual(tags.map(({ name }) => name).sort(), [...new Set(used)].sort())
    for (const { name, description } of tags) assert.match(description, /^[A-Z].{10,}\.$/, name)
  })

  test('declares each status that a refusal can have', async () => {
    const paths = (await load())['paths'] as Record<string, Record<string, { responses: object }>>
    const statuses = (path: string, method: string): string[] => Object.keys(paths[path]?.[method]?.responses ?? {})
    for (const status of ['200', '400', '413', '415', '422', '429', '503'])
      assert.ok(statuses('/auth/register', 'post').includes(status), status)
    for (const status of ['200', '401', '422', '429', '503']) assert.ok(statuses('/auth/token', 'post').includes(status), status)
    for (const status of ['200', '401', '429']) assert.ok(statuses('/auth/me', 'get').includes(status), status)
  })
})

test('the page at /docs and all that it loads comes from this server', async () => {
  const page = await request(`${url}/docs`)
  assert.equal(page.status, 200)
  assert.match(String(page.headers['content-type']), /^text\/html/)
  const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
  const loaded = links.filter((link) => !link.startsWith('data:'))
  assert.ok(loaded.length >= 4)
  for (const link of loaded) {
    assert.match(link, /^\/[^/]/)
    assert.equal((await request(`${url}${link}`)).status, 200, link)
  }
})

test('the public keys hold nothing private and no weak key', async () => {
  const { keys } = (await request(`${url}/.well-known/jwks.json`)).json as { keys: Record<string, string>[] }
  assert.deepEqual(keys.map(({ alg }) => alg).sort(), ['ES256', 'EdDSA', 'RS256'])
  for (const key of keys) {
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.ok(!(name in key), name)
    if (key['kty'] === 'RSA') assert.ok(Buffer.from(key['n'] ?? '', 'base64url').length * 8 >= 3072)
  }
  assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AnyRoute } from '../../src/http/route.ts'
import { bearer, request } from '../harness/http.ts'
import { newPerson, tokensFor } from '../harness/oauth.ts'
import { age, eventsOf, isRefusal, newOwner, type Owner, ownAccount } from '../harness/own-account.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const { base, routes } = own.platform
const isFresh = ({ auth }: AnyRoute): boolean => auth.kind === 'signed-in' && auth.isFresh === true
const fresh = routes.filter(isFresh)
const sensitive = fresh.filter(({ path }) => path.startsWith('/account/v1/'))
/** Those of other interfaces, whose refusals are problem details (RFC 9457). */
const others = fresh.filter((one) => !sensitive.includes(one))

/** Every route of the contract that changes what guards the account. */
const expected = [
  'DELETE /account/v1/passkeys/:id',
  'DELETE /account/v1/phone',
  'DELETE /account/v1/totp',
  'GET /account/v1/export',
  'POST /account/v1/deletion',
  'POST /account/v1/email',
  'POST /account/v1/passkeys',
  'POST /account/v1/passkeys/options',
  'POST /account/v1/phone',
  'POST /account/v1/recovery-codes',
  'POST /account/v1/totp',
  'POST /account/v1/totp/confirm',
  'PUT /account/v1/password',
]

const ask = ({ token }: Pick<Owner, 'token'>, { method, path }: AnyRoute) =>
  request(`${url}${path.replace(':id', '00000000-0000-7000-8000-000000000000')}`, {
    method,
    headers: { ...bearer(token), ...(method === 'POST' || method === 'PUT' ? { 'content-type': 'application/json' } : {}) },
    body: method === 'POST' || method === 'PUT' ? '{}' : undefined,
  })

test('the sensitive routes are those of the list', () =>
  assert.deepEqual(sensitive.map(({ method, path }) => `${method} ${path}`).sort(), expected))

describe('O-01 a sign-in of more than ten minutes ago changes nothing that guards the account', () => {
  for (const one of sensitive) {
    test(`${one.method} ${one.path}`, async () => {
      const ann = await newOwner(url)
      await age(own, ann, 11)
      const answer = await ask(ann, one)
      assert.deepEqual([answer.status, answer.json], [403, { detail: 'Sign in again to do this', max_age: 600, acr_values: 'aal1' }])
      assert.equal(answer.headers['www-authenticate'], 'Bearer error="insufficient_user_authentication", max_age="600"')
      assert.equal(answer.headers['cache-control'], 'no-store')
      assert.deepEqual(await eventsOf(own, ann), ['user.registered', 'sign_in.succeeded'])
    })
  }

  for (const one of others) {
    test(`${one.method} ${one.path}`, async () => {
      const ann = await newOwner(url)
      await age(own, ann, 11)
      const answer = await ask(ann, one)
      const { code, max_age, acr_values } = answer.json as Record<string, unknown>
      assert.deepEqual([answer.status, code, max_age, acr_values], [403, 'insufficient-authentication', 600, 'aal1'])
      assert.equal(answer.headers['www-authenticate'], 'Bearer error="insufficient_user_authentication", max_age="600"')
      assert.deepEqual(await eventsOf(own, ann), ['user.registered', 'sign_in.succeeded'])
    })
  }

  test('what is only read, and what makes the account safer, asks for nothing', async () => {
    const ann = await newOwner(url)
    await age(own, ann, 11)
    assert.equal((await ann.me()).reauthenticated, false)
    for (const path of ['factors', 'sessions', 'devices', 'applications', 'activity']) assert.equal((await ann.get(path)).status, 200, path)
    assert.equal((await ann.post('sessions/end-others')).status, 200)
    assert.equal((await ann.remove('devices/trust')).status, 204)
  })

  test('the tenant says how long a sign-in is fresh, and the clock of the database counts', async () => {
    const ann = await newOwner(url)
    await age(own, ann, 9)
    assert.equal((await ann.post('totp')).status, 201)
    await base.db.text(`insert into tenant_settings (tenant_id, key, value) values ($1, 'sign-in', '{"reauthenticationSeconds":300}')`, [
      base.tenantId,
    ])
    await base.db.text(
      `insert into cache_epochs as c (tenant_id, kind) values ($1, 'settings') on conflict (tenant_id, kind) do update set version = c.version + 1, changed_at = now()`,
      [base.tenantId],
    )
    await new Promise((resolve) => setTimeout(resolve, 1500))
    assert.deepEqual([(await ann.post('totp')).status, ((await ann.post('totp')).json as { max_age: number }).max_age], [403, 300])
    await base.db.text(`delete from tenant_settings where key = 'sign-in'`)
  })
})

test('a browser that signs in again is believed at once, by the token that it had before', async () => {
  const client = await operatorClient(own, { metadata: { scope: 'openid account' } })
  const { account, browser } = await newPerson(url)
  const person = { account, browser }
  const tokens = await tokensFor(url, client, { person, parameters: { scope: 'openid account' } })
  const portal = ownAccount(url, tokens.access_token)
  const { session_id: sessionId } = await portal.me()
  assert.equal((await portal.post('totp')).status, 201)
  await age(own, { sessionId }, 11)
  isRefusal(await portal.post('totp'), 403)
  await tokensFor(url, client, { person, parameters: { scope: 'openid account', max_age: '0' } })
  assert.equal((await portal.post('totp')).status, 201)
})

test('a token of an application without the scope of the account is none here', async () => {
  const client = await operatorClient(own)
  const person = await newPerson(url)
  const tokens = await tokensFor(url, client, { person })
  for (const path of ['me', 'sessions', 'export']) assert.equal((await ownAccount(url, tokens.access_token).get(path)).status, 401)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

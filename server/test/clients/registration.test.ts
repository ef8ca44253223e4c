import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { RegistrationPolicy } from '../../src/clients/clients.ts'
import { createRegistrationAdmin, type RegistrationAdmin } from '../../src/clients/registration.job.ts'
import { registrationStore } from '../../src/clients/registration.store.ts'
import { createRegistration } from '../../src/clients/registration.ts'
import type { Database } from '../../src/db/database.ts'
import { makeEvent } from '../../src/events/events.ts'
import type { AnyReply, AnyRoute } from '../../src/http/route.ts'
import { registerRoutes } from '../../src/oauth/endpoints/register.routes.ts'
import { statementVerifier } from '../../src/oauth/software-statements.ts'
import { preparedDatabase } from './prepared-database.ts'

const issuer = 'https://id.example'
const redirects = { redirect_uris: ['https://app.example/cb'] }

let sql: Database
let tenantId: string
let admin: RegistrationAdmin
let routes: readonly AnyRoute[]
let documents: Readonly<Record<string, unknown>> = {}
let fetched: string[] = []

type Call = { readonly clientId?: string; readonly token?: string | undefined; readonly body?: unknown }
type Answer = AnyReply & { readonly body: Readonly<Record<string, string>> }

const call = async (method: string, { clientId, token, body }: Call = {}): Promise<Answer> => {
  const found = routes.find((one) => one.method === method)
  if (found === undefined) throw new Error(`There is no ${method}.`)
  const make = (input: object) => makeEvent({ ...input, tenantId } as never)
  const context = {
    tenantId,
    body,
    params: { clientId: clientId ?? '' },
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    events: { make, makeConditional: make, count: () => undefined },
  }
  return (await found.handle(context as never)) as Answer
}

const created = async (body: object = redirects, token?: string): Promise<Readonly<Record<string, string>>> => {
  const answer = await call('POST', { body, token })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

const managing = ({ client_id: clientId = '', registration_access_token: token }: Readonly<Record<string, string>>) => ({ clientId, token })

const setPolicy = (changes: Partial<RegistrationPolicy>) => admin.setPolicy(changes)

const eventsOf = async (clientId: string | undefined): Promise<string[]> =>
  (await sql.text<{ type: string }>('select type from events where client_id = $1 order by at, id', [clientId])).map(({ type }) => type)

const countClients = async (): Promise<number> => (await sql.text<{ n: number }>('select count(*) as n from clients'))[0]?.n ?? -1

const registrationDeps = {
  sealingKey: Buffer.alloc(32, 7),
  fetchJson: async (uri: string) => {
    fetched.push(uri)
    return documents[uri]
  },
  ensureKey: async () => undefined,
  verifyStatement: statementVerifier(() => Math.floor(Date.now() / 1000)),
}

before(async () => {
  ;({ sql, tenantId } = await preparedDatabase())
  admin = createRegistrationAdmin({ db: sql, tenantId })
  const registration = createRegistration({ store: registrationStore(sql), ...registrationDeps })
  routes = registerRoutes({ registration, issuer, forgetClients: () => undefined, limits: { register: 10, manage: 10 } })
})

beforeEach(async () => {
  fetched = []
  documents = {}
  await setPolicy({ mode: 'open', allowImplicit: true, softwareStatementIssuers: [] })
})

test('registers a client that was asked for nothing more, and keeps hashes alone', async () => {
  const client = await created()
  assert.match(client['client_secret'] ?? '', /^cip_cs_[A-Za-z0-9_-]{49}$/)
  assert.equal(client['client_secret_expires_at'], 0)
  assert.equal(client['registration_client_uri'], `${issuer}/oauth2/register/${client['client_id']}`)
  assert.deepEqual(await eventsOf(client['client_id']), ['client.created'])
  const [row] = await sql.text<{ text: string }>(
    `select row_to_json(c)::text || coalesce((select json_agg(s)::text from client_secrets s where s.client_id = c.id), '') as text from clients c where id = $1`,
    [client['client_id']],
  )
  for (const name of ['client_secret', 'registration_access_token'])
    assert.equal(row?.text.includes(client[name] ?? 'missing'), false, name)
})

test('E-07 shows no secret and no hash when a client is read again', async () => {
  const client = await created()
  const read = await call('GET', managing(client))
  assert.equal(read.status, 200)
  const text = JSON.stringify(read.body)
  assert.equal(text.includes(client['client_secret'] ?? 'missing'), false)
  assert.doesNotMatch(text, /hash|client_secret"|sealed/)
})

test('refuses a body that is no JSON object, in the words of RFC 7591', async () => {
  for (const body of [undefined, null, [], 'x', 7]) {
    const answer = await call('POST', { body })
    assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_client_metadata'])
  }
})

test('B-05 refuses javascript redirects as invalid_redirect_uri and stores nothing', async () => {
  const count = await countClients()
  const answer = await call('POST', { body: { redirect_uris: ['JaVaScRiPt:alert(1)'] } })
  assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_redirect_uri'])
  assert.equal(await countClients(), count)
})

test('refuses machine tokens for clients that nobody let in', async () => {
  const body = { grant_types: ['client_credentials'], scope: 'admin' }
  const answer = await call('POST', { body })
  assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_client_metadata'])
})

test('refuses everybody where registration is off', async () => {
  await setPolicy({ mode: 'off' })
  assert.equal((await call('POST', { body: redirects })).status, 403)
})

test('refuses a missing, wrong, spent, expired or deleted initial access token alike, before it fetches anything', async () => {
  await setPolicy({ mode: 'token' })
  const spent = await admin.createToken({ uses: 1 })
  await created(redirects, spent.token)
  const expired = await admin.createToken({ lifeSeconds: 60 })
  await sql.text(`update initial_access_tokens set expires_at = now() - interval '1 second' where id = $1`, [expired.id])
  const deleted = await admin.createToken({})
  assert.equal(await admin.deleteToken(deleted.id), true)
  const body = { ...redirects, subject_type: 'pairwise', sector_identifier_uri: 'https://sector.example/list' }
  for (const token of [undefined, 'cip_it_wrong', spent.token, expired.token, deleted.token]) {
    const answer = await call('POST', { body, token })
    assert.equal(answer.status, 401)
    assert.match(String(answer.headers?.['www-authenticate']), /^Bearer/)
  }
  assert.deepEqual(fetched, [])
})

test('does not spend an initial access token on a refused registration', async () => {
  await setPolicy({ mode: 'token' })
  const { token } = await admin.createToken({ uses: 1 })
  assert.equal((await call('POST', { body: {}, token })).status, 400)
  await created(redirects, token)
})

test('lets one initial access token of three uses register three clients, however many race for it', async () => {
  await setPolicy({ mode: 'token' })
  const { token } = await admin.createToken({ uses: 3 })
  const count = await countClients()
  const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', { body: redirects, token })))
  assert.equal(answers.filter(({ status }) => status === 201).length, 3)
  assert.equal(answers.filter(({ status }) => status === 401).length, 17)
  assert.equal((await countClients()) - count, 3)
})

test('refuses management with no token, a wrong one, another client, or of a client that does not exist, alike', async () => {
  const [mine, other] = [await created(), await created()]
  const clientId = mine['client_id'] ?? ''
  const tries = [
    { clientId },
    { clientId, token: 'cip_ra_wrong' },
    { clientId, token: other['registration_access_token'] },
    { clientId: 'nobody', token: mine['registration_access_token'] },
    { clientId: 'a'.repeat(5000), token: mine['registration_access_token'] },
  ]
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answers = await Promise.all(tries.map((one) => call(method, { ...one, body: { ...redirects, client_id: one.clientId } })))
    assert.deepEqual([...new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))].length, 1, method)
    assert.equal(answers[0]?.status, 401)
  }
  assert.equal((await call('GET', managing(mine))).status, 200)
})

test('refuses management of a disabled client', async () => {
  const client = await created()
  await sql.text(`update clients set status = 'disabled' where id = $1`, [client['client_id']])
  assert.equal((await call('GET', managing(client))).status, 401)
})

test('replaces the metadata, spends the registration token and leaves an event', async () => {
  const client = await created({ ...redirects, client_name: 'Old', tos_uri: 'https://app.example/tos' })
  const body = { ...redirects, client_id: client['client_id'], client_name: 'New' }
  const answer = await call('PUT', { ...managing(client), body })
  assert.deepEqual([answer.status, answer.body['client_name'], answer.body['tos_uri']], [200, 'New', undefined])
  assert.equal((await call('GET', managing(client))).status, 401)
  assert.equal((await call('GET', managing(answer.body))).status, 200)
  assert.deepEqual(await eventsOf(client['client_id']), ['client.created', 'client.updated'])
})

test('lets one of many replacements with the same token win', async () => {
  const client = await created()
  const bodyOf = (index: number) => ({ ...redirects, client_id: client['client_id'], client_name: `Name ${index}` })
  const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => call('PUT', { ...managing(client), body: bodyOf(index) })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(7).fill(401)])
})

test('a replacement never undoes what an operator decided at the same moment', async () => {
  const client = await created()
  const { clientId, token } = managing(client)
  const store = registrationStore(sql)
  const operator = `update clients set metadata = metadata || '{"require_pkce": true}' where id = $1`
  const racing = createRegistration({
    ...registrationDeps,
    store: { ...store, replace: async (...input) => sql.text(operator, [clientId]).then(() => store.replace(...input)) },
  })
  const event = (id: string) => makeEvent({ tenantId, type: 'client.updated', clientId: id, payload: { via: 'registration' } })
  const given = { ...redirects, client_id: clientId, client_name: 'Late' }
  const outcome = await racing.replace({ tenantId, clientId, token, given, event })
  assert.equal(outcome.kind, 'refused', JSON.stringify(outcome))
  const again = await call('PUT', { ...managing(client), body: given })
  assert.equal(again.status, 200, 'its token was not spent')
  const [row] = await sql.text<{ metadata: object }>('select metadata from clients where id = $1', [clientId])
  assert.deepEqual([Object(row?.metadata).require_pkce, Object(row?.metadata).client_name], [true, 'Late'])
})

test('refuses a replacement that names another client, chooses its secret or sets what the server gives', async () => {
  const client = await created()
  const base = { ...redirects, client_id: client['client_id'] }
  for (const body of [
    redirects,
    { ...base, client_id: 'other' },
    { ...base, client_secret: 'chosen' },
    { ...base, client_secret: '' },
    { ...base, registration_access_token: 'x' },
    { ...base, client_secret_expires_at: 0 },
    null,
    [],
  ])
    assert.equal((await call('PUT', { ...managing(client), body })).status, 400, JSON.stringify(body))
  const repeated = { ...base, client_secret: client['client_secret'] }
  assert.equal((await call('PUT', { ...managing(client), body: repeated })).status, 200)
})

test('E-05 checks the new state of a client that changes its authentication, ends its secrets and leaves an event', async () => {
  const client = await created()
  await sql.text(
    `update clients set metadata = metadata || '{"require_pkce": false, "resources": ["https://api.example"]}' where id = $1`,
    [client['client_id']],
  )
  const body = { ...redirects, client_id: client['client_id'], token_endpoint_auth_method: 'none' }
  const both = { ...body, grant_types: ['authorization_code', 'client_credentials'] }
  assert.equal((await call('PUT', { ...managing(client), body: both })).status, 400)
  const answer = await call('PUT', { ...managing(client), body })
  assert.deepEqual([answer.status, answer.body['require_pkce'], answer.body['resources']], [200, undefined, ['https://api.example']])
  assert.deepEqual(await sql.text('select id from client_secrets where client_id = $1', [client['client_id']]), [])
  assert.deepEqual((await eventsOf(client['client_id'])).at(-1), 'client.updated')
  const back = await call('PUT', { ...managing(answer.body), body: { ...body, token_endpoint_auth_method: 'client_secret_basic' } })
  assert.match(back.body['client_secret'] ?? '', /^cip_cs_/)
  assert.notEqual(back.body['client_secret'], client['client_secret'])
})

test('deletes a client once, with its secrets', async () => {
  const client = await created()
  assert.equal((await call('DELETE', managing(client))).status, 204)
  assert.equal((await call('DELETE', managing(client))).status, 401)
  assert.deepEqual(await sql.text('select id from client_secrets where client_id = $1', [client['client_id']]), [])
  assert.deepEqual(await eventsOf(client['client_id']), ['client.created', 'client.deleted'])
})

test('refuses a sector that does not list every redirect URI, or gives nothing usable', async () => {
  const uri = 'https://sector.example/list'
  const body = { redirect_uris: ['https://a.example/cb', 'https://b.example/cb'], subject_type: 'pairwise' }
  assert.equal((await call('POST', { body })).status, 400)
  const native = { redirect_uris: ['com.example.app:/cb'], application_type: 'native', subject_type: 'pairwise' }
  assert.equal((await call('POST', { body: native })).status, 400)
  await created({ redirect_uris: ['https://a.example/cb', 'https://a.example:8443/cb'], subject_type: 'pairwise' })
  for (const document of [undefined, {}, 'text', [], ['https://a.example/cb']]) {
    documents = { [uri]: document }
    assert.equal((await call('POST', { body: { ...body, sector_identifier_uri: uri } })).status, 400, JSON.stringify(document))
  }
  assert.equal((await call('POST', { body: { ...body, sector_identifier_uri: 'http://127.0.0.1/list' } })).status, 400)
  documents = { [uri]: body.redirect_uris }
  await created({ ...body, sector_identifier_uri: uri })
})

test('believes software statements of trusted issuers alone, and their claims over the request', async () => {
  const [trusted, foreign] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')]
  const sign = (key: typeof trusted, claims: object, iss = 'https://statements.example') =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256' }).setIssuer(iss).setIssuedAt().sign(key.privateKey)
  const keys: JWK[] = [await exportJWK(trusted.publicKey)]
  const errorOf = async (statement: unknown): Promise<string | undefined> =>
    (await call('POST', { body: { ...redirects, software_statement: statement } })).body['error']
  const good = await sign(trusted, { client_name: 'Stated', sub: 'x' })
  assert.equal(await errorOf(good), 'unapproved_software_statement')
  await setPolicy({ softwareStatementIssuers: [{ issuer: 'https://statements.example', jwks: { keys } }] })
  assert.equal(await errorOf(await sign(foreign, {})), 'invalid_software_statement')
  assert.equal(await errorOf(await sign(trusted, {}, 'https://other.example')), 'unapproved_software_statement')
  assert.equal(await errorOf(await sign(trusted, { exp: 1 })), 'invalid_software_statement')
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`
  for (const bad of [unsigned, 'text', 7, {}, '']) assert.equal(await errorOf(bad), 'invalid_software_statement', String(bad))
  assert.equal(await errorOf(await sign(trusted, { redirect_uris: ['javascript:x'] })), 'invalid_redirect_uri')
  const client = await created({ ...redirects, client_name: 'Chosen', software_statement: good })
  assert.deepEqual([client['client_name'], client['software_statement'], client['sub']], ['Stated', good, undefined])
})

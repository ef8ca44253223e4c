import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { describe, test } from 'node:test'
import { startTestDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { bearer, form, request } from '../harness/http.ts'
import {
  authorizeUrl,
  claimsOf,
  codeFor,
  headerOf,
  newPerson,
  parametersOf,
  passPages,
  postAs,
  redeem,
  registerClient,
  type TestClient,
  type Tokens,
  tokensFor,
} from '../harness/oauth.ts'
import { startTestPlatform } from '../harness/platform.ts'

const port = await freePort()
const url = `http://127.0.0.1:${port}`
const { platform } = await startTestPlatform(await (await startTestDatabase()).create(), { PORT: String(port) })
const { db, tenantId } = platform.base

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = (claims: object, key: KeyObject, header: object = {}): string => {
  const input = `${encode({ alg: 'ES256', kid: 'k', ...header })}.${encode(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
const keyPair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey, jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] } }
}
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const nowSeconds = (): number => Math.floor(Date.now() / 1000)
const assertionClaims = (client: TestClient) => ({
  iss: client.id,
  sub: client.id,
  aud: url,
  exp: nowSeconds() + 60,
  iat: nowSeconds(),
  jti: randomUUID(),
})

/** What an operator alone may register. */
const asOperator = async (metadata: Record<string, unknown>): Promise<TestClient> => {
  const made = await registerClient(url, { grant_types: ['authorization_code'] })
  await db.text('update clients set metadata = metadata || $3 where tenant_id = $1 and id = $2', [
    tenantId,
    made.id,
    JSON.stringify(metadata),
  ])
  await db.text(
    `insert into cache_epochs as c (tenant_id, kind) values ($1, 'clients') on conflict (tenant_id, kind) do update set version = c.version + 1`,
    [tenantId],
  )
  return made
}

describe('client authentication by JWT', () => {
  test('private_key_jwt redeems a code; the same assertion again is refused', async () => {
    const { privateKey, jwks } = keyPair()
    const client = await registerClient(url, { token_endpoint_auth_method: 'private_key_jwt', jwks })
    const person = await newPerson(url)
    const assertion = jwt(assertionClaims(client), privateKey)
    const exchange = async (): Promise<number> => {
      const code = await codeFor(url, client, { person })
      const fields = { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri }
      const proof = { client_assertion_type: assertionType, client_assertion: assertion }
      return (await request(`${url}/oauth2/token`, form({ ...fields, ...proof }))).status
    }
    assert.deepEqual([await exchange(), await exchange()], [200, 401])
  })

  test('client_secret_jwt takes HS256 under the secret, and nothing else', async () => {
    const client = await registerClient(url, { token_endpoint_auth_method: 'client_secret_jwt' })
    const input = `${encode({ alg: 'HS256' })}.${encode(assertionClaims(client))}`
    const assertion = (secret: string): string => `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
    const ask = async (secret: string): Promise<unknown> =>
      (
        await request(
          `${url}/oauth2/token`,
          form({
            grant_type: 'refresh_token',
            refresh_token: 'x',
            client_assertion_type: assertionType,
            client_assertion: assertion(secret),
          }),
        )
      ).json
    assert.equal(((await ask('another secret')) as { error: string }).error, 'invalid_client')
    assert.equal(((await ask(client.secret ?? '')) as { error: string }).error, 'invalid_grant')
  })
})

describe('pushed authorization requests', () => {
  test('the pushed parameters count, what stands beside them does not, and the request is spent by its use', async () => {
    const client = await registerClient(url)
    const person = await newPerson(url)
    const pushed = await postAs(`${url}/oauth2/par`, client, {
      response_type: 'code',
      redirect_uri: client.redirectUri,
      scope: 'openid',
      state: 'pushed',
    })
    assert.equal(pushed.status, 201, pushed.text)
    const { request_uri, expires_in } = pushed.json as { request_uri: string; expires_in: number }
    assert.equal(expires_in, 60)
    const query = new URLSearchParams({ client_id: client.id, request_uri, state: 'front', scope: 'openid email' })
    const start = await person.browser.follow(`${url}/oauth2/authorize?${query}`)
    const { code, state } = parametersOf(await passPages(person.browser, start, person.account))
    assert.equal(state, 'pushed')
    assert.ok(code)
    const again = await person.browser.follow(`${url}/oauth2/authorize?${query}`)
    assert.deepEqual([again.name, again.status], ['error', 400])
  })

  test('refuses at once what the authorization endpoint would refuse', async () => {
    const client = await registerClient(url)
    const fields = { response_type: 'code', redirect_uri: client.redirectUri, scope: 'openid' }
    for (const [wrong, error] of [
      [{ redirect_uri: 'https://other.example.test/' }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ] as const)
      assert.equal(((await postAs(`${url}/oauth2/par`, client, { ...fields, ...wrong })).json as { error: string }).error, error)
  })
})

describe('request objects', () => {
  test('a signed one is read and wins; one that another key signed is refused to the client', async () => {
    const { privateKey, jwks } = keyPair()
    const client = await registerClient(url, { jwks })
    const person = await newPerson(url)
    const claims = {
      iss: client.id,
      aud: url,
      client_id: client.id,
      response_type: 'code',
      redirect_uri: client.redirectUri,
      state: 'object',
    }
    const at = (key: KeyObject): string => authorizeUrl(url, client, { request: jwt({ ...claims, scope: 'openid', nonce: 'n' }, key) })
    const page = await passPages(person.browser, await person.browser.follow(at(privateKey)), person.account)
    assert.equal(parametersOf(page)['state'], 'object')
    const refused = parametersOf(await person.browser.follow(at(keyPair().privateKey)))
    assert.deepEqual([refused['error'], refused['state']], ['invalid_request_object', 'the state'])
  })

  test('an unsigned one is taken from a client that registered no algorithm, and refused for one that registered ES256', async () => {
    const person = await newPerson(url)
    const unsigned = (client: TestClient): string =>
      `${encode({ alg: 'none' })}.${encode({ response_type: 'code', client_id: client.id, state: 'unsigned' })}.`
    const lax = await registerClient(url)
    const taken = await passPages(
      person.browser,
      await person.browser.follow(authorizeUrl(url, lax, { request: unsigned(lax) })),
      person.account,
    )
    assert.equal(parametersOf(taken)['state'], 'unsigned')
    const strict = await registerClient(url, { jwks: keyPair().jwks, request_object_signing_alg: 'ES256' })
    const refused = await person.browser.follow(authorizeUrl(url, strict, { request: unsigned(strict) }))
    assert.equal(parametersOf(refused)['error'], 'invalid_request_object')
  })

  test('G-05 fetches no request_uri that is not registered', async () => {
    const client = await registerClient(url)
    const { browser } = await newPerson(url)
    const page = await browser.follow(authorizeUrl(url, client, { request_uri: 'http://169.254.169.254/latest' }))
    assert.equal(parametersOf(page)['error'], 'invalid_request_uri')
  })
})

describe('device flow', () => {
  const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
  const begin = async () => {
    const client = await registerClient(url, { grant_types: [deviceGrant, 'refresh_token'], redirect_uris: [], response_types: [] })
    const answer = await postAs(`${url}/oauth2/device`, client, { scope: 'openid offline_access' })
    assert.equal(answer.status, 200, answer.text)
    const codes = answer.json as { device_code: string; user_code: string; verification_uri_complete: string; interval: number }
    const poll = () => postAs(`${url}/oauth2/token`, client, { grant_type: deviceGrant, device_code: codes.device_code })
    return { client, codes, poll }
  }

  test('pending, slow_down, approved by a person who signs in on the way, and spent once', async () => {
    const { codes, poll } = await begin()
    assert.deepEqual(((await poll()).json as { error: string }).error, 'authorization_pending')
    assert.deepEqual(((await poll()).json as { error: string }).error, 'slow_down')
    const person = await newPerson(url)
    const signIn = await person.browser.follow(codes.verification_uri_complete)
    assert.equal(signIn.name, 'sign-in')
    const entry = await person.browser.submit(signIn, { username: person.account.username, password: person.account.password })
    assert.equal(entry.name, 'device', entry.url)
    assert.match(entry.text, new RegExp(codes.user_code))
    const confirm = await person.browser.submit(entry, { user_code: codes.user_code.toLowerCase().replace('-', ' ') })
    assert.match(confirm.text, /consent-allow/)
    assert.match((await person.browser.submit(confirm, { decision: 'allow' })).text, /Device connected/)
    const tokens = await poll()
    assert.equal(tokens.status, 200, tokens.text)
    assert.ok((tokens.json as Tokens).refresh_token)
    assert.equal(((await poll()).json as { error: string }).error, 'invalid_grant')
  })

  test('denied is access_denied', async () => {
    const { codes, poll } = await begin()
    const person = await newPerson(url)
    const entry = await passPages(person.browser, await person.browser.follow(codes.verification_uri_complete), person.account)
    const confirm = await person.browser.submit(entry, { user_code: codes.user_code })
    assert.match((await person.browser.submit(confirm, { decision: 'deny' })).text, /Request denied/)
    assert.equal(((await poll()).json as { error: string }).error, 'access_denied')
  })
})

describe('tokens', () => {
  test('C-11 client credentials: a token for the client itself, useless for user info and the account API', async () => {
    const client = await asOperator({ grant_types: ['client_credentials', 'authorization_code'], scope: 'reports:read' })
    await new Promise((resolve) => setTimeout(resolve, 2300))
    const answer = await postAs(`${url}/oauth2/token`, client, { grant_type: 'client_credentials', scope: 'reports:read' })
    assert.equal(answer.status, 200, answer.text)
    const { access_token } = answer.json as Tokens
    assert.deepEqual([claimsOf(access_token)['sub'], claimsOf(access_token)['scope']], [client.id, 'reports:read'])
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(access_token) })).status, 403)
    assert.equal((await request(`${url}/auth/me`, { headers: bearer(access_token) })).status, 401)
    const wide = await postAs(`${url}/oauth2/token`, client, { grant_type: 'client_credentials', scope: 'reports:write' })
    assert.equal((wide.json as { error: string }).error, 'invalid_scope')
  })

  test('an API has its own audience, scopes, lifetime, algorithm and format', async () => {
    for (const [identifier, format] of [
      ['https://jwt-api.example.test', 'jwt'],
      ['https://opaque-api.example.test', 'opaque'],
    ])
      await db.text(
        `insert into api_resources (tenant_id, identifier, name, scopes, access_token_ttl_seconds, signing_algorithm, token_format)
         values ($1, $2, 'API', '{orders:read}', 120, 'EdDSA', $3)`,
        [tenantId, identifier, format],
      )
    const client = await registerClient(url)
    const person = await newPerson(url)
    const scope = 'openid orders:read'
    const first = await tokensFor(url, client, { person, parameters: { scope, resource: 'https://jwt-api.example.test' } })
    assert.deepEqual([headerOf(first.access_token)['alg'], first.expires_in, first.scope], ['EdDSA', 120, scope])
    assert.deepEqual(claimsOf(first.access_token)['aud'], ['https://jwt-api.example.test', url])
    const second = await tokensFor(url, client, { person, parameters: { scope, resource: 'https://opaque-api.example.test' } })
    assert.match(second.access_token, /^cip_at_/)
    const told = (await postAs(`${url}/oauth2/introspect`, client, { token: second.access_token })).json as Record<string, unknown>
    assert.deepEqual([told['active'], told['client_id'], told['scope']], [true, client.id, scope])
    const { browser } = await newPerson(url)
    const unknown = await browser.follow(authorizeUrl(url, client, { resource: 'https://no-api.example.test' }))
    assert.equal(parametersOf(unknown)['error'], 'invalid_target')
  })

  test('pairwise clients of two sectors see two subjects, the same at the user info endpoint', async () => {
    const person = await newPerson(url)
    const subjects: unknown[] = []
    for (const host of ['one.example.test', 'two.example.test']) {
      const client = await registerClient(url, { subject_type: 'pairwise', redirect_uris: [`https://${host}/cb`] })
      const tokens = await tokensFor(url, client, { person })
      const info = await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })
      assert.equal((info.json as { sub: string }).sub, claimsOf(tokens.id_token)['sub'])
      subjects.push(claimsOf(tokens.id_token)['sub'])
    }
    assert.notEqual(subjects[0], subjects[1])
  })

  for (const algorithm of ['RS256', 'ES256', 'EdDSA', 'PS256'])
    test(`ID token and signed user info in ${algorithm}`, async () => {
      const client = await registerClient(url, { id_token_signed_response_alg: algorithm, userinfo_signed_response_alg: algorithm })
      if (algorithm === 'PS256') await new Promise((resolve) => setTimeout(resolve, 1500))
      const tokens = await tokensFor(url, client, { person: await newPerson(url) })
      assert.equal(headerOf(tokens.id_token)['alg'], algorithm)
      const info = await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })
      assert.equal(info.headers['content-type'], 'application/jwt')
      assert.deepEqual([headerOf(info.text)['alg'], claimsOf(info.text)['aud'], claimsOf(info.text)['iss']], [algorithm, client.id, url])
      const { keys } = (await request(`${url}/.well-known/jwks.json`)).json as { keys: { kid: string; alg: string }[] }
      assert.ok(keys.some(({ kid, alg }) => kid === headerOf(tokens.id_token)['kid'] && alg === algorithm))
    })

  test('C-02 a replayed code ends the tokens that came of it', async () => {
    const client = await registerClient(url)
    const person = await newPerson(url)
    const code = await codeFor(url, client, { person })
    const tokens = (await redeem(url, client, { code })).json as Tokens
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 200)
    assert.equal(((await redeem(url, client, { code })).json as { error: string }).error, 'invalid_grant')
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401)
  })
})

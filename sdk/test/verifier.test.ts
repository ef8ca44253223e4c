import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { exportSPKI } from 'jose'
import { AccessRefused, createVerifier, type Demands, refusalResponse, requireStepUp, type VerifierOptions } from '../src/server/server.ts'
import { audience, createIssuer, goodClaims, issuer, keyPair, now, nowSeconds } from './issuer.ts'

const setUp = async (options: Partial<VerifierOptions> = {}) => {
  const authority = await createIssuer()
  return { authority, verifier: createVerifier({ issuer, audience, now, fetch: authority.fetch, ...options }) }
}

const refused = (code: AccessRefused['code'], challenge?: string) => (error: unknown) => {
  assert.ok(error instanceof AccessRefused, String(error))
  assert.equal(error.code, code)
  if (challenge !== undefined) assert.equal(error.headers['www-authenticate'], challenge)
  return true
}

const invalid = refused('invalid_token', 'Bearer error="invalid_token", error_description="The access token is not valid"')
const request = (authorization: string | undefined) => ({ authorization, dpop: undefined, method: 'GET', path: '/orders' })

describe('a token', () => {
  test('that is good says who, through which client and with which scopes', async () => {
    const { authority, verifier } = await setUp()
    const token = await verifier.authorize(
      request(`bearer ${await authority.mint({ claims: { acr: 'aal2', auth_time: nowSeconds - 60 } })}`),
    )
    assert.deepEqual(
      [token.subject, token.clientId, token.scopes, token.acr, token.authTime, token.expiresAt],
      ['alice', 'shop', ['orders:read', 'orders:write'], 'aal2', nowSeconds - 60, nowSeconds + 890],
    )
  })

  test('signed by a key that the issuer does not have is refused', async () => {
    const { authority, verifier } = await setUp()
    const { privateKey } = await keyPair()
    await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint({ key: privateKey })), invalid)
  })

  test('whose payload was changed after it was signed is refused', async () => {
    const { authority, verifier } = await setUp()
    const [header, , signature] = (await authority.mint()).split('.')
    const payload = Buffer.from(JSON.stringify({ ...goodClaims, sub: 'mallory' })).toString('base64url')
    await assert.rejects(verifier.verifyAccessToken(`${header}.${payload}.${signature}`), invalid)
  })

  test('without a signature, or signed with the public key as a secret, is refused', async () => {
    const { authority, verifier } = await setUp()
    const [, payload] = (await authority.mint()).split('.')
    for (const alg of ['none', 'None', 'NONE']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid: 'first' })).toString('base64url')
      await assert.rejects(verifier.verifyAccessToken(`${header}.${payload}.`), invalid)
      await assert.rejects(verifier.verifyAccessToken(`${header}.${payload}.AA`), invalid)
    }
    const { publicKey } = await keyPair()
    const key = new TextEncoder().encode(await exportSPKI(publicKey))
    await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint({ header: { alg: 'HS256' }, key })), invalid)
  })

  test('that is none, such as an ID token or a logout token, is refused', async () => {
    const { authority, verifier } = await setUp()
    for (const typ of ['JWT', 'logout+jwt', 'dpop+jwt', ''])
      await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint({ header: { typ } })), invalid, typ)
  })

  test('for another API, of another issuer, or without a claim that it must have is refused', async () => {
    const { authority, verifier } = await setUp()
    const cases = [
      { aud: 'https://other.example.com' },
      { aud: [] },
      { aud: `${audience}/` },
      { aud: undefined },
      { iss: 'https://evil.example' },
      { iss: `${issuer}/` },
      { iss: undefined },
      { sub: undefined },
      { sub: '' },
      { client_id: undefined },
      { client_id: 7 },
      { scope: ['orders:read'] },
      { jti: undefined },
      { exp: undefined },
      { iat: undefined },
      { cnf: { 'x5t#S256': 'bound to a certificate' } },
    ]
    for (const claims of cases)
      await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint({ claims })), invalid, JSON.stringify(claims))
  })

  test('for several APIs of which this is one is taken', async () => {
    const { authority, verifier } = await setUp({ audience: ['urn:old', audience] })
    const { subject } = await verifier.verifyAccessToken(await authority.mint({ claims: { aud: ['https://other.example.com', audience] } }))
    assert.equal(subject, 'alice')
  })

  test('that has expired, or counts only later, is refused beyond the tolerance of clocks', async () => {
    const { authority, verifier } = await setUp()
    await verifier.verifyAccessToken(await authority.mint({ claims: { exp: nowSeconds - 4 } }))
    const late = await authority.mint({ claims: { exp: nowSeconds - 6 } })
    const words = 'Bearer error="invalid_token", error_description="The access token has expired"'
    await assert.rejects(verifier.verifyAccessToken(late), refused('invalid_token', words))
    await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint({ claims: { nbf: nowSeconds + 30 } })), invalid)
  })

  test('bound to a key is refused where proofs are not read', async () => {
    const { authority, verifier } = await setUp()
    await assert.rejects(
      async () => verifier.verifyAccessToken(await authority.mint({ claims: { cnf: { jkt: 'a thumbprint' } } })),
      refused('invalid_token'),
    )
  })
})

describe('the Authorization header', () => {
  test('that is missing, or of another scheme, is answered with a challenge that names no error', async () => {
    const { verifier } = await setUp({ realm: 'orders "new"' })
    for (const authorization of [undefined, '', 'Basic YWxpY2U6eA==', 'BearerX abc'])
      await assert.rejects(verifier.authorize(request(authorization)), refused('missing_token', 'Bearer realm="orders \\"new\\""'))
  })

  test('that is malformed is 400, and nothing is fetched for it', async () => {
    const { authority, verifier } = await setUp()
    for (const authorization of ['Bearer', 'Bearer ', 'Bearer a b', 'Bearer a,b', 'Bearer a\tb', 'Bearer ünicode'])
      await assert.rejects(verifier.authorize(request(authorization)), (error) => {
        assert.ok(error instanceof AccessRefused)
        assert.deepEqual([error.code, error.status], ['invalid_request', 400], authorization)
        return true
      })
    for (const authorization of ['Bearer abc', 'Bearer a.b.c', 'Bearer ....'])
      await assert.rejects(verifier.authorize(request(authorization)), invalid, authorization)
    assert.deepEqual(authority.asked, [])
  })
})

describe('the keys of the issuer', () => {
  test('are fetched once for any number of tokens', async () => {
    const { authority, verifier } = await setUp()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => authority.mint()))
    await Promise.all(tokens.map((token) => verifier.verifyAccessToken(token)))
    await verifier.verifyAccessToken(await authority.mint())
    assert.deepEqual(authority.asked, ['/.well-known/openid-configuration', '/keys'])
  })

  test('are fetched anew, once, for a token of a successor', async () => {
    const { authority, verifier } = await setUp({ cooldownSeconds: 0 })
    await verifier.verifyAccessToken(await authority.mint())
    await authority.addKey('second')
    const successor = { header: { kid: 'second' }, key: authority.key('second') }
    const tokens = await Promise.all([authority.mint(successor), authority.mint(successor), authority.mint(successor)])
    await Promise.all(tokens.map((token) => verifier.verifyAccessToken(token)))
    await verifier.verifyAccessToken(await authority.mint())
    assert.deepEqual(authority.asked.slice(1), ['/keys', '/keys'])
  })

  test('are not fetched for each made-up key id', async () => {
    const { authority, verifier } = await setUp()
    await verifier.verifyAccessToken(await authority.mint())
    for (const kid of ['a', 'b', 'c', 'd'])
      await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint({ header: { kid } })), invalid)
    assert.deepEqual(authority.asked.slice(1), ['/keys'])
  })

  test('that were removed count no longer once the cache is old', async () => {
    const { authority, verifier } = await setUp({ cacheSeconds: 0 })
    await verifier.verifyAccessToken(await authority.mint())
    await authority.addKey('second')
    authority.removeKey('first')
    await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint({ key: authority.key('second') })), invalid)
  })

  test('that cannot be had make the API unavailable, not the token invalid, are asked for again, and the reason is told', async () => {
    const reasons: unknown[] = []
    const { authority, verifier } = await setUp({ onUnavailable: ({ cause }) => void reasons.push(cause) })
    authority.setDown(true)
    const token = await authority.mint()
    await assert.rejects(verifier.verifyAccessToken(token), (error) => {
      assert.ok(error instanceof AccessRefused)
      assert.deepEqual([error.status, error.headers['retry-after'], error.headers['www-authenticate']], [503, '5', undefined])
      return true
    })
    assert.match(String(reasons), /fetch failed/)
    authority.setDown(false)
    assert.equal((await verifier.verifyAccessToken(token)).subject, 'alice')
  })

  test('of a document that speaks of another issuer, or sends us where nobody is protected, are not fetched', async () => {
    const { authority } = await setUp()
    const documents = [
      { issuer: 'https://evil.example', jwks_uri: 'https://evil.example/keys' },
      { issuer, jwks_uri: 'http://id.example/keys' },
      { issuer, jwks_uri: 'file:///etc/passwd' },
      { issuer },
    ]
    for (const document of documents) {
      const asked: string[] = []
      const fetch = async (url: string): Promise<Response> => {
        asked.push(url)
        return Response.json(document)
      }
      const verifier = createVerifier({ issuer, audience, now, fetch })
      await assert.rejects(async () => verifier.verifyAccessToken(await authority.mint()), refused('temporarily_unavailable'))
      assert.equal(asked.length, 1)
    }
  })
})

test('a verifier without an issuer or an audience is refused at the start', () => {
  const settings: readonly Readonly<Record<string, unknown>>[] = [
    { issuer: undefined, jwksUri: 'https://id.example/keys' },
    { issuer: '' },
    { issuer: 'id.example' },
    { audience: undefined },
    { audience: '' },
    { audience: [] },
    { audience: [audience, undefined] },
  ]
  for (const setting of settings)
    assert.throws(() => createVerifier({ issuer, audience, ...setting } as VerifierOptions), TypeError, JSON.stringify(setting))
})

describe('what is demanded', () => {
  const cases: readonly (readonly [string, Demands, Readonly<Record<string, unknown>>, string])[] = [
    ['a scope that was not given', { scope: ['orders:read', 'orders:delete'] }, {}, 'scope="orders:read orders:delete"'],
    ['a scope of a token that has none', { scope: 'orders:read' }, { scope: undefined }, 'scope="orders:read"'],
    ['a class that was not reached', { acr: ['phrh', 'aal2'] }, { acr: 'aal1' }, 'acr_values="phrh aal2"'],
    ['a class that the token does not say', { acr: 'aal2' }, {}, 'acr_values="aal2"'],
    ['a sign-in that is too long ago', { maxAge: 300 }, { auth_time: nowSeconds - 301 }, 'max_age="300"'],
    ['a sign-in whose time the token does not say', { maxAge: 300 }, {}, 'max_age="300"'],
  ]
  for (const [name, demands, claims, parameter] of cases)
    test(`is refused for ${name}, with what would do`, async () => {
      const { authority, verifier } = await setUp()
      await assert.rejects(
        async () => verifier.verifyAccessToken(await authority.mint({ claims }), demands),
        (error) => {
          assert.ok(error instanceof AccessRefused)
          const isScope = demands.scope !== undefined
          const expected = isScope ? ['insufficient_scope', 403] : ['insufficient_user_authentication', 401]
          assert.deepEqual([error.code, error.status], expected)
          const challenge = error.headers['www-authenticate'] ?? ''
          assert.ok(challenge.startsWith(`Bearer error="${error.code}", `) && challenge.endsWith(`, ${parameter}`), challenge)
          return true
        },
      )
    })

  test('is met by the scopes, class and time that it names', async () => {
    const { authority, verifier } = await setUp()
    const demands = { scope: ['orders:read', 'orders:write'], acr: ['phrh', 'aal2'], maxAge: 300 }
    const token = await authority.mint({ claims: { acr: 'aal2', auth_time: nowSeconds - 300 } })
    assert.equal((await verifier.verifyAccessToken(token, demands)).acr, 'aal2')
  })

  test('can be asked later, for a token that was let in with less', async () => {
    const { authority, verifier } = await setUp()
    const token = await verifier.verifyAccessToken(await authority.mint({ claims: { acr: 'aal1' } }))
    assert.throws(() => requireStepUp(token, { acr: 'aal2', now }), refused('insufficient_user_authentication'))
  })

  test('is refused in an answer that nobody keeps', async () => {
    const { verifier } = await setUp()
    const refusal = await verifier.authorize(request(undefined)).catch((error: unknown) => error)
    assert.ok(refusal instanceof AccessRefused)
    const answer = refusalResponse(refusal)
    assert.deepEqual(
      [answer.status, answer.headers.get('www-authenticate'), answer.headers.get('cache-control'), await answer.json()],
      [401, 'Bearer', 'no-store', { error: 'missing_token', error_description: 'An access token is needed' }],
    )
  })
})

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { base64url, type CryptoKey, exportJWK, type JWK, SignJWT } from 'jose'
import { createDpopFetch, createDpopKey, createDpopProof, dpopThumbprint } from '../src/dpop.ts'
import { AccessRefused, createVerifier, type DpopOptions, memoryReplayGuard } from '../src/server/server.ts'
import { audience, createIssuer, issuer, keyPair, now, nowSeconds } from './issuer.ts'

const clock = () => nowSeconds * 1000
const url = `${audience}/orders?page=2#top`
const path = '/orders?page=2'
const algorithms = 'ES256 Ed25519 EdDSA ES384 ES512 PS256 RS256'

let authority: Awaited<ReturnType<typeof createIssuer>>
let key: CryptoKeyPair
let accessToken: string
before(async () => {
  authority = await createIssuer()
  key = await createDpopKey()
  accessToken = await authority.mint({ claims: { cnf: { jkt: await dpopThumbprint(key) } } })
})

const verifierWith = (dpop: Partial<DpopOptions> = {}) =>
  createVerifier({ issuer, audience, now, fetch: authority.fetch, dpop: { origin: audience, ...dpop } })
type Verifier = ReturnType<typeof verifierWith>

const send = (verifier: Verifier, dpop: string | undefined, authorization = `DPoP ${accessToken}`) =>
  verifier.authorize({ authorization, dpop, method: 'GET', path })
const proof = (wish: Partial<Parameters<typeof createDpopProof>[1]> = {}, signer = key) =>
  createDpopProof(signer, { method: 'GET', url, accessToken, now: clock, ...wish })

const refused = (code: AccessRefused['code'], challenge?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AccessRefused, String(error))
  assert.deepEqual([error.code, error.status], [code, 401])
  if (challenge !== undefined) assert.match(error.headers['www-authenticate'] ?? '', challenge)
  return true
}
const badProof = (why: string) =>
  refused('invalid_dpop_proof', new RegExp(`^DPoP error="invalid_dpop_proof", error_description="[^"]*${why}[^"]*", algs="${algorithms}"$`))

/** A proof made by hand, so that anything can be wrong with it. */
const forge = async (change: { claims?: object; header?: object; key?: CryptoKey | Uint8Array; jwk?: JWK; alg?: string }) => {
  const pair = await keyPair()
  const jwk = change.jwk ?? (await exportJWK(pair.publicKey))
  const claims = { jti: 'a', htm: 'GET', htu: `${audience}/orders`, iat: nowSeconds, ...change.claims }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: change.alg ?? 'ES256', typ: 'dpop+jwt', jwk, ...change.header })
    .sign(change.key ?? pair.privateKey)
}

describe('a bound token', () => {
  test('is taken with a proof for this request', async () => {
    assert.equal((await send(verifierWith(), await proof())).subject, 'alice')
    assert.equal((await send(verifierWith(), await proof({ url: 'HTTPS://API.example.com:443/orders' }))).subject, 'alice')
  })

  test('is refused without a proof, and as a bearer token even with one', async () => {
    await assert.rejects(send(verifierWith(), undefined), badProof('missing'))
    await assert.rejects(
      send(verifierWith(), await proof(), `Bearer ${accessToken}`),
      refused('invalid_token', /^Bearer error="invalid_token"/),
    )
  })

  test('is refused with a proof of another key', async () => {
    await assert.rejects(send(verifierWith(), await proof({}, await createDpopKey())), badProof('another key'))
  })

  test('is refused with a proof for another method, address or token', async () => {
    const verifier = verifierWith()
    await assert.rejects(send(verifier, await proof({ method: 'POST' })), badProof('another method'))
    for (const other of [
      'https://evil.example/orders',
      `${audience}/orders/`,
      `${audience}/`,
      'http://api.example.com/orders',
      `${audience}:8443/orders`,
    ])
      await assert.rejects(send(verifier, await proof({ url: other })), badProof('another address'), other)
    await assert.rejects(send(verifier, await proof({ accessToken: await authority.mint() })), badProof('another access token'))
    await assert.rejects(send(verifier, await proof({ accessToken: undefined })), badProof('another access token'))
  })

  test('is refused at a path that reads like another origin, with a proof for that origin', async () => {
    const dpop = await proof({ url: 'https://evil.example/orders' })
    for (const disguised of ['//evil.example/orders', 'https://evil.example/orders', '@evil.example/orders', '.evil.example/orders'])
      await assert.rejects(
        verifierWith().authorize({ authorization: `DPoP ${accessToken}`, dpop, method: 'GET', path: disguised }),
        badProof('another address'),
        disguised,
      )
  })

  test('is refused with a proof that was used before, also by two requests at once', async () => {
    const verifier = verifierWith()
    const used = await proof()
    await send(verifier, used)
    await assert.rejects(send(verifier, used), badProof('used before'))
    const fresh = await proof()
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => send(verifier, fresh)))
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  test('is refused with a proof that is too old or from the future', async () => {
    for (const seconds of [-66, 10])
      await assert.rejects(send(verifierWith(), await proof({ now: () => clock() + seconds * 1000 })), badProof('cannot be verified'))
    await send(verifierWith(), await proof({ now: () => clock() - 60_000 }))
  })

  test('is refused with a proof that is not signed, is of another type, or carries a secret', async () => {
    const pair = await keyPair()
    const unsigned = `${base64url.encode(JSON.stringify({ alg: 'none', typ: 'dpop+jwt', jwk: await exportJWK(key.publicKey) }))}.${base64url.encode('{}')}.`
    const forged = [
      unsigned,
      'not a token',
      await forge({ header: { typ: 'JWT' } }),
      await forge({ jwk: await exportJWK(pair.privateKey), key: pair.privateKey }),
      await forge({ alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U' }, key: new Uint8Array(32) }),
      // Claims the key of the token, and is signed by another.
      await forge({ jwk: await exportJWK(key.publicKey) }),
      await forge({ header: { jwk: undefined } }),
      await forge({ claims: { jti: undefined } }),
      await forge({ claims: { iat: undefined } }),
      `${await proof()}, ${await proof()}`,
    ]
    for (const one of forged) await assert.rejects(send(verifierWith(), one), badProof('cannot be verified'), one.slice(0, 60))
  })

  test('spends nothing with a proof that is refused', async () => {
    const spent: string[] = []
    const verifier = verifierWith({ replay: { spend: (id) => spent.push(id) > 0 } })
    await assert.rejects(send(verifier, await proof({ method: 'POST' })))
    assert.deepEqual(spent, [])
    await send(verifier, await proof())
    assert.match(spent.join(), new RegExp(`^${await dpopThumbprint(key)}\\.[0-9a-f-]{36}$`))
  })
})

describe('a token that is bound to no key', () => {
  test('is a bearer token where proofs are allowed, and refused where they are required', async () => {
    const bearer = `Bearer ${await authority.mint()}`
    assert.equal((await send(verifierWith(), undefined, bearer)).subject, 'alice')
    await assert.rejects(
      send(verifierWith({ isRequired: true }), undefined, bearer),
      refused('invalid_token', /^DPoP error="invalid_token"/),
    )
  })

  test('is refused under the scheme DPoP', async () => {
    const token = await authority.mint()
    await assert.rejects(send(verifierWith(), await proof({ accessToken: token }), `DPoP ${token}`), refused('invalid_token', /^DPoP /))
  })

  test('that is missing is asked for by both schemes, or by the one that is required', async () => {
    const both = `Bearer, DPoP algs="${algorithms}"`
    const asked = async (verifier: Verifier) =>
      verifier.authorize({ authorization: undefined, dpop: undefined, method: 'GET', path }).catch((error: AccessRefused) => error.headers)
    assert.equal(((await asked(verifierWith())) as Record<string, string>)['www-authenticate'], both)
    assert.equal(
      ((await asked(verifierWith({ isRequired: true }))) as Record<string, string>)['www-authenticate'],
      `DPoP algs="${algorithms}"`,
    )
  })
})

test('an origin that is none is refused at the start', () => {
  for (const origin of ['api.example.com', 'https://api.example.com/', 'https://api.example.com/v1', ''])
    assert.throws(() => verifierWith({ origin }), TypeError, origin)
})

describe('the memory of proofs', () => {
  test('forgets what has expired and takes nothing more than it holds', () => {
    let seconds = 0
    const guard = memoryReplayGuard({ max: 2, now: () => seconds })
    assert.deepEqual([guard.spend('a', 60), guard.spend('a', 60), guard.spend('b', 70), guard.spend('c', 60)], [true, false, true, false])
    seconds = 65
    assert.deepEqual([guard.spend('b', 70), guard.spend('c', 125)], [false, true])
  })
})

describe('the client', () => {
  const api = (verifier: Verifier) => {
    const sent: { url: string; options: RequestInit }[] = []
    const fetch = async (address: string, options: RequestInit): Promise<Response> => {
      sent.push({ url: address, options })
      const headers = new Headers(options.headers)
      const { pathname } = new URL(address)
      const request = {
        authorization: headers.get('authorization') ?? undefined,
        dpop: headers.get('dpop') ?? undefined,
        method: options.method ?? 'GET',
        path: pathname,
      }
      return verifier.authorize(request).then(
        ({ subject }) => Response.json({ subject }),
        (error: AccessRefused) => new Response(null, { status: error.status, headers: error.headers }),
      )
    }
    return { sent, fetch }
  }

  test('keeps its private key where nobody reads it', async () => {
    assert.equal(key.privateKey.extractable, false)
    await assert.rejects(crypto.subtle.exportKey('jwk', key.privateKey))
  })

  test('sends a proof of its own with each request', async () => {
    const { sent, fetch } = api(verifierWith())
    const send = createDpopFetch({ key, getToken: async () => accessToken, fetch, now: clock })
    const answers = [await send(url), await send(url, { method: 'patch', body: 'x' })]
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    assert.deepEqual([sent[1]?.options.method, sent[1]?.options.body], ['PATCH', 'x'])
  })

  test('repeats a request once with the nonce that is asked for, and sends that from then on', async () => {
    let nonce = 'first'
    const { sent, fetch } = api(verifierWith({ nonces: { issue: () => nonce, accept: (one) => one === nonce } }))
    const send = createDpopFetch({ key, getToken: async () => accessToken, fetch, now: clock })
    assert.equal((await send(url)).status, 200)
    assert.equal((await send(url)).status, 200)
    assert.equal(sent.length, 3)
    nonce = 'second'
    assert.equal((await send(url)).status, 200)
    assert.equal(sent.length, 5)
  })

  test('does not repeat a second time, or what is refused for another reason', async () => {
    const never = api(verifierWith({ nonces: { issue: () => 'a nonce', accept: () => false } }))
    const options = { key, getToken: async () => accessToken, now: clock }
    assert.equal((await createDpopFetch({ ...options, fetch: never.fetch })(url)).status, 401)
    assert.equal(never.sent.length, 2)
    const stranger = api(verifierWith())
    assert.equal((await createDpopFetch({ ...options, key: await createDpopKey(), fetch: stranger.fetch })(url)).status, 401)
    assert.equal(stranger.sent.length, 1)
  })

  test('asks a token endpoint without a token, and repeats where its body asks for a nonce', async () => {
    const proofs: Record<string, unknown>[] = []
    const fetch = async (_: string, { headers }: RequestInit): Promise<Response> => {
      assert.equal(new Headers(headers).has('authorization'), false)
      proofs.push(JSON.parse(Buffer.from(new Headers(headers).get('dpop')?.split('.')[1] ?? '', 'base64url').toString()))
      return Response.json({ error: 'use_dpop_nonce' }, { status: 400, headers: { 'dpop-nonce': 'n' } })
    }
    await createDpopFetch({ key, fetch, now: clock })('https://id.example/oauth2/token', { method: 'POST', body: 'grant_type=x' })
    assert.deepEqual(
      proofs.map(({ htm, htu, ath, nonce }) => ({ htm, htu, ath, nonce })),
      [undefined, 'n'].map((nonce) => ({ htm: 'POST', htu: 'https://id.example/oauth2/token', ath: undefined, nonce })),
    )
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toBase64url } from './base64url.ts'
import { createBrowserClient, type Surroundings } from './browser-client.ts'
import { SignInError } from './errors.ts'
import { challengeOf, randomValue } from './pkce.ts'
import { safeReturnTo } from './return-to.ts'

const issuer = 'https://id.example'
const redirectUri = `${issuer}/account/callback`

type Claims = Readonly<Record<string, unknown>>
const idToken = (claims: Claims): string => `e30.${toBase64url(new TextEncoder().encode(JSON.stringify(claims)))}.signature`

/** A browser whose server answers the token endpoint as the test says; it notes where it went and what it sent. */
const setUp = (answer: (form: URLSearchParams, asked: URL) => { status?: number; body: unknown }) => {
  const kept = new Map<string, string>()
  const world = { now: 1_700_000_000_000, went: [] as URL[], sent: [] as URLSearchParams[] }
  const surroundings: Surroundings = {
    origin: issuer,
    store: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    },
    now: () => world.now,
    go: (url) => void world.went.push(new URL(url)),
    fetch: async (_, { body }) => {
      const form = body as URLSearchParams
      world.sent.push(form)
      const { status = 200, body: json } = answer(form, world.went.at(-1) ?? new URL(issuer))
      return Response.json(json, { status })
    },
  }
  const make = () =>
    createBrowserClient({ issuer, clientId: 'account-portal', redirectUri, scope: 'openid account', home: '/account', surroundings })
  return { world, client: make(), reload: make, kept }
}

const tokensFor = (asked: URL, claims: Claims = {}) => ({
  access_token: 'at-1',
  expires_in: 300,
  refresh_token: 'rt-1',
  id_token: idToken({
    iss: issuer,
    aud: 'account-portal',
    sub: 'u1',
    exp: 1_700_000_600,
    nonce: asked.searchParams.get('nonce'),
    ...claims,
  }),
})

const back = (asked: URL | undefined, more: Readonly<Record<string, string>> = {}): string =>
  `?${new URLSearchParams({ code: 'c', state: asked?.searchParams.get('state') ?? '', iss: issuer, ...more })}`

const refusedWith = (code: string) => (error: unknown) => error instanceof SignInError && error.code === code

describe('PKCE', () => {
  test('computes the challenge of RFC 7636 appendix B', async () => {
    assert.equal(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'), 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  })

  test('makes values of 43 unreserved characters that do not repeat', () => {
    const values = Array.from({ length: 50 }, randomValue)
    assert.equal(new Set(values).size, 50)
    for (const value of values) assert.match(value, /^[A-Za-z0-9_-]{43}$/)
  })
})

describe('a sign-in', () => {
  test('asks by code with S256, a new state and a new nonce, and redeems with the verifier of the challenge', async () => {
    const { world, client } = setUp((_, asked) => ({ body: tokensFor(asked) }))
    await client.signIn({ returnTo: '/account/sessions?x=1#y', maxAge: 0, essentialAcr: ['aal2'] })
    await client.signIn()
    const [first, second] = world.went
    assert.equal(first?.searchParams.get('code_challenge_method'), 'S256')
    assert.equal(first?.searchParams.get('max_age'), '0')
    assert.deepEqual(JSON.parse(first?.searchParams.get('claims') ?? ''), { id_token: { acr: { essential: true, values: ['aal2'] } } })
    for (const name of ['state', 'nonce', 'code_challenge']) assert.notEqual(first?.searchParams.get(name), second?.searchParams.get(name))
    world.went.push(first ?? new URL(issuer))
    assert.equal(await client.finish(back(first)), '/account/sessions?x=1#y')
    assert.equal(await challengeOf(world.sent[0]?.get('code_verifier') ?? ''), first?.searchParams.get('code_challenge'))
    assert.equal(await client.getToken(), 'at-1')
  })

  test('goes on after the page was loaded anew', async () => {
    const { world, client, reload } = setUp((_, asked) => ({ body: tokensFor(asked) }))
    await client.signIn({ returnTo: '/account/activity' })
    const other = reload()
    assert.equal(await other.finish(back(world.went[0])), '/account/activity')
    assert.equal(other.claims()?.sub, 'u1')
  })

  test('leaves the page where it is for a sign-in in a window of its own, whose answer it redeems', async () => {
    const { world, client } = setUp((_, asked) => ({ body: tokensFor(asked) }))
    const address = new URL(await client.signInAddress({ maxAge: 900 }))
    assert.deepEqual([world.went, address.searchParams.get('max_age')], [[], '900'])
    world.went.push(address)
    await client.finish(back(address))
    assert.equal(await client.getToken(), 'at-1')
  })

  test('refuses an answer whose state was never sent, was spent, or is an hour old', async () => {
    const { world, client } = setUp((_, asked) => ({ body: tokensFor(asked) }))
    await client.signIn()
    const answer = back(world.went[0])
    await assert.rejects(client.finish('?code=c&state=other&iss=https://id.example'), refusedWith('local_state'))
    await assert.rejects(client.finish('?code=c&state=__proto__&iss=https://id.example'), refusedWith('local_state'))
    await client.finish(answer)
    await assert.rejects(client.finish(answer), refusedWith('local_state'))
    await client.signIn()
    world.now += 3_600_000
    await assert.rejects(client.finish(back(world.went[1])), refusedWith('local_state'))
    assert.equal(world.sent.length, 1)
  })

  test('refuses an answer of another issuer, or of none, before it redeems anything', async () => {
    for (const iss of ['https://evil.example', '']) {
      const { world, client } = setUp((_, asked) => ({ body: tokensFor(asked) }))
      await client.signIn()
      await assert.rejects(client.finish(back(world.went[0], { iss })), refusedWith('local_issuer'))
      assert.equal(world.sent.length, 0)
    }
  })

  test('hands on what the server refused', async () => {
    const { world, client } = setUp(() => ({ body: {} }))
    await client.signIn({ prompt: 'none' })
    await assert.rejects(client.finish(back(world.went[0], { error: 'login_required' })), refusedWith('login_required'))
  })

  const wrong: readonly (readonly [string, Claims])[] = [
    ['of another nonce', { nonce: 'other' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another application', { aud: 'other' }],
    ['for several, asked for by another', { aud: ['account-portal', 'other'], azp: 'other' }],
    ['that has expired', { exp: 1_699_999_000 }],
    ['about nobody', { sub: '' }],
  ]
  for (const [name, claims] of wrong)
    test(`refuses an ID token ${name}`, async () => {
      const { world, client } = setUp((_, asked) => ({ body: tokensFor(asked, claims) }))
      await client.signIn()
      await assert.rejects(client.finish(back(world.went[0])), refusedWith('local_id_token'))
      assert.equal(await client.getToken(), undefined)
    })
})

describe('tokens', () => {
  const signedIn = async (refresh: (form: URLSearchParams) => { status?: number; body: unknown }) => {
    const made = setUp((form, asked) => (form.get('grant_type') === 'refresh_token' ? refresh(form) : { body: tokensFor(asked) }))
    await made.client.signIn()
    await made.client.finish(back(made.world.went[0]))
    return made
  }

  test('are never stored', async () => {
    const { kept } = await signedIn(() => ({ body: {} }))
    assert.doesNotMatch(JSON.stringify([...kept]), /at-1|rt-1|e30/)
  })

  test('are renewed shortly before they expire, by one request however many ask, with the newest refresh token', async () => {
    let count = 1
    const { world, client } = await signedIn(() => {
      count += 1
      return { body: { access_token: `at-${count}`, expires_in: 300, refresh_token: `rt-${count}` } }
    })
    world.now += 280_000
    assert.deepEqual(await Promise.all([client.getToken(), client.getToken(), client.getToken()]), ['at-2', 'at-2', 'at-2'])
    assert.equal(await client.getToken({ isStale: true }), 'at-3')
    assert.deepEqual(
      world.sent.map((form) => form.get('refresh_token')),
      [null, 'rt-1', 'rt-2'],
    )
  })

  test('are forgotten where the server refuses to renew them', async () => {
    const { world, client } = await signedIn(() => ({ status: 400, body: { error: 'invalid_grant' } }))
    world.now += 301_000
    assert.equal(await client.getToken(), undefined)
    assert.equal(client.claims(), undefined)
  })

  test('are forgotten where those of somebody else come back', async () => {
    const { client } = await signedIn(() => ({
      body: {
        access_token: 'at-2',
        expires_in: 300,
        id_token: idToken({ iss: issuer, aud: 'account-portal', sub: 'u2', exp: 1_700_000_600 }),
      },
    }))
    assert.equal(await client.getToken({ isStale: true }), undefined)
  })
})

describe('the path to come back to', () => {
  const to = (wanted: string | undefined): string => safeReturnTo(wanted, { origin: issuer, fallback: '/account' })

  test('keeps paths of this origin', () => {
    for (const path of ['/account', '/account/sessions?a=1#b', '/t/acme/account']) assert.equal(to(path), path)
  })

  test('refuses whatever a browser reads as another origin', () => {
    const others = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '\n//evil.example',
      '',
    ]
    for (const other of [...others, undefined]) assert.equal(to(other), '/account', other ?? 'none')
  })
})

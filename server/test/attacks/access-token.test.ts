import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { accountApi } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { errorsIn } from '../harness/log-lines.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { decodePart, encode, type Json, type OwnKey, ownKeys, signed, withHmac, without } from './forge.ts'

const own = await startTestPlatform(await (await startTestDatabase()).create())
const api = accountApi(own.url)
const [victim, other] = [await api.join(), await api.join()]
const token = victim.pair.access_token
const [header, claims] = [decodePart(token, 0), decodePart(token, 1)]
const keys = await ownKeys(own)
const keyOf = (algorithm: OwnKey['algorithm']): OwnKey => keys.find((one) => one.algorithm === algorithm) ?? assert.fail(algorithm)
const [ec, rsa, ed] = [keyOf('ES256'), keyOf('RS256'), keyOf('EdDSA')]
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const now = Math.floor(Date.now() / 1000)

// Without a socket, so that a token of any size reaches the check itself.
const present = async (forged: string) => {
  const answer = await own.platform.app.inject({ method: 'GET', url: '/auth/me', headers: { authorization: `Bearer ${forged}` } })
  return { status: answer.statusCode, body: answer.body, challenge: answer.headers['www-authenticate'] }
}
const refusal = { status: 401, body: '{"detail":"Invalid authentication credentials"}', challenge: 'Bearer' }
const isRefused = async (forged: string): Promise<void> => assert.deepEqual(await present(forged), refusal, forged.slice(0, 200))

const withHeader = (changes: Json): string => signed({ ...header, ...changes }, claims, ec.key)
const withClaims = (changes: Json): string => signed(header, { ...claims, ...changes }, ec.key)

type Cases = Readonly<Record<string, string | readonly string[]>>

const refuses = (what: string, cases: Cases): void => {
  describe(`refuses ${what}`, () => {
    for (const [name, forged] of Object.entries(cases))
      test(name, async () => {
        for (const one of [forged].flat()) await isRefused(one)
      })
  })
}

test('accepts a token that was made by the same hand, so that each refusal below has one cause', async () => {
  assert.equal((await present(signed(header, claims, ec.key))).status, 200)
  assert.equal((await present(withClaims({ nbf: now - 60, iat: now + 5, more: 'claims' }))).status, 200)
})

const [head = '', body = '', signature = ''] = token.split('.')
const unsigned = (alg: string): string[] => [
  `${encode({ ...header, alg })}.${body}.`,
  `${encode({ ...header, alg })}.${body}`,
  `${encode({ ...header, alg })}.${body}.${signature}`,
]

refuses('a token without a signature (CVE-2022-23540)', {
  'alg none': unsigned('none'),
  'alg None, nOnE, NONE': ['None', 'nOnE', 'NONE'].flatMap(unsigned),
  'an empty alg': unsigned(''),
  'no alg': `${encode(without(header, 'alg'))}.${body}.${signature}`,
  'an empty signature': `${head}.${body}.`,
  'a missing third part': `${head}.${body}`,
  'a signature of zeros (CVE-2022-21449)': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
})

const publicKey = createPublicKey(ec.key)
const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
const secrets = [
  pem,
  pem.trim(),
  ` ${pem}`,
  JSON.stringify(ec.publicJwk),
  JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }),
  '',
  ec.kid,
]
const rsaPem = createPublicKey(rsa.key).export({ format: 'pem', type: 'spki' }).toString()

refuses('an algorithm that is not the key\u2019s', {
  'HS256 with the public key as its secret (CVE-2023-48223, CVE-2026-34950)': [
    ...secrets.map((secret) => withHmac({ ...header, alg: 'HS256' }, claims, secret)),
    ...secrets.map((secret) => withHmac(header, claims, secret)),
    withHmac({ ...header, alg: 'HS256', kid: rsa.kid }, claims, rsaPem),
  ],
  'RS256 under the id of the ES256 key': signed({ ...header, alg: 'RS256' }, claims, rsa.key),
  'ES256 under the id of the RSA key': signed({ ...header, kid: rsa.kid }, claims, ec.key),
  'EdDSA under the id of the ES256 key': signed({ ...header, alg: 'EdDSA' }, claims, ed.key),
  'names that are alike': ['es256', 'ES256 ', 'ES384', 'ES256K', 'PS256'].map((alg) => withHeader({ alg })),
  'names of another type': [null, 5, ['ES256'], { name: 'ES256' }].map((alg) => withHeader({ alg })),
  'an ES256 signature in DER': (() => {
    const der = Buffer.concat([
      Buffer.from([0x30, 0x44, 2, 0x20]),
      Buffer.from(signature, 'base64url').subarray(0, 32),
      Buffer.from([2, 0x20]),
      Buffer.from(signature, 'base64url').subarray(32),
    ])
    return `${head}.${body}.${der.toString('base64url')}`
  })(),
})

const strangerJwk = stranger.publicKey.export({ format: 'jwk' })
const byStranger = (changes: Json): string => signed({ ...header, ...changes }, claims, stranger.privateKey)

refuses('a key that is not ours', {
  'a stranger\u2019s signature under our id': byStranger({}),
  'the key in the header': [
    byStranger({ jwk: strangerJwk }),
    signed({ ...without(header, 'kid'), jwk: strangerJwk }, claims, stranger.privateKey),
  ],
  'a URL of a key in the header': ['jku', 'x5u'].map((name) => byStranger({ [name]: 'http://127.0.0.1:1/jwks.json' })),
  'a certificate in the header': byStranger({ x5c: ['MIIB'] }),
  'an unknown id': withHeader({ kid: randomUUID() }),
  'no id': signed(without(header, 'kid'), claims, ec.key),
  'an id that is a path, SQL or a member of every object': [
    '../../dev/null',
    `' or 1=1--`,
    '__proto__',
    'constructor',
    'toString',
    '',
    `${ec.kid}\0`,
    ` ${ec.kid}`,
  ].map((kid) => withHeader({ kid })),
  'an id of another type': [5, null, true, [ec.kid], { kid: ec.kid }].map((kid) => withHeader({ kid })),
  'an id of 10 KB': withHeader({ kid: 'k'.repeat(10_240) }),
})

refuses('a header that asks for more', {
  'any crit (RFC 7515 section 4.1.11)': [['exp'], [], null, 'exp', ['b64']].map((crit) => withHeader({ crit })),
  'another type of token (RFC 8725 section 3.11)': [
    'JWT',
    'jwt',
    'AT+JWT',
    'application/at+jwt',
    'logout+jwt',
    'dpop+jwt',
    '',
    null,
    5,
    ['at+jwt'],
  ].map((typ) => withHeader({ typ })),
  'no type': signed(without(header, 'typ'), claims, ec.key),
  'a header that is no object': ['null', '[]', '"x"', '5', '', '{'].map((text) => signed(text, claims, ec.key)),
})

refuses('times', {
  'exp missing, null, text, negative, broken, endless or past': [
    signed(header, without(claims, 'exp'), ec.key),
    ...[null, String(now + 900), '', true, [now + 900], -1, 0, now + 900.5, 1e308, Number.MAX_SAFE_INTEGER + 1, now - 1, now].map((exp) =>
      withClaims({ exp }),
    ),
  ],
  'iat missing, null, text, negative or ahead': [
    signed(header, without(claims, 'iat'), ec.key),
    ...[null, String(now), -1, 0, 1.5, 1e308, now + 61, now + 3600].map((iat) => withClaims({ iat })),
  ],
  'nbf null, text, negative or ahead': [null, String(now), '', -1, 1.5, 1e308, now + 61].map((nbf) => withClaims({ nbf })),
})

const issuer = String(claims['iss'])

refuses('names', {
  'an audience that is not exactly ours': [
    signed(header, without(claims, 'aud'), ec.key),
    ...[
      null,
      '',
      [],
      [issuer],
      [issuer, 'https://other.example'],
      'https://other.example',
      `${issuer}/`,
      issuer.toUpperCase(),
      ` ${issuer}`,
    ].map((aud) => withClaims({ aud })),
  ],
  'an issuer that is not exactly ours': [
    signed(header, without(claims, 'iss'), ec.key),
    ...[null, '', [issuer], 'https://other.example', `${issuer}/`, issuer.toUpperCase()].map((iss) => withClaims({ iss })),
  ],
  'a subject that is no user id': [
    signed(header, without(claims, 'sub'), ec.key),
    ...[null, '', 1, '1', 'testuser', `' or 1=1--`, String(claims['sub']).toUpperCase(), [claims['sub']], randomUUID()].map((sub) =>
      withClaims({ sub }),
    ),
  ],
  'a session that is not there': [
    signed(header, without(claims, 'sid'), ec.key),
    ...[null, '', 1, randomUUID(), `' or 1=1--`, '../x', [claims['sid']]].map((sid) => withClaims({ sid })),
  ],
  'the session of another user': [
    withClaims({ sid: decodePart(other.pair.access_token, 1)['sid'] }),
    withClaims({ sub: decodePart(other.pair.access_token, 1)['sub'] }),
  ],
  'a client, scope or token id that is missing': ['client_id', 'scope', 'jti'].flatMap((name) => [
    signed(header, without(claims, name), ec.key),
    withClaims({ [name]: null }),
  ]),
  'claims that are no object': ['null', '[]', '"x"', '5', '', '{'].map((text) => signed(header, text, ec.key)),
})

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const sameBits = (part: string): string[] => [...alphabet].filter((last) => last !== part.at(-1)).map((last) => part.slice(0, -1) + last)

refuses('a text that is not exactly ours', {
  'cut at any place (CVE-2026-27840)': Array.from({ length: token.length - 1 }, (_, index) => token.slice(0, index + 1)),
  'with something after it': ['a', '.', '.a', '=', '=='].map((tail) => token + tail),
  'with padding inside': [`${head}=.${body}.${signature}`, `${head}.${body}=.${signature}`, `${head}.${body}.${signature}==`],
  'in the other alphabet': `${head}.${body}.${signature.replaceAll('-', '+').replaceAll('_', '/')}${/[-_]/.test(signature) ? '' : '+'}`,
  'with another last character, even one of the same bits': [
    ...sameBits(signature).map((tail) => `${head}.${body}.${tail}`),
    ...sameBits(body).map((part) => `${head}.${part}.${signature}`),
  ],
  'in another case': [token.toUpperCase(), token.toLowerCase()],
  'in four or five parts': [`${token}.${signature}`, `${head}.${body}.${body}.${body}.${signature}`],
  'of dots alone': ['.', '..', '...', '.'.repeat(10_000)],
  'of 1 MB': ['a'.repeat(1_048_576), `${'a'.repeat(500_000)}.${'b'.repeat(500_000)}.c`],
  'of more than it may have, though signed': withClaims({ more: 'x'.repeat(9000) }),
  'with claims nested deep': signed(header, `{"sub":${'['.repeat(2500)}${']'.repeat(2500)}}`, ec.key),
  'that is the refresh token': [victim.pair.refresh_token, victim.pair.refresh_token.replace('cip_rt_', '')],
})

test('refuses an access token where a refresh token is wanted, and leaves the session alone', async () => {
  assert.equal((await api.refresh(token)).status, 401)
  assert.equal((await api.revoke(token)).status, 200)
  assert.equal((await present(token)).status, 200)
})

test('refuses a token that expires while it is in memory', async () => {
  const brief = withClaims({ exp: Math.floor(Date.now() / 1000) + 2 })
  assert.equal((await present(brief)).status, 200)
  await sleep(2100)
  await isRefused(brief)
})

test('after all of this the true token is accepted and nothing was logged as an error', async () => {
  assert.equal((await present(token)).status, 200)
  assert.deepEqual(errorsIn(own.logs()), [])
})

import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { createAccessTokenReader, printOpaqueToken } from '../../src/oauth/access-tokens.ts'
import { createAuthenticator } from '../../src/sessions/sessions.ts'
import { signed } from './forge.ts'

const issuer = 'https://id.example.test'
const kid = 'the-key'
const sessionId = '018f0000-0000-7000-8000-000000000001'
const userId = '018f0000-0000-7000-8000-000000000002'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const claims = { iss: issuer, sub: userId, aud: issuer, exp: 2000, iat: 1000, jti: 'j', client_id: 'c', scope: 'account', sid: sessionId }
const token = signed({ alg: 'ES256', typ: 'at+jwt', kid }, claims, privateKey)

type Options = { issuer?: string; keyVersion?: () => number; nowSeconds?: () => number; hasKey?: () => boolean }
type Read = (token: string) => Promise<unknown>

const ringOf = (hasKey: () => boolean) => {
  let verifications = 0
  const key = { algorithm: 'ES256', key: publicKey }
  const verifier = (asked: unknown) => {
    verifications += 1
    return asked === kid && hasKey() ? key : undefined
  }
  return { ring: { verifier } as never, verifications: () => verifications }
}

/** Everything that remembers what it has verified, by the same few words. */
const caches: Record<string, (options?: Options) => { read: Read; verifications: () => number }> = {
  'reader of the provider': ({ keyVersion = () => 1, nowSeconds = () => 1500, hasKey = () => true, ...options } = {}) => {
    const { ring, verifications } = ringOf(hasKey)
    const reader = createAccessTokenReader({ ring, keyVersion, opaqueKey: Buffer.alloc(32), nowSeconds, issuer, ...options })
    return { read: async (one) => reader.read(one), verifications }
  },
  'authenticator of the account API': ({ keyVersion = () => 1, nowSeconds = () => 1500, hasKey = () => true, ...options } = {}) => {
    const { ring, verifications } = ringOf(hasKey)
    const view = { userId, number: 1, username: null, email: null, expiresAt: 1e15 }
    const sessions = { get: async () => view }
    const tokens = { ring, issuer, nowSeconds, ...options }
    return {
      read: createAuthenticator({ tenantId: 't', tokens, sessions, keyVersion, scope: 'account', isLive: async () => true }),
      verifications,
    }
  },
}

for (const [name, open] of Object.entries(caches))
  describe(`the ${name}`, () => {
    test('H-12 remembers a verdict for the whole token: one that differs anywhere is looked at itself', async () => {
      const { read, verifications } = open()
      assert.ok(await read(token))
      assert.ok(await read(token))
      assert.equal(verifications(), 1, 'the second time from memory')
      const [head = '', body = '', signature = ''] = token.split('.')
      const otherBody = Buffer.from(JSON.stringify({ ...claims, sub: sessionId })).toString('base64url')
      const twins = [
        `${head}.${otherBody}.${signature}`,
        `${head}.${body}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`,
        `${head}.${body}.`,
        `${head}.${body}`,
        ...[' ', '=', '.', '\n', '\u0000', 'A'].flatMap((one) => [`${token}${one}`, `${one}${token}`]),
        token.toUpperCase(),
        token.slice(0, 80),
      ]
      for (const twin of twins) assert.equal(await read(twin), undefined, twin.slice(-30))
      assert.ok(await read(token))
    })

    test('H-12 a remembered verdict ends with the time of the token', async () => {
      let now = 1500
      const { read } = open({ nowSeconds: () => now })
      assert.ok(await read(token))
      now = 2000
      assert.equal(await read(token), undefined)
    })

    test('H-12 a remembered verdict ends when the keys change', async () => {
      const state = { version: 1, hasKey: true }
      const { read } = open({ keyVersion: () => state.version, hasKey: () => state.hasKey })
      assert.ok(await read(token))
      Object.assign(state, { version: 2, hasKey: false })
      assert.equal(await read(token), undefined)
    })

    test('H-12 a verdict counts for the issuer that it was made for', async () => {
      assert.ok(await open().read(token))
      assert.equal(await open({ issuer: 'https://other.example.test' }).read(token), undefined)
    })
  })

test('H-12 an opaque token is remembered whole too, and opens for its issuer alone', async () => {
  const open = caches['reader of the provider'] ?? assert.fail('no reader')
  const opaque = printOpaqueToken(Buffer.alloc(32), issuer, claims)
  const { read } = open()
  assert.ok(await read(opaque))
  for (const twin of [`${opaque}A`, `${opaque}=`, opaque.slice(0, -1), opaque.slice(7), ` ${opaque}`])
    assert.equal(await read(twin), undefined, twin.slice(-20))
  assert.equal(await open({ issuer: 'https://other.example.test' }).read(opaque), undefined)
})

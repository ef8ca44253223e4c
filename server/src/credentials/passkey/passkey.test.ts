import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { newId } from '../../platform/ids.ts'
import { isCrossOrigin, readAuthenticationAnswer, readRegistrationAnswer } from './answer.ts'
import { makeChallenge, openChallenge } from './challenge.ts'
import { decoyCredentials } from './options.ts'
import {
  acceptedCredentials,
  authenticatorName,
  type Passkey,
  readOrigin,
  readPasskeyName,
  relatedOriginsDocument,
  relyingPartyOf,
  userHandleOf,
} from './passkey.ts'

const key = randomBytes(32)
const now = 1_800_000_000_000

suite('P-01 a challenge', () => {
  const place = { tenantId: newId(), purpose: 'sign-in', userId: newId(), browser: randomBytes(32) } as const
  const { challenge, token } = makeChallenge(key, { ...place, now })

  test('P-01 is 32 random bytes, and opens where it was drawn for', () => {
    assert.equal(Buffer.from(challenge, 'base64url').length, 32)
    assert.notEqual(makeChallenge(key, { ...place, now }).challenge, challenge)
    const opened = openChallenge(key, token, { ...place, now })
    assert.equal(opened.kind === 'opened' && opened.challenge, challenge)
    assert.equal(opened.kind === 'opened' && opened.expiresAt, now / 1000 + 300)
  })

  test('P-01 opens for no other purpose, person, browser, tenant or key', () => {
    const others = [
      { ...place, purpose: 'second-factor' as const },
      { ...place, purpose: 'register' as const },
      { ...place, purpose: 'step-up' as const },
      { ...place, userId: newId() },
      { ...place, userId: undefined },
      { ...place, browser: randomBytes(32) },
      { ...place, tenantId: newId() },
    ]
    for (const other of others) assert.deepEqual(openChallenge(key, token, { ...other, now }), { kind: 'forged' })
    assert.deepEqual(openChallenge(randomBytes(32), token, { ...place, now }), { kind: 'forged' })
  })

  test('P-01 lasts five minutes', () => {
    assert.equal(openChallenge(key, token, { ...place, now: now + 299_999 }).kind, 'opened')
    assert.deepEqual(openChallenge(key, token, { ...place, now: now + 300_000 }), { kind: 'expired' })
  })

  test('P-01 is taken from a token of ours alone', () => {
    for (const text of ['', 'A', challenge, token.slice(0, -1), `${token}AAAA`, token.replace(/^./, 'B'), 'A'.repeat(10_000)])
      assert.deepEqual(openChallenge(key, text, { ...place, now }), { kind: 'forged' })
  })

  test('K-01 travels in a token whose length tells nothing of the person', () => {
    assert.equal(makeChallenge(key, { ...place, userId: undefined, now }).token.length, token.length)
  })
})

suite('a relying party', () => {
  const policy = { issuer: 'https://id.example.com/t/acme', name: 'Acme' }

  test('is the host of the issuer, and its origin alone', () => {
    assert.deepEqual(relyingPartyOf(policy), { name: 'Acme', ids: ['id.example.com'], origins: ['https://id.example.com'] })
    assert.deepEqual(relyingPartyOf({ ...policy, issuer: 'http://localhost:8000' })?.origins, ['http://localhost:8000'])
  })

  test('takes further ids and related origins from the policy', () => {
    const made = relyingPartyOf({ ...policy, rpIds: ['example.com', 'id.example.com'], relatedOrigins: ['https://shop.example.org'] })
    assert.deepEqual(made?.ids, ['example.com', 'id.example.com'])
    assert.deepEqual(made?.origins, ['https://id.example.com', 'https://shop.example.org'])
    assert.deepEqual(relatedOriginsDocument(made?.origins ?? []), { origins: ['https://id.example.com', 'https://shop.example.org'] })
  })

  test('is none where browsers make no passkeys: addresses, and hosts without TLS', () => {
    for (const issuer of [
      'http://127.0.0.1:8000',
      'https://192.0.2.1',
      'https://[::1]',
      'http://id.example.com',
      'http://localhost.evil.test',
      'nonsense',
    ])
      assert.equal(relyingPartyOf({ ...policy, issuer }), undefined, issuer)
  })

  test('P-09 refuses ids and origins that are none', () => {
    for (const id of ['com', '', 'https://example.com', '*.example.com', 'Example.com', '192.0.2.1', 'example.com:443', 'example..com'])
      assert.equal(relyingPartyOf({ ...policy, rpIds: [id] }), undefined, id)
    for (const origin of [
      'https://shop.example.org/',
      'http://shop.example.org',
      'https://a@shop.example.org',
      'https://shop.example.org/path',
      '*',
      'null',
    ])
      assert.equal(relyingPartyOf({ ...policy, relatedOrigins: [origin] }), undefined, origin)
    assert.equal(readOrigin('https://shop.example.org:443/x'), 'https://shop.example.org')
  })
})

suite('P-04 credential ids for a name that has none', () => {
  test('P-04 are the same at every request, and differ by name, tenant and key', () => {
    const who = { tenantId: 'a', name: 'ann' }
    assert.deepEqual(decoyCredentials(key, who), decoyCredentials(key, who))
    const others = [
      decoyCredentials(key, { ...who, name: 'bob' }),
      decoyCredentials(key, { ...who, tenantId: 'b' }),
      decoyCredentials(randomBytes(32), who),
    ]
    for (const other of others) assert.notEqual(other[0]?.id, decoyCredentials(key, who)[0]?.id)
  })

  test('P-04 look like those of authenticators', () => {
    for (let index = 0; index < 64; index += 1) {
      const decoys = decoyCredentials(key, { tenantId: 'a', name: `name ${index}` })
      assert.ok(decoys.length === 1 || decoys.length === 2)
      for (const { id, transports } of decoys) {
        assert.ok([16, 20, 32, 64].includes(Buffer.from(id, 'base64url').length))
        assert.ok((transports?.length ?? 0) > 0)
      }
    }
  })
})

suite('an answer', () => {
  const text = (value: string): string => Buffer.from(value).toString('base64url')
  const response = { clientDataJSON: text('{}'), authenticatorData: text('a'), signature: text('s'), userHandle: text('u') }
  const answer = { id: text('id'), rawId: text('id'), type: 'public-key', response }

  test('P-05 of another form is refused before anything is spent', () => {
    assert.ok(readAuthenticationAnswer(answer))
    const faults: readonly object[] = [
      { id: '' },
      { id: text('other') },
      { id: `${text('id')}=` },
      { rawId: undefined },
      { type: 'password' },
      { type: undefined },
      { response: undefined },
      { response: null },
      { response: { ...response, clientDataJSON: undefined } },
      { response: { ...response, clientDataJSON: 'a'.repeat(10_000) } },
      { response: { ...response, authenticatorData: '!' } },
      { response: { ...response, signature: ['a'] } },
      { response: { ...response, userHandle: 7 } },
    ]
    for (const fault of faults) assert.equal(readAuthenticationAnswer({ ...answer, ...fault }), undefined, JSON.stringify(fault))
    for (const value of [undefined, null, 7, 'text', [], {}]) assert.equal(readAuthenticationAnswer(value), undefined)
    const long = Buffer.alloc(1024).toString('base64url')
    assert.equal(
      readRegistrationAnswer({ ...answer, id: long, rawId: long, response: { ...response, attestationObject: text('a') } }),
      undefined,
    )
  })

  test('may leave the user handle out, and keeps of the transports those that exist', () => {
    for (const userHandle of [null, ''])
      assert.deepEqual(readAuthenticationAnswer({ ...answer, response: { ...response, userHandle } })?.userHandle, undefined)
    const transports = ['usb', 'internal', 'usb', 'invented', 7]
    const read = readRegistrationAnswer({ ...answer, response: { ...response, attestationObject: text('a'), transports } })
    assert.deepEqual(read?.transports, ['internal', 'usb'])
  })

  test('P-02 is cross-origin unless the browser says that it is not', () => {
    const said = (members: object) => ({ id: 'a', type: 'public-key' as const, clientDataJson: text(JSON.stringify(members)) })
    for (const members of [{}, { crossOrigin: false }]) assert.equal(isCrossOrigin(said(members)), false)
    for (const members of [{ crossOrigin: true }, { crossOrigin: 'false' }, { crossOrigin: null }, { topOrigin: 'https://id.example.com' }])
      assert.equal(isCrossOrigin(said(members)), true, JSON.stringify(members))
    assert.equal(isCrossOrigin({ id: 'a', type: 'public-key', clientDataJson: text('no json') }), true)
  })
})

suite('what a page shows and signals', () => {
  test('a passkey is called after the maker of its authenticator, where that is known', () => {
    assert.equal(authenticatorName('ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'), 'Google Password Manager')
    assert.equal(authenticatorName('FBFC3007-154E-4ECC-8C0B-6E020557D7BD'), 'iCloud Keychain')
    for (const aaguid of ['00000000-0000-0000-0000-000000000000', 'constructor', '__proto__'])
      assert.equal(authenticatorName(aaguid), 'Passkey')
  })

  test('a name is one line of 1 to 64 characters', () => {
    assert.equal(readPasskeyName('  Ann’s key 🔑 '), 'Ann’s key 🔑')
    for (const name of ['', '   ', 'a\nb', 'a\u0000b', 'a\u2028b', 'x'.repeat(65)]) assert.equal(readPasskeyName(name), undefined)
  })

  test('the signal names the account by its handle, and the credentials of its relying party alone', () => {
    const userId = '019a0000-0000-7000-8000-000000000001'
    const of = (rpId: string, credentialId: string): Passkey => ({ rpId, credentialId: Buffer.from(credentialId) }) as Passkey
    assert.equal(Buffer.from(userHandleOf(userId), 'base64url').toString('hex'), userId.replaceAll('-', ''))
    assert.deepEqual(acceptedCredentials({ rpId: 'a.example', userId, passkeys: [of('a.example', 'one'), of('b.example', 'two')] }), {
      rpId: 'a.example',
      userId: userHandleOf(userId),
      allAcceptedCredentialIds: [Buffer.from('one').toString('base64url')],
    })
  })
})

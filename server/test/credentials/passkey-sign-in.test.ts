import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { type PasskeySubject, passkeyMethod } from '../../src/credentials/passkey/passkey.method.ts'
import { removeSpentChallenges } from '../../src/credentials/passkey/passkey.store.ts'
import { type PasskeyVerdict, relyingPartyOf, userHandleOf } from '../../src/credentials/passkey/passkey.ts'
import type { Library } from '../../src/credentials/passkey/verify.ts'
import { newId } from '../../src/platform/ids.ts'
import { issuer, passkeysOf } from './passkeys-of.ts'
import { startPeople } from './people.ts'
import type { Deviation } from './software-authenticator.ts'

const people = await startPeople()
const [db] = people.nodes
const { tenantId } = people
const passkeys = passkeysOf(people)
const anybody = { purpose: 'sign-in' } as const
const reasonOf = (verdict: PasskeyVerdict): string => (verdict.kind === 'refused' ? verdict.reason : verdict.kind)
const only = async (userId: string) => (await passkeys.deps.store.list(tenantId, userId))[0]

suite('a passkey', () => {
  test('signs in by itself, and keeps the time and whether it is backed up', async () => {
    const { userId, passkeyId, device } = await passkeys.join({ deviation: { isBackedUp: false } })
    assert.deepEqual(await passkeys.signIn(anybody, device, { isBackedUp: true }), {
      kind: 'passed',
      userId,
      passkeyId,
      isUserVerified: true,
      isBackedUp: true,
    })
    const passkey = await only(userId)
    assert.ok(passkey?.isBackedUp && passkey.lastUsedAt instanceof Date)
  })

  test('is the second factor of its owner without verification, which is told', async () => {
    const { userId, device } = await passkeys.join({ use: 'second-factor', deviation: { isUserVerified: false } })
    const verdict = await passkeys.signIn({ purpose: 'second-factor', userId }, device, { isUserVerified: false, userHandle: null })
    assert.equal(verdict.kind === 'passed' && verdict.isUserVerified, false)
  })

  test('is named in the options of its owner, for its relying party', async () => {
    const { userId, device } = await passkeys.join()
    const { options } = await passkeys.ask({ purpose: 'second-factor', userId })
    assert.deepEqual(
      options.allowCredentials?.map(({ id }) => id),
      [device.credentialId.toString('base64url')],
    )
    assert.deepEqual([options.rpId, options.userVerification], ['id.example.com', 'preferred'])
    const open = await passkeys.ask(anybody)
    assert.deepEqual([open.options.allowCredentials, open.options.userVerification], [undefined, 'required'])
  })

  test('of a related origin is accepted where the policy names it', async () => {
    const relyingParty = relyingPartyOf({ issuer, name: 'Example', relatedOrigins: ['https://shop.example.org'] })
    assert.ok(relyingParty)
    const { device } = await passkeys.join()
    const deviation = { origin: 'https://shop.example.org' }
    assert.equal((await passkeysOf(people, { relyingParty }).signIn(anybody, device, deviation)).kind, 'passed')
    assert.equal(reasonOf(await passkeys.signIn(anybody, device, deviation)), 'not-verified')
  })
})

suite('P-01 the challenge of a sign-in', () => {
  const ask = async (subject: PasskeySubject) => {
    const { device, userId } = await passkeys.join()
    const whom = subject.purpose === 'sign-in' ? subject : { ...subject, userId }
    const { options, token } = await passkeys.ask(whom)
    return { userId, token, answer: device.assert({ challenge: options.challenge, rpId: options.rpId }) }
  }

  test('P-01 counts once: a captured answer is worth nothing', async () => {
    const { token, answer } = await ask(anybody)
    assert.equal((await passkeys.check({ ...anybody, token, answer })).kind, 'passed')
    assert.equal(reasonOf(await passkeys.check({ ...anybody, token, answer })), 'challenge-spent')
  })

  test('P-01 is spent by an answer that is refused', async () => {
    const { device } = await passkeys.join()
    const { options, token } = await passkeys.ask(anybody)
    const asked = { challenge: options.challenge, rpId: options.rpId }
    const wrong = device.assert(asked, { isSignatureBroken: true })
    assert.equal(reasonOf(await passkeys.check({ ...anybody, token, answer: wrong })), 'not-verified')
    assert.equal(reasonOf(await passkeys.check({ ...anybody, token, answer: device.assert(asked) })), 'challenge-spent')
  })

  test('P-01 of another purpose, person, browser or tenant is refused', async () => {
    const { token, answer, userId } = await ask(anybody)
    const others = [
      { purpose: 'second-factor', userId },
      { purpose: 'step-up', userId },
      { ...anybody, userId, name: 'ann' },
      { ...anybody, browser: randomBytes(32) },
      { ...anybody, tenantId: newId() },
    ] as const
    for (const other of others) assert.equal(reasonOf(await passkeys.check({ ...other, token, answer })), 'challenge-forged')
    const second = await ask({ purpose: 'second-factor', userId })
    assert.equal(
      reasonOf(await passkeys.check({ purpose: 'second-factor', userId, token: second.token, answer: second.answer })),
      'challenge-forged',
    )
    assert.equal((await passkeys.check({ ...anybody, token, answer })).kind, 'passed')
  })

  test('P-01 in the answer is compared with the token, never believed', async () => {
    const { device } = await passkeys.join()
    const captured = { challenge: randomBytes(32).toString('base64url'), rpId: 'id.example.com' }
    const { token } = await passkeys.ask(anybody)
    assert.equal(reasonOf(await passkeys.check({ ...anybody, token, answer: device.assert(captured) })), 'not-verified')
    for (const bad of ['', captured.challenge])
      assert.equal(reasonOf(await passkeys.check({ ...anybody, token: bad, answer: device.assert(captured) })), 'challenge-forged')
  })

  test('P-01 lasts five minutes, and what is remembered of it goes when it could not come again', async () => {
    const { device } = await passkeys.join()
    const early = passkeysOf(people, { clock: () => Date.now() - 301_000 })
    const { options, token } = await early.ask(anybody)
    const answer = device.assert({ challenge: options.challenge, rpId: options.rpId })
    assert.equal(reasonOf(await passkeys.check({ ...anybody, token, answer })), 'challenge-expired')
    assert.equal(reasonOf(await early.check({ ...anybody, token, answer })), 'challenge-spent')
    const count = async () => (await db.text<{ count: number }>('select count(*)::int as count from spent_challenges'))[0]?.count
    await removeSpentChallenges(db)
    assert.notEqual(await count(), 0)
    await db.text(`update spent_challenges set expires_at = now() - interval '2 minutes'`)
    await removeSpentChallenges(db)
    assert.equal(await count(), 0)
  })
})

suite('an answer', () => {
  const refusals: readonly (readonly [string, Deviation, string])[] = [
    ['P-02 from an origin without TLS', { origin: 'http://id.example.com' }, 'not-verified'],
    ['P-02 from another port', { origin: 'https://id.example.com:8443' }, 'not-verified'],
    ['P-02 from a sibling of the host', { origin: 'https://shop.example.com' }, 'not-verified'],
    ['P-02 from another site', { origin: 'https://rp.evil' }, 'not-verified'],
    ['P-02 from a page within another', { crossOrigin: true }, 'cross-origin'],
    ['P-02 from a page within another that is named', { crossOrigin: true, topOrigin: 'https://evil.test' }, 'cross-origin'],
    ['P-02 with a name of the outer page alone', { topOrigin: 'https://evil.test' }, 'cross-origin'],
    ['P-02 for the relying party of another tenant', { rpId: 'other.example.com' }, 'not-verified'],
    ['P-03 without verification of the person, where it stands for two factors', { isUserVerified: false }, 'not-verified'],
    ['P-03 without the presence of a person', { isUserPresent: false }, 'not-verified'],
    ['P-03 whose signature is wrong, which the library tells by a false value', { isSignatureBroken: true }, 'not-verified'],
    ['P-04 of a credential that nobody has', { id: randomBytes(32) }, 'unknown-credential'],
    ['P-04 with the handle of another account', { userHandle: userHandleOf(newId()) }, 'other-person'],
    ['P-04 without a handle, where nobody was named', { userHandle: null }, 'other-person'],
    ['P-05 of another type', { type: 'webauthn.create' }, 'not-verified'],
    ['P-05 whose eligibility for backup has changed', { isBackupEligible: false, isBackedUp: false }, 'backup-eligibility'],
  ]
  for (const [name, deviation, reason] of refusals)
    test(`${name} is refused`, async () => {
      const { userId, device } = await passkeys.join()
      assert.equal(reasonOf(await passkeys.signIn(anybody, device, deviation)), reason)
      assert.equal((await only(userId))?.lastUsedAt, null)
    })

  test('P-03 of a security key whose owner was never verified does not stand for two factors, whatever it says now', async () => {
    const { device, userId } = await passkeys.join({ use: 'second-factor', deviation: { isUserVerified: false } })
    assert.equal(reasonOf(await passkeys.signIn(anybody, device)), 'user-verification')
    assert.equal(reasonOf(await passkeys.signIn({ purpose: 'step-up', userId }, device)), 'user-verification')
    const verdict = await passkeys.signIn({ purpose: 'second-factor', userId }, device)
    assert.equal(verdict.kind === 'passed' && verdict.isUserVerified, false)
  })

  test('P-03 is refused when the library says so, by a false value or by an error, whatever else it returns', async () => {
    const { device } = await passkeys.join()
    const library: Library = await import('@simplewebauthn/server')
    const verdicts = [
      async (...call: Parameters<Library['verifyAuthenticationResponse']>) => ({
        ...(await library.verifyAuthenticationResponse(...call)),
        verified: false,
      }),
      async () => Promise.reject(new Error('no')),
      async (...call: Parameters<Library['verifyAuthenticationResponse']>) => {
        const result = await library.verifyAuthenticationResponse(...call)
        return { ...result, authenticationInfo: { ...result.authenticationInfo, userVerified: false } }
      },
    ]
    const reasons: string[] = []
    for (const verifyAuthenticationResponse of verdicts)
      reasons.push(reasonOf(await passkeysOf(people, { library: { ...library, verifyAuthenticationResponse } }).signIn(anybody, device)))
    assert.deepEqual(reasons, ['not-verified', 'not-verified', 'user-verification'])
  })

  test('P-04 O-05 of another person’s passkey is refused, as second factor and after a name', async () => {
    const [ann, bob] = [await passkeys.join(), await passkeys.join()]
    assert.equal(reasonOf(await passkeys.signIn({ purpose: 'second-factor', userId: ann.userId }, bob.device)), 'other-person')
    assert.equal(reasonOf(await passkeys.signIn({ purpose: 'step-up', userId: ann.userId }, bob.device)), 'other-person')
    assert.equal(reasonOf(await passkeys.signIn({ ...anybody, userId: ann.userId, name: 'ann' }, bob.device)), 'other-person')
    const posing = await passkeys.signIn({ purpose: 'second-factor', userId: ann.userId }, bob.device, {
      userHandle: userHandleOf(ann.userId),
    })
    assert.equal(reasonOf(posing), 'other-person')
  })

  test('P-02 of a passkey for a relying party that the policy no longer names is refused', async () => {
    const { device } = await passkeys.join()
    const relyingParty = relyingPartyOf({ issuer, name: 'Example', rpIds: ['example.com'] })
    assert.ok(relyingParty)
    const moved = passkeysOf(people, { relyingParty })
    assert.equal(reasonOf(await moved.signIn(anybody, device, { rpId: 'id.example.com' })), 'other-relying-party')
  })
})

suite('P-04 a name', () => {
  test('P-04 is answered alike whether somebody has it, has no passkey, or nobody has it', async () => {
    const { userId, device } = await passkeys.join()
    const bare = await people.add()
    const known = await passkeys.ask({ ...anybody, userId, name: 'ann' })
    const without = await passkeys.ask({ ...anybody, userId: bare, name: 'bob' })
    const unknown = await passkeys.ask({ ...anybody, userId: undefined, name: 'cyd' })
    const again = await passkeys.ask({ ...anybody, userId: undefined, name: 'cyd' })
    const form = ({ options, token }: typeof known) => [
      Object.keys(options),
      token.length,
      Object.keys(options.allowCredentials?.[0] ?? {}),
    ]
    assert.deepEqual(form(without), form(known))
    assert.deepEqual(form(unknown), form(known))
    assert.deepEqual(again.options.allowCredentials, unknown.options.allowCredentials)
    assert.notDeepEqual(without.options.allowCredentials, unknown.options.allowCredentials)
    assert.equal((await passkeys.signIn({ ...anybody, userId, name: 'ann' }, device)).kind, 'passed')
  })
})

suite('the signature counter', () => {
  test('is kept, and may stay at zero', async () => {
    const { userId, device } = await passkeys.join()
    for (const signCount of [0, 0, 7, 8]) assert.equal((await passkeys.signIn(anybody, device, { signCount })).kind, 'passed')
    assert.equal((await only(userId))?.signCount, 8)
  })

  test('P-01 that goes back, or does not move, refuses the answer, flags the passkey and tells of it', async () => {
    const { userId, passkeyId, device } = await passkeys.join({ deviation: { signCount: 10 } })
    assert.equal((await passkeys.signIn(anybody, device, { signCount: 12 })).kind, 'passed')
    const before = await only(userId)
    for (const signCount of [12, 11, 1])
      assert.equal(reasonOf(await passkeys.signIn(anybody, device, { signCount, isBackedUp: false })), 'cloned')
    const after = await only(userId)
    assert.ok(after?.clonedAt instanceof Date)
    assert.deepEqual([after.signCount, after.isBackedUp, after.lastUsedAt], [12, true, before?.lastUsedAt])
    const cloned = (await people.eventsOf(userId)).filter(({ type }) => type === 'passkey.cloned')
    assert.deepEqual(
      cloned,
      Array.from({ length: 3 }, () => ({ type: 'passkey.cloned', payload: { passkey: passkeyId } })),
    )
    assert.equal((await passkeys.signIn(anybody, device, { signCount: 13 })).kind, 'passed')
    assert.ok((await only(userId))?.clonedAt, 'the flag stays')
  })

  test('raises no alarm for an answer whose signature is wrong', async () => {
    const { userId, device } = await passkeys.join({ deviation: { signCount: 10 } })
    assert.equal(reasonOf(await passkeys.signIn(anybody, device, { signCount: 1, isSignatureBroken: true })), 'not-verified')
    assert.equal((await only(userId))?.clonedAt, null)
    assert.equal((await people.eventsOf(userId)).filter(({ type }) => type === 'passkey.cloned').length, 0)
  })
})

test('the method is offered to whoever has a passkey, and stands for two factors', () => {
  const enrolled = { hasPassword: true, passkeys: 1, hasTotp: false, recoveryCodes: 0, hasVerifiedEmail: true, hasVerifiedPhone: false }
  assert.deepEqual([passkeyMethod.isEnrolled(enrolled), passkeyMethod.isEnrolled({ ...enrolled, passkeys: 0 })], [true, false])
  assert.equal(passkeyMethod.isMultiFactor, true)
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import type { PasskeyAddition } from '../../src/credentials/passkey/passkey.ts'
import { newId } from '../../src/platform/ids.ts'
import { passkeysOf, type Registering } from './passkeys-of.ts'
import { startPeople } from './people.ts'
import { type Algorithm, type Deviation, softwareAuthenticator } from './software-authenticator.ts'

const people = await startPeople()
const [db] = people.nodes
const { tenantId } = people
const passkeys = passkeysOf(people)
const list = (userId: string) => passkeys.deps.store.list(tenantId, userId)

const reasonOf = (addition: PasskeyAddition): string => (addition.kind === 'refused' ? addition.reason : addition.kind)

/** What a registration that deviates comes to; afterwards the person has no passkey and no event tells of one. */
const refusalOf = async (registering: Registering, device = softwareAuthenticator()): Promise<string> => {
  const userId = await people.add()
  const reason = reasonOf(await passkeys.register(userId, device, registering))
  assert.deepEqual([await list(userId), await people.eventsOf(userId)], [[], []])
  return reason
}

suite('registration options', () => {
  test('ask for a credential that the authenticator finds and that verifies its owner', async () => {
    const userId = await people.add()
    const begun = await passkeys.begin(userId)
    assert.ok(begun.kind === 'begun')
    const { options } = begun
    assert.deepEqual(options.rp, { id: 'id.example.com', name: 'Example' })
    assert.equal(Buffer.from(options.user.id, 'base64url').toString('hex'), userId.replaceAll('-', ''))
    assert.deepEqual(options.authenticatorSelection, { residentKey: 'required', requireResidentKey: true, userVerification: 'required' })
    assert.deepEqual(
      options.pubKeyCredParams.map(({ alg }) => alg),
      [-7, -8, -257],
    )
    assert.deepEqual([options.attestation, options.excludeCredentials], ['none', []])
  })

  test('of a security key ask for neither, and name the passkeys that are there', async () => {
    const { userId, device } = await passkeys.join()
    const begun = await passkeys.begin(userId, { use: 'second-factor', attestation: 'direct' })
    assert.ok(begun.kind === 'begun')
    const { authenticatorSelection, excludeCredentials, attestation } = begun.options
    assert.deepEqual(authenticatorSelection, { residentKey: 'discouraged', requireResidentKey: false, userVerification: 'preferred' })
    assert.deepEqual(excludeCredentials, [
      { type: 'public-key', id: device.credentialId.toString('base64url'), transports: ['hybrid', 'internal'] },
    ])
    assert.equal(attestation, 'direct')
  })
})

suite('a new passkey', () => {
  test('is kept with what it said of itself, and told of', async () => {
    const device = softwareAuthenticator({ aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d' })
    const { userId, passkeyId } = await passkeys.join({ deviation: { signCount: 4, isBackedUp: false } }, device)
    const [passkey, ...more] = await list(userId)
    assert.ok(passkey && more.length === 0)
    const { publicKey, createdAt, ...rest } = passkey
    assert.ok(publicKey.length > 0 && createdAt instanceof Date)
    assert.deepEqual(rest, {
      id: passkeyId,
      userId,
      credentialId: device.credentialId,
      rpId: 'id.example.com',
      signCount: 4,
      transports: ['hybrid', 'internal'],
      aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d',
      name: '1Password',
      isBackupEligible: true,
      isBackedUp: false,
      isUserVerified: true,
      attestationFormat: 'none',
      lastUsedAt: null,
      clonedAt: null,
    })
    assert.deepEqual(await people.eventsOf(userId), [{ type: 'passkey.added', payload: { passkey: passkeyId } }])
  })

  for (const algorithm of ['ES256', 'EdDSA', 'RS256'] satisfies Algorithm[])
    test(`may sign with ${algorithm}`, async () => {
      const { device, userId } = await passkeys.join({}, softwareAuthenticator({ algorithm }))
      const verdict = await passkeys.signIn({ purpose: 'sign-in' }, device)
      assert.equal(verdict.kind === 'passed' && verdict.userId, userId)
    })

  test('of a security key may do without verification of its owner, and that is recorded', async () => {
    const { userId } = await passkeys.join({ use: 'second-factor', deviation: { isUserVerified: false } })
    assert.equal((await list(userId))[0]?.isUserVerified, false)
  })

  test('is refused where a person has 20 already', async () => {
    const userId = await people.add()
    for (let count = 0; count < 20; count += 1) assert.equal((await passkeys.register(userId, softwareAuthenticator())).kind, 'added')
    assert.deepEqual(await passkeys.begin(userId), { kind: 'too-many' })
  })

  test('is refused where the account has gone', async () => {
    const userId = await people.add()
    const begun = await passkeys.begin(userId)
    assert.ok(begun.kind === 'begun')
    await people.remove(userId)
    const { challenge, rp, user } = begun.options
    const answer = softwareAuthenticator().attest({ challenge, rpId: rp.id, userId: user.id })
    assert.deepEqual(await passkeys.finish(userId, { answer, token: begun.token }), { kind: 'unknown-user' })
  })
})

suite('P-01 the challenge of a registration', () => {
  test('P-01 counts once', async () => {
    const userId = await people.add()
    const begun = await passkeys.begin(userId)
    assert.ok(begun.kind === 'begun')
    const { challenge, rp } = begun.options
    const finish = () => passkeys.finish(userId, { answer: softwareAuthenticator().attest({ challenge, rpId: rp.id }), token: begun.token })
    assert.equal((await finish()).kind, 'added')
    assert.equal(reasonOf(await finish()), 'challenge-spent')
  })

  test('P-01 of another person, browser or tenant, of a sign-in, or in the body alone is refused', async () => {
    const other = await people.add()
    for (const instead of [{ userId: other }, { browser: randomBytes(32) }, { tenantId: newId() }, { token: '' }, { token: 'AAAA' }])
      assert.equal(await refusalOf({ instead }), 'challenge-forged')
    const { token } = await passkeys.ask({ purpose: 'sign-in' })
    assert.equal(await refusalOf({ instead: { token } }), 'challenge-forged')
  })

  test('P-01 other than that of the token is refused', async () => {
    assert.equal(await refusalOf({ deviation: { challenge: randomBytes(32).toString('base64url') } }), 'not-verified')
  })

  test('P-01 that has expired is refused, by the clock of the database where that of the node is slow', async () => {
    const userId = await people.add()
    const slow = passkeysOf(people, { clock: () => Date.now() - 301_000 })
    const begun = await slow.begin(userId)
    assert.ok(begun.kind === 'begun')
    const { challenge, rp } = begun.options
    const answer = softwareAuthenticator().attest({ challenge, rpId: rp.id })
    assert.equal(reasonOf(await passkeys.finish(userId, { answer, token: begun.token })), 'challenge-expired')
    assert.equal(reasonOf(await slow.finish(userId, { answer, token: begun.token })), 'challenge-spent')
  })
})

suite('P-05 a registration', () => {
  const refusals: readonly (readonly [string, Deviation, string])[] = [
    ['P-02 from an origin without TLS', { origin: 'http://id.example.com' }, 'not-verified'],
    ['P-02 from another port', { origin: 'https://id.example.com:8443' }, 'not-verified'],
    ['P-02 from a sibling of the host', { origin: 'https://shop.example.com' }, 'not-verified'],
    ['P-02 from another site', { origin: 'https://id.example.com.evil.test' }, 'not-verified'],
    ['P-02 from a page within another', { crossOrigin: true }, 'cross-origin'],
    ['P-02 from a page within another that is named', { crossOrigin: true, topOrigin: 'https://evil.test' }, 'cross-origin'],
    ['P-02 with a name of the outer page alone', { topOrigin: 'https://id.example.com' }, 'cross-origin'],
    ['P-02 for another relying party', { rpId: 'evil.test' }, 'not-verified'],
    ['P-02 for the parent of the relying party', { rpId: 'example.com' }, 'not-verified'],
    ['P-03 without the presence of a person', { isUserPresent: false }, 'not-verified'],
    ['P-03 without verification of the person', { isUserVerified: false }, 'not-verified'],
    ['P-05 of another type', { type: 'webauthn.get' }, 'not-verified'],
    ['P-05 with another id within than beside', { innerId: randomBytes(32) }, 'not-verified'],
    ['P-05 with a backup of what cannot be backed up', { isBackupEligible: false, isBackedUp: true }, 'not-verified'],
  ]
  for (const [name, deviation, reason] of refusals)
    test(`${name} is refused`, async () => {
      assert.equal(await refusalOf({ deviation }), reason)
    })

  test('P-05 with an algorithm that was not offered is refused', async () => {
    assert.equal(await refusalOf({}, softwareAuthenticator({ algorithm: 'ES384' })), 'not-verified')
  })

  test('P-05 with a credential id of another account, or of the same, is refused', async () => {
    const { userId, device } = await passkeys.join()
    const thief = softwareAuthenticator({ credentialId: device.credentialId })
    assert.equal(await refusalOf({}, thief), 'exists')
    assert.equal((await passkeys.register(userId, thief)).kind, 'exists')
    assert.equal((await list(userId)).length, 1)
    assert.equal((await passkeys.signIn({ purpose: 'sign-in' }, thief, { userHandle: null })).kind, 'refused')
    assert.equal((await passkeys.signIn({ purpose: 'sign-in' }, device)).kind, 'passed')
  })

  test('P-05 may carry the credential id of another tenant', async () => {
    const { device } = await passkeys.join()
    const [tenant] = await db.text<{ tenant_id: string }>(`insert into tenants (slug, name) values ('other', 'Other') returning tenant_id`)
    const userId = newId()
    await db.text('insert into users (tenant_id, id) values ($1, $2)', [tenant?.tenant_id, userId])
    const elsewhere = passkeysOf({ ...people, tenantId: tenant?.tenant_id ?? '' })
    assert.equal((await elsewhere.register(userId, softwareAuthenticator({ credentialId: device.credentialId }))).kind, 'added')
  })

  test('P-05 with an attestation that nobody asked for is taken without it', async () => {
    const { userId } = await passkeys.join({ deviation: { format: 'packed', isSignatureBroken: true } })
    assert.equal((await list(userId))[0]?.attestationFormat, 'none')
  })

  test('P-03 P-05 with an attestation that was asked for is verified: a false answer of the library is a refusal', async () => {
    const { userId } = await passkeys.join({ attestation: 'direct', deviation: { format: 'packed' } })
    assert.equal((await list(userId))[0]?.attestationFormat, 'packed')
    assert.equal(await refusalOf({ attestation: 'direct', deviation: { format: 'packed', isSignatureBroken: true } }), 'not-verified')
  })

  test('P-05 with an attestation whose certificates would have to be fetched for is taken without it', async () => {
    const { userId } = await passkeys.join({ attestation: 'direct', deviation: { format: 'android-key' } })
    assert.equal((await list(userId))[0]?.attestationFormat, 'none')
  })

  test('P-05 that is no answer at all is refused, and spends nothing', async () => {
    const userId = await people.add()
    const begun = await passkeys.begin(userId)
    assert.ok(begun.kind === 'begun')
    for (const answer of [undefined, null, {}, 'text', { id: 'AA', rawId: 'AA', type: 'public-key', response: {} }])
      assert.equal(reasonOf(await passkeys.finish(userId, { answer, token: begun.token })), 'malformed')
    const garbage = {
      id: 'AAAA',
      rawId: 'AAAA',
      type: 'public-key',
      response: { clientDataJSON: 'e30', attestationObject: 'n'.repeat(40_000) },
    }
    assert.equal(reasonOf(await passkeys.finish(userId, { answer: garbage, token: begun.token })), 'not-verified')
  })
})

suite('P-06 the passkeys of a person', () => {
  const { store } = passkeys.deps
  const rename = (userId: string, id: string, name: string) =>
    store.rename(tenantId, { userId, id, name, event: people.event('passkey.renamed', userId, { passkey: id }) })
  const remove = (userId: string, id: string) =>
    store.remove(tenantId, { userId, id, event: people.event('passkey.removed', userId, { passkey: id }) })

  test('P-06 are renamed and removed by their owner, with an event each', async () => {
    const { userId, passkeyId, device } = await passkeys.join()
    assert.equal(await rename(userId, passkeyId, 'Blue key'), true)
    assert.equal((await list(userId))[0]?.name, 'Blue key')
    assert.deepEqual([await remove(userId, passkeyId), await remove(userId, passkeyId)], [true, false])
    assert.deepEqual(
      (await people.eventsOf(userId)).map(({ type }) => type),
      ['passkey.added', 'passkey.renamed', 'passkey.removed'],
    )
    assert.equal((await passkeys.signIn({ purpose: 'sign-in' }, device)).kind, 'refused')
  })

  test('P-06 are nobody else’s to rename or remove', async () => {
    const [{ userId, passkeyId }, other] = [await passkeys.join(), await people.add()]
    assert.deepEqual([await rename(other, passkeyId, 'Mine'), await remove(other, passkeyId)], [false, false])
    assert.deepEqual(
      (await list(userId)).map(({ name }) => name),
      ['Passkey'],
    )
    assert.deepEqual(await people.eventsOf(other), [])
  })
})

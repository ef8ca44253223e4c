import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passkeysOf } from '../credentials/passkeys-of.ts'
import { onBothNodes, startPeople } from '../credentials/people.ts'
import { softwareAuthenticator } from '../credentials/software-authenticator.ts'

const people = await startPeople()
const passkeys = passkeysOf(people)
const anybody = { purpose: 'sign-in' } as const
const count = (results: readonly { kind: string }[], kind: string): number => results.filter((one) => one.kind === kind).length

test('P-01 of 16 who replay one answer at once on two nodes one passes', async () => {
  const { device } = await passkeys.join()
  for (let round = 0; round < 10; round += 1) {
    const { options, token } = await passkeys.ask(anybody)
    const answer = device.assert({ challenge: options.challenge, rpId: options.rpId })
    const verdicts = await onBothNodes(people, 16, (db) => passkeysOf(people, { db }).check({ ...anybody, token, answer }))
    assert.equal(count(verdicts, 'passed'), 1)
    for (const verdict of verdicts) assert.ok(verdict.kind === 'passed' || verdict.reason === 'challenge-spent')
  }
})

test('P-01 of 16 who replay one registration at once on two nodes one is added', async () => {
  const userId = await people.add()
  const begun = await passkeys.begin(userId)
  assert.ok(begun.kind === 'begun')
  const { challenge, rp } = begun.options
  const additions = await onBothNodes(people, 16, (db) =>
    passkeysOf(people, { db }).finish(userId, { answer: softwareAuthenticator().attest({ challenge, rpId: rp.id }), token: begun.token }),
  )
  assert.equal(count(additions, 'added'), 1)
})

test('P-01 of answers with the same counter at once on two nodes one passes', async () => {
  const { userId, device } = await passkeys.join({ deviation: { signCount: 1 } })
  for (let signCount = 2; signCount < 8; signCount += 1) {
    const verdicts = await onBothNodes(people, 8, (db) => passkeysOf(people, { db }).signIn(anybody, device, { signCount }))
    assert.equal(count(verdicts, 'passed'), 1)
  }
  const cloned = (await people.eventsOf(userId)).filter(({ type }) => type === 'passkey.cloned')
  assert.equal(cloned.length, 6 * 7)
})

test('P-05 of 8 accounts that register one credential id at once on two nodes one gets it', async () => {
  const { credentialId } = softwareAuthenticator()
  const additions = await onBothNodes(people, 8, async (db) =>
    passkeysOf(people, { db }).register(await people.add(), softwareAuthenticator({ credentialId })),
  )
  assert.deepEqual([count(additions, 'added'), count(additions, 'exists')], [1, 7])
})

test('30 passkeys that are registered at once on two nodes come to 20', async () => {
  const userId = await people.add()
  const additions = await onBothNodes(people, 30, (db) => passkeysOf(people, { db }).register(userId, softwareAuthenticator()))
  assert.deepEqual([count(additions, 'added'), count(additions, 'too-many')], [20, 10])
  assert.equal((await passkeys.deps.store.list(people.tenantId, userId)).length, 20)
})

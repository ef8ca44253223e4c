import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AdminClient, ApiError, StepUpRequired } from '@custom-identity-platform/sdk'
import { createStepUp, wishOf, withStepUp } from './step-up.ts'

const required = () => new StepUpRequired({ maxAge: 600, acrValues: ['aal2'] })

/** A client whose requests are refused so often before they succeed. */
const clientOf = (refusals: number, error: () => Error = required) => {
  let calls = 0
  const call = async () => {
    calls += 1
    if (calls <= refusals) throw error()
    return { status: 204, body: undefined, etag: undefined }
  }
  const admin = { get: call, post: call, put: call, patch: call, delete: call, stream: call } as unknown as AdminClient
  return { admin, calls: () => calls }
}
const remove = (admin: AdminClient) => admin.delete('/users/{id}', { path: { id: 'a' } })

test('asks again what was demanded a fresher sign-in for, once somebody has signed in', async () => {
  const { admin, calls } = clientOf(1)
  assert.equal((await remove(withStepUp(admin, async () => true))).status, 204)
  assert.equal(calls(), 2)
})

test('does nothing where nobody signs in', async () => {
  const { admin, calls } = clientOf(1)
  await assert.rejects(() => remove(withStepUp(admin, async () => false)), StepUpRequired)
  assert.equal(calls(), 1)
})

test('gives up where the sign-in never is fresh enough', async () => {
  const { admin, calls } = clientOf(99)
  await assert.rejects(() => remove(withStepUp(admin, async () => true)), StepUpRequired)
  assert.equal(calls(), 3)
})

test('repeats nothing that was refused for another reason', async () => {
  const { admin, calls } = clientOf(1, () => new ApiError({ kind: 'refused', status: 403, message: 'no' }))
  await assert.rejects(() => remove(withStepUp(admin, async () => true)), ApiError)
  assert.equal(calls(), 1)
})

test('asks once for all requests that meet the demand at the same time', async () => {
  const { demand, onDemand } = createStepUp('/console')
  const shown: (boolean | undefined)[] = []
  onDemand((asked) => {
    shown.push(asked !== undefined)
    if (asked !== undefined) setTimeout(() => asked.settle(true), 5)
  })
  assert.deepEqual(await Promise.all([demand(required()), demand(required()), demand(required())]), [true, true, true])
  assert.deepEqual(shown, [true, false])
})

test('the window asks for what the address says, and for a new sign-in where it says nothing', () => {
  assert.deepEqual(wishOf('?max_age=600&acr_values=aal2'), { maxAge: 600, essentialAcr: ['aal2'] })
  assert.deepEqual(wishOf(''), { maxAge: 0, essentialAcr: [] })
})

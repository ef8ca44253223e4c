import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRefusedRequests, perClient, perTenant } from './refused-requests.ts'

const refused = (clientId: string | undefined, error = 'invalid_scope') => ({ error, rule: 'A rule.', clientId })

test('so many refusals of one application in an hour are told, and of all together', () => {
  const at = { now: 1 }
  const isTold = createRefusedRequests(() => at.now)
  const told = (count: number, clientId: (index: number) => string | undefined): number =>
    Array.from({ length: count }, (_, index) => isTold(refused(clientId(index)))).filter(Boolean).length
  assert.equal(
    told(200, () => 'shop'),
    perClient,
  )
  assert.equal(
    told(200, () => undefined),
    perClient,
  )
  assert.equal(
    told(3000, (index) => `made-up-${index}`),
    perTenant - 2 * perClient,
  )
  at.now += 3_600_001
  assert.equal(isTold(refused('shop')), true)
})

test('what happens all the time is not told', () => {
  const isTold = createRefusedRequests(() => 1)
  for (const error of ['authorization_pending', 'slow_down', 'login_required', 'interaction'])
    assert.equal(isTold(refused('shop', error)), false, error)
  assert.equal(isTold(refused('shop', 'invalid_grant')), true)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFailpoint } from './failpoint.ts'

test('does nothing without a plan, at another place and at another pass', async () => {
  await createFailpoint(undefined)('here')
  const point = createFailpoint('here:2:throw')
  await point('elsewhere')
  await point('here')
  await assert.rejects(point('here'), /failpoint/)
  await point('here')
})

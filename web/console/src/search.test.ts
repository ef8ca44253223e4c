import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printSearch, readSearch } from './search.ts'

test('the state of a page comes back from its address as it was, without what is empty', () => {
  const search = { prefix: 'a&b=ü', status: 'active', page: '1', on: 'true' }
  assert.deepEqual(readSearch(printSearch({ ...search, cursor: undefined, attribute: '' })), search)
  assert.equal(printSearch({}), '')
  assert.equal(printSearch({ cursor: undefined }), '')
})

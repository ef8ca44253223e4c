import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearerToken } from './bearer.ts'
import { AppError } from './errors.ts'

const detailOf = (authorization: string | undefined): unknown => {
  try {
    return bearerToken(authorization)
  } catch (error) {
    assert.ok(error instanceof AppError)
    assert.deepEqual([error.status, error.headers], [401, { 'www-authenticate': 'Bearer' }])
    return error.detail
  }
}

test('takes the token of RFC 6750 section 2.1, the scheme in any case', () => {
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) assert.equal(bearerToken(`${scheme} abc.DEF-_~+/==`), 'abc.DEF-_~+/==')
})

test('says whether a token is missing or wrong', () => {
  for (const text of [undefined, '', 'Bearer', 'Bearer ', 'Basic x', 'Bearerabc'])
    assert.equal(detailOf(text), 'Not authenticated', String(text))
  for (const text of ['Bearer a b', 'Bearer a,b', 'Bearer é', 'Bearer "a"', 'Bearer =', `Bearer ${'a'.repeat(100)} `.repeat(100)])
    assert.equal(detailOf(text), 'Invalid authentication credentials', text.slice(0, 40))
})

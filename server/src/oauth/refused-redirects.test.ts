import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRefusedRedirects, keptRedirect, refusedPerHour } from './refused-redirects.ts'

describe('the address that is kept', () => {
  test('loses its query and its fragment, where secrets and names stand', () => {
    assert.equal(keptRedirect('http://localhost:3000/callback?token=secret#more'), 'http://localhost:3000/callback')
    assert.equal(keptRedirect('com.example.app:/callback'), 'com.example.app:/callback')
  })

  test('is none where it is no plain URI', () => {
    const long = `https://a.example/${'a'.repeat(512)}`
    for (const presented of [
      undefined,
      '',
      '/callback',
      'javascript:alert(1)',
      'http://a.example/\u0000',
      'https://name:word@a.example/',
      'https://ä.example/',
      long,
    ])
      assert.equal(keptRedirect(presented), undefined, String(presented))
  })
})

describe('what is told', () => {
  const at = { now: 1 }
  const sent = (clientId: string, redirectUri: string) => ({ tenantId: 't', clientId, redirectUri })

  test('the same address once in a minute', () => {
    const isNew = createRefusedRedirects(() => at.now)
    assert.equal(isNew(sent('a', 'http://localhost/1')), true)
    assert.equal(isNew(sent('a', 'http://localhost/1')), false)
    assert.equal(isNew(sent('b', 'http://localhost/1')), true)
    at.now += 61_000
    assert.equal(isNew(sent('a', 'http://localhost/1')), true)
  })

  test('so many of one application in an hour, and no more however many are made up', () => {
    const isNew = createRefusedRedirects(() => at.now)
    const outcomes = Array.from({ length: 50 }, (_, index) => isNew(sent('a', `http://localhost/${index}`)))
    assert.equal(outcomes.filter(Boolean).length, refusedPerHour)
    assert.equal(isNew(sent('b', 'http://localhost/1')), true)
    at.now += 3_600_001
    assert.equal(isNew(sent('a', 'http://localhost/99')), true)
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { agoInWords } from '../../src/pages/ago-in-words.ts'
import { newPasswordPage } from '../../src/pages/new-password-page.ts'
import { readPage } from './read-page.ts'
import { assets } from './samples.ts'

test('how long ago is told in the largest whole unit, rounded down', () => {
  const words = [0, 59, 60, 3599, 3600, 86_399, 86_400, 700_000].map((seconds) => agoInWords(seconds, 'en'))
  const expected = ['now', 'now', '1 minute ago', '59 minutes ago', '1 hour ago', '23 hours ago', 'yesterday', '8 days ago']
  assert.deepEqual(words, expected)
  assert.equal(agoInWords(7200, 'de'), 'vor 2 Stunden')
})

describe('the page for a new password', () => {
  const draw = (count: number, placesTotal: number): string => {
    const places = Array.from({ length: count }, (_, index) => ({ device: `Device ${index}`, unusedSeconds: 60, isHere: index === 0 }))
    return readPage(newPasswordPage({ lang: 'en', assets, action: '/do', hidden: {}, account: 'maria', places, placesTotal })).text
  }

  test('counts those that it does not list', () => {
    assert.match(draw(8, 20), /20 places.*And 12 more/s)
    assert.doesNotMatch(draw(3, 3), /more/)
  })

  test('says so where there is none', () => assert.match(draw(0, 0), /signed in nowhere else/))
})

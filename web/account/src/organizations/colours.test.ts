import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isColour, shadeForDark, textOn } from './colours.ts'

test('a colour is six digits behind a #, and nothing else', () => {
  for (const one of ['#0a6b5c', '#FFFFFF', ' #123abc ']) assert.equal(isColour(one), true, one)
  for (const one of ['', '0a6b5c', '#fff', 'red', '#0a6b5c;background:url(x)']) assert.equal(isColour(one), false, one)
})

test('text on a colour is white or black, whichever can be read better', () => {
  assert.deepEqual(['#0a6b5c', '#ffe08a', '#000000', '#ffffff'].map(textOn), ['#ffffff', '#000000', '#ffffff', '#000000'])
})

test('a colour that cannot be read on a dark card becomes lighter until it can, and others stay', () => {
  assert.equal(shadeForDark('#3cc3a5', '#141a18'), '#3cc3a5')
  const shade = shadeForDark('#0a1f5c', '#141a18')
  assert.notEqual(shade, '#0a1f5c')
  assert.equal(isColour(shade), true)
  assert.equal(shadeForDark('no colour', '#141a18'), 'no colour')
})

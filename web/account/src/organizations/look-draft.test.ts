import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, draftOf } from './look-draft.ts'

const logo = { hash: 'abc', media_type: 'image/png', url: '/branding/organization/1/logo/abc' } as const

test('a look comes out of the form as it went in, and what is empty is as the service has it', () => {
  for (const background of [null, 'plain', 'gradient', { light: '#ffffff', dark: '#101010' }] as const) {
    const look = { display_name: 'Acme', accent: '#1f4fd8', background, logo }
    assert.deepEqual(bodyOf(draftOf({ ...look, version: 3 })), look)
  }
  const nothing = { display_name: null, accent: null, background: null, logo: null }
  assert.deepEqual(bodyOf(draftOf({ ...nothing, version: 0 })), nothing)
  assert.deepEqual(bodyOf({ ...draftOf({ ...nothing, version: 0 }), name: '  ', accent: ' ' }), nothing)
})

test('one colour for the background does for light and for dark', () => {
  const draft = draftOf({ display_name: null, accent: null, background: '#f2f4f8', logo: null, version: 1 })
  assert.deepEqual(bodyOf(draft).background, { light: '#f2f4f8', dark: '#f2f4f8' })
  assert.deepEqual(bodyOf({ ...draft, dark: '' }).background, { light: '#f2f4f8', dark: '#f2f4f8' })
})

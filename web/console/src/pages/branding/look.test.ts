import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftOf, type Look, lookOf } from './look.ts'

test('a look comes out of the form as it went in, and what is empty is left out', () => {
  const look: Look = {
    name: 'Acme',
    logo: { hash: 'abc', media_type: 'image/png' },
    accent: { light: '#1f4fd8', dark: '#aac0ff' },
    radius: 'small',
    background: 'gradient',
    privacy_url: 'https://acme.example/privacy',
    custom_css: '.card { padding: 4px }',
  }
  assert.deepEqual(lookOf(draftOf(look)), look)
  assert.deepEqual(lookOf(draftOf({})), {})
  assert.deepEqual(lookOf({ ...draftOf(look), logo: null, accent: '', accentDark: ' ', name: ' ', css: '' }), {
    radius: 'small',
    background: 'gradient',
    privacy_url: 'https://acme.example/privacy',
  })
})

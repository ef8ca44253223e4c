import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isClash, mergeDraft } from './merge-draft.ts'

type Draft = { readonly name: string; readonly accent: string; readonly logo: { readonly hash: string } | null }
const base: Draft = { name: 'Acme', accent: '', logo: null }

test('what was typed stays, and what nobody touched is as it is stored now', () => {
  const mine = { ...base, name: 'Acme Limited' }
  const theirs = { ...base, accent: '#1f4fd8', logo: { hash: 'a' } }
  assert.deepEqual(mergeDraft({ base, mine, theirs }), { name: 'Acme Limited', accent: '#1f4fd8', logo: { hash: 'a' } })
  assert.equal(isClash({ base, mine, theirs }), false)
})

test('a member that both sides have changed is a clash, unless they agree', () => {
  const mine = { ...base, name: 'Acme Limited' }
  assert.equal(isClash({ base, mine, theirs: { ...base, name: 'Acme Incorporated' } }), true)
  assert.equal(isClash({ base, mine, theirs: { ...mine } }), false)
  assert.equal(mergeDraft({ base, mine, theirs: { ...base, name: 'Acme Incorporated' } }).name, 'Acme Limited')
})

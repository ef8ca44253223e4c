import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf, draftOf, fieldsOf, unreadable } from '@custom-identity-platform/kit/schema-fields.ts'
import { keepIntent, takeIntent } from './intent.ts'

const schema = {
  type: 'object',
  properties: {
    given_name: { type: 'string', maxLength: 256 },
    birthdate: { type: 'string', format: 'date' },
    phone_number_verified: { type: 'boolean' },
    staff: { type: 'boolean', readOnly: true },
    newsletter: { type: 'boolean' },
    size: { type: 'string', enum: ['s', 'm'] },
    floor: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    address: { type: 'object', properties: { locality: { type: 'string' }, country: { type: 'string' } } },
    extra: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
}
const fields = fieldsOf(schema)
const values = {
  given_name: 'Ada',
  newsletter: false,
  floor: 3,
  tags: ['a', 'b'],
  address: { locality: 'Paris', country: 'France' },
  extra: [1],
}
const before = draftOf(fields, values)

test('draws every attribute of a schema, whatever has no input of its own as JSON', () => {
  assert.deepEqual(
    fields.map(({ name, kind }) => `${name} ${kind}`),
    ['given_name line', 'birthdate date', 'newsletter flag', 'size choice', 'floor number', 'tags list', 'address group', 'extra json'],
  )
})

test('leaves out what only the service may say', () => {
  assert.ok(fields.every(({ name }) => name !== 'phone_number_verified' && name !== 'staff'))
})

test('sends only what changed, with its type, and null for what was emptied', () => {
  assert.deepEqual(changesOf(fields, { before, after: before }), {})
  const after = {
    ...before,
    given_name: ' ',
    newsletter: 'true',
    floor: '4',
    tags: 'a\n\n c ',
    address: { locality: '', country: 'Italy' },
  }
  const changes = { given_name: null, newsletter: true, floor: 4, tags: ['a', 'c'], address: { country: 'Italy' } }
  assert.deepEqual(changesOf(fields, { before, after }), changes)
  assert.deepEqual(changesOf(fields, { before, after: { ...before, address: { locality: '', country: '' } } }), { address: null })
})

test('keeps text that is no number, so that the server can say what is wrong', () => {
  assert.deepEqual(changesOf(fields, { before, after: { ...before, floor: 'three' } }), { floor: 'three' })
})

test('names the attributes whose JSON cannot be read', () => {
  assert.deepEqual(unreadable(fields, before), [])
  assert.deepEqual(unreadable(fields, { ...before, extra: '{"a":' }), ['extra'])
})

const storeOf = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

test('an intent comes back once, to its own action and its own person, for a quarter of an hour', () => {
  const intent = { name: 'change-email', path: '/account/profile', draft: { email: 'a@b.example' } }
  const kept = () => {
    const store = storeOf()
    keepIntent(store, intent, { sub: 'u1', now: 0 })
    return store
  }
  const store = kept()
  assert.equal(takeIntent(store, 'password', { sub: 'u1', now: 1 }), undefined)
  assert.deepEqual(takeIntent(store, 'change-email', { sub: 'u1', now: 1 }), intent.draft)
  assert.equal(takeIntent(store, 'change-email', { sub: 'u1', now: 1 }), undefined)
  assert.equal(takeIntent(kept(), 'change-email', { sub: 'u2', now: 1 }), undefined)
  assert.equal(takeIntent(kept(), 'change-email', { sub: 'u1', now: 900_000 }), undefined)
  assert.equal(takeIntent(storeOf(), 'change-email', { sub: 'u1', now: 1 }), undefined)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  kindOf,
  type Schema,
  signUpOf,
  withAttribute,
  withEditable,
  withoutAttribute,
  withRequired,
  withSignUp,
} from './attribute-schema.ts'

const schema: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: { given_name: { type: 'string', maxLength: 64, 'x-sign-up': 3 }, unit: { enum: ['a'], 'x-titles': { de: 'Einheit' } } },
  required: ['unit'],
}

test('a change of one member keeps every other, also those that the table does not know', () => {
  const asked = withSignUp(withSignUp(schema, 'given_name', 'no'), 'given_name', 'yes')
  assert.deepEqual(asked.properties?.['given_name'], { type: 'string', maxLength: 64, 'x-sign-up': true })
  assert.deepEqual(withSignUp(schema, 'given_name', 'yes'), schema, 'the place stays')
  assert.equal(signUpOf(withSignUp(schema, 'given_name', 'auto').properties?.['given_name'] ?? {}), 'auto')
  assert.deepEqual(withEditable(withEditable(schema, 'unit', false), 'unit', true), schema)
  assert.equal(withEditable(schema, 'unit', false).properties?.['unit']?.['readOnly'], true)
  assert.equal(schema['additionalProperties'], withoutAttribute(schema, 'unit')['additionalProperties'])
})

test('an attribute that is removed is required no longer, and one is required once', () => {
  assert.deepEqual(withoutAttribute(schema, 'unit').required, [])
  assert.deepEqual(withRequired(withRequired(schema, 'given_name', true), 'given_name', true).required, ['unit', 'given_name'])
})

test('what was added is read as the kind that it was added as', () => {
  for (const kind of ['text', 'number', 'whole', 'yesNo', 'choice', 'url', 'date', 'phone'] as const) {
    const more = withAttribute(schema, { name: 'more', title: 'More', kind, choices: ['x', 'y'] })
    assert.equal(kindOf(more.properties?.['more'] ?? {}), kind)
  }
  assert.equal(kindOf({ type: 'object' }), 'other')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultAttributeSchema } from './attribute-schema.ts'
import { readAttributeSchema } from './attributes.ts'
import { readSignUpFields, signUpFieldsOf, signUpProblemsOf } from './sign-up-fields.ts'

const property = (more: object): object => ({ type: 'string', ...more })
const schemaOf = (properties: Record<string, object>, required: readonly string[] = []) => ({ type: 'object', properties, required })

const kindsOf = (schema: unknown): readonly string[] => signUpFieldsOf(schema).map(({ name, kind }) => `${name} ${kind}`)

test('without a schema of its own a tenant asks for nothing', () => assert.deepEqual(signUpFieldsOf(defaultAttributeSchema), []))

test('what is marked is asked for, each in the way of its kind: standard claims first, what is ticked last', () => {
  const asked = { 'x-sign-up': true }
  const schema = schemaOf({
    newsletter: { type: 'boolean', ...asked },
    size: { enum: ['S', 'M'], ...asked },
    birthdate: property({ ...asked, format: 'birthdate' }),
    floor: { type: 'integer', ...asked },
    website: property({ ...asked, format: 'web-url' }),
    given_name: property(asked),
    nickname: property({}),
  })
  assert.equal(readAttributeSchema(schema).kind, 'ok')
  assert.deepEqual(kindsOf(schema), ['given_name line', 'website url', 'birthdate date', 'floor number', 'size choice', 'newsletter flag'])
})

test('a place goes before every other order', () => {
  const schema = schemaOf({
    given_name: property({ 'x-sign-up': true }),
    zeal: property({ 'x-sign-up': 2 }),
    art: property({ 'x-sign-up': 1 }),
  })
  assert.deepEqual(kindsOf(schema), ['art line', 'zeal line', 'given_name line'])
  for (const place of [0, 100, 1.5, '1'])
    assert.equal(readAttributeSchema(schemaOf({ a: property({ 'x-sign-up': place }) })).kind, 'refused', String(place))
})

test('what is required is asked for unless it is marked otherwise, where a plain form can ask for it', () => {
  const schema = schemaOf({ a: property({}), b: property({ 'x-sign-up': false }), c: { type: 'array' } }, ['a', 'b', 'c'])
  assert.deepEqual(kindsOf(schema), ['a line'])
  assert.equal(signUpFieldsOf(schema)[0]?.isRequired, true)
})

test('K-05 what only the service may say is never asked for, and a schema that wants it is refused', () => {
  for (const [name, one] of Object.entries({
    phone_number_verified: { type: 'boolean' },
    level: { type: 'string', readOnly: true },
    address: { type: 'object', properties: {} },
    tags: { type: 'array' },
  })) {
    const schema = schemaOf({ [name]: { ...one, 'x-sign-up': true } })
    assert.deepEqual(signUpFieldsOf(schema), [], name)
    const reading = readAttributeSchema(schema)
    assert.ok(reading.kind === 'refused' && reading.sentence.includes(`"${name}" cannot be asked for at sign-up`), name)
  }
})

test('annotations that are none are refused, so that a slip of the pen is not silent', () => {
  for (const wrong of [
    { 'x-sign-up': 'yes' },
    { 'x-titles': ['de'] },
    { 'x-titles': { de: 7 } },
    { 'x-titles': { de: '' } },
    { 'x-signup': true },
  ])
    assert.equal(readAttributeSchema(schemaOf({ a: property(wrong) })).kind, 'refused', JSON.stringify(wrong))
})

test('a form is read field by field: what is empty is not there, and what was not asked for is not read', () => {
  const fields = signUpFieldsOf(
    schemaOf({
      given_name: property({ 'x-sign-up': true }),
      nickname: property({ 'x-sign-up': true }),
      floor: { type: 'integer', 'x-sign-up': true },
      terms: { type: 'boolean', 'x-sign-up': true },
    }),
  )
  const form = { given_name: ' Ada ', nickname: '  ', floor: '4', terms: 'true', phone_number_verified: 'true', email: 'x' }
  assert.deepEqual(readSignUpFields(fields, new Map(Object.entries(form))), { given_name: 'Ada', floor: 4, terms: true })
  assert.deepEqual(readSignUpFields(fields, new Map([['floor', 'four']])), { floor: 'four' })
})

test('that something is missing counts only where it is asked for; every other problem counts', () => {
  const schema = schemaOf({ a: property({ 'x-sign-up': true, format: 'web-url' }), b: property({ 'x-sign-up': false }) }, ['a', 'b'])
  const reading = readAttributeSchema(schema)
  assert.ok(reading.kind === 'ok')
  const fields = signUpFieldsOf(schema)
  const problemsOf = (attributes: Record<string, unknown>) =>
    signUpProblemsOf(fields, reading.rules.check(attributes)).map(({ attribute, code }) => `${attribute} ${code}`)
  assert.deepEqual(problemsOf({}), ['a required'])
  assert.deepEqual(problemsOf({ a: 'x' }), ['a format:web-url'])
  assert.deepEqual(problemsOf({ a: 'https://example.com/' }), [])
  assert.deepEqual(problemsOf({ a: 'https://example.com/', c: 1 }), ['c unevaluatedProperties'])
})
